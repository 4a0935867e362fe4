"""Pictures kept with an article, in Chromium: from the click to the e-book, with the publisher then gone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from zipfile import ZipFile

from playwright.sync_api import Page, expect
from tests import picture_files as files
from tests.e2e.news_site import PICTURES_HOST
from tests.e2e.publisher import Publish, Publisher
from tests.e2e.test_chromium import READ
from tests.view.books import findings

ONE, TWO = files.png(600, 400, 90), files.png(600, 400, 170)
SOUND = {"one.png": ("image/png", ONE), "two.png": ("image/png", TWO)}
MIXED = {
    "one.png": ("image/png", ONE),
    "page.png": ("image/png", files.PAGE),
    "drawing.png": ("image/png", files.SVG),
    "refused.png": ("image/png", b""),
}
ALLOWED = f"chrome.permissions.contains({{ origins: ['http://{PICTURES_HOST}/*'] }})"
WIDTHS = "[...document.querySelectorAll('.body img')].map(image => image.naturalWidth)"


def open_article(chromium: Any, service: Any, publisher: Publisher) -> Page:
    chromium.use(service.address)
    page: Page = chromium.open(publisher.story)
    chromium.press_shortcut()
    page.wait_for_url(READ)
    return page


def ask_for_pictures(chromium: Any, page: Page) -> Page:
    """Choose it in the article's menu; return the extension's page that comes."""
    page.locator(".bar details.menu summary").click()
    with chromium.context.expect_page() as opened:
        page.get_by_role("button", name="Keep its pictures too").click()
    offer: Page = opened.value
    expect(offer.locator("#keep")).to_be_visible()
    return offer


def answer(chromium: Any, offer: Page, *keys: str) -> None:
    """Click, and answer the browser's question by keys, again until it was there to take them."""
    offer.bring_to_front()
    # A key that comes before the question goes to the page, where it may do nothing.
    offer.evaluate("addEventListener('keydown', event => event.isTrusted && event.preventDefault(), true)")
    offer.click("#keep")
    for _ in range(40):
        if offer.is_closed() or offer.locator("#status > *").count():
            return
        chromium.display.press(*keys)
        chromium.context.pages[0].wait_for_timeout(500)


def allow(chromium: Any, offer: Page) -> None:
    answer(chromium, offer, "Tab", "Return")


def book_of(page: Page) -> bytes:
    with urlopen(f"{page.url}.epub") as answer:  # noqa: S310 - of this machine's own backend
        return bytes(answer.read())


def test_from_the_click_to_the_book_with_the_publisher_then_gone(
    chromium: Any, service: Any, publish: Publish, tmp_path: Path
) -> None:
    publisher = publish(SOUND)
    page = open_article(chromium, service, publisher)
    assert publisher.fetched_by_extension() == []

    offer = ask_for_pictures(chromium, page)
    expect(offer.locator("h1")).to_have_text("Keep this article’s pictures")
    expect(offer.locator("#hosts li")).to_have_text([PICTURES_HOST])
    expect(offer.locator("#explained")).to_contain_text(service.address)
    assert publisher.fetched_by_extension() == [], "nothing is fetched before the click"
    allow(chromium, offer)
    expect(
        page.get_by_role("status").filter(has_text="2 pictures are kept with the article.")
    ).to_be_attached()
    chromium.wait_for_tab(page.url)
    assert offer.is_closed()
    assert chromium.worker.evaluate(ALLOWED) is False, "the permission is given back"
    fetched = publisher.fetched_by_extension()
    assert len(fetched) == 2
    assert [{"cookie", "referer", "origin"} & headers.keys() for headers in fetched] == [set(), set()]

    publisher.stop()
    page.reload()
    expect(page.locator(".body img")).to_have_count(2)
    page.locator(".body img").last.scroll_into_view_if_needed()
    page.wait_for_function(f"{WIDTHS}.every(width => width === 600)")
    book = book_of(page)
    with ZipFile(BytesIO(book)) as archive:
        kept = [archive.read(name) for name in archive.namelist() if "/pictures/" in name]
    assert sorted(kept) == sorted([ONE, TWO])
    assert findings({"kept": book}, tmp_path) == {"kept": []}

    page.locator(".bar details.menu summary").click()
    page.get_by_role("button", name="Let its pictures go").click()
    expect(page.get_by_role("status").filter(has_text="Its pictures are no longer kept.")).to_be_attached()
    with ZipFile(BytesIO(book_of(page))) as archive:
        assert not [name for name in archive.namelist() if "/pictures/" in name]


def test_what_is_no_picture_or_does_not_come_is_counted_by_its_cause(
    chromium: Any, service: Any, publish: Publish
) -> None:
    page = open_article(chromium, service, publish(MIXED))
    offer = ask_for_pictures(chromium, page)
    allow(chromium, offer)
    expect(offer.locator("#status strong")).to_have_text("Kept: 1 of 4.")
    expect(offer.locator("#status li")).to_have_text(
        [
            "Of a kind that is not kept: 2",
            "Not fetched, because their server refused or was away: 1",
        ]
    )
    assert chromium.worker.evaluate(ALLOWED) is False
    expect(offer.locator("#back")).to_be_focused()
    offer.click("#back")
    chromium.wait_for_tab(page.url)


def test_a_refused_permission_keeps_nothing_and_fetches_nothing(
    chromium: Any, service: Any, publish: Publish
) -> None:
    publisher = publish(SOUND)
    page = open_article(chromium, service, publisher)
    offer = ask_for_pictures(chromium, page)
    answer(chromium, offer, "Escape")
    expect(offer.locator("#status")).to_have_text(
        "Nothing was kept: the browser has not allowed these addresses."
    )
    assert publisher.fetched_by_extension() == []
