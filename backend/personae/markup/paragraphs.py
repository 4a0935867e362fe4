"""What `text` is, given `content`: one walk that both the article and the marks rely on.

A paragraph is a run of inline text between two block boundaries. White space folds to one space
outside `pre`; a `br` is one newline; figures and tables hold captions, which are no paragraphs, and ruby
holds readings, which are no words of the line: both are passed over. Every character remembers the text node
it came from, so that a span of a paragraph can be found again in the tree, also where it crosses inline
tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple

from lxml.etree import _Element

from personae.markup.content_model import INLINE

SKIPPED = frozenset(
    {"figure", "figcaption", "caption", "picture", "svg", "script", "style", "template", "rt", "rp"}
)
CELLS = frozenset({"td", "th"})


class TextPosition(NamedTuple):
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


class Piece(NamedTuple):
    """One text node of a paragraph, or a break that stands in no text node (element is None)."""

    element: _Element | None
    slot: Literal["text", "tail"]
    string: str
    pre: bool


@dataclass(slots=True)
class Paragraph:
    """One paragraph: the block element that it belongs to, its text, and the text nodes it is made of."""

    element: _Element
    text: str
    pieces: list[Piece]
    _places: list[TextPosition | None] | None = field(default=None, repr=False)

    @property
    def places(self) -> list[TextPosition | None]:
        """Where each character stands: places[i] is the place of text[i], None for a `br`."""
        if self._places is None:
            self._places = _places(self.pieces)
        return self._places

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
        self._pieces: list[Piece] = []

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
            self._pieces.append(_LINE)
        elif tag in CELLS:
            self._pieces.append(_GAP)
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
        if string:
            self._pieces.append(Piece(element, slot, string, pre))

    def close(self, following: _Element | None = None) -> None:
        """End the paragraph at a block boundary; what comes next belongs to `following`."""
        if self._pieces:
            text = _text(self._pieces)
            if text:
                self.done.append(Paragraph(self._block, text, self._pieces))
            self._pieces = []
        if following is not None:
            self._block = following


_LINE = Piece(None, "text", "\n", pre=True)
_GAP = Piece(None, "text", " ", pre=True)
_SPACE = re.compile(r"\s+")
_SPACE_BUT_NEWLINE = re.compile(r"[^\S\n]")
_FOLD = re.compile(r"[ \n]{2,}")


def _flat(piece: Piece) -> str:
    """Return the piece's string with every white character a space, but newlines inside `pre`."""
    return _SPACE_BUT_NEWLINE.sub(" ", piece.string) if piece.pre else _SPACE.sub(" ", piece.string)


def _text(pieces: list[Piece]) -> str:
    """Join and fold white space: runs of spaces to one, runs with a newline to one newline."""
    return _FOLD.sub(lambda run: "\n" if "\n" in run[0] else " ", "".join(map(_flat, pieces))).strip(" \n")


def _places(pieces: list[Piece]) -> list[TextPosition | None]:
    """Return the place of every character that `_text` keeps: of a white run, one; at the ends, none."""
    kept: list[TextPosition | None] = []
    pending: tuple[bool, TextPosition | None] | None = None
    for element, slot, string, pre in pieces:
        for offset, character in enumerate(string):
            place = None if element is None else TextPosition(element, slot, offset)
            if character.isspace():
                newline = pre and character == "\n"
                if pending is None or (newline and not pending[0]):
                    pending = (newline, place)
                continue
            if pending is not None and kept:
                kept.append(pending[1])
            pending = None
            kept.append(place)
    return kept
