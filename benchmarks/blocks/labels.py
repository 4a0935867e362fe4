"""Which blocks of a page are article, from what is known of it: its whole text, or snippets of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from benchmarks.extraction.metric import SHINGLE, tokens
from numpy.typing import NDArray

from personae.article.segment.blocks import Block

Column = NDArray[np.float64]
# A block is of the gold when a larger share of its shingles is; fewer tokens must be a line of the gold.
_OF_GOLD = 0.7
_LONG = 6
# How much of a long block beside it vouches for a short one, by distance.
_NEAR = np.array([1 / 6, 1 / 5, 1 / 4, 1 / 3, 1 / 2, 1, 0, 1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6])
# The shortest snippet that tells one block from another, in characters.
_SHORTEST_SNIPPET = 4
# Blocks of snippets' pages are weighed up to so many words.
_MOST_WORDS = 60


def label(blocks: Sequence[Block], gold: dict[str, Any]) -> Column:
    """Return how much of each block is article, 0..1; nan where nothing is known of it.

    gold: either `body`, the article's text, or `with` and `without`, snippets that are of it and are not.
    """
    return _by_snippets(blocks, gold) if "with" in gold else _by_body(blocks, gold["body"])


def weigh(blocks: Sequence[Block], labels: Column, gold: dict[str, Any]) -> Column:
    """Weigh long blocks more, doubtful ones less, the title hardly; a page by the root of its sum."""
    if "with" in gold:
        counts = np.array([min(_MOST_WORDS, len(b.words)) for b in blocks])
        weights: Column = np.where(np.isnan(labels), 0.0, 0.5 + np.log1p(counts))
    else:
        weights = _weigh_by_body(blocks, labels, gold)
    total = weights.sum()
    return weights / total**0.5 if total else weights


def _weigh_by_body(blocks: Sequence[Block], labels: Column, gold: dict[str, Any]) -> Column:
    tokens_of = [tuple(tokens(b.text)) for b in blocks]
    weights: Column = 0.5 + np.log1p([len(own) for own in tokens_of])
    weights *= np.abs(2 * np.nan_to_num(labels, nan=0.5) - 1)
    above = {tuple(tokens(text)) for text in (gold.get("title") or "", *(gold.get("summary") or []))}
    weights[[own in above and value < 0.5 for own, value in zip(tokens_of, labels, strict=True)]] *= 0.05
    yes, no = weights[labels > 0.5].sum(), weights[labels <= 0.5].sum()
    if no > 2 * yes:
        weights[labels <= 0.5] *= (2 * yes / no) ** 0.5
    return weights


def _by_snippets(blocks: Sequence[Block], gold: dict[str, Any]) -> Column:
    """Label the blocks that hold a snippet; whoever chose those named no others."""
    article, chrome = (
        [text for snippet in gold[name] if len(text := " ".join(snippet.split())) >= _SHORTEST_SNIPPET]
        for name in ("with", "without")
    )
    labels = np.full(len(blocks), np.nan)
    for at, block in enumerate(blocks):
        text = " ".join(block.text.split())
        if any(snippet in text for snippet in article):
            labels[at] = 1.0
        if any(snippet in text for snippet in chrome):
            labels[at] = 0.0
    return labels


def _by_body(blocks: Sequence[Block], text: str) -> Column:
    """Label by the share of a block's shingles in the gold; a short one must be a line, near others."""
    lines = [t for t in (tokens(line) for line in re.split(r"\n+", text)) if t]
    every = [t for line in lines for t in line]
    shingles = set(zip(*(every[i:] for i in range(SHINGLE)), strict=False))
    whole = {tuple(line) for line in lines}
    body = f" {' '.join(every)} "
    tokens_of = [tokens(b.text) for b in blocks]
    labels = np.array([_share(own, shingles, whole, body) for own in tokens_of])
    is_long = [value > _OF_GOLD and len(own) >= _LONG for value, own in zip(labels, tokens_of, strict=True)]
    reach = len(_NEAR) // 2
    near = np.convolve(np.array(is_long, dtype=float), _NEAR)[reach : reach + len(blocks)]
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, own in enumerate(tokens_of):
        if 0 < len(own) < _LONG and not near[at]:
            labels[at] = 0.0
        if own and labels[at] > 0.5:
            places[tuple(own)].append(at)
    for (
        text_tokens,
        where,
    ) in places.items():  # a text that stands more often than in the gold: keep the best placed
        for at in sorted(where, key=lambda i: -near[i])[max(1, body.count(f" {' '.join(text_tokens)} ")) :]:
            labels[at] = 0.0
    return labels


def _share(own: list[str], shingles: set[tuple[str, ...]], whole: set[tuple[str, ...]], body: str) -> float:
    if not own:
        return float("nan")
    if len(own) >= _LONG:
        found = list(zip(*(own[i:] for i in range(SHINGLE)), strict=False))
        return sum(gram in shingles for gram in found) / len(found)
    return float(tuple(own) in whole or (len(own) >= 3 and f" {' '.join(own)} " in body))
