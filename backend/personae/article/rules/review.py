"""How rules take out what is no part of the story: a line by itself, or what a box holds of it.

What holds for every box is here, once: which blocks it has, and how much of the story would go with it. That
no rule takes the story itself is the table's to see (table.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from personae.article.rules.case import Case
from personae.article.segment.blocks import Block

Boxes = Mapping[HtmlElement, list[Block]]


@dataclass(frozen=True, slots=True)
class Box:
    """An element of the page with the blocks in it.

    blocks: all of them, in the page's order; chosen: those that are chosen so far.
    story_width: of all that is chosen so far on the page.
    """

    element: HtmlElement
    blocks: list[Block]
    chosen: list[Block]
    story_width: float

    @property
    def width(self) -> float:
        """How much of what is chosen so far would go with the box."""
        return sum(b.width for b in self.chosen)

    def is_at_most(self, share: float) -> bool:
        """Return True if no more than a share of what is chosen so far would go with the box."""
        return self.width <= share * self.story_width


def drop_lines(case: Case, chosen: set[int], is_chrome: Callable[[Block], bool]) -> set[int]:
    """Drop the blocks that are chrome by themselves."""
    return {i for i in chosen if not is_chrome(case.blocks[i])}


def drop_boxes(
    case: Case, chosen: set[int], boxes: Boxes, is_chrome: Callable[[Box], bool], *, most: float = 1.0
) -> set[int]:
    """Drop the boxes that are chrome, as `drop` does."""
    return drop(case, chosen, chosen_in(case, chosen, boxes, is_chrome), most=most)


def chosen_in(case: Case, chosen: set[int], boxes: Boxes, is_chrome: Callable[[Box], bool]) -> set[int]:
    """Return the chosen blocks in the boxes that are chrome, by index; none holds the page's headline."""
    story_width = case.width(chosen)
    headline = case.headline()
    around_headline = (headline.element, *headline.trail) if headline is not None else ()
    found: set[int] = set()
    for element, blocks in boxes.items():
        box = Box(element, blocks, [b for b in blocks if b.index in chosen], story_width)
        if box.chosen and element not in around_headline and is_chrome(box):
            found |= {b.index for b in box.chosen}
    return found


def drop(case: Case, chosen: set[int], chrome: set[int], *, most: float = 1.0) -> set[int]:
    """Drop these blocks, or none of them when they are more than a share of what is chosen."""
    return chosen if case.width(chrome) > most * case.width(chosen) else chosen - chrome


def boxes_around(case: Case, chosen: set[int]) -> Boxes:
    """Return the blocks in each element that is or holds a chosen one."""
    inside: dict[HtmlElement, list[Block]] = {}
    for index in chosen:
        block = case.blocks[index]
        inside[block.element] = []
        inside.update((element, []) for element in block.trail)
    return _filled(case, inside)


def boxes_right_around(case: Case, chosen: set[int], levels: int) -> Boxes:
    """Return the blocks in each element right around a chosen one, both no more than a few levels deep."""
    return _filled(case, {e: [] for i in chosen for e in case.blocks[i].trail[:levels]}, levels)


def _filled(
    case: Case, inside: dict[HtmlElement, list[Block]], levels: int | None = None
) -> dict[HtmlElement, list[Block]]:
    for block in case.blocks:
        for element in block.trail[:levels] if levels else (block.element, *block.trail):
            if element in inside:
                inside[element].append(block)
    return inside
