"""Sanitised HTML as the XHTML of an e-book: valid by the content models of HTML 5 and MathML 3.

What a browser forgives, a checker of e-books does not: a list that holds a paragraph, a heading in bold
type, a fraction of three parts. Such an element is written as the nearest one that is allowed there, and
no text is lost. Of pictures that are not in the book the captions stay; one of a formula becomes its source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from personae.markup.elements import add_text, body_of
from personae.markup.shape import BLOCKS, PHRASES, TABLE_PARTS
from personae.view.exports.epub.addresses import link_address
from personae.view.exports.epub.mathml import MATHML, copy_formula, is_sound

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"

_FLOW_ONLY = (BLOCKS | TABLE_PARTS) - {"caption", "col", "colgroup"}
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
# Elements whose own meaning needs an attribute that was not kept, or that HTML 5 no longer has.
_PLAIN = frozenset({"time", "rb", "rt", "rp"})
_NOTE_SIGN = re.compile(r"\W*(?:\w|\d{1,3}|[*†‡§]{1,3})\W*")
_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?(-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))?"
)
# Everything that XML 1.0 cannot hold, as a character class: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MATH = f"{{{MATHML}}}math"
_MOST_COLUMNS = 1000  # HTML's own limit
_MOST_ROWS = 65534


def only_xml(text: str) -> str:
    """Return the text with U+FFFD for each character that XML cannot hold; it stays as long as it was."""
    return _NOT_XML.sub("\ufffd", text)


def language_tag(code: str | None) -> str | None:
    """Return a language's code as a well-formed BCP 47 tag; None when it is none."""
    tag = (code or "").strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


class Heading(NamedTuple):
    """A sub-heading that was written. level: 2 to 6; place: the id of its element."""

    level: int
    text: str
    place: str


class _Where(NamedTuple):
    """What the element being filled allows: blocks, links, headings."""

    blocks: bool = True
    links: bool = True
    headings: bool = True


