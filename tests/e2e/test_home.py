"""The home page in Chromium, with the real extension."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect
from tests.e2e.test_chromium import expect_article


def test_the_home_page_sees_the_extension_and_lists_what_it_read(
    chromium: Any, service: Any, site: str
) -> None:
    service.forget_all()
    chromium.use(service.address)
    page = chromium.open(f"{service.address}/")
    expect(page.locator(".setup details[open]")).to_contain_text("chrome://extensions")
    page = chromium.open(f"{site}/article.html")
    chromium.press_shortcut()
    expect_article(page)
    page.locator(".bar .menu summary").click()
    page.get_by_role("link", name="Your articles").click()
    expect(page.locator(".setup")).to_have_count(0)
    expect(page.locator(".works")).to_be_visible()
    expect(page.locator("section:has(> #recent) .headline")).to_contain_text("Norway and Iceland agree")
    page.locator(".headline a").click()
    expect_article(page)
