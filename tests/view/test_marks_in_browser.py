"""Marks toned down, off, or off for one type, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Locator, Page
from tests.view.browsing import Open, reader

from personae.model import Article

LOOK = "m => { const s = getComputedStyle(m); return [s.textDecorationLine, s.backgroundImage !== 'none'] }"


def chosen(show: Open, article: Article, **settings: str) -> Page:
    """Open the page as apply_settings.js leaves it for these settings."""
    page = show(reader(article))
    for name, value in settings.items():
        attribute = f"data-{name.replace('_', '-')}"
        page.evaluate("([a, v]) => document.documentElement.setAttribute(a, v)", [attribute, value])
    return page


def person(page: Page) -> Locator:
    return page.locator(".story mark.person").first


def country(page: Page) -> Locator:
    return page.locator(".story mark.country").first


def test_full_marks_have_line_and_tint(show: Open, story: Article) -> None:
    page = chosen(show, story)
    assert person(page).evaluate(LOOK) == ["underline", True]


def test_quiet_marks_keep_their_line_and_lose_the_tint(show: Open, story: Article) -> None:
    page = chosen(show, story, marks="quiet")
    assert person(page).evaluate(LOOK) == ["underline", False]
    colour = "m => getComputedStyle(m).textDecorationColor"
    full = chosen(show, story)
    assert person(page).evaluate(colour) == person(full).evaluate(colour)  # so its contrast stays


def test_marks_that_are_off_are_plain_text(show: Open, story: Article) -> None:
    page = chosen(show, story, marks="off")
    assert person(page).evaluate(LOOK) == ["none", False]
    box = person(page).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert page.locator(".stepper").is_hidden()


def test_one_type_can_be_off(show: Open, story: Article) -> None:
    page = chosen(show, story, mark_person="off")
    assert person(page).evaluate(LOOK) == ["none", False]
    assert country(page).evaluate(LOOK) == ["underline", True]


def test_who_is_chosen_in_the_cast_is_shown_all_the_same(show: Open, story: Article) -> None:
    page = chosen(show, story, marks="off")
    page.keyboard.press("1")
    page.keyboard.press("n")
    assert page.locator("mark.now").evaluate(LOOK)[0] == "underline"
    assert country(page).evaluate(LOOK) == ["none", False]
    page.keyboard.press("Escape")
    assert person(page).evaluate(LOOK) == ["none", False]
