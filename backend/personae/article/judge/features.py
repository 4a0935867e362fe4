"""What can be seen of each block: the columns that the model reads.

A column is a fact that publishers share: how long a block is, how much of it is links, what its element and
the elements around it are called, where it stands, what stands beside it, whether it repeats the title, what
the page says of itself, and whether readability-lxml kept it. No column names a site.

The columns of a block's words are in text_columns.py, those of where it stands in place_columns.py, those of
what repeats on the page in repetition_columns.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personae.article.judge.columns import Groups, Matrix, Table, column, shift
from personae.article.judge.page_facts import PageFacts
from personae.article.judge.place_columns import (
    add_alike,
    add_containers,
    add_headline,
    add_names,
    add_position,
    add_section,
)
from personae.article.judge.repetition_columns import add_repetition
from personae.article.judge.text_columns import add_metadata, add_text, add_topic
from personae.markup.content_model import HEADINGS

_TAGS = (
    "p", "h1", "h2", "h3", "h4", "li", "blockquote", "pre", "td", "figcaption", "div", "dd", "span", "a",
    "time", "button",
)  # fmt: skip
_TAGS_AROUND = (
    "article", "main", "aside", "footer", "header", "nav", "form", "figure", "table", "ul", "ol",
    "blockquote", "section", "a", "button", "label", "address", "details", "dialog",
)  # fmt: skip
_MOST_LINKS = 20
# The columns that a block also has of the two blocks before it and the two after it.
_BESIDE = (
    "width", "linked", "kept", "tag p", "heading", "closed", "branch length", "in main", "colon", "tag li",
    "prose", "title", "says related", "own caption", "around related", "sentences",
    "in article body", "all strong",
)  # fmt: skip
_STEPS_BESIDE = (-2, -1, 1, 2)


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a page's blocks.

    rows: one a block, shape (blocks, columns), float32; names: the columns' names.
    groups: ways to sort blocks that often share a verdict, shape (ways, blocks): the number of a block's
        group in each way, from 0; blocks alone in a way share the last group.
    """

    rows: Matrix
    names: list[str]
    groups: NDArray[np.intp]


def describe(facts: PageFacts) -> Features:
    """Return one row per block, the columns' names, and the groups of blocks."""
    table: Table = {}
    groups: list[Groups] = []
    _add_shape(facts, table)
    add_text(facts, table)
    add_names(facts, table)
    groups += add_containers(facts, table)
    makes = add_alike(facts, table)
    groups += [makes]
    add_metadata(facts, table)
    add_position(facts, table)
    groups += [add_section(facts, table)]
    add_headline(facts, table)
    add_topic(facts, table)
    groups += [add_repetition(facts, table, makes)]
    names = list(table)
    matrix = np.empty((len(facts.blocks), len(names)), dtype=np.float32)
    for position, values in enumerate(table.values()):
        matrix[:, position] = values
    return Features(*_with_neighbours(matrix, names), np.stack(groups))


def _add_shape(facts: PageFacts, table: Table) -> None:
    """Add what a block's element is, what it stands in, how wide it is, how much of it is links."""
    blocks = facts.blocks
    tags = [b.tag for b in blocks]
    for tag in _TAGS:
        table[f"tag {tag}"] = column(t == tag for t in tags)
    nearness = np.zeros((len(_TAGS_AROUND), len(blocks)))
    position = {tag: i for i, tag in enumerate(_TAGS_AROUND)}
    for at, block in enumerate(blocks):
        for level, element in enumerate(block.trail, 1):
            row = position.get(str(element.tag))
            if row is not None and not nearness[row, at]:
                nearness[row, at] = 1.0 / level
    table.update({f"in {tag}": nearness[row] for tag, row in position.items()})
    table["heading"] = column(t in HEADINGS for t in tags)
    table["width"] = np.log1p(facts.width)
    table["linked"] = facts.linked
    table["links"] = np.minimum(column(b.links for b in blocks), _MOST_LINKS)
    table["kept"] = facts.is_kept
    table["prose"] = np.log1p(facts.prose)
    table["depth"] = column(len(b.trail) for b in blocks)


def _with_neighbours(matrix: Matrix, names: list[str]) -> tuple[Matrix, list[str]]:
    """Append columns of the blocks before and after."""
    picked = matrix[:, [names.index(name) for name in _BESIDE]]
    parts, out = [matrix], list(names)
    for step in _STEPS_BESIDE:
        parts.append(shift(picked, step))
        out += [f"{name} at {step:+d}" for name in _BESIDE]
    return np.concatenate(parts, axis=1), out
