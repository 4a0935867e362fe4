"""Pictures with their captions and credits, among the article's blocks."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import islice

from lxml.html import HtmlElement

from personae.article.segment.blocks import Block
from personae.article.segment.formulas import is_formula_image
from personae.article.vocabulary.element_names import names_of, names_of_kind
from personae.article.write.images import best_source, is_decoration, is_picture_file, same_picture
from personae.article.write.link_cards import player_card, post_card, post_in
from personae.article.write.outline import Outline
from personae.markup.elements import append
from personae.markup.text import fold, text_of
from personae.markup.tree import new_element

_CAPTION_NAMES, _CREDIT_NAMES = names_of_kind("caption"), names_of_kind("credit")
# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026.
# Beside pictures, what is no caption is less wide than this together, and each less than half links.
_MOST_TEXT = 200
_TEXT_LINKED = 0.5
# With at least this share of links, what stands with a picture leads elsewhere.
_CAPTION_LINKED = 0.9
# What is called a caption is less wide than this; elements so far around a block may be called so.
_CAPTION_WIDTH, _CAPTION_LEVELS = 300, 3
_LONGEST_CAPTION = 600
_PICTURES = ("img", "amp-img")
_MEDIA = (*_PICTURES, "iframe", "video")


class FigureWriter:
    """Writes figures.

    carried: the indices of the blocks whose words went into captions; embedded: those of posts that a card
    stands for. Both are filled as figures are written.
    """

    def __init__(self, outline: Outline, base_url: str | None) -> None:
        self._outline = outline
        self._base_url = base_url
        self._captions: dict[HtmlElement, set[int]] = {}
        self.carried: set[int] = set()
        self.embedded: set[int] = set()

    def write(self, branch: HtmlElement, out: HtmlElement) -> None:
        """Write the pictures and embeds of a branch: a block of the article, or what holds no text of it."""
        if out.tag in ("ul", "ol", "dl"):
            return
        is_block = branch in self._outline.chosen
        if not is_block and (self._write_post(branch, out) or not self.is_pictorial(branch)):
            return
        written: dict[HtmlElement, HtmlElement] = {}
        for media in branch.iter(*_MEDIA):
            if is_block and is_formula_image(media):
                continue  # it stands in its line
            holder = _figure_around(media, branch)
            known = written.get(holder) if holder is not None else None
            figure = self._of(media, branch, with_caption=known is None)
            if figure is None or _is_repeated(figure, out):
                continue
            if known is not None and media.tag in _PICTURES:
                if _is_known(figure[0], known):
                    continue
                known.insert(sum(1 for _ in known.iter("img")), figure[0])
                continue
            self.keep(figure)
            out.append(figure)
            if holder is not None:
                written[holder] = figure
        if written:
            self._write_galleries(branch, written)

    def keep(self, figure: HtmlElement) -> None:
        """Count the words of a figure's caption among those that the article shows."""
        self.carried |= self._captions.pop(figure, set())

    def write_card(self, post: HtmlElement, out: HtmlElement) -> None:
        """Write a link card for a post whose words stand in the article as a quotation."""
        card = post_card(post, self._base_url)
        if card is not None:
            out.append(card)

    def write_table_caption(self, table: HtmlElement, written: HtmlElement) -> None:
        """Write the caption of the figure that a table without one stands in; its words count as shown."""
        holder = next(table.iterancestors("figure"), None)
        around = holder.find("figcaption") if holder is not None else None
        if around is None or written.find("caption") is not None:
            return
        words = [b for b in self._outline.within(around) if b.element not in self._outline.chosen]
        if words:
            caption: HtmlElement = new_element("caption")
            caption.text = " ".join(b.text for b in words)
            written.insert(0, caption)
            self.carried.update(b.index for b in words)

    def is_pictorial(self, branch: HtmlElement) -> bool:
        """Return True for pictures with captions, False for teasers, a form, an avatar with a name."""
        if next(branch.iter(*_MEDIA), None) is None:
            return False
        if any(
            e.tag in ("aside", "nav", "footer", "form")
            for e in (branch, *branch.iterdescendants("nav", "form"))
        ):
            return False
        width = 0.0
        for block in self._outline.within(branch):
            if not _is_caption(block):
                width += block.width
                if width >= _MOST_TEXT or block.linked >= _TEXT_LINKED:
                    return False
        return True

    def figure(
        self, image: HtmlElement, branch: HtmlElement, *, with_caption: bool = True
    ) -> HtmlElement | None:
        """Return a figure of one picture; None when it is no picture or has no source.

        branch: what the caption is looked for in at most, unless the picture stands in a figure of the page.
        """
        source = None if is_decoration(image) else best_source(image, self._base_url)
        if source is None:
            return None
        figure: HtmlElement = new_element("figure")
        written = append(figure, "img")
        written.set("src", source)
        written.set("alt", fold(image.get("alt") or ""))
        for name in ("width", "height"):
            if (value := image.get(name) or "").isascii() and value.isdecimal():
                written.set(name, value)
        if with_caption:
            self._write_caption(_holder_of(image, branch), figure)
        return figure

    def _write_galleries(self, branch: HtmlElement, written: dict[HtmlElement, HtmlElement]) -> None:
        """Put figures that stand in a figure of the page under the caption that it adds.

        written: figure of the page -> what was written of it; all of them stand beside each other.
        """
        galleries: dict[HtmlElement, list[HtmlElement]] = {}
        for holder, figure in written.items():
            outer = _figure_around(holder, branch) if holder is not branch else None
            if outer is not None and outer not in written:
                galleries.setdefault(outer, []).append(figure)
        for outer, inner in galleries.items():
            is_single = len(inner) == 1 and inner[0].find("figcaption") is None
            gallery: HtmlElement = inner[0] if is_single else new_element("figure")
            self._write_caption(outer, gallery)
            self.keep(gallery)
            if not is_single and len(gallery):
                inner[0].addprevious(gallery)
                gallery[:0] = inner

    def _of(self, media: HtmlElement, branch: HtmlElement, *, with_caption: bool) -> HtmlElement | None:
        if media.tag in _PICTURES:
            return self.figure(media, branch, with_caption=with_caption)
        card = player_card(media, self._base_url)
        holder = _figure_around(media, branch) if with_caption else None
        if card is not None and holder is not None:
            self._write_caption(holder, card)
        return card

    def _write_post(self, branch: HtmlElement, out: HtmlElement) -> bool:
        """Write a card for a post that the branch is or holds: the post's own words are not the article's."""
        post = post_in(branch)
        card = None if post is None else post_card(post, self._base_url)
        if post is None or card is None:
            return False
        self.embedded.update(b.index for b in self._outline.within(post))
        out.append(card)
        return True

    def _write_caption(self, holder: HtmlElement, figure: HtmlElement) -> None:
        """Write the caption and the credit that stand in `holder`."""
        blocks = self._caption_blocks(holder)
        self._captions[figure] = {b.index for b in blocks}
        marks = (e for b in blocks for e in b.element.iter() if isinstance(e.tag, str) and _is_credit(e))
        mark = next((e for e in marks if text_of(e)), None)
        credit = text_of(mark) if mark is not None else ""
        texts = [b.text if mark is None else _text_besides(b.element, mark) for b in blocks]
        caption = " ".join(dict.fromkeys(text for text in texts if text and text != credit))
        if not (caption or credit):
            return
        written = append(figure, "figcaption")
        written.text = caption
        if credit and not re.search(rf"(?<!\w){re.escape(credit)}(?!\w)", caption):
            written.text += " " if caption else ""
            append(written, "small").text = credit

    def _caption_blocks(self, holder: HtmlElement) -> list[Block]:
        """Return the blocks of a caption: of a figure its own, not those of figures in it."""
        chosen = self._outline.chosen
        if holder in chosen:
            return []
        return [
            b
            for b in self._outline.within(holder)
            if b.element not in chosen
            and b.width <= _LONGEST_CAPTION
            and (b.linked < _CAPTION_LINKED or _enlarges(b))
            and (holder.tag != "figure" or _nearest_figure(b) is holder)
        ]


