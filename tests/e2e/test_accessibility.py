"""axe-core finds nothing wrong with the extension's own pages, light and dark, on a desk and on a phone."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Page
from tests.accessibility.stage import axe_source
from tests.accessibility.test_axe import TAGS, violations
from tests.e2e.publisher import Publish
from tests.e2e.test_pictures import SOUND, ask_for_pictures, open_article
from tests.view.browsing import DESKTOP, PHONE

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def found_wrong(page: Page) -> dict[str, list[str]]:
    found = {}
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            wrong = violations(page, axe_source(), {"type": "tag", "values": TAGS})
            if wrong:
                found[f"{scheme} at {width}"] = wrong
    return found


def test_the_options_page_as_it_comes_and_when_it_warns(chromium: Any) -> None:
    options = chromium.options()
    assert found_wrong(options) == {}
    options.fill("#address", "http://192.0.2.1:8765")
    options.click("button[type=submit]")
    options.wait_for_selector("#result.bad")
    assert found_wrong(options) == {}


@pytest.mark.parametrize("page_name", ["problem/problem.html#gone", "rule/never.html?site=news.example"])
def test_the_pages_that_say_why_nothing_is_read(chromium: Any, page_name: str) -> None:
    chromium.worker.evaluate("chrome.storage.local.set({ rules: { 'news.example': 'never' } })")
    page = chromium.context.new_page()
    page.goto(f"{chromium.origin}/{page_name}")
    page.wait_for_selector("h1:not(:empty)")
    assert found_wrong(page) == {}


def test_tab_leaves_room_for_the_ring_of_what_it_reaches(chromium: Any) -> None:
    options = chromium.options()
    options.set_viewport_size({"width": 390, "height": 400})
    button = options.locator("button").nth(1)
    button.focus()
    options.keyboard.press("Shift+Tab")
    button.evaluate("button => scrollBy(0, button.getBoundingClientRect().bottom - innerHeight - 1)")
    options.keyboard.press("Tab")
    assert button.evaluate("button => button.matches(':focus-visible')")
    assert button.evaluate("button => innerHeight - button.getBoundingClientRect().bottom") >= 4


def test_the_page_that_keeps_pictures_as_it_comes_and_when_there_is_trouble(
    chromium: Any, service: Any, publish: Publish
) -> None:
    article = open_article(chromium, service, publish(SOUND))
    offer = ask_for_pictures(chromium, article)
    assert found_wrong(offer) == {}
    offer.goto(offer.url.replace("article=", "article=x"))
    offer.wait_for_selector("#status.bad")
    assert found_wrong(offer) == {}