class Writer:
    """Writes sanitised HTML into one document of the book; a name is written once, wherever it stood.

    headings: the sub-headings so far; has_math: a formula was written as MathML; pictures: the files of
    those that were written; lacks_pictures: one was left out.
    """

    def __init__(self, cast: Mapping[str, str], pictures: Mapping[str, str]) -> None:
        """cast: actor id -> the address of its entry, where a mark leads; pictures: address -> file."""
        self._cast = cast
        self._files = pictures
        self.pictures: list[str] = []
        self.lacks_pictures = False
        self.headings: list[Heading] = []
        self.has_math = False
        self._places: dict[str, str] = {}
        self._inner_links: list[_Element] = []

    def write(self, into: _Element, html: str | _Element, *, blocks: bool = True) -> None:
        """Append HTML, or the children of a parsed body, to an element of the document.

        blocks: the element may hold paragraphs; else only what stands in a line.
        """
        self._fill(body_of(html) if isinstance(html, str) else html, into, _Where(blocks=blocks))

    def place(self, name: str) -> str | None:
        """Return the id under which the element that had this name was written, None when none was."""
        return self._places.get(name)

    def finish(self) -> None:
        """Lead the links within the document to where their targets are; unlink those that have none."""
        if not self._inner_links:
            return
        document = list(self._inner_links[0].getroottree().iter())
        order = {element: i for i, element in enumerate(document)}
        targets = {element.get("id"): element for element in document}
        for link in self._inner_links:
            place = self._places.get(link.get("href", "")[1:])
            target = targets.get(place) if place else None
            if target is None:
                link.tag = _name("div" if _holds_blocks(link) else "span")
                del link.attrib["href"]
                continue
            link.set("href", f"#{place}")
            if _NOTE_SIGN.fullmatch(_folded(link)) and order[link] < order[target]:
                link.set(f"{{{EPUB}}}type", "noteref")
                link.set("role", "doc-noteref")

    # ------------------------------------------------------------ elements

    def _fill(self, source: _Element, out: _Element, where: _Where) -> None:
        add_text(out, source.text)
        for child in source:
            if isinstance(child.tag, str):
                self._put(child, out, where)
            add_text(out, child.tail)

    def _put(self, source: _Element, out: _Element, where: _Where) -> None:
        tag = _tag(source)
        if tag in _FLOW_ONLY:
            if where.blocks:
                self._put_block(source, out, where)
            elif tag != "hr":
                self._put_as("span", source, out, where).set("class", "line")
        elif tag == "img":
            self._put_picture(source, out)
        elif tag == "math":
            self._put_formula(source, out)
        elif tag in {"br", "wbr"}:
            etree.SubElement(out, _name(tag))
            self._fill(source, out, where)  # libxml2 takes what follows a wbr for its content
        elif tag in PHRASES:
            self._put_phrase(source, out, where)
        else:
            self._fill(source, out, where)

    def _put_as(self, tag: str, source: _Element, out: _Element, where: _Where) -> _Element:
        element = self._open(tag, source, out)
        self._fill(source, element, where)
        return element

    def _open(self, tag: str, source: _Element, out: _Element) -> _Element:
        """Begin an element that stands for the source: its name, language and direction come along."""
        element = etree.SubElement(out, _name(tag))
        name = source.get("id")
        if name and name not in self._places:
            self._places[name] = f"i{len(self._places) + 1}"
            element.set("id", self._places[name])
        language = language_tag(source.get("lang"))
        if language:
            element.set("lang", language)
            element.set(f"{{{XML}}}lang", language)
        direction = (source.get("dir") or "").lower()
        if direction in {"ltr", "rtl", "auto"}:
            element.set("dir", direction)
        return element

    def _named(self, element: _Element) -> str:
        """Return the id of an element; give it one when it has none."""
        place = element.get("id")
        if place is None:
            place = f"i{len(self._places) + 1}"
            self._places[f"\0{place}"] = place  # no name of the source begins so
            element.set("id", place)
        return place

    # ------------------------------------------------------------ in a line

    def _put_phrase(self, source: _Element, out: _Element, where: _Where) -> None:
        tag = _tag(source)
        if tag == "mark" and source.get("data-actor"):
            self._put_actor(source, out, where)
        elif tag == "a":
            self._put_link(source, out, where)
        elif _holds_blocks(source):
            around = "div" if where.blocks else "span"
            self._put_as(tag if tag in {"ins", "del"} else around, source, out, where)
        elif tag == "ruby":
            self._put_ruby(source, out, where)
        else:
            is_plain = (
                tag in _PLAIN
                or (tag == "bdo" and source.get("dir") not in {"ltr", "rtl"})
                or (tag == "dfn" and _is_inside(out, "dfn"))
            )
            phrase = self._put_as("span" if is_plain else tag, source, out, where._replace(blocks=False))
            if tag in {"abbr", "dfn"} and not is_plain and source.get("title"):
                phrase.set("title", source.get("title", ""))

    def _put_link(self, source: _Element, out: _Element, where: _Where) -> None:
        href = source.get("href") or ""
        address = href if href.startswith("#") else link_address(href)
        inside = where if where.blocks and _holds_blocks(source) else where._replace(blocks=False)
        if not address or not where.links:
            self._put_as("div" if inside.blocks else "span", source, out, inside)
            return
        link = self._put_as("a", source, out, inside._replace(links=False))
        link.set("href", address)
        if source.get("title"):
            link.set("title", source.get("title", ""))
        if address.startswith("#"):
            self._inner_links.append(link)

    def _put_actor(self, source: _Element, out: _Element, where: _Where) -> None:
        address = self._cast.get(source.get("data-actor", "")) if where.links else None
        element = self._put_as(
            "a" if address else "span", source, out, where._replace(blocks=False, links=False)
        )
        element.set("class", source.get("class") or "actor")
        if address:
            element.set("href", address)
            element.set(f"{{{EPUB}}}type", "glossref")
            element.set("role", "doc-glossref")

    def _put_ruby(self, source: _Element, out: _Element, where: _Where) -> None:
        inside = where._replace(blocks=False)
        if not _is_sound_ruby(source):
            self._put_as("span", source, out, inside)
            return
        ruby = self._open("ruby", source, out)
        add_text(ruby, source.text)
        for child in source:
            if child.tag in {"rt", "rp"}:
                self._put_as(_tag(child), child, ruby, inside)
            elif isinstance(child.tag, str):
                self._put(child, ruby, inside)
            add_text(ruby, child.tail)

    # ------------------------------------------------------------ blocks

    def _put_block(self, source: _Element, out: _Element, where: _Where) -> None:
        tag = _tag(source)
        if tag in _HEADINGS and where.headings and _folded(source):
            self._put_heading(source, out, where)
        elif tag in {"p", "pre"} and not _holds_blocks(source):
            self._put_as(tag, source, out, where._replace(blocks=False))
        elif tag in {"ul", "ol"} and source.find("li") is not None:
            self._put_list(source, out, where)
        elif tag == "dl" and _is_sound_glossary(source):
            self._put_glossary(source, out, where)
        elif tag == "figure":
            self._put_figure(source, out, where)
        elif tag == "table" and source.find(".//tr/*") is not None:
            self._put_table(source, out, where)
        elif tag == "hr":
            etree.SubElement(out, _name("hr"))
        else:
            self._put_as("blockquote" if tag == "blockquote" else "div", source, out, where)

    def _put_heading(self, source: _Element, out: _Element, where: _Where) -> None:
        heading = self._put_as(_tag(source), source, out, where._replace(blocks=False))
        self.headings.append(Heading(int(_tag(source)[1]), _folded(source), self._named(heading)))

    def _put_list(self, source: _Element, out: _Element, where: _Where) -> None:
        """Write a list; what stands in it beside its items becomes an item."""
        whole = self._open(_tag(source), source, out)
        if source.tag == "ol":
            _copy_numbering(source, whole)
        if (source.text or "").strip():
            add_text(etree.SubElement(whole, _name("li")), source.text)
        for child in source:
            if child.tag == "li":
                item = self._put_as("li", child, whole, where)
                value = _integer(child.get("value"))
                if source.tag == "ol" and value is not None:
                    item.set("value", str(value))
            elif isinstance(child.tag, str):
                self._put(child, etree.SubElement(whole, _name("li")), where)
            if (child.tail or "").strip():
                add_text(etree.SubElement(whole, _name("li")), child.tail)

    def _put_glossary(self, source: _Element, out: _Element, where: _Where) -> None:
        whole = self._open("dl", source, out)
        for child in source:
            if isinstance(child.tag, str):
                self._put_as(_tag(child), child, whole, where._replace(headings=child.tag != "dt"))

    def _put_figure(self, source: _Element, out: _Element, where: _Where) -> None:
        """Write a figure with its caption last; of one that held only pictures, the caption."""
        figure = self._open("figure", source, out)
        add_text(figure, source.text)
        for child in source:
            if isinstance(child.tag, str) and child.tag != "figcaption":
                self._put(child, figure, where)
            add_text(figure, child.tail)
        captions = source.findall("figcaption")
        if _folded(figure) or any(figure.find(f".//{held}") is not None for held in (_MATH, _name("img"))):
            if captions:
                self._put_captions("div", captions, etree.SubElement(figure, _name("figcaption")), where)
        elif any(map(_folded, captions)):
            figure.tag = _name("div")
            figure.set("class", "captions")
            self._put_captions("p", captions, figure, where._replace(blocks=False))
        else:
            out.remove(figure)

    def _put_captions(self, tag: str, captions: list[_Element], out: _Element, where: _Where) -> None:
        for caption in captions:
            self._put_as(tag, caption, out, where)

    # ------------------------------------------------------------ tables

    def _put_table(self, source: _Element, out: _Element, where: _Where) -> None:
        """Write a table's parts in the order that the content model has."""
        table = self._open("table", source, out)
        captions = source.findall("caption")
        if captions:
            inside = where._replace(headings=False)
            self._put_captions("div", captions, etree.SubElement(table, _name("caption")), inside)
        self._put_rows("thead", [row for group in source.findall("thead") for row in group], table, where)
        loose: list[_Element] = []
        for child in source:
            if child.tag == "tr":
                loose.append(child)
            elif child.tag == "tbody":
                self._put_rows("tbody", loose, table, where)
                self._put_rows("tbody", list(child), table, where)
                loose = []
        self._put_rows("tbody", loose, table, where)
        self._put_rows("tfoot", [row for group in source.findall("tfoot") for row in group], table, where)

    def _put_rows(self, tag: str, rows: list[_Element], table: _Element, where: _Where) -> None:
        filled = [row for row in rows if row.tag == "tr" and row.find("*") is not None]
        if not filled:
            return
        group = etree.SubElement(table, _name(tag))
        for row in filled:
            line = self._open("tr", row, group)
            for cell in row.iterchildren("td", "th"):
                self._put_cell(cell, line, where)

    def _put_cell(self, source: _Element, row: _Element, where: _Where) -> None:
        cell = self._put_as(_tag(source), source, row, where._replace(headings=False))
        columns, rows = _integer(source.get("colspan")), _integer(source.get("rowspan"))
        if columns is not None and 1 < columns <= _MOST_COLUMNS:
            cell.set("colspan", str(columns))
        if rows is not None and 0 <= rows <= _MOST_ROWS and rows != 1:
            cell.set("rowspan", str(rows))
        scope = (source.get("scope") or "").lower()
        if source.tag == "th" and scope in {"row", "col", "rowgroup", "colgroup"}:
            cell.set("scope", scope)

    # ------------------------------------------------------------ pictures, formulas

    def _put_picture(self, source: _Element, out: _Element) -> None:
        """Write a picture that is in the book; of a formula's picture its TeX."""
        if "formula" in (source.get("class") or "").split():
            _put_tex(out, source.get("alt"))
            return
        file = self._files.get(source.get("src") or "")
        if file is None:
            self.lacks_pictures = True
            return
        self.pictures.append(file)
        picture = etree.SubElement(out, _name("img"))
        picture.set("src", file)
        picture.set("alt", source.get("alt") or "")
        for side in ("width", "height"):
            length = _integer(source.get(side))
            if length is not None and length > 0:
                picture.set(side, str(length))

    def _put_formula(self, source: _Element, out: _Element) -> None:
        """Write a formula as MathML when it is sound, else as its TeX, else as its characters."""
        if is_sound(source):
            self.has_math = True
            copy_formula(source, out)
        elif not _put_tex(out, source.get("alttext")):
            etree.SubElement(out, _name("span")).text = _folded(source)


