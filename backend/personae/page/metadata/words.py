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
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "time", "u"}
)


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


def below_headline(tree: HtmlElement, most: int) -> list[HtmlElement]:
    """Return the first elements below the headline that may hold a line; without one, of the article."""
    lines = "*[self::p or self::div or self::span or self::small or self::address or self::a]"
    headed = tree.find(".//h1") is not None
    start = "//h1[1]/following::" if headed else "(//article | //main)[1]/descendant::"
    found: list[HtmlElement] = tree.xpath(f"({start}{lines})[position() <= {most}]")
    return found


def spaced_text(
    element: HtmlElement,
    *,
    without: Collection[HtmlElement] = (),
    between: str = " ",
    longest: int = 100_000,
) -> str:
    """Return an element's text with white space folded.

    without: descendants to leave out; between: what stands where a block or line ends.
    longest: an element with more characters than this gives "".
    """
    pieces = _pieces(element, frozenset(without), longest)
    lines = "".join(pieces).split(_BREAK)
    text = between.join(line for raw in lines if (line := " ".join(raw.split())))
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
        if node.tag not in _INLINE:
            pieces.append(_BREAK)
        pieces.append(string)
        room -= len(string)
    return pieces if room >= 0 else []
