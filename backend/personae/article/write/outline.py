"""Where the article's blocks stand in the page's tree: around them, within them, beside them."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from personae.article.segment.blocks import Block
from personae.article.segment.notes import notes_of


class Outline:
    """The page's blocks with the article's among them.

    body: the page's, normalised; blocks: all of it, in order; chosen: the article's, element -> index;
    around: the elements that hold one of the article's blocks; area: the smallest that holds them all, but
    for notes, which may stand elsewhere.
    """

    def __init__(self, body: HtmlElement, blocks: list[Block], chosen: frozenset[int]) -> None:
        self.body = body
        self.blocks = blocks
        self.chosen = {b.element: b.index for b in blocks if b.index in chosen}
        self.around = {e for b in blocks if b.index in chosen for e in b.trail}
        self.area = self._smallest_around()
        self._spans = _spans_of(blocks)

    def within(self, element: HtmlElement) -> list[Block]:
        """Return the blocks that are the element or stand in it."""
        first, last = self._spans.get(element, (0, 0))
        return self.blocks[first:last]

    def first(self) -> Block | None:
        """Return the article's first block."""
        return next((b for b in self.blocks if b.element in self.chosen), None)

    def _smallest_around(self) -> HtmlElement:
        area = self.body
        story = [position for position, b in enumerate(self.blocks) if b.element in self.chosen]
        notes = notes_of(self.blocks, story) if story else set()
        without_notes = [position for position in story if position not in notes]
        trails = [tuple(reversed(self.blocks[position].trail)) for position in without_notes or story]
        for level in zip(*trails, strict=False):
            if any(e is not level[0] for e in level):
                break
            area = level[0]
        return area


def _spans_of(blocks: list[Block]) -> dict[HtmlElement, tuple[int, int]]:
    """Return where in the list the blocks of each element begin and end (exclusive)."""
    first = _first_met(enumerate(blocks))
    last = _first_met(reversed(list(enumerate(blocks))))
    return {element: (position, last[element] + 1) for element, position in first.items()}


def _first_met(numbered: Iterable[tuple[int, Block]]) -> dict[HtmlElement, int]:
    """Return for each element the first block met in it; what is around a known element is known too."""
    met: dict[HtmlElement, int] = {}
    for position, block in numbered:
        for element in (block.element, *block.trail):
            if element in met:
                break
            met[element] = position
    return met
