"""The article's HTML: the chosen blocks in their structure, the figures among them, and nothing else.

A new tree is written; nothing is deleted from the old one. What may stand in it: p, h2 to h6, ul, ol, li, dl,
blockquote, pre, tables, figures with img and figcaption, and inline marks. Classes, ids and styles
stay behind, but for the targets of the article's own footnote links.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from personae.article.blocks import HEADINGS, Block
from personae.article.elements import append, html_of, new, trim
from personae.article.figures import FigureWriter
from personae.article.inline import InlineWriter, note_targets
from personae.article.lead import take_lead
from personae.article.outline import Outline
from personae.article.tables import data_tables, write_table
from personae.model import LeadImage

_LISTS = frozenset({"ul", "ol"})
_SHELLS = frozenset({"ul", "ol", "blockquote", "dl"})


@dataclass(slots=True)
class Tidy:
    """What tidying gives.

    content: a <div> with the article; sources: block element of the content -> index of the page's block.
    lead_image: the picture that stood above the first paragraph, if there was one.
    captions: the blocks that went into figures.
    """

    content: HtmlElement
    sources: dict[HtmlElement, int] = field(default_factory=dict)
    lead_image: LeadImage | None = None
    captions: set[int] = field(default_factory=set)


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
    return Tidy(content, writer.sources, lead, writer.figures.captions)


def block_html(blocks: tuple[Block, ...], base_url: str | None) -> str:
    """Return the HTML of some blocks that are not in the article, so that a view can show them."""
    outline = Outline(new("body"), list(blocks), frozenset(b.index for b in blocks))
    writer = _Writer(outline, base_url)
    out = new("div")
    for block in blocks:
        writer.write_block(block.element, out)
    _join_loose_lists(out)
    return html_of(out)


class _Writer:
    """Writes the blocks in their structure; `sources` and the figures' captions are filled on the way."""

    def __init__(self, outline: Outline, base_url: str | None) -> None:
        self._outline = outline
        self._tables = data_tables(outline)
        self._inline = InlineWriter(base_url, note_targets(outline.chosen, outline.around))
        self.figures = FigureWriter(outline, base_url)
        self.sources: dict[HtmlElement, int] = {}

    def write(self) -> HtmlElement:
        """Return a div with the article."""
        content: HtmlElement = new("div")
        self._walk(self._outline.body, content)
        _join_loose_lists(content)
        return content

    def _walk(self, element: HtmlElement, out: HtmlElement) -> None:
        area = self._outline.area
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child in self._tables:
                written = write_table(child, out, self._inline)
                self.sources[written] = self._outline.within(child)[-1].index
            elif child in self._outline.chosen:
                self.figures.write(child, out)
                self.write_block(child, out)
            elif child in self._outline.around:
                self._walk(child, _shell(child, out))
            elif element is area or area in element.iterancestors():
                self.figures.write(child, out)

    def write_block(self, element: HtmlElement, out: HtmlElement) -> None:
        """Write one of the chosen blocks at the end of `out`."""
        tag = _tag_of(element, out)
        if tag == "li" and out.tag not in _LISTS:
            last = out[-1] if len(out) else None
            out = (
                last
                if last is not None and last.tag in _LISTS and last.get("data-loose")
                else append(out, "ul")
            )
            out.set("data-loose", "1")
        written = append(out, tag)
        if tag == "pre":
            written.text = "".join(element.itertext())
        else:
            self._inline.write(element, written)
            trim(written)
        self._inline.carry_id(element, written)
        self.sources[written] = self._outline.chosen[element]


def _shell(element: HtmlElement, out: HtmlElement) -> HtmlElement:
    """Return where the content of a container goes: a list or a quote of its own, or straight on."""
    if element.tag in _SHELLS:
        return append(out, element.tag)
    if element.tag in ("li", "dd") and out.tag in ("ul", "ol", "dl"):
        return append(out, element.tag)
    if element.tag == "li":
        return append(append(out, "ul"), "li")
    return out


def _tag_of(element: HtmlElement, out: HtmlElement) -> str:
    tag = str(element.tag)
    if tag == "h1":
        return "h2"
    if tag in HEADINGS or tag in ("pre", "li", "blockquote"):
        return tag
    if tag in ("dt", "dd") and out.tag == "dl":
        return tag
    return "p"


def _join_loose_lists(content: HtmlElement) -> None:
    for element in content.iter("ul"):
        if element.get("data-loose"):
            del element.attrib["data-loose"]
