"""The article's HTML: the chosen blocks in their structure, the figures among them, and nothing else.

A new tree is written; nothing is deleted from the old one. What may stand in it: p, h2 to h6, ul, ol, li, dl,
blockquote, pre, tables, figures with img and figcaption, and inline marks. Classes, ids and styles
stay behind, but for the targets of the article's own footnote links.
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are characters and shares; the line that uses one says what it tells
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml.html import HtmlElement, HTMLParser, tostring

from personae.article.blocks import HEADINGS, INLINE, Block, fold, text_of
from personae.article.features import names_of
from personae.article.images import absolute_url, best_source, is_decoration, same_picture
from personae.article.paragraphs import INLINE as SHOWN_INLINE
from personae.model import LeadImage

_new = HTMLParser(encoding="utf-8").makeelement

_INLINE_MARKS = (
    "a abbr b bdi bdo br cite code del dfn em i ins kbd math q rb rp rt ruby s samp small strong sub sup "
    "time u var wbr"
)
_KEPT_INLINE = frozenset(_INLINE_MARKS.split())
_INLINE_ATTRIBUTES = {
    "a": ("title",),
    "abbr": ("title",),
    "time": ("datetime",),
    "bdo": ("dir",),
    "bdi": ("dir",),
    "math": ("display",),
}
_CELL_ATTRIBUTES = ("colspan", "rowspan", "scope")
_NEVER_INLINE = frozenset({"img", "picture", "source", "iframe", "video", "input", "select", "textarea"})
_LISTS = frozenset({"ul", "ol"})
_SHELLS = frozenset({"ul", "ol", "blockquote", "dl"})
_CAPTION_NAMES = ("caption", "legend", "bildunter", "credit", "copyright")
_CREDIT_NAMES = (
    "credit",
    "copyright",
    "source",
    "photographer",
    "byline",
    "author",
    "agency",
    "fotograf",
    "attribution",
)
_LONGEST_CAPTION = 600
_DEEPEST = 60


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
    return _Writer(body, blocks, chosen, base_url).write(lead)


def html_of(element: HtmlElement) -> str:
    """Return the inner HTML of an element."""
    parts = [tostring(child, encoding="unicode") for child in element]
    return (element.text or "") + "".join(parts)


class _Writer:
    def __init__(
        self, body: HtmlElement, blocks: list[Block], chosen: frozenset[int], base_url: str | None
    ) -> None:
        self._body = body
        self._base_url = base_url
        self._blocks = {b.element: b for b in blocks}
        self._all = blocks
        self._spans = _spans_of(blocks)
        self._chosen = {b.element: b.index for b in blocks if b.index in chosen}
        self._around = {e for b in blocks if b.index in chosen for e in b.trail}
        self._tables = self._data_tables()
        self._wanted_ids = self._footnote_targets()
        self._area = self._smallest_around()
        self._done = Tidy(_new("div"))

    def write(self, lead: LeadImage | None) -> Tidy:
        self._walk(self._body, self._done.content, 0)
        _join_loose_lists(self._done.content)
        self._done.lead_image = self._lead(lead)
        return self._done

    # ------------------------------------------------------------ structure

    def _walk(self, element: HtmlElement, out: HtmlElement, depth: int) -> None:
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child in self._tables:
                self._write_table(child, out)
            elif child in self._chosen:
                self._write_figures(child, out)
                self.write_block(child, out)
            elif child in self._around:
                self._walk(child, self._shell(child, out), depth + 1)
            elif element is self._area or self._area in element.iterancestors():
                self._write_figures(child, out)

    def _shell(self, element: HtmlElement, out: HtmlElement) -> HtmlElement:
        """Return where the content of a container goes: a list or a quote of its own, or straight on."""
        if element.tag in _SHELLS:
            return _append(out, element.tag)
        if element.tag in ("li", "dd") and out.tag in ("ul", "ol", "dl"):
            return _append(out, element.tag)
        if element.tag == "li":
            return _append(_append(out, "ul"), "li")
        return out

    def write_block(self, element: HtmlElement, out: HtmlElement) -> None:
        tag = self._tag_of(element, out)
        if tag == "li" and out.tag not in _LISTS:
            last = out[-1] if len(out) else None
            out = (
                last
                if last is not None and last.tag in _LISTS and last.get("data-loose")
                else _append(out, "ul")
            )
            out.set("data-loose", "1")
        written = _append(out, tag)
        if tag == "pre":
            written.text = "".join(element.itertext())
        else:
            self._inline(element, written, 0)
            _trim(written)
        self._carry_id(element, written)
        self._done.sources[written] = self._chosen[element]

    def _tag_of(self, element: HtmlElement, out: HtmlElement) -> str:
        tag = str(element.tag)
        if tag == "h1":
            return "h2"
        if tag in HEADINGS or tag in ("pre", "li", "blockquote"):
            return tag
        if tag in ("dt", "dd") and out.tag == "dl":
            return tag
        return "p"

    def _write_table(self, table: HtmlElement, out: HtmlElement) -> None:
        written = _append(out, "table")
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is not table:
                continue
            line = _append(written, "tr")
            for cell in row:
                if cell.tag in ("td", "th"):
                    new = _append(line, str(cell.tag))
                    for name in _CELL_ATTRIBUTES:
                        if value := cell.get(name):
                            new.set(name, value)
                    self._inline(cell, new, 0)
                    _trim(new)
        self._done.sources[written] = self._within(table)[-1].index

    def _data_tables(self) -> set[HtmlElement]:
        """Return the tables most of whose cells were chosen and that are tables, not a page's layout."""
        return {e for e in self._around if e.tag == "table" and self._is_data(e)}

    def _is_data(self, table: HtmlElement) -> bool:
        inside = self._within(table)
        rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
        cells = sum(map(len, rows))
        if (
            next(table.iterdescendants("table"), None) is not None
            or len(rows) < 2
            or cells < 2 * len(rows) - 1
        ):
            return False
        chosen = sum(b.element in self._chosen for b in inside)
        return (
            chosen * 2 >= len(inside)
            and len(inside) <= 1.5 * cells
            and max((b.width for b in inside), default=0) < 500
        )

    def _within(self, element: HtmlElement) -> list[Block]:
        """Return the blocks that are the element or stand in it."""
        first, last = self._spans.get(element, (0, 0))
        return self._all[first:last]

    # ------------------------------------------------------------ inline

    def _inline(self, element: HtmlElement, out: HtmlElement, depth: int) -> None:
        _add_text(out, element.text)
        for child in element:
            if isinstance(child.tag, str):
                if depth > _DEEPEST:
                    _add_text(out, "".join(child.itertext()))
                else:
                    self._inline_child(child, out, depth)
            _add_text(out, child.tail)

    def _inline_child(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        tag = str(child.tag)
        if tag in _NEVER_INLINE:
            return
        if tag == "math":
            _copy_math(child, _append(out, "math"))
        elif tag not in _KEPT_INLINE:
            space = " " if tag not in INLINE else None
            _add_text(out, space)
            self._inline(child, out, depth + 1)
            _add_text(out, space)
        elif tag == "a":
            self._anchor(child, out, depth)
        else:
            self._inline(child, self._copied(child, out), depth + 1)

    def _anchor(self, child: HtmlElement, out: HtmlElement, depth: int) -> None:
        href = self._href(child)
        if href is None and not child.get("id"):
            self._inline(child, out, depth + 1)
            return
        new = self._copied(child, out)
        if href:
            new.set("href", href)
        self._inline(child, new, depth + 1)

    def _copied(self, child: HtmlElement, out: HtmlElement) -> HtmlElement:
        new = _append(out, str(child.tag))
        for name in _INLINE_ATTRIBUTES.get(str(child.tag), ()):
            if value := child.get(name):
                new.set(name, value)
        self._carry_id(child, new)
        return new

    def _href(self, anchor: HtmlElement) -> str | None:
        href = (anchor.get("href") or "").strip()
        if href.startswith("#"):
            return href if len(href) > 1 and href[1:] in self._wanted_ids else None
        if href.lower().startswith("mailto:"):
            return href
        return absolute_url(href, self._base_url) if href else None

    def _footnote_targets(self) -> set[str]:
        """Return the ids inside the article's blocks that links inside the article's blocks point to."""
        links = {
            href[1:]
            for element in self._chosen
            for a in element.iter("a")
            if (href := a.get("href") or "").startswith("#") and len(href) > 1
        }
        if not links:
            return set()
        own = {
            name for e in self._chosen for x in e.iter() if isinstance(x.tag, str) and (name := x.get("id"))
        }
        own |= {name for e in self._around if (name := e.get("id"))}
        return links & own

    def _carry_id(self, element: HtmlElement, new: HtmlElement) -> None:
        name = element.get("id")
        if name and name in self._wanted_ids:
            new.set("id", name)

    # ------------------------------------------------------------ figures

    def _smallest_around(self) -> HtmlElement:
        """Return the smallest element that holds every chosen block."""
        area = self._body
        trails = [tuple(reversed(b.trail)) for b in self._all if b.element in self._chosen]
        for level in zip(*trails, strict=False):
            if any(e is not level[0] for e in level):
                break
            area = level[0]
        return area

    def _write_figures(self, branch: HtmlElement, out: HtmlElement) -> None:
        """Write the pictures and embeds of a branch that holds no other text of the article."""
        if out.tag in ("ul", "ol", "dl"):
            return
        card = self._card(branch)
        if card is not None:
            out.append(card)
            return
        if not self._is_pictorial(branch):
            return
        for media in branch.iter("img", "iframe", "video"):
            figure = self._figure(media, branch) if media.tag == "img" else _embed(media, self._base_url)
            if figure is not None and not self._is_repeated(figure, out):
                out.append(figure)

    def _is_pictorial(self, branch: HtmlElement) -> bool:
        """Tell pictures with captions from a list of teasers, a form, an avatar with a name."""
        if branch in self._chosen:
            return True
        if next(branch.iter("img", "iframe", "video"), None) is None:
            return False
        if any(
            e.tag in ("aside", "nav", "footer", "form")
            for e in (branch, *branch.iterdescendants("nav", "form"))
        ):
            return False
        inside = self._within(branch)
        spoken = [b for b in inside if not _is_caption(b)]
        return sum(b.width for b in spoken) < 200 and all(b.linked < 0.5 for b in spoken)

    def _figure(self, image: HtmlElement, branch: HtmlElement) -> HtmlElement | None:
        source = None if is_decoration(image) else best_source(image, self._base_url)
        if source is None:
            return None
        figure = _new("figure")
        new = _append(figure, "img")
        new.set("src", source)
        new.set("alt", fold(image.get("alt") or ""))
        for name in ("width", "height"):
            if (value := image.get(name) or "").isascii() and value.isdecimal():
                new.set(name, value)
        caption, credit = self._caption(image, branch)
        if caption or credit:
            said = _append(figure, "figcaption")
            said.text = caption or credit
            if caption and credit and credit not in caption:
                said.text = f"{caption} "
                _append(said, "small").text = credit
        return figure

    def _caption(self, image: HtmlElement, branch: HtmlElement) -> tuple[str, str]:
        """Return caption and credit of an image; each may be empty."""
        holder = next((a for a in image.iterancestors("figure")), branch)
        if holder in self._chosen:
            return "", ""
        texts = [b for b in self._within(holder) if b.element not in self._chosen]
        if holder.tag != "figure" and sum(1 for _ in holder.iter("img")) > 1:
            texts = []
        said = [b for b in texts if b.width <= _LONGEST_CAPTION and b.linked < 0.9]
        self._done.captions.update(b.index for b in texts)
        marks = [e for b in said for e in b.element.iter() if isinstance(e.tag, str) and _is_credit(e)]
        credit = next((text for e in marks if (text := text_of(e))), "")
        spoken = [text for b in said if (text := b.text.replace(credit, "").strip() if credit else b.text)]
        return fold(" ".join(dict.fromkeys(spoken)))[:_LONGEST_CAPTION], credit

    def _is_repeated(self, figure: HtmlElement, out: HtmlElement) -> bool:
        """Tell whether a page shows one picture twice in a row, for browsers with scripts and without."""
        image, last = figure.find("img"), out.find("./figure[last()]/img")
        return (
            image is not None and last is not None and same_picture(image.get("src", ""), last.get("src", ""))
        )

    def _card(self, branch: HtmlElement) -> HtmlElement | None:
        """Return a link card for an embedded post: the post's own words are not the article's."""
        posts = [e for e in (branch, *branch.iterchildren()) if isinstance(e.tag, str) and _is_post(e)]
        if not posts or branch in self._chosen:
            return None
        links = [u for a in posts[0].iter("a") if (u := absolute_url(a.get("href") or "", self._base_url))]
        if not links:
            return None
        self._done.captions.update(b.index for b in self._within(posts[0]))
        return _card_of(links[-1], urlsplit(links[-1]).netloc.removeprefix("www."))

    # ------------------------------------------------------------ lead image

    def _lead(self, stated: LeadImage | None) -> LeadImage | None:
        """Return the picture above the story: the page's own top figure, else what the metadata state.

        It is taken out of the content, where it would stand twice.
        """
        top = self._top_figure()
        if top is None:
            above = self._figure_above()
            if above is not None and (stated is None or same_picture(above.src, stated.src) or above.caption):
                return above
            return stated
        found = _as_lead(top)
        self._done.content.remove(top)
        return found

    def _top_figure(self) -> HtmlElement | None:
        for child in self._done.content:
            if child.tag != "figure":
                return None
            if child.get("class") != "embed" and child.find("img") is not None:
                return child
        return None

    def _figure_above(self) -> LeadImage | None:
        """Look for a figure between the headline and the first block, outside the smallest container."""
        first = next((b for b in self._all if b.element in self._chosen), None)
        if first is None:
            return None
        for around in (first.element, *first.trail[:6]):
            for sibling in around.itersiblings(preceding=True):
                if sibling.tag not in ("nav", "aside", "form") and isinstance(sibling.tag, str):
                    for image in sibling.iter("img"):
                        if next(image.iterancestors("figure", "picture"), None) is None:
                            continue
                        holder = next(image.iterancestors("figure", "picture"))
                        figure = self._figure(image, holder) if self._is_pictorial(holder) else None
                        if figure is not None:
                            return _as_lead(figure)
            if around.tag in ("article", "main") or around.find(".//h1") is not None:
                break
        return None


def _spans_of(blocks: list[Block]) -> dict[HtmlElement, tuple[int, int]]:
    """Return where in the list the blocks of each element begin and end (exclusive)."""
    spans: dict[HtmlElement, tuple[int, int]] = {}
    for position, block in enumerate(blocks):
        for element in (block.element, *block.trail):
            first, _ = spans.get(element, (position, position))
            spans[element] = (first, position + 1)
    return spans


def _as_lead(figure: HtmlElement) -> LeadImage:
    image = next(figure.iter("img"))
    said, credit = figure.find("figcaption"), figure.find("figcaption/small")
    caption = fold(said.text or "") if said is not None else ""
    return LeadImage(
        src=image.get("src", ""),
        alt=image.get("alt") or "",
        caption=caption,
        credit=text_of(credit) if credit is not None else "",
        width=_pixels(image.get("width")),
        height=_pixels(image.get("height")),
    )


def _pixels(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() and len(value) < 6 and int(value) else None


def _is_caption(block: Block) -> bool:
    near = (block.element, *block.trail[:3])
    if block.tag == "figcaption" or any(e.tag in ("figcaption", "figure") for e in near):
        return True
    return block.width < 300 and any(word in names_of(e) for e in near for word in _CAPTION_NAMES)


def _is_credit(element: HtmlElement) -> bool:
    return any(word in names_of(element) for word in _CREDIT_NAMES) or element.tag == "cite"


def _is_post(element: HtmlElement) -> bool:
    names = element.get("class") or ""
    return element.tag in ("blockquote", "div", "section") and any(
        word in names
        for word in (
            "twitter-tweet",
            "instagram-media",
            "tiktok-embed",
            "fb-post",
            "bluesky-embed",
            "mastodon-embed",
        )
    )


def _embed(media: HtmlElement, base_url: str | None) -> HtmlElement | None:
    """Return a link card for an embedded player or document; None for what shows nothing."""
    address = media.get("src") or media.get("data-src") or ""
    if media.tag == "video" and not address:
        address = next((s.get("src") or "" for s in media.iter("source")), "")
    address = absolute_url(address, base_url) or ""
    title = fold(media.get("title") or media.get("aria-label") or "")
    if (
        not address
        or is_decoration(media)
        or (media.tag == "iframe" and not (title or media.get("allowfullscreen") is not None))
    ):
        return None
    return _card_of(address, title or urlsplit(address).netloc.removeprefix("www."))


def _card_of(address: str, title: str) -> HtmlElement:
    figure = _new("figure", {"class": "embed"})
    link = _append(_append(figure, "p"), "a")
    link.set("href", address)
    link.text = title
    return figure


def _append(parent: HtmlElement, tag: str) -> HtmlElement:
    child: HtmlElement = _new(tag)
    parent.append(child)
    return child


def _add_text(out: HtmlElement, text: str | None) -> None:
    if not text:
        return
    if len(out):
        out[-1].tail = (out[-1].tail or "") + text
    else:
        out.text = (out.text or "") + text


def _trim(element: HtmlElement) -> None:
    """Take white space and breaks off both ends of a block."""
    while len(element) and element[0].tag == "br" and not (element.text or "").strip():
        element.text = element[0].tail or ""
        element.remove(element[0])
    while len(element) and element[-1].tag == "br" and not (element[-1].tail or "").strip():
        element.remove(element[-1])
    if element.text:
        element.text = element.text.lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() or None
    elif element.text:
        element.text = element.text.rstrip()


def _copy_math(source: HtmlElement, target: HtmlElement) -> None:
    """Copy what a formula shows; its annotations in other notations are not shown."""
    if display := source.get("display"):
        target.set("display", display)
    _add_text(target, source.text)
    for child in source:
        if isinstance(child.tag, str) and not child.tag.startswith("annotation"):
            _copy_math(child, _append(target, child.tag) if child.tag in SHOWN_INLINE else target)
        _add_text(target, child.tail)


def _join_loose_lists(content: HtmlElement) -> None:
    for element in content.iter("ul"):
        if element.get("data-loose"):
            del element.attrib["data-loose"]


def block_html(blocks: tuple[Block, ...], base_url: str | None) -> str:
    """Return the HTML of some blocks that are not in the article, so that a view can show them."""
    body = _new("body")
    writer = _Writer(body, list(blocks), frozenset(b.index for b in blocks), base_url)
    out = _new("div")
    for block in blocks:
        writer.write_block(block.element, out)
    _join_loose_lists(out)
    return html_of(out)
