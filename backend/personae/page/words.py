"""Plain text out of markup and metadata: entities resolved, tags gone, white space folded."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from typing import Any

from lxml.html import HtmlElement

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK = "\x1e"  # the record separator: no parsed page holds it
_INLINE = frozenset("a abbr b bdi bdo cite code em font i mark q s small span strong sub sup time u".split())


def clean_text(value: Any, *, longest: int = 2000) -> str:
    """Return a metadata value as plain text; "" when it is no string, or longer than a text of its kind."""
    if not isinstance(value, str) or len(value) > 4 * longest:
        return ""
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = _TAG.sub("", value)
    text = " ".join(_CONTROL.sub("", value).split())
    return text if len(text) <= longest else ""


def spaced_text(element: HtmlElement, *, without: Collection[HtmlElement] = (), between: str = " ") -> str:
    """Return an element's text with white space folded.

    without: descendants to leave out; between: what stands where a block or line ends.
    """
    lines = "".join(_pieces(element, frozenset(without))).split(_BREAK)
    return between.join(line for text in lines if (line := " ".join(text.split())))


def _pieces(element: HtmlElement, without: frozenset[HtmlElement]) -> list[str]:
    pieces: list[str] = []
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            if node is not element:
                pieces.append("" if node.tag in _INLINE else _BREAK)
                pieces.append(node.tail or "")
            continue
        stack.append((node, True))
        if node in without or not isinstance(node.tag, str) or node.tag == "script":
            continue
        pieces.append("" if node.tag in _INLINE else _BREAK)
        pieces.append(node.text or "")
        stack.extend((child, False) for child in reversed(node))
    return pieces
