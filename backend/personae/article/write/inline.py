"""What stands inside a block: text, links, marks, formulas."""

from __future__ import annotations

from lxml.html import HtmlElement

from personae.article.segment.blocks import HEADINGS, INLINE, fold
from personae.article.segment.formulas import copy_formula, is_formula_image
from personae.article.write.footnotes import Notes
from personae.article.write.images import absolute_url, best_source
from personae.article.write.outline import Outline
from personae.markup.elements import add_text, append

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
_VOID = frozenset({"br", "wbr"})
_DEEPEST = 60


class Spoken:
    """The language and direction of the article's area: what is in others says so."""

    def __init__(self, outline: Outline) -> None:
        above = [outline.area, *outline.area.iterancestors()]
        self._usual = {
            "lang": _primary(next((said for e in above if (said := e.get("lang"))), "")),
            "dir": next((said for e in above if (said := e.get("dir"))), "ltr").lower(),
        }
        self._differing = {e for e in outline.around.difference(above) if self.differs(e)}

    def differs(self, element: HtmlElement) -> bool:
        """Tell whether an element says that it is in another language or direction than the article."""
        return any(self._is_other(name, element.get(name)) for name in self._usual)

    def carry(self, element: HtmlElement, written: HtmlElement) -> None:
        """Let what was written of an element say what the element says of its language."""
        for name in self._usual:
            if self._is_other(name, said := element.get(name)):
                written.set(name, said)

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

    def _is_other(self, name: str, said: str | None) -> bool:
        if not said:
            return False
        return (_primary(said) if name == "lang" else said.lower()) != self._usual[name]


def _primary(language: str) -> str:
    return language.lower().split("-")[0].split("_")[0]


class InlineWriter:
    """Copies inline content.

    base_url: what links resolve against; notes: the links within the article; spoken: the language and
    direction that need not be said again.
    """

    def __init__(self, base_url: str | None, notes: Notes, spoken: Spoken) -> None:
        self._base_url = base_url
        self._notes = notes
        self._spoken = spoken

        self._said: list[str] = []

    def write(self, element: HtmlElement, out: HtmlElement) -> None:
        """Write what `element` holds at the end of `out`."""
        self._write(element, out, 0)
        self._put_down(out)

    def _write(self, element: HtmlElement, out: HtmlElement, depth: int) -> None:
        self._say(element.text)
        for child in element:
            if depth > _DEEPEST:
                self._say("".join(child.itertext()))
            else:
                self._child(child, out, depth)
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        """Note text until the next element: the tree's strings are copied whenever they grow."""
        if text:
            self._said.append(text)

    def _put_down(self, out: HtmlElement) -> None:
        """Add the noted text at the end of an element."""
        if self._said:
            add_text(out, "".join(self._said))
            self._said.clear()

    def _begin(self, tag: str, out: HtmlElement) -> HtmlElement:
        self._put_down(out)
        return append(out, tag)

    def _child(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        tag = _RENAMED.get(str(child.tag), str(child.tag))
        if tag == "img":
            self._formula_image(child, out)
        elif tag in _NEVER_INLINE:
            return
        elif tag == "math":
            copy_formula(child, self._begin("math", out))
        elif tag == "a":
            self._anchor(child, out, depth)
        elif tag in KEPT_INLINE:
            self._marked(child, tag, out, depth)
        elif tag in INLINE and self._spoken.differs(child):
            self._marked(child, "span", out, depth)
        else:
            space = " " if tag not in INLINE else None
            self._say(space)
            self._write(child, out, depth + 1)
            self._say(space)

    def _anchor(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        if _is_permalink(child):
            return
        href = self._href(child)
        if href is None and not self._notes.name_of(child):
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
        self._spoken.carry(child, written)
        if target := self._notes.name_of(child):
            written.set("id", target)
        if href:
            written.set("href", href)
        self._write(child, written, depth + 1)
        self._put_down(written)
        text = written.text or ""
        if not (target or len(written) or text.strip() or tag in _VOID):
            out.remove(written)
            self._say(text)

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
        written = self._begin("img", out)
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
