"""Pictures that stand in a line of text, as a word of it: a sign, a formula.

A picture that the words around it speak on through is part of their sentence; one that floats beside the
text, or that is as large as a photograph, is a figure of its own wherever the page put it.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from personae.article.segment.formulas import is_formula_image
from personae.article.segment.picture_addresses import is_drawn_by_address
from personae.markup.content_model import INLINE_ON_PAGES
from personae.markup.sentences import ends_sentence

_FLOATS = re.compile(r"align-?(?:left|right|center)|float|pull-?(?:left|right)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
# In pixels: what is at least so wide or high is a figure, what is no more than so wide and high a mark of
# counting. Chosen by hand in November 2026.
_FIGURE_SIZE, _PIXEL_SIZE = 200, 3


def stands_in_line(image: HtmlElement) -> bool:
    """Return True for a picture that is a word of a sentence, or a formula."""
    if image.tag != "img":
        return False
    if is_formula_image(image):
        return True
    sizes = [int(found[0]) for name in ("width", "height") if (found := _DIGITS.match(image.get(name) or ""))]
    if any(size >= _FIGURE_SIZE for size in sizes) or (sizes and max(sizes) <= _PIXEL_SIZE):
        return False
    if _FLOATS.search(f"{image.get('class') or ''} {image.get('align') or ''}"):
        return False
    before, after = _text_beside(image, forward=False), _text_beside(image, forward=True)
    if not before or not after:
        return is_drawn_by_address(image.get("src") or "") and bool(before or after)
    return not ends_sentence(before) or is_drawn_by_address(image.get("src") or "")


def _text_beside(image: HtmlElement, *, forward: bool) -> str:
    """Return the line's text right before or after a picture, "" when a break or a picture stands there.

    It is what stands in the nearest text node that is not blank.
    """
    element = image
    while True:
        beside = element.getnext() if forward else element.getprevious()
        text = element.tail if forward else (beside.tail if beside is not None else _text_of_parent(element))
        if text and text.strip():
            return text.strip()
        if beside is None:
            parent = element.getparent()
            if parent is None or parent.tag not in INLINE_ON_PAGES:
                return ""
            element = parent
        elif beside.tag in ("br", "img", "picture") or beside.tag not in INLINE_ON_PAGES:
            return ""
        elif inner := "".join(beside.itertext()).strip():
            return inner
        else:
            element = beside


def _text_of_parent(element: HtmlElement) -> str | None:
    parent = element.getparent()
    return parent.text if parent is not None else None
