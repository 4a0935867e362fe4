"""The small card beside a mark, in a real browser: by pointer, by keyboard, and not by touch."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page
from tests.view.browsing import DESKTOP, PHONE, Open, reader, until

from personae.model import Article, Quote


@pytest.fixture
def quoting(story: Article) -> Article:
    start = story.text.index("the weather")
    said = Quote(start, start + 11, "the weather", "said")
    return replace(story, actors=(replace(story.actors[0], quotes=(said,)), *story.actors[1:]))


def small(page: Page) -> Locator:
    return page.locator(".hovercard:popover-open")


def mark(page: Page, place: int) -> Locator:
    return page.locator(".story mark.person").nth(place)


def rest_on(page: Page, target: Locator) -> None:
    target.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 300)")
    target.hover()
    until(page, "document.querySelector('.hovercard:popover-open') !== null")


def test_resting_on_a_mark_tells_who_this_is(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    rest_on(page, mark(page, 20))
    lines = [line for line in small(page).inner_text().splitlines() if line]
    assert lines == [
        "Person",
        "Ada Lark",
        "the chair",
        "49 mentions · 1 quotation",
        "Ada Lark met Norway on day 0, and the weather was as grey as the sea below it.",
        "More",
        "Not Ada Lark?",
    ]


def test_the_line_being_read_is_not_covered(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    for place in (4, 20, 47):
        rest_on(page, mark(page, place))
        line, card = mark(page, place).bounding_box(), small(page).bounding_box()
        assert line is not None
        assert card is not None
        assert card["y"] + card["height"] <= line["y"] or card["y"] >= line["y"] + line["height"]
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= DESKTOP[0]
        page.keyboard.press("Escape")


def test_the_pointer_may_move_onto_it_and_leaving_closes_it(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    rest_on(page, mark(page, 20))
    page.get_by_role("button", name="More").hover()
    page.wait_for_timeout(500)
    assert small(page).is_visible()
    page.mouse.move(5, 500)
    until(page, "document.querySelector('.hovercard:popover-open') === null")


def test_escape_closes_it_while_the_pointer_rests_and_nothing_else(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    page.keyboard.press("n")
    rest_on(page, mark(page, 20))
    page.keyboard.press("Escape")
    assert small(page).count() == 0
    assert page.locator(".stepper").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".stepper").is_hidden()


def test_by_keyboard_i_opens_the_small_card_then_the_whole_one(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    for key in "nni":
        page.keyboard.press(key)
    assert small(page).get_by_role("heading", name="Ada Lark").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "More"
    page.keyboard.press("Escape")
    assert small(page).count() == 0
    assert page.evaluate("document.activeElement.matches('mark.now')")
    page.keyboard.press("i")
    page.keyboard.press("i")
    whole = page.get_by_role("dialog", name="Ada Lark")
    assert whole.evaluate("card => card === document.activeElement")
    assert whole.get_by_role("heading", name="49 mentions").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    until(page, "document.activeElement.matches('mark.now')")


def test_from_the_mention_that_a_key_led_to_enter_opens_the_card_and_tab_goes_on_in_the_text(
    show: Open, quoting: Article
) -> None:
    page = show(reader(quoting))
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.matches('mark.now')")
    page.keyboard.press("Enter")
    whole = page.get_by_role("dialog", name="Ada Lark")
    assert whole.evaluate("card => card === document.activeElement")
    page.keyboard.press("Escape")
    until(page, "document.activeElement.matches('mark.now')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.story ~ * *, .stepper *')")
    page.keyboard.press("n")
    assert page.locator("mark[tabindex]").count() == 1


def test_a_link_in_a_mark_has_the_card_of_its_mark(show: Open, quoting: Article) -> None:
    linked = quoting.content.replace(
        ">Norway</mark>", '><a href="https://norway.example/">Norway</a></mark>', 1
    )
    page = show(reader(replace(quoting, content=linked)))
    page.keyboard.press("1")
    page.locator(".story mark a").focus()
    page.keyboard.press("i")
    assert small(page).get_by_role("heading", name="Norway").is_visible()


def test_the_name_in_the_bar_opens_the_card(show: Open, quoting: Article) -> None:
    page = show(reader(quoting), size=PHONE)
    mark(page, 4).tap()
    page.locator(".stepper").get_by_role("button", name="Ada Lark").tap()
    whole = page.get_by_role("dialog", name="Ada Lark")
    assert whole.get_by_role("heading", name="49 mentions").is_visible()


def test_tab_leaves_it_and_stepping_on_closes_it(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    page.keyboard.press("2")
    page.keyboard.press("i")
    assert small(page).get_by_role("heading", name="Norway").is_visible()
    page.keyboard.press("Tab")
    assert small(page).count() == 1
    page.keyboard.press("Tab")
    assert small(page).count() == 0
    page.keyboard.press("i")
    page.keyboard.press("1")
    assert small(page).count() == 0


def test_the_whole_card_opens_for_an_actor_of_the_folded_list_too(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    page.keyboard.press("3")
    page.keyboard.press("i")
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="sea").is_visible()


def test_the_keys_one_to_nine_choose_an_actor_of_the_cast(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    page.keyboard.press("2")
    assert page.get_by_role("status").inner_text().split()[0] == "Norway"
    page.keyboard.press("2")
    assert page.get_by_role("status").inner_text().split() == ["Norway", "2", "of", "48"]
    page.keyboard.press("9")
    assert page.get_by_role("status").inner_text().split() == ["Norway", "2", "of", "48"]


def test_a_finger_opens_no_small_card(show: Open, quoting: Article) -> None:
    page = show(reader(quoting), size=PHONE)
    mark(page, 4).tap()
    page.wait_for_timeout(500)
    assert small(page).count() == 0
    assert page.locator(".stepper").is_visible()


def test_it_follows_its_mark_when_the_page_scrolls(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.press("i")
    before = small(page).bounding_box()
    page.evaluate("scrollBy(0, 40)")
    until(page, f"document.querySelector('.hovercard').getBoundingClientRect().y === {before['y'] - 40}")
    page.evaluate("scrollBy(0, 3000)")
    until(page, "document.querySelector('.hovercard:popover-open') === null")
