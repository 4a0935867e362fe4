"""Columns of where a block stands: in which elements, with what, how far from headline, heading and ends."""

from __future__ import annotations

# ruff: noqa: PLR2004 - a number in a column's definition is part of the definition
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from lxml.html import HtmlElement

from personae.article.judge.columns import Column, Groups, Table, column
from personae.article.judge.page_facts import PROSE_WIDTH, PageFacts, article_around, make_of
from personae.article.segment.blocks import Block
from personae.article.vocabulary.element_names import name_kinds
from personae.article.vocabulary.phrases import phrases_in
from personae.markup.content_model import HEADINGS

_NEAR_LEVELS = 8
# What a container may say of itself in its first line, and a section in its heading.
_OPENERS = ("related", "newsletter", "comments", "author", "note", "paywall", "inset", "summary")
_FAR_LEVELS = 12
# What a page, an element and a make hold is told up to here and no further. The model was trained on few
# longer pages, which ended in threads of comments; without a bound a story of 150 paragraphs looks like them.
_MOST_BLOCKS, _MOST_PROSE = 300, 30_000.0


def add_names(facts: PageFacts, table: Table) -> None:
    """Add which kinds the names of a block's element tell, of its parent, its branch, all elements near."""
    bits: dict[str, list[int]] = {"own": facts.own_bits, "parent": [], "branch": [], "around": []}
    for block, branch in zip(facts.blocks, facts.branches, strict=True):
        bits["parent"].append(facts.bits_of(block.trail[:1]))
        bits["branch"].append(facts.bits_of(branch))
        bits["around"].append(facts.bits_of(block.trail[:_NEAR_LEVELS]))
    kinds = name_kinds()
    for where, values in bits.items():
        packed = np.array(values, dtype=np.uint64)[:, None]
        flags = ((packed >> np.arange(len(kinds), dtype=np.uint64)) & np.uint64(1)).astype(np.float64)
        table.update({f"{where} {kind}": flags[:, position] for position, kind in enumerate(kinds)})


def add_containers(facts: PageFacts, table: Table) -> list[Groups]:
    """Add sums over the blocks of four elements around a block; return which those are."""
    blocks, branches = facts.blocks, facts.branches
    containers = _Containers(blocks)
    known = _known_of(containers, facts, table)
    picked = {
        "parent": containers.numbers_of(b.trail[0] if b.trail else None for b in blocks),
        "grandparent": containers.numbers_of(b.trail[1] if len(b.trail) > 1 else None for b in blocks),
        "top": containers.numbers_of(branch[-1] if branch else None for branch in branches),
        "second": containers.numbers_of(branch[-2] if len(branch) > 1 else None for branch in branches),
    }
    for name, numbers in picked.items():
        table[f"{name} exists"] = (numbers != containers.none).astype(np.float32)
        table.update({f"{name} {fact}": values[numbers] for fact, values in known.items()})
    table["branch length"] = column(len(branch) for branch in branches)
    table["in main"] = column(p.off_main == 0 for p in facts.placings)
    table["off main"] = column(p.off_main for p in facts.placings)
    return list(picked.values())


def _known_of(containers: _Containers, facts: PageFacts, table: Table) -> dict[str, Column]:
    """Return what is known of each container, by name, in the order of the containers' numbers."""
    count = containers.total(np.ones(len(facts.blocks)))
    width, prose = containers.total(facts.width), containers.total(facts.prose)
    per = np.maximum(count, 1)
    controls = containers.count_inside("input", "textarea", "button", "select")
    known: dict[str, Column] = {
        "blocks": np.log1p(np.minimum(count, _MOST_BLOCKS)),
        "kept": containers.total(facts.is_kept) / per,
        "linked": containers.total(facts.width * facts.linked) / np.maximum(width, 1),
        "prose": prose / (facts.prose.sum() or 1.0),
        "width": np.log1p(np.minimum(width, _MOST_PROSE)),
        "mean": np.log1p(width / per),
        "paragraphs": containers.total(table["tag p"]) / per,
        "images": np.minimum(2, containers.count_inside("img") / per),
        "controls": np.minimum(2, controls / per),
    }
    openings = [_opening(block) for block in containers.first_blocks]
    for kind in _OPENERS:
        known[f"opens {kind}"] = column([*(kind in o for o in openings), False])
    return known


def _opening(block: Block) -> frozenset[str]:
    """Return what a short line says of what it opens."""
    return phrases_in(block.text[:160]) if block.width < 80 else frozenset()


class _Containers:
    """The elements around a page's blocks, numbered in the order they are met from the inside out.

    first_blocks: the first block in each; none: the number that stands for no element, the last one.
    """

    def __init__(self, blocks: list[Block]) -> None:
        self._numbers: dict[HtmlElement, int] = {}
        self.first_blocks: list[Block] = []
        around: list[int] = []
        inside: list[int] = []
        for at, block in enumerate(blocks):
            for element in block.trail:
                number = self._numbers.setdefault(element, len(self._numbers))
                if number == len(self.first_blocks):
                    self.first_blocks.append(block)
                around.append(number)
                inside.append(at)
        self._around, self._inside = np.array(around, dtype=np.intp), np.array(inside, dtype=np.intp)
        self.none = len(self._numbers)

    def total(self, values: Column) -> Column:
        """Return the sum of a column over the blocks in each element."""
        sums = np.bincount(self._around, weights=values[self._inside], minlength=self.none + 1)
        return sums.astype(np.float64)

    def numbers_of(self, elements: Iterable[HtmlElement | None]) -> Groups:
        """Return the numbers of elements, one a block."""
        return np.fromiter((self.none if e is None else self._numbers[e] for e in elements), dtype=np.intp)

    def count_inside(self, *tags: str) -> Column:
        """Return how many elements of these tags stand in each element."""
        counts = np.zeros(self.none + 1)
        root = next(iter(self._numbers), None)
        if root is None:
            return counts
        for element in root.getroottree().iter(*tags):
            for around in element.iterancestors():
                number = self._numbers.get(around)
                if number is not None:
                    counts[number] += 1
        return counts


