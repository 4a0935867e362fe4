"""The reader in Arabic in a real browser: the interface from the right, an article as it is written."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page
from tests.view.browsing import DESKTOP, PHONE, Build, Open, fits, reader

from personae.markup.sanitize import clean
from personae.model import Article, Removal


@pytest.fixture
def story(build_article: Build, named: Any) -> Article:
    text = "Lark said so, and Lark did so. The sea was grey all day long."
    removed = [Removal(kind="comments", reason="Nobody knows.", text="Anna: I saw it.", inside=False)]
    return clean(build_article([text] * 9, [named("Lark")], removed=removed))


def in_arabic(show: Open, article: Article, **options: Any) -> Page:
    return show(reader(article, language="ar"), **options)


def middle(page: Page, selector: str) -> float:
    """Return where the middle of an element is, as a share of the window's width from the left."""
    box = (
        "e => { const { left, right } = e.getBoundingClientRect(); return (left + right) / 2 / innerWidth; }"
    )
    return float(page.locator(selector).first.evaluate(box))


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_nothing_runs_over_the_side(show: Open, story: Article, size: tuple[int, int]) -> None:
    assert fits(in_arabic(show, story, size=size))


def test_what_opens_stands_at_the_left_where_its_button_is(show: Open, story: Article) -> None:
    page = in_arabic(show, story)
    assert middle(page, ".source") > 0.5
    page.locator(".key-actors .count").click()
    assert middle(page, ".card:popover-open") < 0.5
    assert middle(page, ".card:popover-open .close") < middle(page, ".card:popover-open h3")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    assert middle(page, ".display:popover-open") < 0.5


def test_the_marks_of_an_english_article_are_those_of_english(show: Open, story: Article) -> None:
    offset = "e => getComputedStyle(e).textUnderlineOffset"
    english = show(reader(story)).locator("mark.actor").first.evaluate(offset)
    assert in_arabic(show, story).locator("mark.actor").first.evaluate(offset) == english


def test_a_key_is_shown_as_it_stands_on_the_keyboard(show: Open, story: Article) -> None:
    page = in_arabic(show, story)
    page.keyboard.press("?")
    key = page.locator(".key-map kbd", has_text="]")
    assert key.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_removed_words_stand_in_the_quotation_marks_of_the_article(show: Open, story: Article) -> None:
    page = in_arabic(show, story)
    page.locator(".removed summary").click()
    words = page.locator(".removed q")
    assert words.evaluate("e => e.parentElement.lang") == "en"
    assert words.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_a_name_too_long_for_the_bar_loses_its_end_and_not_its_beginning(show: Open, story: Article) -> None:
    page = in_arabic(show, story)
    page.keyboard.press("1")
    who = page.locator(".stepper .who")
    assert who.evaluate("who => getComputedStyle(who).direction") == "ltr"
    assert who.get_attribute("lang") == "en"


def test_english_words_beside_an_arabic_story_run_as_english_does(show: Open, build_article: Build) -> None:
    text = "قالت ليلى إن النرويج وافقت. " * 60
    days = {"published": "2024-03-05T08:00:00+00:00", "modified": "2024-03-07T08:00:00+00:00"}
    page = show(reader(clean(build_article([text], [], language="ar", direction="rtl", **days))))
    for words in page.locator(".byline p bdi[dir=ltr]").all():
        first, last = words.evaluate(
            """words => {
              const at = (node, index) => {
                const range = new Range();
                range.setStart(node, index);
                range.setEnd(node, index + 1);
                return range.getBoundingClientRect().left;
              };
              const text = words.firstChild;
              return [at(text, 0), at(text, text.data.length - 1)];
            }"""
        )
        assert first < last
    assert page.locator(".byline p bdi[dir=ltr]").count() == 2
