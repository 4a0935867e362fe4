"""Bring a tree into a shape that every HTML5 parser reads alike, without moving any text.

A tree can hold what no HTML5 parser would build: text straight inside a table (it would be moved
before the table), a link inside a link, a `div` inside `math`. Serialised and parsed again, such a
tree changes; what a sanitiser has judged is then not what a browser shows. After `normalise` it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from lxml import etree
from lxml.etree import _Element

from personae.markup.content_model import FORMULA, INLINE
from personae.markup.paragraphs import SKIPPED, paragraphs


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


TABLE_PARTS = _names("table caption colgroup col thead tbody tfoot tr th td")
BLOCKS = _names("p div section h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption hr")
PHRASES = _names(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rb rp rt ruby s samp small span strong "
    "sub sup time u var wbr"
)
TAGS = BLOCKS | PHRASES | TABLE_PARTS | FORMULA
# What a tag that is not allowed becomes; any other one becomes a span or a div, as it was inline or not.
RENAMED = {"h1": "h2", "strike": "s", "tt": "code", "acronym": "abbr"}
KEPT_WHEN_RENAMED = ("lang", "dir", "id")

# What may stand directly inside a part of a table; anything else, an HTML5 parser moves before the table.
_TABLE_CHILDREN = {
    "table": _names("caption colgroup thead tbody tfoot tr"),
    "colgroup": _names("col"),
    "thead": _names("tr"),
    "tbody": _names("tr"),
    "tfoot": _names("tr"),
    "tr": _names("th td"),
}
_ASCII_WHITE = " \t\n\r\f"


def normalise(body: _Element) -> None:
    """Rename, unwrap and drop, in place, until the tree serialises and parses to itself.

    The paragraphs below `body` stay the same, and only tags of `TAGS` are left.
    """
    for element in list(body.iterdescendants()):
        _drop_or_tidy(element, body)
    for table in list(body.iter("table")):
        if not _is_sound(table):
            _demote_all(table, TABLE_PARTS)
    for part in list(body.iter(*(TABLE_PARTS - {"table"}))):
        parent = part.getparent()
        if parent is None or _tag(part) not in _TABLE_CHILDREN.get(_tag(parent), ()):
            _demote(part)
    for math in list(body.iter("math")):
        if any(_tag(e) not in FORMULA for e in math.iter()):
            _demote_all(math, FORMULA)
    for element in list(body.iterdescendants()):
        if _tag(element) not in TAGS or _is_stray(element):
            _demote(element)


def depth(body: _Element) -> int:
    """Return how deep the tree nests; `body` itself counts one."""
    now = deepest = 0
    for event, _ in etree.iterwalk(body, events=("start", "end")):
        now += 1 if event == "start" else -1
        deepest = max(deepest, now)
    return deepest


def flat_html(body: _Element) -> str:
    """Return the bare paragraphs: what can be shown of a tree that nests too deep."""
    texts = (escape(p.text, quote=False).replace("\n", "<br>") for p in paragraphs(body))
    return "".join(f"<p>{text}</p>" for text in texts)


def remove(element: _Element) -> None:
    """Take an element out; its tail stays where it was."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def swap(element: _Element, substitute: _Element) -> None:
    """Put another element in an element's place; the tail stays."""
    parent = element.getparent()
    if parent is not None:
        substitute.tail = element.tail
        element.tail = None
        parent.replace(element, substitute)


def _tag(element: _Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _drop_or_tidy(element: _Element, body: _Element) -> None:
    tag = _tag(element)
    if not any(ancestor is body for ancestor in element.iterancestors()):
        return  # went with an ancestor
    if not tag or (tag in SKIPPED and tag not in TAGS):
        image = element.find(".//img") if tag == "picture" else None
        if image is not None:
            swap(element, image)
        else:
            remove(element)
        return
    text = (element.text or "").replace("\r", " ")
    element.text = text.lstrip("\n") if tag == "pre" else text  # a parser drops the first newline of pre
    element.tail = (element.tail or "").replace("\r", " ")


def _is_sound(table: _Element) -> bool:
    """Return whether each part of the table, nested tables apart, holds only what HTML5 parsers let it."""
    stack = [table]
    while stack:
        part = stack.pop()
        allowed = _TABLE_CHILDREN.get(_tag(part))
        if allowed is None:
            continue
        texts: Iterable[str | None] = [part.text, *(child.tail for child in part)]
        if any((text or "").strip(_ASCII_WHITE) for text in texts) or any(
            _tag(c) not in allowed for c in part
        ):
            return False
        stack.extend(part)
    return True


def _is_stray(element: _Element) -> bool:
    """Return whether this is a link inside a link, or a part of a formula outside of one."""
    tag = _tag(element)
    if tag == "a":
        return next(element.iterancestors("a"), None) is not None
    return tag in FORMULA and tag != "math" and next(element.iterancestors("math"), None) is None


def _demote_all(root: _Element, tags: frozenset[str]) -> None:
    for element in [e for e in root.iter() if _tag(e) in tags]:
        _demote(element)


def _demote(element: _Element) -> None:
    """Rename an element to one that bounds the same paragraphs, without attributes."""
    tag = _tag(element)
    if tag == "caption":  # no paragraph, so it cannot become one
        remove(element)
        return
    if tag in ("td", "th"):  # a cell is set off by a space and ends no paragraph
        element.text = " " + (element.text or "")
        element.tag = "span"
    else:
        element.tag = RENAMED.get(tag) or ("span" if tag in INLINE else "div")
    for name in [name for name in element.attrib if name not in KEPT_WHEN_RENAMED]:
        del element.attrib[name]
