"""Pictures with their captions and credits, among the article's blocks."""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are characters and shares; the line that uses one says what it tells
from lxml.html import HtmlElement

from personae.article.blocks import Block, fold, text_of
from personae.article.elements import append, new
from personae.article.embeds import player_card, post_card, post_in
from personae.article.features import names_of
from personae.article.images import best_source, is_decoration, same_picture
from personae.article.outline import Outline

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


class FigureWriter:
    """Writes figures.

    captions: the indices of the blocks that went into figures, filled as they are written.
    """

    def __init__(self, outline: Outline, base_url: str | None) -> None:
        self._outline = outline
        self._base_url = base_url
        self.captions: set[int] = set()

    def write(self, branch: HtmlElement, out: HtmlElement) -> None:
        """Write the pictures and embeds of a branch that holds no other text of the article."""
        if out.tag in ("ul", "ol", "dl"):
            return
        card = self._post(branch)
        if card is not None:
            out.append(card)
            return
        if not self.is_pictorial(branch):
            return
        for media in branch.iter("img", "iframe", "video"):
            figure = self.figure(media, branch) if media.tag == "img" else player_card(media, self._base_url)
            if figure is not None and not _is_repeated(figure, out):
                out.append(figure)

    def is_pictorial(self, branch: HtmlElement) -> bool:
        """Tell pictures with captions from a list of teasers, a form, an avatar with a name."""
        if branch in self._outline.chosen:
            return True
        if next(branch.iter("img", "iframe", "video"), None) is None:
            return False
        if any(
            e.tag in ("aside", "nav", "footer", "form")
            for e in (branch, *branch.iterdescendants("nav", "form"))
        ):
            return False
        spoken = [b for b in self._outline.within(branch) if not _is_caption(b)]
        return sum(b.width for b in spoken) < 200 and all(b.linked < 0.5 for b in spoken)

    def figure(self, image: HtmlElement, branch: HtmlElement) -> HtmlElement | None:
        """Return a figure of one picture; None when it is no picture or has no source.

        branch: what the caption is looked for in, unless the picture stands in a figure of the page.
        """
        source = None if is_decoration(image) else best_source(image, self._base_url)
        if source is None:
            return None
        figure: HtmlElement = new("figure")
        written = append(figure, "img")
        written.set("src", source)
        written.set("alt", fold(image.get("alt") or ""))
        for name in ("width", "height"):
            if (value := image.get(name) or "").isascii() and value.isdecimal():
                written.set(name, value)
        caption, credit = self._caption(image, branch)
        if caption or credit:
            said = append(figure, "figcaption")
            said.text = caption or credit
            if caption and credit and credit not in caption:
                said.text = f"{caption} "
                append(said, "small").text = credit
        return figure

    def _post(self, branch: HtmlElement) -> HtmlElement | None:
        post = post_in(branch)
        card = None if post is None or branch in self._outline.chosen else post_card(post, self._base_url)
        if post is not None and card is not None:
            self.captions.update(b.index for b in self._outline.within(post))
        return card

    def _caption(self, image: HtmlElement, branch: HtmlElement) -> tuple[str, str]:
        """Return caption and credit of an image; each may be empty."""
        chosen = self._outline.chosen
        holder = next((a for a in image.iterancestors("figure")), branch)
        if holder in chosen:
            return "", ""
        texts = [b for b in self._outline.within(holder) if b.element not in chosen]
        if holder.tag != "figure" and sum(1 for _ in holder.iter("img")) > 1:
            texts = []
        said = [b for b in texts if b.width <= _LONGEST_CAPTION and b.linked < 0.9]
        self.captions.update(b.index for b in texts)
        marks = [e for b in said for e in b.element.iter() if isinstance(e.tag, str) and _is_credit(e)]
        credit = next((text for e in marks if (text := text_of(e))), "")
        spoken = [text for b in said if (text := b.text.replace(credit, "").strip() if credit else b.text)]
        return fold(" ".join(dict.fromkeys(spoken)))[:_LONGEST_CAPTION], credit


def _is_repeated(figure: HtmlElement, out: HtmlElement) -> bool:
    """Tell whether a page shows one picture twice in a row, for browsers with scripts and without."""
    image, last = figure.find("img"), out.find("./figure[last()]/img")
    return image is not None and last is not None and same_picture(image.get("src", ""), last.get("src", ""))


def _is_caption(block: Block) -> bool:
    near = (block.element, *block.trail[:3])
    if block.tag == "figcaption" or any(e.tag in ("figcaption", "figure") for e in near):
        return True
    return block.width < 300 and any(word in names_of(e) for e in near for word in _CAPTION_NAMES)


def _is_credit(element: HtmlElement) -> bool:
    return any(word in names_of(element) for word in _CREDIT_NAMES) or element.tag == "cite"
