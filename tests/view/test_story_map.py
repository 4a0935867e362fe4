"""The story map as the server draws it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import lxml.html
import pytest
from lxml.html import HtmlElement

from personae.markup.sanitize import clean
from personae.model import Article, Quote
from personae.view.i18n.catalogue import catalogue
from personae.view.page import cast_members, render, story_map
from personae.view.page import marked_story as body
from personae.view.page.places import Places
from personae.view.page.story_map import MAX_COLUMNS, StoryMap

Build = Callable[..., Article]


def drawn(article: Article) -> StoryMap:
    words = catalogue("en")
    shown = body.show(clean(article), words)
    places = Places(article, shown.paragraphs)
    found = story_map.draw(
        article, cast_members.assemble(article, shown.anchors, places, words), places, words
    )
    assert found is not None
    return found


def bars(path: str) -> list[tuple[float, float]]:
    """Return where the rectangles of a path begin, and how wide they are."""
    return [(float(x), float(w)) for x, w in re.findall(r"M([\d.]+) \d+h([\d.]+)v", path)]


def map_of(article: Article, **options: Any) -> HtmlElement:
    tree = lxml.html.document_fromstring(render.reader_page(clean(article), export_base="/read/x", **options))
    (found,) = tree.cssselect("section.map")
    return found


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture
def story(build_article: Build, named: Any) -> Article:
    paragraphs = ["Lark came.", "Norway met Lark.", "Lark said it rained.", "Nothing.", "Lark left Norway."]
    article = build_article(
        paragraphs,
        [named("Lark"), named("Norway", "country"), named("Nothing", key=False)],
        title="Norway",
        standfirst="About Lark.",
    )
    start = article.text.index("it rained")
    lark, *others = article.actors
    lark = replace(lark, quotes=(Quote(start, start + 9, "it rained", "said"),))
    return replace(article, actors=(lark, *others))


def test_it_is_a_table_of_who_appears_where(story: Article) -> None:
    tables = map_of(story).cssselect("table")
    rows = [[words(cell) for cell in row] for table in tables for row in table.iter("tr")]
    head = ["Actor", "Paragraphs", "Quotations in paragraphs"]
    assert rows == [
        head,
        ["Lark", "Standfirst, 1–3, 5", "3"],
        ["Norway", "Headline, 2, 5", ""],
        head,
        ["Nothing", "4", ""],
    ]
    assert {th.get("scope") for table in tables for th in table.cssselect("tbody th")} == {"row"}


def test_who_speaks_stands_out_from_who_is_only_named(story: Article) -> None:
    lark, norway = drawn(story).key
    columns = drawn(story).columns
    assert [x for x, _ in bars(lark.said)] == [columns[2].x]
    assert [x for x, _ in bars(lark.named)] == [24.0, columns[0].x, columns[1].x, columns[4].x]
    assert norway.said == ""
    assert bars(norway.named)[0][0] == 0


def test_columns_lie_side_by_side_as_wide_as_their_paragraphs(story: Article) -> None:
    columns = drawn(story).columns
    assert [c.anchor for c in columns] == ["p1", "p2", "p3", "p4", "p5"]
    for one, following in pairwise(columns):
        assert one.x + one.width == pytest.approx(following.x, abs=0.15)
    assert columns[2].width > columns[3].width
    assert columns[1].label == "Paragraph 2: Lark, Norway"
    assert columns[3].label == "Paragraph 4: Nothing"


def test_its_place_is_that_of_the_lanes_in_the_cast(story: Article) -> None:
    """So that one line can show in both where the reader is."""
    left, right = cast_members.LANE_TEXT
    columns = drawn(story).columns
    assert columns[0].x == left * 10
    assert columns[-1].x + columns[-1].width == pytest.approx(right * 10, abs=0.2)


@pytest.mark.parametrize("count", [5, 79, 80, 81, 300])
def test_a_long_story_shares_columns(build_article: Build, named: Any, count: int) -> None:
    article = build_article([f"Lark went on, {i}." for i in range(count)], [named("Lark")])
    found = drawn(article)
    assert min(count, MAX_COLUMNS // 2) <= len(found.columns) <= MAX_COLUMNS
    assert len(bars(found.key[0].named)) == len(found.columns)
    assert found.key[0].paragraphs == f"1–{count}"
    assert found.columns[-1].label.endswith(f"{count}: Lark")
    share = -(-count // MAX_COLUMNS)
    assert found.columns[0].label == ("Paragraph 1: Lark" if share == 1 else f"Paragraphs 1–{share}: Lark")


def test_only_names_and_buttons_are_tab_stops(story: Article) -> None:
    found = map_of(story)
    assert {a.get("tabindex") for a in found.cssselect(".columns a")} == {"-1"}
    assert {svg.get("aria-hidden") for svg in found.iter("svg")} == {"true"}
    assert [words(a) for a in found.cssselect("th a")] == ["Lark", "Norway", "Nothing"]


def test_no_map_of_nobody_or_of_two_paragraphs(build_article: Build, named: Any) -> None:
    for article in (
        build_article(["a", "b", "c", "d"]),
        build_article(["Lark a.", "b"], [named("Lark")]),
        build_article([], [named("Lark")], title="Lark"),
    ):
        page = render.reader_page(clean(article), export_base="/read/x")
        tree = lxml.html.document_fromstring(page)
        assert tree.cssselect(".map, .to-map") == []


def test_sixty_actors_in_three_hundred_paragraphs_weigh_little(build_article: Build, named: Any) -> None:
    names = [named(f"Person{i:02}", key=i < 6) for i in range(60)]
    paragraphs = [f"Person00 met Person{i % 60:02} and Person{i * 7 % 60:02}, who spoke." for i in range(300)]
    found = map_of(build_article(paragraphs, names))
    assert len(found.cssselect("tr[data-actor]")) == 60
    assert len(gzip.compress(lxml.html.tostring(found))) < 8 * 1024
