"""What stands inside a block: text, links, marks, formulas."""

from __future__ import annotations

import re
from functools import cache

from lxml.html import HtmlElement

from personae.article.segment.formulas import is_formula_image, write_formula
from personae.article.segment.inline_pictures import stands_in_line
from personae.article.vocabulary.lines import line_words
from personae.article.write.footnotes import InternalLinks
from personae.article.write.images import absolute_url, best_source, is_named_decoration
from personae.article.write.outline import Outline
from personae.markup.content_model import HEADINGS, INLINE_KEPT, INLINE_ON_PAGES
from personae.markup.elements import add_text, append
from personae.markup.text import fold

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
_VOID = frozenset({"br", "wbr"})
_DEEPEST = 60
_LONGEST_ASIDE = 60  # characters of what a link says of itself


class StatedLanguage:
    """The language and direction of the article's area, and which elements state others."""

    def __init__(self, outline: Outline) -> None:
        above = [outline.area, *outline.area.iterancestors()]
        self._usual = {
            "lang": _primary(next((stated for e in above if (stated := e.get("lang"))), "")),
            "dir": next((stated for e in above if (stated := e.get("dir"))), "ltr").lower(),
        }
        self._differing = {e for e in outline.around.difference(above) if self.differs(e)}

    def differs(self, element: HtmlElement) -> bool:
        """Return whether an element states another language or direction than the article's."""
        return any(self._is_other(name, element.get(name)) for name in self._usual)

    def carry(self, element: HtmlElement, written: HtmlElement) -> None:
        """Let what was written of an element state what the element states of its language."""
        for name in self._usual:
            if self._is_other(name, stated := element.get(name)):
                written.set(name, stated)

    def carry_block(self, element: HtmlElement, written: HtmlElement) -> None:
        """Do the same for a block, which also speaks for the containers around it that were not written."""
        self.carry(element, written)
        if not self._differing:
            return
        for name in self._usual:
            if any(e.get(name) for e in (element, *written.iterancestors())):
                continue
            around = next((e for e in element.iterancestors() if e.get(name)), None)
            if around in self._differing:
                self.carry(around, written)

    def _is_other(self, name: str, stated: str | None) -> bool:
        if not stated:
            return False
        return (_primary(stated) if name == "lang" else stated.lower()) != self._usual[name]


def _primary(language: str) -> str:
    return language.lower().split("-")[0].split("_")[0]


class InlineWriter:
    """Copies inline content.

    base_url: what links resolve against; links: those within the article; language: the language and
    direction that need not be stated again.
    """

    def __init__(self, base_url: str | None, links: InternalLinks, language: StatedLanguage) -> None:
        self._base_url = base_url
        self._links = links
        self._language = language
        self._noted: list[str] = []

    def write(self, element: HtmlElement, out: HtmlElement) -> None:
        """Write what `element` holds at the end of `out`."""
        self._write(element, out, 0)
        self._put_down(out)

    def _write(self, element: HtmlElement, out: HtmlElement, depth: int) -> None:
        self._note(element.text)
        for child in element:
            if depth > _DEEPEST:
                self._note("".join(child.itertext()))
            else:
                self._child(child, out, depth)
            self._note(child.tail)

    def _note(self, text: str | None) -> None:
        """Note text until the next element: the tree's strings are copied whenever they grow."""
        if text:
            self._noted.append(text)

    def _put_down(self, out: HtmlElement) -> None:
        """Add the noted text at the end of an element."""
        if self._noted:
            add_text(out, "".join(self._noted))
            self._noted.clear()

    def _begin(self, tag: str, out: HtmlElement) -> HtmlElement:
        self._put_down(out)
        return append(out, tag)

    def _child(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        tag = _RENAMED.get(str(child.tag), str(child.tag))
        if tag == "img":
            self._image(child, out)
        elif tag in _NEVER_INLINE or _says_how_a_link_opens(child):
            return
        elif tag == "math":
            write_formula(child, self._begin("math", out))
        elif tag == "a":
            self._anchor(child, out, depth)
        elif tag in INLINE_KEPT:
            self._marked(child, tag, out, depth)
        elif tag in INLINE_ON_PAGES and self._language.differs(child):
            self._marked(child, "span", out, depth)
        else:
            space = " " if tag not in INLINE_ON_PAGES else None
            self._note(space)
            self._write(child, out, depth + 1)
            self._note(space)

    def _anchor(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        if _is_permalink(child):
            return
        href = self._href(child)
        if href is None and not self._links.name_of(child):
            self._write(child, out, depth + 1)
            return
        self._marked(child, "a", out, depth, href)

    def _marked(
        self, child: HtmlElement, tag: str, out: HtmlElement, depth: int, href: str | None = None
    ) -> None:
        """Write an element as one of its own; an empty one marks nothing, its space stays."""
        written = self._begin(tag, out)
        for name in _ATTRIBUTES.get(tag, ()):
            if value := child.get(name):
                written.set(name, value)
        self._language.carry(child, written)
        if target := self._links.name_of(child):
            written.set("id", target)
        if href:
            written.set("href", href)
        self._write(child, written, depth + 1)
        self._put_down(written)
        text = written.text or ""
        if not (target or len(written) or text.strip() or tag in _VOID):
            out.remove(written)
            self._note(text)

    def _href(self, anchor: HtmlElement) -> str | None:
        href = (anchor.get("href") or "").strip()
        name = self._links.pointed_to(anchor)
        if name is not None and (self._links.is_target(name) or href.startswith("#")):
            return f"#{name}" if self._links.is_target(name) else None
        if href.startswith("#") or not href:
            return None
        return href if href.lower().startswith("mailto:") else absolute_url(href, self._base_url)

    def _image(self, image: HtmlElement, out: HtmlElement) -> None:
        """Write a picture that stands in its line, or its other text when it has no address."""
        if not stands_in_line(image):
            return
        is_formula = is_formula_image(image)
        alt = fold(image.get("alt") or "")
        source = best_source(image, self._base_url)
        if source is None:
            self._note(alt)
            return
        if not is_formula and is_named_decoration(image):
            return
        written = self._begin("img", out)
        if is_formula:
            written.set("class", "formula")
        written.set("src", source)
        written.set("alt", alt)
        for name in ("width", "height"):
            if (value := image.get(name) or "").isascii() and value.isdecimal():
                written.set(name, value)


def _says_how_a_link_opens(element: HtmlElement) -> bool:
    """Return whether an element within a link says how that opens, and the link says more than that."""
    link = element.getparent()
    if link is None or link.tag != "a" or len(element):
        return False
    text = fold(element.text or "")
    if not 0 < len(text) <= _LONGEST_ASIDE or not _opens_elsewhere().fullmatch(text.lower()):
        return False
    return len(fold("".join(link.itertext()))) > len(text)


@cache
def _opens_elsewhere() -> re.Pattern[str]:
    return re.compile(rf"[(\[（]?(?:{line_words('opens_elsewhere')})[)\]）.]*")


def _is_permalink(anchor: HtmlElement) -> bool:
    """Return True for the sign beside a heading that links to the heading itself."""
    parent = anchor.getparent()
    if parent is None or parent.tag not in HEADINGS or not (anchor.get("href") or "").startswith("#"):
        return False
    return not any(character.isalnum() for character in "".join(anchor.itertext()))
