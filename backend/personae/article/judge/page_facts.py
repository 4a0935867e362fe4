"""What is computed once about a page's blocks before they are described.

Which could be article at all, which hold prose, what their elements are called, the main line of containers.
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - a number in a fact's definition is part of the definition
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from personae.article.judge.columns import column
from personae.article.segment.blocks import Block
from personae.article.vocabulary.element_names import bit, kinds_named, names_of
from personae.markup.content_model import CONTROLS
from personae.page.metadata.metadata import Metadata

PROSE_WIDTH = 60.0
_MAIN_SHARE = 0.7
_CHROME = bit(
    "comments", "newsletter", "related", "ranking", "cookie", "footer", "sidebar", "modal", "advert"
)


@dataclass(frozen=True, slots=True)
class Placing:
    """How a block stands to the main line: the elements off it, nearest first, and how much it misses."""

    branch: tuple[HtmlElement, ...]
    off_main: int


class PageFacts:
    """Blocks of a page with all that is computed once: names, prose, the main line of containers.

    blocks: those that could be article (`worth_judging`), in the page's order; rows of the table are
    in this order, and `Block.index` counts all blocks of the page. kept: the indices of those that
    readability-lxml keeps; is_kept: the same as a column.
    """

    def __init__(self, blocks: list[Block], kept: frozenset[int], metadata: Metadata) -> None:
        self.kept = kept
        self.metadata = metadata
        self.blocks = blocks
        self._bits: dict[HtmlElement, int] = {}
        self.own_bits = [self.bits(b.element) for b in self.blocks]
        self.width = column(b.width for b in self.blocks)
        self.linked = column(b.linked for b in self.blocks)
        self.is_kept = column(b.index in kept for b in self.blocks)
        self.prose = column(self._prose(b) for b in self.blocks)
        line = self._main_line()
        self.placings = [_place(b, line) for b in self.blocks]
        self.branches = [p.branch for p in self.placings]

    def bits(self, element: HtmlElement) -> int:
        """Return the bit set of the kinds that an element's names tell."""
        found = self._bits.get(element)
        if found is None:
            found = self._bits[element] = kinds_named(names_of(element))
        return found

    def bits_of(self, elements: Iterable[HtmlElement]) -> int:
        """Return the bit set of the kinds that the names of any of the elements tell."""
        bits = 0
        for element in elements:
            bits |= self.bits(element)
        return bits

    def _prose(self, block: Block) -> float:
        if block.width < PROSE_WIDTH or block.linked > 0.4 or block.tag in CONTROLS:
            return 0.0
        if any(e.tag in ("footer", "nav", "aside", "form", "button", "label") for e in block.trail):
            return block.width * 0.1
        if self.bits_of((block.element, *block.trail[:6])) & _CHROME:
            return block.width * 0.3
        return block.width * (1.0 if block.index in self.kept else 0.5)

    def _main_line(self) -> frozenset[HtmlElement]:
        """Return the elements from the outermost to the smallest that holds most of the prose."""
        mass: defaultdict[HtmlElement, float] = defaultdict(float)
        children: defaultdict[HtmlElement | None, dict[HtmlElement, None]] = defaultdict(dict)
        for block, weight in zip(self.blocks, self.prose, strict=True):
            if not weight:
                continue
            above: HtmlElement | None = None
            for element in reversed(block.trail):
                mass[element] += weight
                children[above][element] = None
                above = element
        line: list[HtmlElement] = []
        total = float(self.prose.sum())
        above = None
        while children[above]:
            best = max(children[above], key=lambda e: mass[e])
            if mass[best] < _MAIN_SHARE * total:
                break
            line.append(best)
            above = best
        return frozenset(line)


def worth_judging(blocks: list[Block]) -> list[Block]:
    """Return the blocks that could be article: not those of menus, where all around is links or controls."""
    width: defaultdict[HtmlElement, float] = defaultdict(float)
    free: defaultdict[HtmlElement, float] = defaultdict(float)
    for block in blocks:
        plain = 0.0 if block.tag in CONTROLS else block.width * (1 - block.linked)
        for element in block.trail[:2]:
            width[element] += block.width
            free[element] += plain
    out = []
    for block in blocks:
        around = block.trail[1] if len(block.trail) > 1 else None
        menu = block.linked > 0.8 and around is not None and free[around] < 0.15 * width[around]
        if not menu or block.width > 200:
            out.append(block)
    return out


def _place(block: Block, line: frozenset[HtmlElement]) -> Placing:
    branch = []
    for element in block.trail:
        if element in line:
            break
        branch.append(element)
    return Placing(tuple(branch), len(line) - sum(1 for e in block.trail if e in line))


def make_of(block: Block) -> tuple[object, ...]:
    """Return what blocks of one make share: tag and class, and those of the element around.

    Without classes to part makes by, the second is that element itself.
    """
    parent = block.trail[0] if block.trail else None
    own, around = block.element.get("class"), parent.get("class") if parent is not None else None
    if parent is None or not (own or around):
        return (block.tag, parent)
    return (block.tag, own, parent.tag, around)


def article_around(block: Block) -> HtmlElement | None:
    """Return the outermost `article` element around a block."""
    return next((e for e in reversed(block.trail) if e.tag == "article"), None)
