"""What stands inside a block: text, links, marks, formulas."""

from __future__ import annotations

from lxml.html import HtmlElement

from personae.article.blocks import HEADINGS, INLINE, fold
from personae.article.elements import add_text, append
from personae.article.formulas import copy_formula, is_formula_image
from personae.article.images import absolute_url, best_source
from personae.article.notes import Notes

_KEPT = (
    "a abbr b bdi bdo br cite code del dfn em i ins kbd math q rb rp rt ruby s samp small strong sub sup "
    "time u var wbr"
)
KEPT_INLINE = frozenset(_KEPT.split())
_RENAMED = {"strike": "s", "tt": "code", "acronym": "abbr"}
_ATTRIBUTES = {
    "a": ("title",),
    "abbr": ("title",),
    "dfn": ("title",),
    "time": ("datetime",),
    "del": ("datetime",),
    "ins": ("datetime",),
}
_NEVER_INLINE = frozenset({"picture", "source", "iframe", "video", "input", "select", "textarea"})
_DEEPEST = 60


class Spoken:
    """A page's language and direction: an element keeps its own when it differs."""

    def __init__(self, page: HtmlElement) -> None:
        self._language = _primary(page.get("lang") or page.get("xml:lang") or "")
        self._direction = (page.get("dir") or "ltr").lower()

    def differs(self, element: HtmlElement) -> bool:
        """Tell whether an element is in another language or direction than the page."""
        language, direction = element.get("lang") or "", (element.get("dir") or "").lower()
        return bool(language and _primary(language) != self._language) or bool(
            direction and direction != self._direction
        )

    def carry(self, element: HtmlElement, written: HtmlElement) -> None:
        """Let what was written of an element say what the element says of its language."""
        if self.differs(element):
            for name in ("lang", "dir"):
                if said := element.get(name):
                    written.set(name, said)


def _primary(language: str) -> str:
    return language.lower().split("-")[0].split("_")[0]


class InlineWriter:
    """Copies inline content.

    base_url: what links resolve against; notes: the links within the article; spoken: the page's own language
    and direction, which elements need not say again.
    """

    def __init__(self, base_url: str | None, notes: Notes, spoken: Spoken) -> None:
        self._base_url = base_url
        self._notes = notes
        self._spoken = spoken

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

    def write_code(self, element: HtmlElement, out: HtmlElement) -> None:
        """Write preformatted text as it stands, white space and all; a `br` is a new line."""
        add_text(out, element.text)
        for child in element:
            if child.tag == "br":
                add_text(out, "\n")
            elif isinstance(child.tag, str):
                self.write_code(child, out)
            add_text(out, child.tail)

    def _child(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        tag = _RENAMED.get(str(child.tag), str(child.tag))
        if tag == "img":
            self._formula_image(child, out)
        elif tag in _NEVER_INLINE:
            return
        elif tag == "math":
            copy_formula(child, append(out, "math"))
        elif tag == "a":
            self._anchor(child, out, depth)
        elif tag in KEPT_INLINE:
            self.write(child, self._copied(child, tag, out), depth + 1)
        elif tag in INLINE and self._spoken.differs(child):
            self.write(child, self._copied(child, "span", out), depth + 1)
        else:
            space = " " if tag not in INLINE else None
            add_text(out, space)
            self.write(child, out, depth + 1)
            add_text(out, space)

    def _anchor(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        if _is_permalink(child):
            return
        href = self._href(child)
        if href is None and not self._notes.name_of(child):
            self.write(child, out, depth + 1)
            return
        written = self._copied(child, "a", out)
        if href:
            written.set("href", href)
        self.write(child, written, depth + 1)

    def _copied(self, child: HtmlElement, tag: str, out: HtmlElement) -> HtmlElement:
        written = append(out, tag)
        for name in _ATTRIBUTES.get(tag, ()):
            if value := child.get(name):
                written.set(name, value)
        self._spoken.carry(child, written)
        if target := self._notes.name_of(child):
            written.set("id", target)
        return written

    def _href(self, anchor: HtmlElement) -> str | None:
        href = (anchor.get("href") or "").strip()
        name = self._notes.pointed_to(anchor)
        if name is not None and (self._notes.is_target(name) or href.startswith("#")):
            return f"#{name}" if self._notes.is_target(name) else None
        if href.startswith("#") or not href:
            return None
        return href if href.lower().startswith("mailto:") else absolute_url(href, self._base_url)

    def _formula_image(self, image: HtmlElement, out: HtmlElement) -> None:
        source = best_source(image, self._base_url) if is_formula_image(image) else None
        if source is None:
            return
        written = append(out, "img")
        for name, value in (("class", "formula"), ("src", source), ("alt", fold(image.get("alt") or ""))):
            written.set(name, value)
        for name in ("width", "height"):
            if (value := image.get(name) or "").isascii() and value.isdecimal():
                written.set(name, value)


def _is_permalink(anchor: HtmlElement) -> bool:
    """Tell the sign beside a heading that links to the heading itself."""
    parent = anchor.getparent()
    if parent is None or parent.tag not in HEADINGS or not (anchor.get("href") or "").startswith("#"):
        return False
    return not any(character.isalnum() for character in "".join(anchor.itertext()))
