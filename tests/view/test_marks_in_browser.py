"""How much is marked, and what a mark looks like, in a real browser."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import FloatRect, Locator, Page
from tests.view.browsing import DESKTOP, PHONE, Build, Open, reader, until
from tests.view.conftest import Name

from personae.markup.sanitize import clean
from personae.model import Article

LOOK = "m => { const s = getComputedStyle(m); return [s.textDecorationLine, s.backgroundImage !== 'none'] }"


def recurring(build_article: Build, named: type[Name]) -> Article:
    """Return a story that names two actors again and again."""
    return build_article(
        ["Ada Lark met Bea Quill. Lark left, and Quill stayed.", "Quill wrote that Quill would stay."],
        [named("Ada Lark", aliases=("Lark",)), named("Bea Quill", aliases=("Quill",))],
        title="Lark and Ada Lark",
        standfirst="Quill on Bea Quill",
    )


def lines(page: Page, css: str) -> list[str]:
    """Return the kind of line below each mark of an element, or "none"."""
    marks = page.locator(f"{css} mark")
    return list(marks.evaluate_all("marks => marks.map((mark) => getComputedStyle(mark).textDecorationLine)"))


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


def test_as_it_comes_a_paragraph_marks_an_actors_first_mention_by_its_line(
    show: Open, build_article: Build, named: type[Name]
) -> None:
    page = show(reader(clean(recurring(build_article, named))))
    assert lines(page, "h1") == ["underline", "none"]
    assert lines(page, ".standfirst") == ["underline", "none"]
    assert lines(page, ".story p:nth-child(1)") == ["underline", "underline", "none", "none"]
    assert lines(page, ".story p:nth-child(2)") == ["underline", "none"]
    assert not any(page.locator("mark").evaluate_all(f"marks => marks.map({LOOK}).map(([, tint]) => tint)"))


def test_every_mention_is_marked_at_a_key_and_so_it_stays(show: Open, story: Article) -> None:
    page = show(reader(story))
    again = page.locator(".story mark.person.again").first
    assert again.evaluate(LOOK) == ["none", False]
    page.keyboard.press("a")
    assert again.evaluate(LOOK) == ["underline", True]
    assert page.locator(".story mark.organization").first.evaluate(LOOK) == [
        "underline",
        False,
    ]  # no key actor
    until(page, "document.querySelector('.said').textContent === 'Every mention is marked.'")
    page.reload()
    until(page, "document.documentElement.classList.contains('ready')")
    assert again.evaluate(LOOK) == ["underline", True]
    page.keyboard.press("a")
    assert again.evaluate(LOOK) == ["none", False]


def test_who_was_chosen_is_tinted_at_every_mention(show: Open, story: Article) -> None:
    page = show(reader(story))
    page.keyboard.press("1")
    looks = page.locator(".story mark.person:not(.now)").evaluate_all(f"marks => marks.map({LOOK})")
    assert len(looks) > 12
    assert all(look == ["underline", True] for look in looks)
    assert country(page).evaluate(LOOK) == ["underline", False]


def test_the_pointer_tints_what_it_is_on(show: Open, story: Article) -> None:
    page = show(reader(story))
    again = page.locator(".story mark.person.again").first
    again.hover()
    assert again.evaluate(LOOK) == ["underline", True]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("act", ["a", "1"], ids=["full marks", "an actor chosen"])
def test_no_line_breaks_otherwise_when_marks_change(
    show: Open, story: Article, act: str, size: tuple[int, int]
) -> None:
    page = show(reader(story), size=size)
    places = """() => [...document.querySelectorAll("h1, .story p, mark")].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x, y + scrollY, width, height].map(Math.round);
    })"""
    before = page.evaluate(places)
    page.keyboard.press(act)
    assert page.evaluate(places) == before


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("font", ["literata", "system", "sans", "dyslexic"])
@pytest.mark.parametrize("css", ["h1", ".story p"])
def test_a_chosen_mention_covers_nothing_of_the_lines_around_it(
    show: Open, build_article: Build, css: str, font: str, size: tuple[int, int]
) -> None:
    """The line above one and the line below it look the same, whether it is chosen or not."""
    title = (
        "Gypsy pigs jump gaily by Bygdoy quay " * 2 + "Lark " + "Gypsy pigs jump gaily by Bygdoy quay " * 2
    )
    article = clean(build_article([title * 4], [Name("Lark")], title=title.strip()))
    stored = json.dumps(json.dumps({"font": font, "leading": 1.3}))
    page = show(reader(article), size=size, before=f"localStorage.setItem('personae.settings', {stored})")
    page.evaluate("document.fonts.ready")
    mark = page.locator(f"{css} mark").first
    mark.scroll_into_view_if_needed()
    box = page.locator(css).first.bounding_box()
    own = mark.bounding_box()
    leading = float(
        page.locator(css).first.evaluate("e => getComputedStyle(e).lineHeight").removesuffix("px")
    )
    middle = own["y"] + own["height"] / 2
    above: FloatRect = {**box, "y": middle - 1.5 * leading, "height": leading - 1}
    below: FloatRect = {**box, "y": middle + 0.5 * leading + 1, "height": leading}
    mark.evaluate("mark => mark.style.textDecorationLine = 'none'")
    plain = [page.screenshot(clip=clip) for clip in (above, below)]
    mark.evaluate("mark => mark.classList.add('on', 'now')")
    assert mark.evaluate(LOOK)[1]
    assert [page.screenshot(clip=clip) for clip in (above, below)] == plain


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
    assert country(page).evaluate(LOOK) == ["underline", False]


def test_who_is_chosen_in_the_cast_is_shown_all_the_same(show: Open, story: Article) -> None:
    page = chosen(show, story, marks="off")
    page.keyboard.press("1")
    page.keyboard.press("n")
    assert page.locator("mark.now").evaluate(LOOK) == ["none", True]  # its frame
    assert page.locator("mark.on:not(.now)").first.evaluate(LOOK) == ["underline", True]
    assert country(page).evaluate(LOOK) == ["none", False]
    page.keyboard.press("Escape")
    assert person(page).evaluate(LOOK) == ["none", False]
