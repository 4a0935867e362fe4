"""What `text` is, given `content`: one walk that both the article and the marks rely on.

A paragraph is a run of inline text between two block boundaries. White space folds to one space
outside `pre`; a `br` is one newline; figures hold captions, not paragraphs, and are passed over.
Every character remembers the text node it came from, so that a span of a paragraph can be found
again in the tree, also where it crosses inline tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple

from lxml.etree import _Element

SKIPPED = frozenset({"figure", "figcaption", "picture", "svg", "script", "style", "template"})
_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr rb rp rt ruby "
    "math mfrac mi mn mo mrow msqrt msub msup mtext"
)
INLINE = frozenset(_INLINE.split())
CELLS = frozenset({"td", "th"})


class Place(NamedTuple):
    """One character in the tree: `element.text[offset]`, or `element.tail[offset]`."""

    element: _Element
    slot: Literal["text", "tail"]
    offset: int


class Run(NamedTuple):
    """Characters start (inclusive) to end (exclusive) of one text node of the tree."""

    element: _Element
    slot: Literal["text", "tail"]
    start: int
    end: int


@dataclass(slots=True)
class Paragraph:
    """One paragraph: the block element that it belongs to, its text, and where each character stands.

    places[i] is the place of text[i]; None for a character that stands in no text node (a `br`).
    """

    element: _Element
    text: str = ""
    places: list[Place | None] = field(default_factory=list)

    def runs(self, start: int, end: int) -> list[Run]:
        """Return the tree's text nodes that hold text[start:end], in document order."""
        places = (p for p in self.places[start:end] if p is not None)
        out = []
        for (element, slot), group in groupby(places, key=lambda p: (p.element, p.slot)):
            offsets = [p.offset for p in group]
            out.append(Run(element, slot, offsets[0], offsets[-1] + 1))
        return out


def paragraphs(root: _Element) -> list[Paragraph]:
    """Return the paragraphs below root, in document order; none of them is empty."""
    walk = _Walk(root)
    walk.enter(root)
    walk.close()
    return walk.done


def plain_text(root: _Element) -> str:
    """Return the paragraphs below root, joined by a blank line: what `Article.text` is."""
    return "\n\n".join(p.text for p in paragraphs(root))


class _Walk:
    def __init__(self, root: _Element) -> None:
        self.done: list[Paragraph] = []
        self._block = root
        self._characters: list[str] = []
        self._places: list[Place | None] = []

    def enter(self, top: _Element) -> None:
        """Walk without recursion: a page may nest deeper than Python's stack."""
        stack: list[tuple[_Element, Iterator[_Element], bool]] = [(top, iter(top), self._open(top))]
        while stack:
            element, children, pre = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._shut(element)
                if stack:
                    self._add(element, "tail", element.tail, pre=stack[-1][2])
            elif not isinstance(child.tag, str) or child.tag in SKIPPED:
                if child.tag == "figure":
                    self.close(child.getparent())
                self._add(child, "tail", child.tail, pre=pre)
            else:
                stack.append((child, iter(child), self._open(child, pre=pre)))

    def _open(self, element: _Element, *, pre: bool = False) -> bool:
        tag = element.tag
        pre = pre or tag == "pre"
        if tag == "br":
            self._characters.append("\n")
            self._places.append(None)
        elif tag in CELLS:
            self._characters.append(" ")
            self._places.append(None)
        elif tag not in INLINE:
            self.close(element)
        self._add(element, "text", element.text, pre=pre)
        return pre

    def _shut(self, element: _Element) -> None:
        if element.tag not in INLINE and element.tag != "br" and element.tag not in CELLS:
            self.close(element.getparent())

    def _add(
        self, element: _Element, slot: Literal["text", "tail"], string: str | None, *, pre: bool
    ) -> None:
        if not string:
            return
        for offset, character in enumerate(string):
            white = character.isspace()
            self._characters.append(" " if white and not (pre and character == "\n") else character)
            self._places.append(Place(element, slot, offset))

    def close(self, following: _Element | None = None) -> None:
        """End the paragraph at a block boundary; what comes next belongs to `following`."""
        text, places = _fold(self._characters, self._places)
        if text:
            self.done.append(Paragraph(self._block, text, places))
        self._characters, self._places = [], []
        if following is not None:
            self._block = following


def _fold(characters: list[str], places: list[Place | None]) -> tuple[str, list[Place | None]]:
    """Fold white space: runs of spaces to one, runs with a newline to one newline, none at the ends."""
    out: list[str] = []
    kept: list[Place | None] = []
    pending: tuple[str, Place | None] | None = None
    for character, place in zip(characters, places, strict=True):
        if character in " \n":
            if pending is None or (character == "\n" and pending[0] == " "):
                pending = (character, place)
            continue
        if pending is not None and out:
            out.append(pending[0])
            kept.append(pending[1])
        pending = None
        out.append(character)
        kept.append(place)
    return "".join(out), kept
