"""The article's HTML: the chosen blocks in their structure, the figures among them, and nothing else.

A new tree is written; nothing is deleted from the old one. What may stand in it: p, h2 to h6, ul, ol, li, dl,
blockquote, pre, hr, tables, figures with img and figcaption, and inline marks. Classes, ids and styles stay
behind, but for the targets of the article's own links, the language of code, and the two classes that the
view knows: `embed` of link cards, `formula` of pictures that stand in a line.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from personae.article.segment.blocks import Block
from personae.article.segment.embeds import is_post
from personae.article.write.code_listings import write_listing
from personae.article.write.data_tables import data_tables, write_table
from personae.article.write.figures import FigureWriter
from personae.article.write.footnotes import InternalLinks
from personae.article.write.inline import InlineWriter, StatedLanguage
from personae.article.write.lead_image import take_lead
from personae.article.write.outline import Outline
from personae.markup.content_model import HEADINGS
from personae.markup.elements import append, html_of, trim
from personae.markup.tree import new_element
from personae.model import LeadImage

_LISTS = frozenset({"ul", "ol"})
_CHILDREN_ONLY = frozenset({"ul", "ol", "dl"})
_SHELLS = frozenset({"ul", "ol", "blockquote", "dl"})
_TERMS = frozenset({"dt", "dd"})
_LEVELS = frozenset("123456")
_ATTRIBUTES = {"ol": ("start", "reversed", "type"), "li": ("value",), "blockquote": ("cite",)}


@dataclass(slots=True)
class ArticleTree:
    """The article as it was written.

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


def write_article(
    body: HtmlElement,
    blocks: list[Block],
    chosen: frozenset[int],
    base_url: str | None,
    lead: LeadImage | None,
) -> ArticleTree:
    """Write the article's tree.

    body: the page's, in one shape; chosen: the indices of the article's blocks; lead: the metadata's picture.
    """
    outline = Outline(body, blocks, chosen)
    writer = _Writer(outline, base_url)
    content = writer.write()
    lead = take_lead(content, outline, writer.figures, lead)
    return ArticleTree(
        content,
        writer.sources,
        lead,
        writer.carried | writer.figures.captions.carried,
        writer.figures.embedded,
    )


def block_html(blocks: tuple[Block, ...], base_url: str | None) -> str:
    """Return the HTML of some blocks that are not in the article, so that a view can show them."""
    outline = Outline(new_element("body"), list(blocks), frozenset(b.index for b in blocks))
    writer = _Writer(outline, base_url)
    out = new_element("div")
    for block in blocks:
        writer.write_block(block.element, out)
    return html_of(out)