def add_alike(facts: PageFacts, table: Table) -> Groups:
    """Add means over blocks of one make, which are usually all article or all chrome; return the makes."""
    numbers: dict[tuple[object, ...], int] = {}
    makes = np.array([numbers.setdefault(make_of(b), len(numbers)) for b in facts.blocks], dtype=np.intp)
    count = np.bincount(makes) if len(makes) else np.zeros(0)

    def mean(values: Column) -> Column:
        return (np.bincount(makes, weights=values) / count)[makes] if len(makes) else values

    table["alike count"] = np.log1p(np.minimum(count[makes], _MOST_BLOCKS))
    table["alike width"] = np.log1p(mean(facts.width))
    table["alike linked"] = mean(facts.linked)
    table["alike kept"] = mean(facts.is_kept)
    table["alike main"] = mean(table["in main"])
    return makes


def add_position(facts: PageFacts, table: Table) -> None:
    """Add how far along the page a block stands, from its ends, its prose and its headline."""
    blocks, size = facts.blocks, len(facts.blocks)
    at = np.arange(size)
    total = float(facts.prose.sum()) or 1.0
    table["index"] = at / max(1, size)
    table["prose before"] = (np.cumsum(facts.prose) - facts.prose) / total
    table["blocks"] = np.full(size, np.log1p(min(size, _MOST_BLOCKS)))
    table["page prose"] = np.full(size, np.log1p(min(total, _MOST_PROSE)))
    table["page kept"] = np.full(size, len(facts.kept) / max(1, size))
    anchors = at[(facts.prose > PROSE_WIDTH * 0.9) & (facts.is_kept > 0)]
    first, last = (anchors[0], anchors[-1]) if len(anchors) else (0, size)
    table["after first"] = np.clip(at - first, -20, 20)
    table["before last"] = np.clip(last - at, -20, 20)
    titled = [i for i, b in enumerate(blocks) if b.tag == "h1"]
    headline = next((i for i in titled if table["title"][i] > 0.8), titled[0] if titled else None)
    table["after headline"] = (
        np.clip(at - headline, -20, 40) if headline is not None else np.full(size, -30.0)
    )


def add_section(facts: PageFacts, table: Table) -> Groups:
    """Add what the nearest heading above says, and how far away it is; return the sections' numbers."""
    distance, linked, numbers = [], [], []
    openings: list[frozenset[str]] = []
    heading: int | None = None
    opening: frozenset[str] = frozenset()
    for at, block in enumerate(facts.blocks):
        if block.tag in HEADINGS:
            heading, opening = at, _opening(block)
        distance.append(min(30.0, at - heading) if heading is not None else 30.0)
        linked.append(facts.blocks[heading].linked if heading is not None else 0.0)
        openings.append(opening)
        numbers.append(0 if heading is None else heading + 1)
    table["since heading"] = column(distance)
    table["heading linked"] = column(linked)
    for kind in (*_OPENERS, "share"):
        table[f"under {kind}"] = column(kind in o for o in openings)
    return np.array(numbers, dtype=np.intp)


def add_headline(facts: PageFacts, table: Table) -> None:
    """Add how a block stands to the page's headline: a page may hold other stories, with headlines too."""
    blocks, size = facts.blocks, len(facts.blocks)
    at = _headline(facts, table)
    if at is None:
        for name in ("levels up", "levels down", "prose shared", "same article", "other headlines"):
            table[f"headline {name}"] = np.full(size, -1.0)
        return
    chain = {element: level for level, element in enumerate(blocks[at].trail)}
    own = article_around(blocks[at])
    prose: defaultdict[HtmlElement, float] = defaultdict(float)
    for block, weight in zip(blocks, facts.prose, strict=True):
        for element in block.trail:
            if element in chain:
                prose[element] += weight
    total = float(facts.prose.sum()) or 1.0
    up, down, shared, same, others = [], [], [], [], []
    other = 0
    for index, block in enumerate(blocks):
        level = next((i for i, element in enumerate(block.trail) if element in chain), len(block.trail))
        common = block.trail[level] if level < len(block.trail) else None
        up.append(min(level, _FAR_LEVELS))
        down.append(min(chain[common] if common is not None else len(chain), _FAR_LEVELS))
        shared.append(prose[common] / total if common is not None else 1.0)
        around = article_around(block)
        same.append(0.0 if around is None and own is None else 1.0 if around is own else -1.0)
        other += index > at and block.tag == "h1"
        others.append(min(other, 5))
    table["headline levels up"] = column(up)
    table["headline levels down"] = column(down)
    table["headline prose shared"] = column(shared)
    table["headline same article"] = column(same)
    table["headline other headlines"] = column(others)


def _headline(facts: PageFacts, table: Table) -> int | None:
    """Return the number of the block that is most likely the headline."""
    best = max(
        (i for i, b in enumerate(facts.blocks) if b.tag in HEADINGS),
        key=lambda i: (table["title"][i] > 0.8, facts.blocks[i].tag == "h1", table["title"][i], -i),
        default=None,
    )
    if best is None or (facts.blocks[best].tag != "h1" and table["title"][best] < 0.6):
        return None
    return best
