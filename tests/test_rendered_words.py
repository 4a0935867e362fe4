"""An article holds only what its page renders: properties over generated pages.

A generated page knows its own truth. Every word that a browser would show is written once into
`shown`, in order; every word that it would not show contains UNSEEN. So the tests need no renderer.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

import personae
from personae.errors import PersonaeError
from personae.markup.paragraphs import plain_text
from personae.model import Article

URL = "https://news.example.test/2025/ferry"
UNSEEN = "unseen"
WORD = re.compile(r"\w+")
VOCABULARY = re.split(
    r"\s+",
    "the ferry council harbour pilot said on Tuesday that vote about money storm crew bridge and of in was "
    "Odile Marsh Ellerby subscribe newsletter related comments share cookies advertisement 1987 12 "
    "Größe été город 港 कर",
)
BLOCK_TAGS = ("p", "div", "li", "h2", "h3", "blockquote", "dd", "td", "figcaption", "pre", "span", "address")
BOX_TAGS = ("div", "section", "aside", "article", "ul", "main", "figure", "table", "details", "form", "x-box")
INLINE_TAGS = ("b", "em", "a", "span", "sup", "mark", "code", "time", "font")
NAMES = (
    "",
    "story-body",
    "paragraph",
    "newsletter-box",
    "related",
    "comments",
    "caption",
    "paywall gate",
    "byline",
    "ad-slot",
    "sr-only",
    "css-1x2y3z",
)
# How a saved page keeps words from its reader; {} stands for elements or text that nobody sees.
HIDING = (
    "<div hidden>{}</div>",
    "<p hidden=''>{}</p>",
    "<section hidden='until-found'>{}</section>",
    "<div style='display:none'>{}</div>",
    "<span style='color:red; DISPLAY : None !important'>{}</span>",
    "<li style='display: none;'>{}</li>",
    "<template>{}</template>",
    "<noscript>{}</noscript>",
    "<script>var later = '{}'</script>",
    "<script type='text/html'>{}</script>",
    "<script type='application/json'>{}</script>",
    "<style>.x::after {{ content: '{}' }}</style>",
    "<!-- {} -->",
    "<dialog>{}</dialog>",
    "<svg><title>{}</title></svg>",
    "<input type='hidden' value='{}'>",
    "<datalist><option>{}</option></datalist>",
    "<progress>{}</progress>",
)


@dataclass
class Draft:
    """A page being written: its markup, and the words that a browser shows of it."""

    markup: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def put(self, markup: str, shown: str = "") -> None:
        self.markup.append(markup)
        self.shown += WORD.findall(shown)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(VOCABULARY), min_size=3, max_size=45))
    return " ".join(words).capitalize() + draw(st.sampled_from([".", "?", "", "…", ".”"]))


class Writer:
    """Writes random blocks into a draft; words never cross an element's edge without a space."""

    def __init__(self, draw: st.DrawFn, hide: tuple[str, ...]) -> None:
        self.draw, self.hide, self.page = draw, hide, Draft()

    def choose(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def some(self, most: int) -> range:
        return range(self.draw(st.integers(0, most)))

    def attributes(self) -> str:
        return f' class="{self.choose(*NAMES)}"'

    def hidden(self) -> None:
        words = WORD.sub(lambda word: UNSEEN + word[0], self.draw(sentences()))
        self.page.put(self.choose(*self.hide).format(words))

    def block(self) -> None:
        tag = self.choose(*BLOCK_TAGS)
        self.page.put(f"<{tag}{self.attributes()}>")
        for _ in range(self.draw(st.integers(1, 3))):
            text = self.draw(sentences())
            if self.draw(st.booleans()):
                self.page.put(f"{escape(text)} ", text)
            else:
                inline = self.choose(*INLINE_TAGS)
                self.page.put(f"<{inline} href='/x'{self.attributes()}> {escape(text)} </{inline}> ", text)
            if not self.draw(st.integers(0, 5)):
                self.page.put("<br>" * self.draw(st.integers(1, 2)))
            if not self.draw(st.integers(0, 7)):
                self.hidden()
        self.page.put(f"</{tag}>\n")

    def box(self, depth: int) -> None:
        tag = self.choose(*BOX_TAGS)
        self.page.put(f"<{tag}{self.attributes()}>")
        for _ in range(self.draw(st.integers(1, 4))):
            self.anything(depth + 1)
        self.page.put(f"</{tag}>\n")

    def anything(self, depth: int = 0) -> None:
        kind = self.draw(st.integers(0, 9))
        if kind < 2:
            self.hidden()
        elif kind < 5 and depth < 4:
            self.box(depth)
        elif kind == 5:
            self.page.put(f'<img src="/{kind}.jpg" width="900" height="600" alt="">')
        else:
            self.block()

    def whole(self, root: str) -> tuple[str, list[str]]:
        for _ in self.some(3):
            self.anything()
        self.page.put('<main><article class="story">')
        for _ in range(self.draw(st.integers(2, 6))):
            text = " ".join(self.draw(st.lists(sentences(), min_size=3, max_size=5)))
            self.page.put(f"<p>{escape(text)}</p>\n", text)
            for _ in self.some(2):
                self.anything()
        self.page.put("</article></main>")
        for _ in self.some(3):
            self.anything()
        head = "<head><meta charset='utf-8'><title>Ferry</title></head>"
        return f"<!doctype html>{root}{head}<body>{''.join(self.page.markup)}</body></html>", self.page.shown


@st.composite
def saved_pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    language = draw(st.sampled_from(["en", "de", "ja"]))
    return Writer(draw, HIDING).whole(f"<html lang='{language}'>")


@st.composite
def snapshots(draw: st.DrawFn) -> tuple[str, list[str]]:
    """As the extension sends pages: its flag alone says what is hidden, also where attributes say otherwise."""
    flagged = (
        "<div data-personae-hidden=''>{}</div>",
        "<p data-personae-hidden='' style='display:block'>{}</p>",
        "<span data-personae-hidden=''>{}</span>",
    )
    language = draw(st.sampled_from(["en", "de", "ja"]))
    source, shown = Writer(draw, flagged).whole(f"<html lang='{language}' data-personae-snapshot='1'>")
    return source.replace(' class="sr-only"', " hidden style='display:none'"), shown


def read(source: str) -> Article | None:
    """The article, or None when the page is refused; no other error may come out."""
    try:
        return personae.read(source, URL, actors=False)
    except PersonaeError:
        return None


def words_of(tree: html.HtmlElement) -> list[str]:
    return WORD.findall(" ".join(tree.itertext()))


def check(source: str, shown: list[str]) -> None:
    article = read(source)
    if article is None:
        return
    content = html.fragment_fromstring(article.content, create_parent="div")
    on_page = Counter(shown)
    assert Counter(WORD.findall(article.text)) - on_page == Counter()
    assert Counter(words_of(content)) - on_page == Counter()
    assert UNSEEN not in json.dumps(article.to_dict())
    assert plain_text(content) == article.text


GENERATED = settings(
    max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@GENERATED
@given(saved_pages())
def test_of_a_saved_page_only_rendered_words_are_read(page: tuple[str, list[str]]) -> None:
    check(*page)


@GENERATED
@given(snapshots())
def test_of_a_snapshot_only_words_without_a_flag_are_read(page: tuple[str, list[str]]) -> None:
    check(*page)


@pytest.mark.parametrize("hiding", HIDING)
def test_each_way_of_hiding_hides(hiding: str) -> None:
    shown = " ".join(f"The ferry to Ellerby was {n} minutes late and the pilot said so." for n in range(12))
    hidden = hiding.format(f"{UNSEEN} the ferry to {UNSEEN} Ellerby was late and the pilot said so.")
    source = f"<html><body><article><p>{shown}</p>{hidden}<p>{shown}</p>{hidden}</article></body></html>"
    article = read(source)
    assert article is not None
    assert article.paragraphs == [shown, shown]
    assert UNSEEN not in json.dumps(article.to_dict())
