"""Alter a page so that the same story stands on it in another dress.

A publisher whose classes tell nothing must be no stranger to the model, nor one who writes paragraphs as
divs, wraps each in a box, or has less around the story than most: so pages come a second time, without the
names of their elements, and by chance in one of those ways.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from benchmarks.blocks.labels import label
from lxml.html import HtmlElement

from personae.article.choose.body import look_at
from personae.markup.tree import new_element
from personae.page.metadata.metadata import Metadata

_NAMES = frozenset(
    {"class", "id", "role", "itemprop", "data-testid", "data-component", "data-type", "aria-label", "name"}
)
_DRESSES = ("as it is", "divs", "boxes")
# How often what stands around the story is thinned out, and which share of it then goes.
_THINNED, _GONE = 0.5, 0.7
# How much of a block must be of the gold for it to be kept.
_OF_GOLD = 0.3


def alter(body: HtmlElement, metadata: Metadata, gold: dict[str, Any], *, seed: str) -> None:
    """Alter the page below <body> in place, by a chance that the seed decides."""
    chance = random.Random(seed)  # noqa: S311 - the same on every run
    if "body" in gold and chance.random() < _THINNED:
        _thin_out(body, metadata, gold, chance)
    dress = chance.choice(_DRESSES)
    for element in list(body.iter()):
        for name in _NAMES.intersection(element.attrib):
            del element.attrib[name]
        if element.tag == "p" and dress == "divs":
            element.tag = "div"
        elif element.tag == "p" and dress == "boxes":
            _box(element)


def _box(element: HtmlElement) -> None:
    """Put an element into a div of its own."""
    box = new_element("div")
    around = element.getparent()
    if around is not None:
        around.replace(element, box)
        box.tail, element.tail = element.tail, None
        box.append(element)


def _thin_out(body: HtmlElement, metadata: Metadata, gold: dict[str, Any], chance: random.Random) -> None:
    """Take away, by chance, the outermost elements that hold nothing of the story."""
    blocks, _ = look_at(body, metadata)
    if not blocks:
        return
    labels = np.nan_to_num(label(blocks, gold))
    holds_story = {
        element
        for block, value in zip(blocks, labels, strict=True)
        if value > _OF_GOLD or block.tag == "h1"
        for element in (block.element, *block.trail)
    }
    inner = {body, *holds_story}
    outermost = [e for e in body.iter() if e not in inner and e.getparent() in inner]
    for element in outermost:
        if isinstance(element.tag, str) and chance.random() < _GONE:
            element.drop_tree()
