"""Text out of trees and attributes, and what texts are compared by: white space, words, width."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from typing import Any

from lxml.etree import Comment, ProcessingInstruction, iterwalk
from lxml.html import HtmlElement

from personae.markup.content_model import INLINE_IN_METADATA

_WORD = re.compile(r"\w+")
# Ideographs, kana and syllable blocks, which are as wide as two and a half letters, and scripts that write no
# spaces.
_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK = "\x1e"  # the record separator: no parsed page holds it


def fold(text: str) -> str:
    """Fold every run of white space to one space, none at the ends."""
    return " ".join(text.split())


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, lower case."""
    return tuple(_WORD.findall(text.lower()))


def words_of_each(*texts: str | None) -> set[tuple[str, ...]]:
    """Return the words of each text that there is."""
    return {words(text) for text in texts if text}


def word_key(text: str) -> str:
    """Return a text's words, case-folded, joined by spaces: equal for texts of the same words."""
    return " ".join(_WORD.findall(text)).casefold()


def width_of(text: str) -> float:
    """Return how long a text is, in characters of a Latin script."""
    if text.isascii():
        return float(len(text))
    return len(text) + 1.5 * len(_WIDE.findall(text)) + 0.2 * len(_UNSPACED.findall(text))


def text_of(element: HtmlElement) -> str:
    """Return the text below an element, white space folded; a `br` counts as a space, comments as nothing."""
    if not len(element):
        return fold(element.text or "")
    if next(element.iter("br", Comment, ProcessingInstruction), None) is None:
        return fold("".join(element.itertext()))
    return fold("".join(_strings(element)))


def short_text(element: HtmlElement, longest: int) -> str | None:
    """Return the text below an element, white space at its ends cut; None when it has more characters."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        text = str(piece)
        length += len(text if pieces or not text.isspace() else "")
        if length > 2 * longest:
            return None
        pieces.append(text)
    text = "".join(pieces).strip()
    return text if len(text) <= longest else None


def _strings(element: HtmlElement) -> Iterator[str]:
    for event, node in iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield " " if node.tag == "br" else node.text or ""
        elif node is not element:
            yield node.tail or ""


def clean_text(value: Any, *, longest: int = 2000) -> str:
    """Return a metadata value as plain text: entities resolved, tags gone, white space folded.

    "" when it is no string, or longer than a text of its kind.
    """
    if not isinstance(value, str) or len(value) > 4 * longest:
        return ""
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = _TAG.sub("", value)
    text = fold(_CONTROL.sub("", value))
    return text if len(text) <= longest else ""


def spaced_text(
    element: HtmlElement,
    *,
    without: Collection[HtmlElement] = (),
    between: str = " ",
    longest: int = 100_000,
) -> str:
    """Return an element's text with white space folded, lines and blocks kept apart.

    without: descendants to leave out; between: what stands where a block or line ends.
    longest: an element with more characters than this gives "".
    """
    pieces = _pieces(element, frozenset(without), longest)
    lines = "".join(pieces).split(_BREAK)
    text = between.join(line for raw in lines if (line := fold(raw)))
    return text if len(text) <= longest else ""


def _pieces(element: HtmlElement, without: frozenset[HtmlElement], longest: int) -> list[str]:
    pieces: list[str] = []
    room = 4 * longest  # white space included
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack and room >= 0:
        node, leaving = stack.pop()
        string = (node.tail if leaving else node.text) or ""
        if leaving and node is element:
            break
        if not leaving:
            stack.append((node, True))
            if node in without or not isinstance(node.tag, str) or node.tag == "script":
                continue
            stack.extend((child, False) for child in reversed(node))
        if node.tag not in INLINE_IN_METADATA:
            pieces.append(_BREAK)
        pieces.append(string)
        room -= len(string)
    return pieces if room >= 0 else []
