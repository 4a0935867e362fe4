"""The menu's entries for an article's pictures, in a real browser: each only where it can be done."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.view.browsing import Open, article_of, reader

from personae.model import StorageStatus

STORY = '<p>A story.</p><figure><img src="https://img.example/a.png" alt="A pier"></figure>'
# What the extension's content script does, which comes once there is an element to mark.
EXTENSION = """new MutationObserver((_changes, observer) => {
    observer.disconnect();
    document.documentElement.dataset.personaeExtension = "";
  }).observe(document, { childList: true });"""
ANSWER = """detail => document.dispatchEvent(new CustomEvent("personae:pictures-kept", { detail }))"""


def entry(page: Page, name: str) -> Locator:
    page.wait_for_selector("html.ready")
    page.locator(".bar details.menu").evaluate("menu => { menu.open = true }")
    return page.get_by_role("button", name=name)


def keep(page: Page) -> Locator:
    return entry(page, "Keep its pictures too")


def let_go(page: Page) -> Locator:
    return entry(page, "Let its pictures go")


def test_with_the_extension_pictures_can_be_kept_and_the_wish_is_passed_on(show: Open) -> None:
    page = show(reader(article_of(STORY)), before=EXTENSION)
    expect(let_go(page)).to_be_hidden()
    page.evaluate("document.addEventListener('personae:keep-pictures', () => { window.wishes = 1 })")
    keep(page).click()
    assert page.evaluate("window.wishes") == 1
    page.evaluate(ANSWER, {"kept": 1, "missing": 0})
    expect(page.get_by_role("status").filter(has_text="1 picture is kept with the article.")).to_be_attached()
    expect(keep(page)).to_be_hidden()
    expect(let_go(page)).to_be_visible()


def test_where_some_could_not_be_kept_both_can_be_done(show: Open) -> None:
    page = show(reader(article_of(STORY), kept_pictures=2), before=EXTENSION)
    expect(keep(page)).to_be_visible()
    expect(let_go(page)).to_be_visible()


def test_without_the_extension_kept_pictures_can_still_be_let_go(show: Open) -> None:
    page = show(reader(article_of(STORY), kept_pictures=2))
    expect(keep(page)).to_be_hidden()
    expect(let_go(page)).to_be_visible()


@pytest.mark.parametrize(
    ("content", "status", "before"),
    [
        (STORY, StorageStatus(), ""),
        ("<p>No pictures.</p>", StorageStatus(), EXTENSION),
        (STORY, StorageStatus(private=True), EXTENSION),
    ],
    ids=["no extension", "no pictures", "a private window"],
)
def test_nothing_is_offered_that_cannot_be_done(
    show: Open, content: str, status: StorageStatus, before: str
) -> None:
    page = show(reader(article_of(content), storage=status), before=before)
    expect(keep(page)).to_be_hidden()
    expect(let_go(page)).to_be_hidden()
