"""Pictures with their captions and credits, among the article's blocks."""

from __future__ import annotations

from lxml.html import HtmlElement

from personae.article.segment.caption_lines import is_called_caption, labels_among
from personae.article.segment.inline_pictures import stands_in_line
from personae.article.write.captions import CaptionWriter
from personae.article.write.images import best_source, is_decoration, picture_key, same_picture
from personae.article.write.inline import InlineWriter
from personae.article.write.link_cards import player_card, post_in
from personae.article.write.outline import Outline
from personae.article.write.quoted_posts import post_card, post_quotation
from personae.markup.content_model import HEADINGS
from personae.markup.elements import append
from personae.markup.text import fold
from personae.markup.tree import new_element

# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026.
# Beside pictures, what is no caption is less wide than this together, and each less than half links.
_MOST_TEXT = 200
_TEXT_LINKED = 0.5
_PICTURES = ("img", "amp-img")
_MEDIA = (*_PICTURES, "iframe", "video")


class FigureWriter:
    """Writes figures.

    captions: writes theirs, and knows which blocks went into them; embedded: the indices of the blocks of
    posts that a card stands for, filled as they are written.
    """

    def __init__(self, outline: Outline, base_url: str | None, inline: InlineWriter) -> None:
        self._outline = outline
        self._base_url = base_url
        self._inline = inline
        self._shown: dict[str, set[str]] = {}
        self.captions = CaptionWriter(outline)
        self.embedded: set[int] = set()

    def write(self, branch: HtmlElement, out: HtmlElement) -> None:
        """Write the pictures and embeds of a branch: a block of the article, or what holds no text of it."""
        if out.tag in ("ul", "ol", "dl"):
            return
        is_block = branch in self._outline.chosen
        if not is_block and (self._write_post(branch, out) or not self.is_pictorial(branch)):
            return
        written: dict[HtmlElement, _Pictures] = {}
        last = None
        for media in branch.iter(*_MEDIA):
            if is_block and stands_in_line(media):
                continue
            holder = _figure_around(media, branch)
            known = written.get(holder) if holder is not None else None
            figure = self._of(media, branch, with_caption=known is None)
            if figure is None or self._is_repeated(figure, out):
                continue
            if known is not None and media.tag in _PICTURES:
                known.add(figure[0])
                continue
            self.captions.keep(figure)
            out.append(figure)
            last = figure
            if holder is not None:
                written[holder] = _Pictures(figure)
        if last is not None and not is_block and last.find("figcaption") is None:
            self.captions.write_beside(branch, last)
        if written:
            self._write_galleries(branch, {holder: shown.figure for holder, shown in written.items()})

    def write_card(self, post: HtmlElement, out: HtmlElement) -> None:
        """Write a link card for a post whose words stand in the article as a quotation."""
        card = post_card(post, self._base_url)
        if card is not None:
            out.append(card)

    def is_pictorial(self, branch: HtmlElement) -> bool:
        """Return True for pictures with captions, False for teasers, a form, an avatar with a name."""
        if next(branch.iter(*_MEDIA), None) is None:
            return False
        if any(
            e.tag in ("aside", "nav", "footer", "form")
            for e in (branch, *branch.iterdescendants("nav", "form"))
        ):
            return False
        blocks = self._outline.within(branch)
        if sum(b.tag in HEADINGS for b in blocks) > 1:
            return False  # headlines of other stories
        labels = labels_among(blocks)
        width = 0.0
        for block in blocks:
            if block.index not in labels and not is_called_caption(block):
                width += block.width
                if width >= _MOST_TEXT or block.linked >= _TEXT_LINKED:
                    return False
        return True

    def _is_repeated(self, figure: HtmlElement, out: HtmlElement) -> bool:
        """Return True for a picture written before with the same words, or just now in another size."""
        image = figure.find("img")
        if image is None:
            return False
        source = image.get("src", "")
        caption = figure.find("figcaption")
        words = "".join(caption.itertext()) if caption is not None else ""
        last = out[-1].find("img") if len(out) else None
        if (
            last is not None
            and same_picture(source, last.get("src", ""))
            and not (words and len(out[-1]) > 1)
        ):
            return True
        known = self._shown.setdefault(source, set())
        if known and (not words or words in known):
            return True
        known.add(words)
        return False

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
            self.captions.write(self.captions.holder_of(image, branch), figure)
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
            self.captions.write(outer, gallery)
            self.captions.keep(gallery)
            if not is_single and len(gallery):
                inner[0].addprevious(gallery)
                gallery[:0] = inner

    def _of(self, media: HtmlElement, branch: HtmlElement, *, with_caption: bool) -> HtmlElement | None:
        if media.tag in _PICTURES:
            return self.figure(media, branch, with_caption=with_caption)
        card = player_card(media, self._base_url)
        holder = _figure_around(media, branch) if with_caption else None
        if card is not None and holder is not None:
            self.captions.write(holder, card)
        return card

    def _write_post(self, branch: HtmlElement, out: HtmlElement) -> bool:
        """Write the post of a network that the branch is or holds: a quotation, without words a card.

        Its words are the article's only when they were chosen.
        """
        post = post_in(branch)
        if post is None:
            return False
        blocks = self._outline.within(post)
        places = {b.index for b in blocks}
        quotation = post_quotation(post, blocks, self._inline, self._base_url)
        figure = quotation if quotation is not None else post_card(post, self._base_url)
        if figure is None:
            return False
        if quotation is not None:
            self.captions.carried |= places
        else:
            self.embedded |= places
        out.append(figure)
        return True


def _figure_around(media: HtmlElement, branch: HtmlElement) -> HtmlElement | None:
    """Return the page's figure that a picture or player stands in, None when it reaches beyond the branch."""
    for element in media.iterancestors():
        if element.tag == "figure":
            return element
        if element is branch:
            return None
    return None


class _Pictures:
    """The pictures of one figure of the page, each once: not in another size or for other screens."""

    def __init__(self, figure: HtmlElement) -> None:
        self.figure = figure
        self._known: set[str] = set()
        self._count = 0
        for image in figure.iter("img"):
            self._note(image)

    def add(self, image: HtmlElement) -> None:
        """Add a picture after the others, unless the figure shows it already."""
        if self._known.isdisjoint(_marks(image)):
            self.figure.insert(self._count, image)
            self._note(image)

    def _note(self, image: HtmlElement) -> None:
        self._known.update(_marks(image))
        self._count += 1


def _marks(image: HtmlElement) -> set[str]:
    """Return what tells a picture from others of its figure: its address without the size, its other text."""
    return {picture_key(image.get("src", ""))} | ({f"alt {alt}"} if (alt := image.get("alt")) else set())
