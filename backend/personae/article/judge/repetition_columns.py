"""Columns of what repeats: units of one shape, lines with a time, and the column that the story stands in.

Comments, tickers and lists of other stories often stand in containers whose names say nothing. What gives
them away, in any language, is that they come as units of one shape, with a short line that holds a name and
a time, and that they begin where the column of the story's paragraphs has ended.
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - a number in a column's definition is part of the definition
import re
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from lxml.html import HtmlElement

from personae.article.judge.columns import Column, Groups, Table, column, window
from personae.article.judge.page_facts import PageFacts
from personae.article.segment.blocks import Block

_CLOCK = re.compile(r"(?<![\d.:])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d%])")
_DAY = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})\b|\b(?:19|20)\d\d[./年-]\d{1,2}")
_CLOCK_FIRST = re.compile(r"\W{0,3}(?:[01]?\d|2[0-3])[:.]\d\d\b")
_STAMP_WIDTH = 90.0
_AROUND = 10
# A unit is an element at most so far out that holds more than one block, and has so many like it beside it.
_UNIT_LEVELS = 6
_FEWEST_UNITS = 3

# What units of one shape have in common: the element around them, their tag, the tags of their children.
_Shape = tuple[HtmlElement | None, object, frozenset[str]]


def add_repetition(facts: PageFacts, table: Table, makes: Groups) -> Groups:
    """Add which blocks bear a time, in which units they repeat, and how they stand to the story's column.

    makes: the number of each block's make. Returns the numbers of the units' shapes, 0 for blocks in none.
    """
    stamped = column(is_stamp(b) for b in facts.blocks)
    clock_first = column(_CLOCK_FIRST.match(b.text) is not None for b in facts.blocks)
    for name, values in (("stamped", stamped), ("clock first", clock_first)):
        table[name] = values
        table[f"alike {name}"] = _mean_of_each(values, makes)
    table["stamps around"] = window(stamped, _AROUND)
    shapes = _add_units(facts, table, stamped)
    _add_column(facts, table)
    return shapes


def is_stamp(block: Block) -> bool:
    """Return True for a short line that holds a time of day or a date."""
    if block.width > _STAMP_WIDTH:
        return False
    return _CLOCK.search(block.text) is not None or _DAY.search(block.text) is not None


def _mean_of_each(values: Column, groups: Groups) -> Column:
    if not len(groups):
        return values
    return (np.bincount(groups, weights=values) / np.maximum(1, np.bincount(groups)))[groups]


@dataclass(slots=True)
class _Units:
    """What is counted over units of one shape."""

    number: int = 0
    blocks: int = 0
    stamped: int = 0
    opening_linked: int = 0
    prose: float = 0.0
    linked: int = 0


def _add_units(facts: PageFacts, table: Table, stamped: Column) -> Groups:
    """Add what is known of the units of one shape in the innermost of which a block stands; 0 without one."""
    blocks = facts.blocks
    inside: defaultdict[HtmlElement, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        for element in block.trail[:_UNIT_LEVELS]:
            inside[element].append(at)
    shapes = {element: _shape_of(element) for element, members in inside.items() if len(members) > 1}
    counts = Counter(shapes.values())
    known: defaultdict[_Shape, _Units] = defaultdict(_Units)
    for element, shape in shapes.items():
        if counts[shape] >= _FEWEST_UNITS:
            _count(known[shape], inside[element], facts, stamped)
    total = float(facts.prose.sum()) or 1.0
    rows = np.zeros((6, len(blocks)))
    numbers = np.zeros(len(blocks), dtype=np.intp)
    number_of = {shape: number for number, shape in enumerate(known, 1)}
    for at, block in enumerate(blocks):
        own = [shapes[e] for e in block.trail[:_UNIT_LEVELS] if e in shapes]
        innermost = next((s for s in own if s in known), None)
        if innermost is not None:
            units, numbers[at] = known[innermost], number_of[innermost]
            n = units.number
            rows[:, at] = (
                min(n, 20),
                min(units.blocks / n, 12),
                units.stamped / n,
                units.opening_linked / n,
                units.prose / total,
                units.linked / n,
            )
    names = ("count", "blocks", "stamped", "opens linked", "prose", "linked")
    table.update({f"unit {name}": row for name, row in zip(names, rows, strict=True)})
    return numbers


def _shape_of(element: HtmlElement) -> _Shape:
    return element.getparent(), element.tag, frozenset(c.tag for c in element if isinstance(c.tag, str))


def _count(units: _Units, members: list[int], facts: PageFacts, stamped: Column) -> None:
    """Count one more unit, whose blocks are given by their places."""
    width = facts.width[members]
    units.number += 1
    units.blocks += len(members)
    units.stamped += bool(stamped[members[:3]].any())
    units.opening_linked += bool(facts.linked[members[0]] > 0.5)
    units.prose += float(facts.prose[members].sum())
    units.linked += bool((width * facts.linked[members]).sum() > 0.3 * width.sum())


def _add_column(facts: PageFacts, table: Table) -> None:
    """Add how a block stands to the element that holds most prose right within it; -1 where there is none."""
    blocks, size = facts.blocks, len(facts.blocks)
    mass: defaultdict[HtmlElement, float] = defaultdict(float)
    for block, prose in zip(blocks, facts.prose, strict=True):
        if prose and block.trail:
            mass[block.trail[0]] += prose
    if not mass:
        table.update({f"column {name}": np.full(size, -1.0) for name in ("in", "shared", "after", "share")})
        return
    best = max(mass, key=lambda e: mass[e])
    last = max(at for at, b in enumerate(blocks) if facts.prose[at] and b.trail and b.trail[0] is best)
    chain = {element: level for level, element in enumerate(blocks[last].trail)}
    table["column in"] = column(best in b.trail[:3] for b in blocks)
    table["column shared"] = column(
        min(10, next((chain[e] for e in b.trail if e in chain), len(chain))) for b in blocks
    )
    table["column after"] = np.clip(np.arange(size) - last, -1, 30).astype(np.float64)
    table["column share"] = np.full(size, mass[best] / (float(facts.prose.sum()) or 1.0))
