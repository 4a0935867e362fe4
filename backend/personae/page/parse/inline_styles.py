"""What an element's own `style` says that its words cannot: kept in the tree before styles are dropped.

White space that a browser shows becomes preformatted text or breaks; a label that is laid over a drawing is
flagged. What styles hide is for the pruning to see.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from personae.markup.text import short_text

LAID_OVER_FLAG = "data-personae-laid-over"

_WHITE_SPACE = re.compile(r"(?:^|;)\s*white-space(?:-collapse)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_SHOWS_LINES = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces", "preserve", "preserve-breaks"})
_CODE = frozenset({"code", "samp", "kbd", "tt"})
_ABSOLUTE = re.compile(r"(?:^|;)\s*position\s*:\s*absolute\b", re.IGNORECASE)
_PLACED = re.compile(r"(?:^|[;\s])(?:left|top|right|bottom|inset|transform)\s*:", re.IGNORECASE)
_DRAWINGS = ("img", "svg", "canvas", "picture")
# The longest label of a drawing, in characters.
_LONGEST_LABEL = 60
# A line that ends where another begins: white space around it is none of either.
_LINE_END = re.compile(r"[^\S\n]*\n[^\S\n]*")


def keep_what_styles_say(tree: HtmlElement) -> None:
    """Turn white space that styles show into markup, and flag the labels laid over drawings, in place."""
    drawn: dict[HtmlElement, bool] = {}
    shown: set[HtmlElement] = set()
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or not (style := element.get("style")):
            continue
        said = _WHITE_SPACE.search(style)
        if said and said[1].lower() in _SHOWS_LINES and element not in shown:
            shown.update(element.iter())
            _show_lines(element)
        if _ABSOLUTE.search(style) and _PLACED.search(style) and _is_label(element, drawn):
            element.set(LAID_OVER_FLAG, "")


def _show_lines(element: HtmlElement) -> None:
    """Make code of several lines preformatted, and the line ends of other text breaks."""
    if element.tag in _CODE:
        if "\n" in "".join(element.itertext()).strip() and next(element.iterancestors("pre"), None) is None:
            inner = element.makeelement(element.tag)
            inner.text, element.text = element.text, None
            inner.extend(list(element))
            element.append(inner)
            element.tag = "pre"
        return
    if next(element.iterancestors("pre"), None) is not None or element.tag == "pre":
        return
    for node in list(element.iter()):
        if isinstance(node.tag, str) and node.tag not in ("pre", "script", "style", "textarea"):
            _break_text(node)
            if node is not element:
                _break_tail(node)


def _break_text(element: HtmlElement) -> None:
    lines = _lines(element.text)
    if lines is not None:
        element.text = lines[0]
        element[:0] = [_break_before(element, line) for line in lines[1:]]


def _break_tail(element: HtmlElement) -> None:
    lines, parent = _lines(element.tail), element.getparent()
    if lines is not None and parent is not None:
        element.tail = lines[0]
        at = parent.index(element) + 1
        parent[at:at] = [_break_before(element, line) for line in lines[1:]]


def _lines(text: str | None) -> list[str] | None:
    """Return the lines of a text, None when it has one only or is all white."""
    if not text or "\n" not in text.strip():
        return None
    return _LINE_END.split(text.strip("\n"))


def _break_before(element: HtmlElement, line: str) -> HtmlElement:
    mark: HtmlElement = element.makeelement("br")
    mark.tail = line
    return mark


def _is_label(element: HtmlElement, drawn: dict[HtmlElement, bool]) -> bool:
    """Return True for a short line in an element with a drawing. drawn: which elements hold one."""
    parent = element.getparent()
    if parent is None or not short_text(element, _LONGEST_LABEL):
        return False
    if next(element.iter("h1", "h2"), None) is not None:
        return False
    for around in (parent, parent.getparent()):
        if around is None or around.tag in ("body", "main", "article"):
            break
        if around not in drawn:
            drawn[around] = next(around.iter(*_DRAWINGS), None) is not None
        if drawn[around]:
            return True
    return False
