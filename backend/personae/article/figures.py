"""Pictures with their captions and credits, among the article's blocks."""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are characters and shares; the line that uses one says what it tells
from lxml.html import HtmlElement

from personae.article.blocks import Block, fold, text_of
from personae.article.elements import append
from personae.article.embeds import player_card, post_card, post_in
from personae.article.formulas import is_formula_image
from personae.article.images import best_source, is_decoration, same_picture
from personae.article.names import names_of
from personae.article.outline import Outline
from personae.page.tree import new_element

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
        """Write the pictures and embeds of a branch that holds no other text of the article."""
        if out.tag in ("ul", "ol", "dl"):
            return
        if self._write_post(branch, out) or not self.is_pictorial(branch):
            return
        written: dict[HtmlElement, HtmlElement] = {}
        for media in branch.iter(*_MEDIA):
            if branch in self._outline.chosen and is_formula_image(media):
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

    def keep(self, figure: HtmlElement) -> None:
        """Count the words of a figure's caption among those that the article shows."""
        self.carried |= self._captions.pop(figure, set())

    def write_card(self, post: HtmlElement, out: HtmlElement) -> None:
        """Write a link card for a post whose words stand in the article as a quotation."""
        card = post_card(post, self._base_url)
        if card is not None:
            out.append(card)

    def is_pictorial(self, branch: HtmlElement) -> bool:
        """Tell pictures with captions from a list of teasers, a form, an avatar with a name."""
        if branch in self._outline.chosen:
            return True
        if next(branch.iter(*_MEDIA), None) is None:
            return False
        if any(
            e.tag in ("aside", "nav", "footer", "form")
            for e in (branch, *branch.iterdescendants("nav", "form"))
        ):
            return False
        spoken = [b for b in self._outline.within(branch) if not _is_caption(b)]
        return sum(b.width for b in spoken) < 200 and all(b.linked < 0.5 for b in spoken)

    def figure(
        self, image: HtmlElement, branch: HtmlElement, *, with_caption: bool = True
    ) -> HtmlElement | None:
        """Return a figure of one picture; None when it is no picture or has no source.

        branch: what the caption is looked for in, unless the picture stands in a figure of the page.
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
            self._write_caption(image, branch, figure)
        return figure

    def _of(self, media: HtmlElement, branch: HtmlElement, *, with_caption: bool) -> HtmlElement | None:
        if media.tag in _PICTURES:
            return self.figure(media, branch, with_caption=with_caption)
        card = player_card(media, self._base_url)
        if card is not None and with_caption and _figure_around(media, branch) is not None:
            self._write_caption(media, branch, card)
        return card

    def _write_post(self, branch: HtmlElement, out: HtmlElement) -> bool:
        """Write a card for a post that the branch is or holds: the post's own words are not the article's."""
        post = post_in(branch)
        card = None if post is None or branch in self._outline.chosen else post_card(post, self._base_url)
        if post is None or card is None:
            return False
        self.embedded.update(b.index for b in self._outline.within(post))
        out.append(card)
        return True

    def _write_caption(self, media: HtmlElement, branch: HtmlElement, figure: HtmlElement) -> None:
        caption, credit, said_in = self._caption(media, branch)
        self._captions[figure] = said_in
        if caption or credit:
            said = append(figure, "figcaption")
            said.text = caption or credit
            if caption and credit and credit not in caption:
                said.text = f"{caption} "
                append(said, "small").text = credit

    def _caption(self, media: HtmlElement, branch: HtmlElement) -> tuple[str, str, set[int]]:
        """Return caption and credit of a picture or player, each may be empty, and the blocks they are in."""
        chosen = self._outline.chosen
        holder = next(media.iterancestors("figure"), branch)
        if holder in chosen:
            return "", "", set()
        texts = [b for b in self._outline.within(holder) if b.element not in chosen]
        if holder.tag != "figure" and sum(1 for _ in holder.iter(*_MEDIA)) > 1:
            texts = []
        said = [b for b in texts if b.width <= _LONGEST_CAPTION and b.linked < 0.9]
        marks = [e for b in said for e in b.element.iter() if isinstance(e.tag, str) and _is_credit(e)]
        credit = next((text for e in marks if (text := text_of(e))), "")
        spoken = [text for b in said if (text := b.text.replace(credit, "").strip() if credit else b.text)]
        return fold(" ".join(dict.fromkeys(spoken))), credit, {b.index for b in said}


def _figure_around(media: HtmlElement, branch: HtmlElement) -> HtmlElement | None:
    """Return the page's figure that a picture or player stands in, None when it reaches beyond the branch."""
    for element in media.iterancestors():
        if element.tag == "figure":
            return element
        if element is branch:
            return None
    return None


def _is_repeated(figure: HtmlElement, out: HtmlElement) -> bool:
    """Tell whether a page shows one picture twice in a row, for browsers with scripts and without."""
    image, last = figure.find("img"), out.find("./figure[last()]/img")
    return image is not None and last is not None and same_picture(image.get("src", ""), last.get("src", ""))


def _is_known(image: HtmlElement, figure: HtmlElement) -> bool:
    """Tell whether a figure shows a picture already, in another size or for other screens."""
    return any(
        same_picture(image.get("src", ""), other.get("src", ""))
        or (image.get("alt") and image.get("alt") == other.get("alt"))
        for other in figure.iter("img")
    )


def _is_caption(block: Block) -> bool:
    near = (block.element, *block.trail[:3])
    if block.tag == "figcaption" or any(e.tag in ("figcaption", "figure") for e in near):
        return True
    return block.width < 300 and any(word in names_of(e) for e in near for word in _CAPTION_NAMES)


def _is_credit(element: HtmlElement) -> bool:
    return any(word in names_of(element) for word in _CREDIT_NAMES) or element.tag == "cite"
