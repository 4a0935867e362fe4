"""Which articles may be set in vertical lines, and which of their numbers then stand upright."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from lxml import html as lxml_html
from markupsafe import Markup
from tests.view.browsing import Build, reader

from personae.markup.sanitize import clean
from personae.model import Article
from personae.view.page.writing_mode import vertical, with_upright_numbers

MONGOLIAN = "ᠪᠣᠷᠣᠭᠠ ᠣᠷᠣᠪᠠ᠃ "
CYRILLIC = "Бороо оров. "


def article(text: str, language: str | None, title: str = "") -> Article:
    return Article(title=title, content="", text=text, language=language)


@pytest.mark.parametrize("language", ["ja", "ja-jp", "zh", "zh-tw", "zh-cn", "ko", "ko-kr"])
def test_east_asian_lines_may_follow_each_other_from_the_right(language: str) -> None:
    assert vertical(article("雨が降った。", language)) == "rl"


@pytest.mark.parametrize("language", ["mn", "mn-cn", "zh", "en", None])
def test_mongolian_script_tells_itself_by_its_letters(language: str | None) -> None:
    assert vertical(article(MONGOLIAN * 9, language)) == "lr"
    assert vertical(article(MONGOLIAN * 9 + "Ulaanbaatar 2026 " * 3, language)) == "lr"


def test_manchu_letters_are_of_the_same_script() -> None:
    assert vertical(article("ᠮᠠᠨᠵᡠ ᡤᡳᠰᡠᠨ", "mnc")) == "lr"


def test_an_article_without_text_is_told_by_its_title() -> None:
    assert vertical(article("", "mn", title=MONGOLIAN)) == "lr"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (CYRILLIC * 9, "mn"),
        (CYRILLIC * 9 + MONGOLIAN, "mn"),
        ("Rain came.", "en"),
        ("Rain came.", None),
        ("", None),
        ("᠐᠑᠒ ᠃᠃᠃", "mn"),
        ("جاء المطر.", "ar"),
        ("Dies ist kein Japanisch.", "jab"),
    ],
)
def test_any_other_text_is_written_in_horizontal_lines_only(text: str, language: str | None) -> None:
    assert vertical(article(text, language)) is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [("雨が降った。", "ja", "rl"), (MONGOLIAN, "mn", "lr"), (CYRILLIC, "mn", None), ("Rain.", "en", None)],
)
def test_the_server_writes_it_on_the_page(
    build_article: Build, text: str, language: str, expected: str | None
) -> None:
    page = lxml_html.fromstring(reader(clean(build_article([text], language=language))))
    assert page.get("data-vertical") == expected


@pytest.mark.parametrize(
    ("text", "upright"),
    [
        ("8月12日に5人", ["8", "12", "5"]),
        ("12", ["12"]),
        ("(68)と48、", ["68", "48"]),
        ("長さ:48", ["48"]),
        ("本当!?いや!!", ["!?", "!!"]),
        ("2026年に250人", []),
        ("1.8キロと10:30と3/4と1,200", []),
        ("-5度、+3度、2-3、50%", []),
        ("G7とB52とNo.5A", []),
        ("え!!! ん!", []),
        ("１２は全角", []),
        ("&#39;と&#34;と&amp;12", ["12"]),
    ],
)
def test_a_number_of_one_or_two_figures_stands_upright(text: str, upright: list[str]) -> None:
    shown = with_upright_numbers(Markup(text))  # noqa: S704 - a test's own
    tree = lxml_html.fromstring(f"<p>{shown}</p>")
    assert [span.text for span in tree.cssselect("span.upright")] == upright
    assert tree.text_content() == unescape(text)


def test_marks_code_and_tables_are_left_as_they_are(build_article: Build, named: Any) -> None:
    story = build_article(["第12班は7時に着いた。"], [named("第12班", "organization")], language="ja")
    content = story.content + (
        '<pre><code>rm 12</code></pre><table><tbody><tr><td>12</td></tr></tbody></table><p title="12">'
        '<a href="https://a.example/?q=12&amp;r=34">34<b>5</b></a></p><math><mn>12</mn></math>'
    )
    page = lxml_html.fromstring(reader(clean(replace(story, content=content))))
    spans = page.cssselect(".story .upright")
    assert [span.text for span in spans] == ["7", "34", "5"]
    assert page.cssselect(".story mark.actor")[0].text == "第12班"
    assert page.cssselect(".story a")[0].get("href") == "https://a.example/?q=12&r=34"


def test_headline_standfirst_and_date_have_them_and_escape_the_rest(build_article: Build) -> None:
    story = build_article(
        ["雨。"], language="ja", title="12 <b>'AT&T'</b>", standfirst="34年", published="2026-08-03"
    )
    page = lxml_html.fromstring(reader(clean(story)))
    assert [span.text for span in page.cssselect("h1 .upright")] == ["12"]
    assert page.cssselect("h1")[0].text_content() == "12 <b>'AT&T'</b>"
    assert [span.text for span in page.cssselect(".standfirst .upright, time .upright")] == ["34", "8", "3"]


def test_a_page_in_horizontal_lines_has_none(build_article: Build) -> None:
    page = lxml_html.fromstring(reader(clean(build_article(["In 12 of 34 towns."], title="The 12"))))
    assert page.cssselect(".upright") == []
