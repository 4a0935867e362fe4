"""The reader page on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.view.browsing import Build, Open, article_of, fits, reader

from personae.markup.sanitize import clean
from personae.model import Article

LINKED = (
    '<p>The <a href="https://town.example/wall?of=1612">wall</a> and the <a href="https://sea.example/a%20b">sea'
    '</a>, and the <a href="https://town.example/wall?of=1612">wall</a> again. <a href="#n">Note</a></p>'
    '<p id="n">It is old.</p>'
)
REMEMBER = """
addEventListener("beforeprint", () => {
  globalThis.printed = document.querySelector(".sources")?.innerText ?? "nothing";
  globalThis.numbers = [...document.querySelectorAll(".story a")].map(a => getComputedStyle(a, "::after").content);
});
"""


def test_a_link_is_a_number_and_its_address_stands_in_a_list_after_the_story(show: Open) -> None:
    page = show(reader(article_of(LINKED)))
    page.evaluate(REMEMBER)
    page.emulate_media(media="print")
    assert page.pdf().startswith(b"%PDF")
    assert page.evaluate("printed").split("\n") == [
        "Links in the text",
        "https://town.example/wall?of=1612",
        "https://sea.example/a%20b",
    ]
    assert page.evaluate("numbers") == ['"1"', '"2"', '"1"', "none"]
    expect(page.locator(".sources")).to_have_count(0)
    assert page.locator("a[data-source]").count() == 0


def test_a_story_without_links_has_no_such_list(show: Open) -> None:
    page = show(reader(article_of("<p>No links.</p>")))
    page.evaluate(REMEMBER)
    page.pdf()
    assert page.evaluate("printed") == "nothing"


def test_without_scripts_the_address_follows_the_link(show: Open) -> None:
    page = show(reader(article_of(LINKED)), java_script_enabled=False)
    page.emulate_media(media="print")
    after = page.locator(".story a").first.evaluate("a => getComputedStyle(a, '::after').content")
    assert "https://town.example/wall?of=1612" in after


def colours(page: Page, css: str) -> list[int]:
    found = page.locator(css).evaluate("e => getComputedStyle(e).color.match(/\\d+/g).map(Number)")
    return [int(part) for part in found]


@pytest.mark.parametrize("theme", ["auto", "sepia", "dark", "black"])
def test_any_theme_prints_dark_on_white(show: Open, theme: str) -> None:
    stored = f"localStorage.setItem('personae.settings', JSON.stringify({{theme: '{theme}'}}))"
    article = article_of(LINKED, standfirst="What is old.", authors=("Bea Quill",))
    page = show(reader(article), before=stored, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for css in ("h1", ".standfirst", ".authors", ".story p >> nth=0", ".story a >> nth=0", ".account"):
        assert max(colours(page, css)) < 100, css


@pytest.mark.parametrize("width", [640, 1440])
def test_the_cast_is_printed_with_its_heading_and_its_roles(
    show: Open, build_article: Build, named: Any, width: int
) -> None:
    names = [named("Ada Lark", role="the chair"), named("Norway", "country")]
    paragraphs = ["Ada Lark met Norway."] * 4
    article = clean(replace(build_article(paragraphs, names), title="Ada Lark"))
    page = show(reader(article), size=(width, 900))
    page.emulate_media(media="print")
    cast = page.get_by_role("complementary", name="Cast")
    heading, first = cast.get_by_role("heading", name="Cast"), cast.locator(".entry .name").first
    assert heading.evaluate("e => getComputedStyle(e).clipPath") == "none"
    box, below = heading.bounding_box(), first.bounding_box()
    assert box is not None
    assert below is not None
    assert box["width"] > 20
    assert box["height"] > 8
    assert box["y"] + box["height"] <= below["y"]
    expect(cast.locator(".key-actors .role").first).to_be_visible()
    for hidden in cast.locator(".lane, .count, .to-map, .cast-head [aria-hidden]").all():
        expect(hidden).to_be_hidden()


def test_the_picture_above_the_story_keeps_within_narrow_paper(show: Open, story: Article) -> None:
    page = show(reader(story), size=(640, 900))
    page.emulate_media(media="print")
    assert fits(page)
