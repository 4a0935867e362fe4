"""Only the paragraphs of one or two actors, in a real browser."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.view.browsing import DESKTOP, PHONE, Build, Open, fits, reader, until

from personae.markup.sanitize import clean
from personae.model import Article

# Who is in each paragraph: A is Ada Lark, N Norway, B both, C Norway with the Crew, "." nobody.
PARAGRAPHS = {
    "A": "Ada Lark spoke",
    "N": "Norway listened",
    "B": "Ada Lark met Norway",
    "C": "Norway met the Crew",
    ".": "Nobody came",
}
STORY = "A..B....A.C.B.N"
WHOLE = 13  # paragraphs that are neither heading nor list


@pytest.fixture
def tangled(build_article: Build, named: Any) -> Article:
    """Fifteen paragraphs, of which the second is a list and the seventh a heading."""
    paragraphs = [f"{PARAGRAPHS[who]} on day {i}. {'The sea was grey. ' * 25}" for i, who in enumerate(STORY)]
    article = build_article(
        [p.strip() for p in paragraphs],
        [named("Ada Lark"), named("Norway", "country"), named("Crew", "organization")],
    )
    blocks = article.content.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    tags = {1: ("<ul><li>", "</li></ul>"), 6: ("<h2>", "</h2>")}
    tagged = [tags.get(i, ("<p>", "</p>")) for i in range(len(blocks))]
    content = "".join(f"{start}{block}{end}" for (start, end), block in zip(tagged, blocks, strict=True))
    return clean(replace(article, content=content))


def shown(page: Page) -> list[str]:
    visible = ".story > :is(p, ul, h2, .fold)"
    texts = page.eval_on_selector_all(
        visible, "all => all.filter(e => e.checkVisibility()).map(e => e.textContent.split('.')[0])"
    )
    return [text.partition(" on day ")[2] or text for text in texts]


def partners(page: Page) -> list[str]:
    return page.get_by_label("Only paragraphs together with").locator("option").all_inner_texts()


def count_of_paragraphs(page: Page) -> int:
    return page.eval_on_selector_all(".story > p", "all => all.filter(e => e.checkVisibility()).length")


def test_f_folds_what_is_not_about_the_chosen_actor(show: Open, tangled: Article) -> None:
    page = show(reader(tangled))
    page.keyboard.press("1")
    page.keyboard.press("f")
    assert shown(page) == [
        "0",
        "2 paragraphs",
        "3",
        "2 paragraphs",
        "6",
        "1 paragraph",
        "8",
        "3 paragraphs",
        "12",
        "2 paragraphs",
    ]
    assert page.locator(".said").inner_text() == "4 of 14 paragraphs"
    toggle = page.get_by_role("button", name="Only these paragraphs")
    assert toggle.get_attribute("aria-pressed") == "true"
    page.keyboard.press("f")
    assert count_of_paragraphs(page) == WHOLE
    assert toggle.get_attribute("aria-pressed") == "false"


def test_a_second_actor_leaves_the_paragraphs_of_both(show: Open, tangled: Article) -> None:
    page = show(reader(tangled))
    page.keyboard.press("1")
    page.keyboard.press("w")
    assert page.evaluate("document.activeElement.localName") == "select"
    assert partners(page) == ["anyone", "Norway (2)"]
    page.keyboard.press("ArrowDown")
    assert shown(page) == [
        "3 paragraphs",
        "3",
        "2 paragraphs",
        "6",
        "5 paragraphs",
        "12",
        "2 paragraphs",
    ]
    assert page.locator(".stepper [role=status]").inner_text().split() == ["Ada", "Lark", "1", "of", "2"]
    page.get_by_label("Only paragraphs together with").select_option("")
    assert "8" in shown(page)


def test_another_actor_takes_the_filter_over(show: Open, tangled: Article) -> None:
    page = show(reader(tangled))
    for key in "1f2":
        page.keyboard.press(key)
    assert [text for text in shown(page) if text.isdecimal()] == ["3", "6", "10", "12", "14"]
    assert partners(page) == ["anyone", "Ada Lark (2)", "Crew (1)"]


def test_a_click_on_the_rule_shows_what_it_folds(show: Open, tangled: Article) -> None:
    page = show(reader(tangled))
    page.keyboard.press("1")
    page.get_by_role("button", name="Only these paragraphs").click()
    page.get_by_role("button", name="2 paragraphs").nth(1).press("Enter")
    assert [text for text in shown(page) if text.isdecimal()] == ["0", "3", "4", "5", "6", "8", "12"]
    assert page.evaluate("document.activeElement.textContent").startswith("Nobody came on day 4")


def test_escape_leaves_the_filter_first_and_the_actor_then(show: Open, tangled: Article) -> None:
    page = show(reader(tangled))
    page.keyboard.press("f")  # nobody is chosen: the first of the cast
    assert count_of_paragraphs(page) == 4
    page.keyboard.press("Escape")
    assert count_of_paragraphs(page) == WHOLE
    assert page.locator(".stepper").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".stepper").is_hidden()


def test_letting_go_of_the_actor_unfolds_all(show: Open, tangled: Article) -> None:
    page = show(reader(tangled))
    page.keyboard.press("f")
    page.get_by_role("button", name="Let go").click()
    assert count_of_paragraphs(page) == WHOLE


def test_what_is_read_stays_where_it_is(show: Open, tangled: Article) -> None:
    page = show(reader(tangled))
    page.keyboard.press("1")
    page.locator("#p9").evaluate("p => scrollTo(0, p.offsetTop - 300)")
    where = "Math.round(document.getElementById('p9').getBoundingClientRect().top)"
    before = page.evaluate(where)
    page.keyboard.press("f")
    assert abs(page.evaluate(where) - before) <= 1
    page.keyboard.press("f")
    assert abs(page.evaluate(where) - before) <= 1


def test_a_link_into_what_is_folded_unfolds_it(show: Open, tangled: Article) -> None:
    page = show(reader(tangled))
    for key in "1f":
        page.keyboard.press(key)
    page.get_by_role("button", name="4 mentions of Norway").click()
    page.get_by_role("dialog", name="Norway").locator(".contexts a").last.click()
    assert count_of_paragraphs(page) == WHOLE
    assert page.locator("mark.now").inner_text() == "Norway"


def test_going_by_paragraph_passes_over_what_is_folded(show: Open, tangled: Article) -> None:
    page = show(reader(tangled))
    for key in "1f":
        page.keyboard.press(key)
    page.locator("#p1").evaluate("p => { p.tabIndex = -1; p.focus(); }")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "p4"


def test_without_a_cast_the_key_does_nothing(show: Open, build_article: Build) -> None:
    page = show(reader(clean(build_article(["Nothing happened."]))))
    page.keyboard.press("f")
    page.keyboard.press("w")
    assert count_of_paragraphs(page) == 1
    assert page.locator(".stepper").is_hidden()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_bar_with_the_list_of_actors_fits(show: Open, tangled: Article, size: tuple[int, int]) -> None:
    page = show(reader(tangled), size=size)
    page.keyboard.press("1")
    page.keyboard.press("w")
    assert fits(page)
    until(page, "document.querySelector('.stepper').getBoundingClientRect().left >= 0")
    tops = page.eval_on_selector_all(
        ".stepper > button", "all => all.map(e => e.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1


def test_the_light_stays_on_what_is_read_and_the_place_is_not_the_end(show: Open, tangled: Article) -> None:
    focus = json.dumps(json.dumps({"focusLine": "paragraph"}))
    page = show(reader(tangled), before=f"localStorage.setItem('personae.settings', {focus})")
    page.keyboard.press("1")
    page.keyboard.press("f")
    page.locator(".story > p", has_text="on day 8").evaluate(
        "p => scrollBy(0, p.getBoundingClientRect().top - 300)"
    )
    page.wait_for_timeout(500)
    lit = """() => {
      const light = document.querySelector(".focus-frame").getBoundingClientRect();
      return [...document.querySelectorAll(".story > p")].filter((p) => p.checkVisibility()).some((p) => {
        const box = p.getBoundingClientRect();
        return light.height > box.height && light.top < box.top && light.bottom > box.bottom;
      });
    }"""
    assert page.evaluate(lit)
    kept = "Object.values(JSON.parse(localStorage.getItem('personae.articles.positions')))[0]"
    index, _, at_end = page.evaluate(kept)
    assert page.locator(".story > :is(p, h2), .story li").nth(index).is_visible()
    assert at_end == 0


@pytest.mark.parametrize(("size", "most"), [((320, 640), 0.25), ((320, 256), 0.4)])
def test_in_a_narrow_window_the_bar_shows_the_name_and_leaves_the_text_its_place(
    show: Open, tangled: Article, size: tuple[int, int], most: float
) -> None:
    page = show(reader(tangled), size=size)
    page.keyboard.press("1")
    page.keyboard.press("f")
    until(page, "document.querySelector('.said.fresh') !== null")
    name = page.locator(".stepper .who")
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth")
    covered = page.evaluate(
        """[".stepper", ".said.fresh"].reduce((sum, css) =>
          sum + document.querySelector(css).getBoundingClientRect().height, 0)"""
    )
    assert covered < most * size[1]
