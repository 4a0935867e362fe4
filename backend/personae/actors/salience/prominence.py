"""Where and how often an article names an actor: what every measure of salience starts from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from personae.actors.merge.cluster import Cluster
from personae.actors.text.text_units import Block
from personae.model import MentionField


@dataclass(frozen=True, slots=True)
class Prominence:
    """Of one cluster: how often it is named, and where.

    fields: in which it is named; blocks: how many name it, and paragraphs: how many of the text do;
    first: index of the first paragraph that does, 0 where only title or standfirst do;
    depth: code points of the text before its first name there, 0 where only title or standfirst do;
    start: number of the block that names it first, and where in it.
    """

    mentions: int
    fields: Collection[MentionField]
    blocks: int
    paragraphs: int
    first: int
    depth: int
    start: tuple[int, int]


def prominence(blocks: Sequence[Block], cluster: Cluster) -> Prominence:
    """Return where and how often a cluster is named."""
    named = [blocks[number] for number in {name.block for name in cluster.names}]
    inside = [block.paragraph for block in named if block.paragraph is not None]
    text_names = [name for name in cluster.names if blocks[name.block].field == "text"]
    depths = [blocks[name.block].offset + name.start for name in text_names]
    return Prominence(
        mentions=len(cluster.names),
        fields={block.field for block in named},
        blocks=len(named),
        paragraphs=len(inside),
        first=min(inside, default=0),
        depth=min(depths, default=0),
        start=min((name.block, name.start) for name in cluster.names),
    )


def paragraph_count(blocks: Sequence[Block]) -> int:
    """Return how many paragraphs an article has; at least one, so that shares can be taken of it."""
    return max(1, sum(block.field == "text" for block in blocks))