def _name(tag: str) -> str:
    return f"{{{XHTML}}}{tag}"


def _tag(element: _Element) -> str:
    return str(element.tag)


def _folded(element: _Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _holds_blocks(element: _Element) -> bool:
    """Return whether blocks stand in an element, of the source or as it was written."""
    return any(etree.QName(inner).localname in _FLOW_ONLY for inner in element.iterdescendants("{*}*"))


def _is_inside(element: _Element, tag: str) -> bool:
    return element.tag == _name(tag) or next(element.iterancestors(_name(tag)), None) is not None


def _integer(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value, re.ASCII) else None


def _copy_numbering(source: _Element, out: _Element) -> None:
    start = _integer(source.get("start"))
    if start is not None:
        out.set("start", str(start))
    if source.get("reversed") is not None:
        out.set("reversed", "reversed")
    if source.get("type") in {"1", "a", "A", "i", "I"}:
        out.set("type", source.get("type", ""))


def _is_sound_ruby(ruby: _Element) -> bool:
    """Return whether bases and their readings alternate as HTML 5 has them."""
    parts = ["b"] if (ruby.text or "").strip() else []
    for child in ruby:
        if isinstance(child.tag, str):
            parts.append({"rt": "t", "rp": "p"}.get(child.tag, "b"))
            if child.tag == "rp" and len(child):
                return False
        if (child.tail or "").strip():
            parts.append("b")
    return re.fullmatch(r"(?:b+(?:t+|p(?:tp)+))+", "".join(parts)) is not None


def _is_sound_glossary(glossary: _Element) -> bool:
    """Return whether there are only terms, each group of them followed by what explains it."""
    if (glossary.text or "").strip() or any((child.tail or "").strip() for child in glossary):
        return False
    kinds = {"dt": "t", "dd": "d"}
    parts = "".join(kinds.get(child.tag, "x") for child in glossary if isinstance(child.tag, str))
    return re.fullmatch(r"(?:t+d+)+", parts) is not None


def _put_tex(out: _Element, source: str | None) -> bool:
    """Write a formula's TeX as code; tell whether there was any."""
    if not (source or "").strip():
        return False
    code = etree.SubElement(out, _name("code"))
    code.set("class", "formula")
    code.text = source
    return True