def _holder_of(image: HtmlElement, branch: HtmlElement) -> HtmlElement:
    """Return what holds a picture and its caption: a figure, else the largest part with no other picture."""
    figure = next(image.iterancestors("figure"), None)
    if figure is not None:
        return figure
    holder = image
    while holder is not branch:
        around = holder.getparent()
        if around is None or len(list(islice(around.iter(*_MEDIA), 2))) > 1:
            break
        holder = around
    return holder


def _nearest_figure(block: Block) -> HtmlElement | None:
    return next((e for e in (block.element, *block.trail) if e.tag == "figure"), None)


def _enlarges(block: Block) -> bool:
    """Return True for a caption in a figure that links as a whole to its picture at full size."""
    around = next((e for e in (block.element, *block.trail) if e.tag == "a"), None)
    return around is not None and is_picture_file(around.get("href") or "")


def _text_besides(element: HtmlElement, mark: HtmlElement) -> str:
    """Return an element's text without that of one of the elements in it."""
    position = next((i for i, inner in enumerate(element.iter()) if inner is mark), 0)
    if not position:
        return "" if element is mark else text_of(element)
    copy = deepcopy(element)
    next(islice(copy.iter(), position, None)).drop_tree()
    return text_of(copy)


def _figure_around(media: HtmlElement, branch: HtmlElement) -> HtmlElement | None:
    """Return the page's figure that a picture or player stands in, None when it reaches beyond the branch."""
    for element in media.iterancestors():
        if element.tag == "figure":
            return element
        if element is branch:
            return None
    return None


def _is_repeated(figure: HtmlElement, out: HtmlElement) -> bool:
    """Return True for a picture that was written before, or just now in another size (in a noscript)."""
    image = figure.find("img")
    if image is None:
        return False
    source, last = image.get("src", ""), out[-1].find("img") if len(out) else None
    return any(source == other.get("src") for other in out.iter("img")) or (
        last is not None and same_picture(source, last.get("src", ""))
    )


def _is_known(image: HtmlElement, figure: HtmlElement) -> bool:
    """Return whether a figure shows a picture already, in another size or for other screens."""
    return any(
        same_picture(image.get("src", ""), other.get("src", ""))
        or (image.get("alt") and image.get("alt") == other.get("alt"))
        for other in figure.iter("img")
    )


def _is_caption(block: Block) -> bool:
    near = (block.element, *block.trail[:_CAPTION_LEVELS])
    if block.tag == "figcaption" or any(e.tag in ("figcaption", "figure") for e in near):
        return True
    return block.width < _CAPTION_WIDTH and any(_CAPTION_NAMES.search(names_of(e)) for e in near)


def _is_credit(element: HtmlElement) -> bool:
    return element.tag == "cite" or _CREDIT_NAMES.search(names_of(element)) is not None
