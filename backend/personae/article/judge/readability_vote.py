"""Ask readability-lxml, on a tree of ours, which blocks it takes for the article.

The library parses text again for each question, cleans with regular expressions over markup and gives back
markup. It gets a lean copy instead: the blocks as paragraphs, the elements around them, links, classes and
ids; no pictures, no empty elements. Its own steps (unlikely candidates, scoring, best candidate, siblings,
conditional cleaning) run unchanged, and the answer is read from numbers that the blocks carry.

That also takes away what makes it slow or hang: rows of empty or image-only divs, long white space, depth.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

import readability.debug
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from personae.article.segment.blocks import Block
from personae.markup.tree import new_element

NUMBER = "data-block"
_CARRIED = ("class", "id", "itemprop")
_SHAPES = frozenset(
    {"p", "pre", "td", "th", "blockquote", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6"}
)

# It reports its own failures with a stack trace on the root logger; we answer them with "nothing kept".
logging.getLogger("readability.readability").setLevel(logging.CRITICAL)


def kept_by_readability(blocks: Iterable[Block]) -> frozenset[int]:
    """Return the indices of the blocks that readability-lxml keeps; empty when it finds nothing.

    Not re-entrant across threads (the library's debug module is global).
    """
    document = _Blocks(blocks)
    try:
        document.summary(html_partial=True)
    except Unparseable:
        return frozenset()
    finally:
        # The library numbers elements for its debug log and would hold the page until the next one.
        readability.debug.uids = {}
        readability.debug.uids_document = None
    return document.kept


class _Blocks(Document):  # type: ignore[misc]
    """A Document whose input is blocks, and whose output is their numbers."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        super().__init__("", url=None)
        self._blocks = list(blocks)
        self.kept: frozenset[int] = frozenset()

    def _parse(self, _input: object) -> HtmlElement:
        """Build the lean copy; called again when the first pass keeps too little."""
        return _lean_copy(self._blocks)

    def transform_misused_divs_into_paragraphs(self) -> None:
        """Do nothing: the blocks are paragraphs already."""

    def get_link_density(self, elem: HtmlElement) -> float:
        """Return the share of an element's text in links, as the library does for text that is folded."""
        linked = sum(len(a.text_content().strip()) for a in elem.iterfind(".//a"))
        return linked / max(1, len(elem.text_content().strip()))

    def get_clean_html(self) -> str:
        """Read the numbers of what is left; the text's length tells whether it is enough."""
        kept = [e for e in self.html.iter() if e.get(NUMBER)]
        self.kept = frozenset(int(e.get(NUMBER)) for e in kept)
        return " ".join(e.text_content() for e in kept)


def _lean_copy(blocks: list[Block]) -> HtmlElement:
    root = new_element("html")
    body = new_element("body")
    root.append(body)
    copies: dict[HtmlElement, HtmlElement] = {}
    for block in blocks:
        parent = body
        for around in reversed(block.trail):
            copy = copies.get(around)
            if copy is None:
                copy = copies[around] = _copy(around, str(around.tag))
                parent.append(copy)
            parent = copy
        parent.append(_copy_block(block))
    return root


def _copy(element: HtmlElement, tag: str) -> HtmlElement:
    return new_element(tag, {name: value for name in _CARRIED if (value := element.get(name))})


def _copy_block(block: Block) -> HtmlElement:
    """Return the block as one element, with its linked share as one link."""
    copy = _copy(block.element, block.tag if block.tag in _SHAPES else "p")
    copy.set(NUMBER, str(block.index))
    cut = round(len(block.text) * block.linked)
    if cut:
        link = new_element("a")
        link.text = block.text[:cut]
        link.tail = block.text[cut:]
        copy.append(link)
    else:
        copy.text = block.text
    return copy
