"""What the model learns from: labels from whole texts and snippets, pages in another dress, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from benchmarks.blocks.alter import alter
from benchmarks.blocks.figures import Scoreboard, figures_of
from benchmarks.blocks.labels import Column, label, weigh
from lxml.html import HtmlElement

from personae.article.choose.body import look_at
from personae.article.segment.blocks import Block
from personae.page.metadata.metadata import Metadata
from personae.page.parse.parser import parse

LINES = [
    f"The council of Norwick put off its vote for the {n} time on Monday evening."
    for n in ("first", "second")
]
PAGE = "<body><h1>Late</h1><div class='story'>{}</div><div class='more'><p>Bakery shuts after ninety years here</p></div></body>"
GOLD: dict[str, Any] = {"title": "Late", "body": "\n\n".join(LINES)}


def body_of(html: str) -> HtmlElement:
    body = parse(f"<html>{html}</html>").tree.find("body")
    assert body is not None
    return body


def blocks_of(body: HtmlElement) -> list[Block]:
    return look_at(body, Metadata())[0]


def page() -> HtmlElement:
    return body_of(PAGE.format("".join(f"<p>{line}</p>" for line in LINES)))


def test_a_block_is_article_when_its_words_stand_in_the_known_text() -> None:
    assert label(blocks_of(page()), GOLD).round().tolist() == [0, 1, 1, 0]


def test_snippets_tell_of_the_blocks_that_hold_them_and_of_no_others() -> None:
    gold = {"with": ["put off its vote for the first"], "without": ["Bakery shuts"]}
    labels = label(blocks_of(page()), gold)
    assert np.isnan(labels).tolist() == [True, False, True, False]
    assert weigh(blocks_of(page()), labels, gold).astype(bool).tolist() == [False, True, False, True]


@pytest.mark.parametrize("seed", ["a", "b", "c", "d", "e", "f", "g", "h"])
def test_a_page_in_another_dress_holds_the_same_story_and_no_names(seed: str) -> None:
    body = page()
    alter(body, Metadata(), GOLD, seed=seed)
    assert not any(e.get("class") for e in body.iter())
    labels = label(blocks_of(body), GOLD)
    assert [b.text for b, v in zip(blocks_of(body), labels, strict=True) if v > 0.5] == LINES


def test_the_dresses_differ_and_are_the_same_for_the_same_seed() -> None:
    tags = set()
    for seed in "abcdefgh":
        first, second = page(), page()
        alter(first, Metadata(), GOLD, seed=seed)
        alter(second, Metadata(), GOLD, seed=seed)
        shape = tuple(str(e.tag) for e in first.iter())
        assert shape == tuple(str(e.tag) for e in second.iter())
        tags.add(shape)
    assert len(tags) > 2


@dataclass
class Known:
    corpus: str
    language: str | None
    gold: dict[str, Any]
    labels: Column
    texts: list[str]


def test_the_title_above_a_story_counts_neither_for_nor_against_it() -> None:
    board = Scoreboard()
    known = Known("news", "Greek", GOLD, np.array([0.0, 1.0, 1.0]), ["Late", *LINES])
    board.add(known, figures_of(known, [0, 1, 2]))
    assert board.figures["news"].values() == {"F1": 1.0, "exact": 1.0, "P": 1.0, "R": 1.0}
    assert list(board.figures) == ["news", "news Greek"]


def test_of_snippets_those_count_that_are_known() -> None:
    board = Scoreboard()
    known = Known("snippets", None, {"with": []}, np.array([1.0, 1.0, 0.0, np.nan]), ["a", "b", "c", "d"])
    board.add(known, figures_of(known, [0, 2, 3]))
    assert board.figures["snippets"].values() == {"F1": 0.5}