class _Writer:
    """Writes the blocks in their structure; what is not content is filled on the way."""

    def __init__(self, outline: Outline, base_url: str | None) -> None:
        self._outline = outline
        self._tables = data_tables(outline)
        self._links = InternalLinks(outline.chosen, outline.around, base_url)
        self._language = StatedLanguage(outline)
        self._inline = InlineWriter(base_url, self._links, self._language)
        self._deeper = int(any(e.tag == "h1" for e in outline.chosen))
        self.figures = FigureWriter(outline, base_url, self._inline)
        self._loose: set[HtmlElement] = set()
        self._last: int | None = None
        self._breaks: list[tuple[HtmlElement, int]] = []
        self.sources: dict[HtmlElement, int] = {}
        self.carried: set[int] = set()

    def write(self) -> HtmlElement:
        """Return a div with the article."""
        content: HtmlElement = new_element("div")
        body, area = self._outline.body, self._outline.area
        self._walk(body, content, in_area=body is area)
        self._keep_breaks_between()
        self._links.link(content)
        return content

    def _walk(self, element: HtmlElement, out: HtmlElement, *, in_area: bool) -> None:
        """Write what stands in a container; in_area: it is the article's area or stands in it."""
        for child in element:
            if child in self._tables:
                self._write_table(child, out)
            elif child in self._outline.chosen:
                self._write_chosen(child, out)
            elif child in self._outline.around:
                below = self._shell(child, out)
                self._walk(child, below, in_area=in_area or child is self._outline.area)
                if child.tag == "blockquote" and is_post(child):
                    self.figures.write_card(child, out)
            elif in_area:
                self._write_between(child, out)

    def _write_chosen(self, element: HtmlElement, out: HtmlElement) -> None:
        """Write a block with its pictures: before it, but those of an item within it."""
        is_item = element.tag == "li" or (element.tag in _TERMS and out.tag == "dl")
        if not is_item:
            self.figures.write(element, out)
        written = self.write_block(element, out)
        if is_item:
            self.figures.write(element, written)
        if is_post(element):
            self.figures.write_card(element, out)

    def write_block(self, element: HtmlElement, out: HtmlElement) -> HtmlElement:
        """Write one of the chosen blocks at the end of `out`; return it."""
        tag = self._tag_of(element, out)
        if tag == "li" and out.tag not in _LISTS:
            out = self._list_in(out)
        written = append(out, tag)
        self._links.carry(element, written)
        self._carry_attributes(element, written)
        self._last = self.sources[written] = self._outline.chosen[element]
        if tag == "pre":
            write_listing(element, written)
            return written
        inner = append(written, "strong") if element.tag == "summary" else written
        self._inline.write(element, inner)
        trim(inner)
        return written

    def _write_table(self, table: HtmlElement, out: HtmlElement) -> None:
        written = write_table(table, out, self._inline, self._links)
        self.figures.captions.write_of_table(table, written)
        inside = self._outline.within(table)
        self._last = self.sources[written] = inside[-1].index
        self.carried.update(b.index for b in inside)

    def _write_between(self, branch: HtmlElement, out: HtmlElement) -> None:
        """Write the pictures, embeds and thematic breaks of a branch that holds no text of the article."""
        if _is_break(branch):
            if self._last is not None and out.tag not in _CHILDREN_ONLY:
                self._breaks.append((append(out, "hr"), self._last))
        elif out.tag in _LISTS:
            item = new_element("li")
            self.figures.write(branch, item)
            if len(item):
                out.append(item)
        else:
            self.figures.write(branch, out)

    def _keep_breaks_between(self) -> None:
        """Keep the breaks between two blocks of the article; one beside what was taken out went with that."""
        chosen = sorted(self._outline.chosen.values())
        shown = self.carried | self.figures.captions.carried | self.figures.embedded
        for mark, before in self._breaks:
            position = bisect_right(chosen, before)
            between = range(before + 1, chosen[position]) if position < len(chosen) else None
            previous, following = mark.getprevious(), mark.getnext()
            if (
                between is None
                or not shown.issuperset(between)
                or previous is None
                or following is None
                or previous.tag == "hr"
            ):
                mark.drop_tree()

    def _list_in(self, out: HtmlElement) -> HtmlElement:
        """Return the list for an item that the page put into none; items that follow each other share it."""
        last = out[-1] if len(out) else None
        if last is None or last not in self._loose:
            last = append(out, "ul")
            self._loose.add(last)
        return last

    def _shell(self, element: HtmlElement, out: HtmlElement) -> HtmlElement:
        """Return where the content of a container goes: a list or a quote of its own, or straight on."""
        tag = str(element.tag)
        if tag == "li" and out.tag not in _LISTS:
            out = self._list_in(out)
        elif tag not in _SHELLS and not (tag in ("li", "dd", "dt") and out.tag in _CHILDREN_ONLY):
            self._links.keep_name_of(element)
            return out
        shell = append(out, tag)
        self._links.carry(element, shell)
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
        self._language.carry_block(element, written)


def _is_break(branch: HtmlElement) -> bool:
    while branch.tag == "div" and len(branch) == 1:
        branch = branch[0]
    return branch.tag == "hr"


def _level_of(element: HtmlElement) -> int:
    """Return a heading's level, 1 to 6; 0 when it is none."""
    if element.tag in HEADINGS:
        return int(str(element.tag)[1])
    if element.get("role") == "heading":
        stated = element.get("aria-level") or "2"
        return int(stated) if stated in _LEVELS else 2
    return 0
