"""readability-lxml runs on our blocks, answers in their numbers, and cannot be made to hang."""

from __future__ import annotations

from pathlib import Path

import pytest
import readability.debug
from lxml import html

from personae.article.judge.readability_vote import kept_by_readability
from personae.article.segment.blocks import normalise_page, segment
from personae.page.parse.parser import parse

PAGES = Path(__file__).parents[1] / "pages"
SENTENCE = "The council met on Tuesday, heard the harbour master, and put off its vote until the autumn."


def kept(markup: str) -> list[str]:
    body = html.document_fromstring(f"<body>{markup}</body>").find("body")
    normalise_page(body)
    blocks = segment(body)
    numbers = kept_by_readability(blocks)
    return [b.text for b in blocks if b.index in numbers]


def test_it_keeps_the_story_and_leaves_the_menu():
    menu = "".join(f'<li><a href="/{i}">Section {i}</a></li>' for i in range(9))
    story = "".join(f"<p>{SENTENCE} Part {i}.</p>" for i in range(6))
    assert kept(f'<ul class="menu">{menu}</ul><div class="article">{story}</div>') == [
        f"{SENTENCE} Part {i}." for i in range(6)
    ]


@pytest.mark.parametrize(
    "name", ["explainer-lists", "signature-line-only", "live-blog", "japanese", "newsletter-boxes"]
)
def test_the_share_of_links_is_the_library_s_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = parse((PAGES / name / "source.html").read_text(encoding="utf-8")).tree.find("body")
    normalise_page(tree)
    blocks = segment(tree)
    ours = kept_by_readability(blocks)
    monkeypatch.delattr("personae.article.judge.readability_vote._Blocks.get_link_density")
    assert ours
    assert ours == kept_by_readability(blocks)


def test_a_page_without_text_keeps_nothing():
    assert kept("<div><img src='a.jpg'></div>") == []


def test_rows_of_image_only_divs_never_reach_the_library():
    body = html.document_fromstring("<body>" + "<div><img></div>" * 8000 + f"<p>{SENTENCE}</p></body>").find(
        "body"
    )
    normalise_page(body)
    blocks = segment(body)
    assert [b.text for b in blocks] == [SENTENCE]
    assert kept_by_readability(blocks) == {0}


def test_the_page_is_not_held_after_the_call():
    kept(f"<div><p>{SENTENCE}</p></div>" * 3)
    assert readability.debug.uids == {}
    assert readability.debug.uids_document is None
