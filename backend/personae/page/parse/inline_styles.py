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
_BOXES = frozenset({"div", "figure", "section", "li", "td", "picture", "a"})
_DRAWINGS = ("img", "svg", "canvas", "picture")
# The longest label of a drawing, in characters.
_LONGEST_LABEL = 60
# A line that ends where another begins: white space around it is none of either.
_LINE_END = re.compile(r"[^\S\n]*\n[^\S\n]*")


def keep_what_styles_say(tree: HtmlElement) -> None:
    """Turn white space that styles show into markup, and flag the labels laid over drawings, in place."""
    drawn: dict[HtmlElement, bool] = {}
    styled = [(e, e.get("style") or "") for e in tree.iter() if isinstance(e.tag, str) and e.get("style")]
    shown = [e for e, style in styled if _shows_lines(style)]
    for element in shown:
        if element.tag in _CODE:
            _make_preformatted(element)
    done = {inner for pre in tree.iter("pre", "textarea") for inner in pre.iter()}
    for element in shown:
        if element not in done:
            nodes = [e for e in element.iter() if e not in done]
            done.update(nodes)
            _break_lines(element, nodes)
    for element, style in styled:
        if _ABSOLUTE.search(style) and _PLACED.search(style) and _is_label(element, drawn):
            element.set(LAID_OVER_FLAG, "")
            element.tag = "div"


def _shows_lines(style: str) -> bool:
    said = _WHITE_SPACE.search(style)
    return said is not None and said[1].lower() in _SHOWS_LINES


def _make_preformatted(code: HtmlElement) -> None:
    """Put code of several lines into preformatted text."""
    if "\n" not in "".join(code.itertext()).strip() or next(code.iterancestors("pre"), None) is not None:
        return
    inner = code.makeelement(code.tag)
    inner.text, code.text = code.text, None
    inner.extend(list(code))
    code.append(inner)
    code.tag = "pre"


def _break_lines(element: HtmlElement, nodes: list[HtmlElement]) -> None:
    """Make breaks of the line ends in an element's text. nodes: the element and those in it, without code."""
    for node in nodes:
        if isinstance(node.tag, str) and node.tag not in ("script", "style"):
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
    if parent is None or parent.tag not in _BOXES or not short_text(element, _LONGEST_LABEL):
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
