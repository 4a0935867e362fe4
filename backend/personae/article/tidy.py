"""The article's HTML: the chosen blocks in their structure, the figures among them, and nothing else.

A new tree is written; nothing is deleted from the old one. What may stand in it: p, h2 to h6, ul, ol, li, dl,
blockquote, pre, tables, figures with img and figcaption, and inline marks. Classes, ids and styles stay
behind, but for the targets of the article's own links, the language of code, and the two classes that the
view knows: `embed` of link cards, `formula` of pictures that stand in a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from personae.article.blocks import HEADINGS, Block
from personae.article.elements import append, html_of, trim
from personae.article.embeds import is_post
from personae.article.figures import FigureWriter
from personae.article.inline import InlineWriter, Spoken
from personae.article.lead import take_lead
from personae.article.notes import Notes
from personae.article.outline import Outline
from personae.article.tables import data_tables, write_table
from personae.model import LeadImage
from personae.page.tree import new_element

_LISTS = frozenset({"ul", "ol"})
_SHELLS = frozenset({"ul", "ol", "blockquote", "dl"})
_LEVELS = frozenset("123456")
_ATTRIBUTES = {"ol": ("start", "reversed", "type"), "li": ("value",), "blockquote": ("cite",)}
_LANGUAGE = re.compile(r"(?:^|\s)(?:lang-|language-|highlight-source-|brush:\s?)([\w+#.-]+)")
_LANGUAGE_NAME = re.compile(r"[\w+#.-]{1,30}", re.ASCII)


@dataclass(slots=True)
class Tidy:
    """What tidying gives.

    content: a <div> with the article; sources: block element of the content -> index of the page's block.
    lead_image: the picture that stood above the first paragraph, if there was one.
    carried: the blocks that are in the content though nobody chose them: captions, cells of tables.
    embedded: the blocks of posts that a link card stands for.
    """

    content: HtmlElement
    sources: dict[HtmlElement, int] = field(default_factory=dict)
    lead_image: LeadImage | None = None
    carried: set[int] = field(default_factory=set)
    embedded: set[int] = field(default_factory=set)


def tidy(
    body: HtmlElement,
    blocks: list[Block],
    chosen: frozenset[int],
    base_url: str | None,
    lead: LeadImage | None,
) -> Tidy:
    """Write the article's tree.

    body: the page's, normalised; chosen: indices of the article's blocks; lead: the picture of the metadata.
    """
    outline = Outline(body, blocks, chosen)
    writer = _Writer(outline, base_url)
    content = writer.write()
    lead = take_lead(content, outline, writer.figures, lead)
    return Tidy(
        content, writer.sources, lead, writer.carried | writer.figures.carried, writer.figures.embedded
    )


def block_html(blocks: tuple[Block, ...], base_url: str | None) -> str:
    """Return the HTML of some blocks that are not in the article, so that a view can show them."""
    outline = Outline(new_element("body"), list(blocks), frozenset(b.index for b in blocks))
    writer = _Writer(outline, base_url)
    out = new_element("div")
    for block in blocks:
        writer.write_block(block.element, out)
    _join_loose_lists(out)
    return html_of(out)


class _Writer:
    """Writes the blocks in their structure; what is not content is filled on the way."""

    def __init__(self, outline: Outline, base_url: str | None) -> None:
        self._outline = outline
        self._tables = data_tables(outline)
        self._notes = Notes(outline.chosen, outline.around, base_url)
        self._spoken = Spoken(outline.body.getroottree().getroot())
        self._inline = InlineWriter(base_url, self._notes, self._spoken)
        self._deeper = int(any(e.tag == "h1" for e in outline.chosen))
        self.figures = FigureWriter(outline, base_url)
        self.sources: dict[HtmlElement, int] = {}
        self.carried: set[int] = set()

    def write(self) -> HtmlElement:
        """Return a div with the article."""
        content: HtmlElement = new_element("div")
        self._walk(self._outline.body, content)
        _join_loose_lists(content)
        self._notes.settle(content)
        return content

    def _walk(self, element: HtmlElement, out: HtmlElement) -> None:
        area = self._outline.area
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child in self._tables:
                self._write_table(child, out)
            elif child in self._outline.chosen:
                self.figures.write(child, out)
                written = self.write_block(child, out)
                if written.tag == "li":
                    self.figures.write(child, written)
                if is_post(child):
                    self.figures.write_card(child, out)
            elif child in self._outline.around:
                self._walk(child, self._shell(child, out))
                if is_post(child):
                    self.figures.write_card(child, out)
            elif element is area or area in element.iterancestors():
                self.figures.write(child, out)

    def write_block(self, element: HtmlElement, out: HtmlElement) -> HtmlElement:
        """Write one of the chosen blocks at the end of `out`; return it."""
        tag = self._tag_of(element, out)
        if tag == "li" and out.tag not in _LISTS:
            last = out[-1] if len(out) else None
            out = (
                last
                if last is not None and last.tag in _LISTS and last.get("data-loose")
                else append(out, "ul")
            )
            out.set("data-loose", "1")
        written = append(out, tag)
        self._notes.carry(element, written)
        self._carry_attributes(element, written)
        self.sources[written] = self._outline.chosen[element]
        if tag == "pre":
            self._inline.write_code(element, _code_in(element, written))
            return written
        inner = append(written, "strong") if element.tag == "summary" else written
        self._inline.write(element, inner)
        trim(inner)
        return written

    def _write_table(self, table: HtmlElement, out: HtmlElement) -> None:
        written = write_table(table, out, self._inline, self._notes)
        inside = self._outline.within(table)
        self.sources[written] = inside[-1].index
        self.carried.update(b.index for b in inside)

    def _shell(self, element: HtmlElement, out: HtmlElement) -> HtmlElement:
        """Return where the content of a container goes: a list or a quote of its own, or straight on."""
        tag = str(element.tag)
        if tag == "li" and out.tag not in _LISTS:
            out = append(out, "ul")
        elif tag not in _SHELLS and not (tag in ("li", "dd", "dt") and out.tag in ("ul", "ol", "dl")):
            self._notes.hold(element)
            return out
        shell = append(out, tag)
        self._notes.carry(element, shell)
        self._carry_attributes(element, shell)
        return shell

    def _tag_of(self, element: HtmlElement, out: HtmlElement) -> str:
        tag = str(element.tag)
        level = _level_of(element)
        if level:
            return f"h{min(6, max(2, level + self._deeper))}"
        if tag in ("pre", "li", "blockquote"):
            return tag
        if tag in ("dt", "dd") and out.tag == "dl":
            return tag
        return "p"

    def _carry_attributes(self, element: HtmlElement, written: HtmlElement) -> None:
        for name in _ATTRIBUTES.get(str(written.tag), ()):
            if (value := element.get(name)) is not None:
                written.set(name, value)
        self._spoken.carry(element, written)


def _level_of(element: HtmlElement) -> int:
    """Return a heading's level, 1 to 6; 0 when it is none."""
    if element.tag in HEADINGS:
        return int(str(element.tag)[1])
    if element.get("role") == "heading":
        stated = element.get("aria-level") or "2"
        return int(stated) if stated in _LEVELS else 2
    return 0


def _code_in(element: HtmlElement, written: HtmlElement) -> HtmlElement:
    """Return what preformatted text is written into: a `code` with its language when the page says so."""
    language = _language_of(element)
    if language is None and element.find(".//code") is None:
        return written
    code = append(written, "code")
    if language:
        code.set("class", f"language-{language}")
    return code


def _language_of(pre: HtmlElement) -> str | None:
    """Return the language that code says it is in, by the class that HTML recommends or its like."""
    for element in (pre, *pre.iter("code"), *islice(pre.iterancestors(), 2)):
        found = _LANGUAGE.search(element.get("class") or "")
        named = found[1] if found else element.get("data-lang") or element.get("data-language") or ""
        if _LANGUAGE_NAME.fullmatch(named):
            return named.lower()
    return None


def _join_loose_lists(content: HtmlElement) -> None:
    for element in content.iter("ul"):
        if element.get("data-loose"):
            del element.attrib["data-loose"]
