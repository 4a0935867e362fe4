"""The story map in a real browser: with the pointer, by keyboard, without scripts, from the right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page
from tests.view.browsing import DESKTOP, PHONE, Build, Open, fits, reader, until

from personae.markup.sanitize import clean
from personae.model import Article


@pytest.fixture
def acts(build_article: Build, named: Any) -> Article:
    """Lark in every second paragraph of twelve, Norway in the last three, the Crew in the fifth."""
    paragraphs = []
    for i in range(12):
        who = ["Lark"] * (i % 2 == 0) + ["Norway"] * (i > 8) + ["Crew"] * (i == 4)
        paragraphs.append(f"{' and '.join(who) or 'Nobody'} came on day {i}. " + "The sea was grey. " * 25)
    return clean(
        build_article(
            [p.strip() for p in paragraphs],
            [named("Lark"), named("Norway", "country"), named("Crew", "organization", key=False)],
        )
    )


def opened(page: Page) -> Locator:
    page.get_by_role("button", name="Story map").click()
    found = page.get_by_role("region", name="Story map")
    assert found.is_visible()
    return found


def click_column(page: Page, actor: str, column: int) -> None:
    """Click where the lane of an actor and the column of a paragraph cross."""
    row = page.locator(".map tr").filter(has_text=actor).bounding_box()
    stripe = page.locator(".columns rect").nth(column).bounding_box()
    assert row is not None
    assert stripe is not None
    page.mouse.click(stripe["x"] + stripe["width"] / 2, row["y"] + row["height"] / 2)


def middle(page: Page, css: str) -> float:
    return page.eval_on_selector(
        css, "e => { const r = e.getBoundingClientRect(); return (r.top + r.bottom) / 2 }"
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_click_leads_to_that_actors_mention_in_that_paragraph(
    show: Open, acts: Article, size: tuple[int, int]
) -> None:
    page = show(reader(acts), size=size)
    found = opened(page)
    click_column(page, "Norway", 10)
    assert page.eval_on_selector("mark.now", "m => [m.textContent, m.closest('p').id]") == ["Norway", "p11"]
    box = found.bounding_box()
    assert box is not None
    assert 0 < middle(page, "mark.now") < box["y"]
    assert page.locator(".map tr.on").inner_text().split()[0] == "Norway"


def test_a_click_where_the_actor_is_not_leads_to_the_paragraph(show: Open, acts: Article) -> None:
    page = show(reader(acts))
    opened(page)
    click_column(page, "Norway", 6)
    assert page.locator("mark.now").count() == 0
    until(page, "document.getElementById('p7').getBoundingClientRect().top < innerHeight / 2")


def test_without_scripts_a_column_leads_to_its_paragraph(show: Open, acts: Article) -> None:
    page = show(reader(acts), java_script_enabled=False)
    opened(page)
    click_column(page, "Lark", 6)
    page.wait_for_url("**#p7")
    page.get_by_role("button", name="Close").click()
    assert page.get_by_role("region", name="Story map").count() == 0


def test_by_keyboard_it_opens_steps_and_closes(show: Open, acts: Article) -> None:
    page = show(reader(acts))
    page.keyboard.press("m")
    found = page.get_by_role("region", name="Story map")
    assert found.evaluate("map => map === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("mark.now").inner_text() == "Lark"
    page.keyboard.press("n")
    assert page.eval_on_selector("mark.now", "m => m.closest('p').id") == "p3"
    page.keyboard.press("Escape")
    assert found.count() == 0
    assert page.locator("mark.now").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("mark.now").count() == 0
    page.keyboard.press("m")
    page.keyboard.press("m")
    assert found.count() == 0


def test_the_others_have_lanes_on_demand(show: Open, acts: Article) -> None:
    page = show(reader(acts))
    found = opened(page)
    assert not found.get_by_role("row", name="Crew").is_visible()
    found.get_by_text("1 more").click()
    assert found.get_by_role("row", name="Crew").is_visible()
    click_column(page, "Crew", 4)
    assert page.eval_on_selector("mark.now", "m => [m.textContent, m.closest('p').id]") == ["Crew", "p5"]


def test_what_stands_at_the_foot_makes_room(show: Open, acts: Article) -> None:
    page = show(reader(acts))
    box = opened(page).bounding_box()
    page.keyboard.press("1")
    until(page, f"document.querySelector('.stepper').getBoundingClientRect().bottom < {box['y']}")
    page.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
    until(page, f"document.querySelector('.colophon').getBoundingClientRect().bottom < {box['y']}")


def test_the_line_tells_where_the_reader_is(show: Open, acts: Article) -> None:
    page = show(reader(acts))
    opened(page)
    page.locator("#p7").evaluate("p => scrollTo({top: p.offsetTop - innerHeight * .39, behavior: 'instant'})")
    within = "[...document.querySelectorAll('.columns rect')][6].getBoundingClientRect()"
    at = "document.querySelector('.columns .here').getBoundingClientRect().left"
    until(page, f"{within}.left - 3 < {at} && {at} < {within}.right")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_long_names_fit_and_the_page_does_not_scroll_sideways(
    show: Open, build_article: Build, named: Any, size: tuple[int, int]
) -> None:
    names = [named(f"Maximiliana{i:02} {'von ' * 9}Wolfeschlegelstein", key=i < 8) for i in range(30)]
    article = clean(build_article([f"{n.name} spoke." for n in names], names))
    page = show(reader(article), size=size)
    found = opened(page)
    assert fits(page)
    assert found.evaluate("map => map.scrollWidth <= map.clientWidth")
    assert found.bounding_box()["height"] <= size[1] * 0.47


@pytest.mark.parametrize(("language", "direction"), [("ar", "ltr"), ("en", "rtl"), ("ar", "rtl")])
def test_time_runs_as_the_article_does_in_whatever_interface(
    show: Open, acts: Article, language: str, direction: Literal["ltr", "rtl"]
) -> None:
    page = show(reader(replace(acts, direction=direction), language=language))
    page.keyboard.press("m")
    first = page.locator(".columns rect").first.bounding_box()
    last = page.locator(".columns rect").last.bounding_box()
    assert first is not None
    assert last is not None
    assert (first["x"] > last["x"]) == (direction == "rtl")
    click_column(page, "Norway", 10)
    assert page.eval_on_selector("mark.now", "m => m.closest('p').id") == "p11"


def test_it_is_not_printed_and_forced_colours_keep_its_shapes(show: Open, acts: Article) -> None:
    page = show(reader(acts), forced_colors="active")
    found = opened(page)
    stroke = page.eval_on_selector(".stage .named", "e => getComputedStyle(e).stroke")
    assert stroke == page.evaluate("getComputedStyle(document.body).color")
    page.emulate_media(media="print")
    assert not found.is_visible()
