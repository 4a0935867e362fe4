"""What stands inside a block: text, links, marks, formulas; and the names that footnote links point to."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from personae.article.blocks import INLINE
from personae.article.elements import add_text, append
from personae.article.images import absolute_url
from personae.article.paragraphs import INLINE as SHOWN_INLINE

_KEPT_INLINE = (
    "a abbr b bdi bdo br cite code del dfn em i ins kbd math q rb rp rt ruby s samp small strong sub sup "
    "time u var wbr"
)
KEPT_INLINE = frozenset(_KEPT_INLINE.split())
_ATTRIBUTES = {
    "a": ("title",),
    "abbr": ("title",),
    "time": ("datetime",),
    "bdo": ("dir",),
    "bdi": ("dir",),
    "math": ("display",),
}
_NEVER_INLINE = frozenset({"img", "picture", "source", "iframe", "video", "input", "select", "textarea"})
_DEEPEST = 60


class InlineWriter:
    """Copies inline content.

    base_url: what links resolve against; targets: the ids that stay, see `note_targets`.
    """

    def __init__(self, base_url: str | None, targets: set[str]) -> None:
        self._base_url = base_url
        self._targets = targets

    def write(self, element: HtmlElement, out: HtmlElement, depth: int = 0) -> None:
        """Write what `element` holds at the end of `out`."""
        add_text(out, element.text)
        for child in element:
            if isinstance(child.tag, str):
                if depth > _DEEPEST:
                    add_text(out, "".join(child.itertext()))
                else:
                    self._child(child, out, depth)
            add_text(out, child.tail)

    def carry_id(self, element: HtmlElement, written: HtmlElement) -> None:
        """Give what was written the element's id when a link points to it."""
        name = element.get("id")
        if name and name in self._targets:
            written.set("id", name)

    def _child(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        tag = str(child.tag)
        if tag in _NEVER_INLINE:
            return
        if tag == "math":
            _copy_math(child, append(out, "math"))
        elif tag not in KEPT_INLINE:
            space = " " if tag not in INLINE else None
            add_text(out, space)
            self.write(child, out, depth + 1)
            add_text(out, space)
        elif tag == "a":
            self._anchor(child, out, depth)
        else:
            self.write(child, self._copied(child, out), depth + 1)

    def _anchor(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        href = self._href(child)
        if href is None and not child.get("id"):
            self.write(child, out, depth + 1)
            return
        written = self._copied(child, out)
        if href:
            written.set("href", href)
        self.write(child, written, depth + 1)

    def _copied(self, child: HtmlElement, out: HtmlElement) -> HtmlElement:
        written = append(out, str(child.tag))
        for name in _ATTRIBUTES.get(str(child.tag), ()):
            if value := child.get(name):
                written.set(name, value)
        self.carry_id(child, written)
        return written

    def _href(self, anchor: HtmlElement) -> str | None:
        href = (anchor.get("href") or "").strip()
        if href.startswith("#"):
            return href if len(href) > 1 and href[1:] in self._targets else None
        if href.lower().startswith("mailto:"):
            return href
        return absolute_url(href, self._base_url) if href else None


def note_targets(chosen: Iterable[HtmlElement], around: Iterable[HtmlElement]) -> set[str]:
    """Return the ids inside the article's blocks, or around them, that links inside them point to."""
    elements = list(chosen)
    links = {
        href[1:]
        for element in elements
        for a in element.iter("a")
        if (href := a.get("href") or "").startswith("#") and len(href) > 1
    }
    if not links:
        return set()
    own = {name for e in elements for x in e.iter() if isinstance(x.tag, str) and (name := x.get("id"))}
    own |= {name for e in around if (name := e.get("id"))}
    return links & own


def _copy_math(source: HtmlElement, target: HtmlElement) -> None:
    """Copy what a formula shows; its annotations in other notations are not shown."""
    if display := source.get("display"):
        target.set("display", display)
    add_text(target, source.text)
    for child in source:
        if isinstance(child.tag, str) and not child.tag.startswith("annotation"):
            _copy_math(child, append(target, child.tag) if child.tag in SHOWN_INLINE else target)
        add_text(target, child.tail)
