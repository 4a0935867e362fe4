"""Back in Chromium leads from the article to its page, also to one that the reader has not touched at all.

Chromium's Back passes over pages that nobody clicked on or typed into. So nothing here may touch the story:
no click, and no script of Playwright's, which the browser takes for a touch.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from tests.e2e.news_site import PICTURES_HOST, SITE_HOST

READ = re.compile(r"http://127\.0\.0\.1:\d+/read/")
WHEEL_DOWN = 5


@pytest.fixture
def story(chromium: Any, service: Any, site: str) -> Page:
    """A story that was come to by a link of another site, and scrolled."""
    chromium.use(service.address)
    page: Page = chromium.open(f"{site.replace(SITE_HOST, PICTURES_HOST)}/front.html")
    chromium.display.click(300, 400)
    page.wait_for_url(f"{site}/article.html")
    chromium.display.click(600, 600, button=WHEEL_DOWN, times=3)
    return page


def press_shortcut_until_at(chromium: Any, page: Page, url: str | re.Pattern[str]) -> None:
    """Press the extension's key; again when the page did not take keys yet."""
    for _ in range(4):
        chromium.press_shortcut()
        with suppress(PlaywrightTimeout):
            page.wait_for_url(url, timeout=15_000)
            return
    raise AssertionError(f"the key does not lead to {url}, but to {page.url}")


def test_back_leads_to_a_story_that_nobody_touched_at_the_place_where_it_was(
    chromium: Any, story: Page, site: str
) -> None:
    press_shortcut_until_at(chromium, story, READ)
    chromium.press_back()
    story.wait_for_url(re.compile("article|front"))
    assert story.url == f"{site}/article.html"
    assert story.evaluate("scrollY") > 0


def test_back_leads_to_it_too_when_it_is_read_again_after_the_key_returned_to_it(
    chromium: Any, story: Page, site: str
) -> None:
    for _ in range(2):
        press_shortcut_until_at(chromium, story, READ)
        press_shortcut_until_at(chromium, story, f"{site}/article.html")
    press_shortcut_until_at(chromium, story, READ)
    chromium.press_back()
    story.wait_for_url(re.compile("article|front"))
    assert story.url == f"{site}/article.html"
    assert story.evaluate("scrollY") > 0


def test_back_leads_from_a_problem_to_a_story_that_nobody_touched(
    chromium: Any, service: Any, story: Page, site: str
) -> None:
    service.stop()
    press_shortcut_until_at(chromium, story, re.compile(r"/problem/problem\.html"))
    chromium.press_back()
    story.wait_for_url(re.compile("article|front"))
    assert story.url == f"{site}/article.html"
