"""No step that keeps units whole does more than twice the work on a page that is twice as long."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from lxml import html

from personae.article.rules.boxes import without_captions, without_posts
from personae.article.rules.case import Case
from personae.article.rules.exhibits import with_exhibits
from personae.article.rules.galleries import without_galleries
from personae.article.rules.lists_and_notes import with_headings, with_lists, with_notes
from personae.article.segment.blocks import normalise_page, segment
from personae.article.segment.embeds import normalise_players
from personae.article.segment.formulas import normalise_formulas
from personae.article.write.article_tree import write_article
from personae.page.metadata.metadata import Metadata
from personae.page.parse.prune import prune

RULES = (
    without_captions,
    without_posts,
    without_galleries,
    with_lists,
    with_exhibits,
    with_notes,
    with_headings,
)
PROSE = "<p>The council met on Tuesday, heard the harbour master for two hours, and put off its vote.</p>"
# Twice the work, and some room for what grows with the depth of a sort or of a table that is resized.
MOST_GROWTH = 2.15

PAGES: dict[str, Callable[[int], str]] = {
    "figures": lambda i: f"<figure><img src='/i{i}.jpg'><figcaption>View {i}.</figcaption></figure>",
    "pictures": lambda i: f"<div><img src='/number-{i}.jpg'></div><div class='caption'>View {i}</div>",
    "addresses": lambda i: f"<div data-a='/b{i}.jpg'><img src='data:,' data-c='/d{i}.jpg'></div>",
    "signs": lambda i: f"<p>Follow the sign <img src='/s{i}.png' alt='sign'> to the pier.</p>",
    "notes": lambda i: f"<p>Claim {i} was read.<a href='#n{i}'>{i}</a></p><p id='n{i}'>{i}. Minutes.</p>",
    "anchors": lambda i: (
        f"<p>Claim {i} was read.<a href='#n{i}'>{i}</a></p><a name='n{i}'></a><p>Minutes.</p>"
    ),
    "hidden notes": lambda i: (
        f"<p>Claim {i} was read.<sup>1</sup><span style='display:none'>Note {i}</span></p>"
    ),
    "tables": lambda i: f"<table><tr><th>A</th><th>B</th></tr><tr><td>{i}</td><td>2</td></tr></table>",
    "items": lambda i: f"<ul><li>Item {i}<ul><li><a href='/{i}'>Deep</a></li></ul></li></ul>",
    "posts": lambda i: (
        f"<blockquote class='twitter-tweet'>Ship {i}. <a href='https://t.test/{i}'>1 May</a></blockquote>"
    ),
    "listings": lambda i: f"<pre><b>1</b> a{i}\n<b>2</b> b</pre>",
    "headings": lambda i: (
        f"<h2>Part {i}<div></div></h2><span>[<a href='/e'>edit</a>]</span><p>Line {i}, of text.</p>"
    ),
    "labels": lambda i: f"<div><img src='/c{i}.png'><i style='position:absolute;left:1px'>L{i}</i></div>",
    "hidden": lambda i: f"<div style='visibility:hidden'><p>Hidden {i}</p></div>",
}


def calls_on(part: Callable[[int], str], count: int) -> int:
    """Return how many calls of the product's functions it takes to bring a page into shape and to write it."""
    body = "".join(part(i) for i in range(count))
    tree = html.document_fromstring(
        f"<html><body><article>{PROSE * 3}{body}{PROSE * 3}</article></body></html>"
    )
    calls = 0

    def count_call(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event == "call" and "personae" in frame.f_code.co_filename

    sys.setprofile(count_call)
    try:
        prune(tree, snapshot=False)
        root = tree.find("body")
        assert root is not None
        normalise_formulas(root)
        normalise_players(root)
        normalise_page(root)
        blocks = segment(root)
        case = Case(blocks, {b.index: 0.9 for b in blocks}, 0.6, Metadata(title="The pier"))
        chosen = case.above_threshold()
        for rule in RULES:
            chosen = rule(case, chosen)
        write_article(root, blocks, frozenset(chosen), "https://news.example.test/1", None)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("kind", PAGES)
def test_twice_the_page_is_twice_the_work(kind: str) -> None:
    few, many = calls_on(PAGES[kind], 150), calls_on(PAGES[kind], 300)
    assert many <= MOST_GROWTH * few
