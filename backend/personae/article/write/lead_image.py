"""The picture that stands above the story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from personae.article.segment.picture_addresses import stated_sizes
from personae.article.write.figures import FigureWriter
from personae.article.write.images import same_picture
from personae.article.write.outline import Outline
from personae.markup.text import fold, text_of, width_of
from personae.model import LeadImage

# Chosen by hand on tests/pages and the development corpus in November 2026.
_LEVELS_ABOVE = 6
_MOST_DIGITS = 5  # of a width in pixels
# So many pictures are looked at; one without a caption and outside a figure is at least so wide and high, in
# pixels.
_MOST_ABOVE, _LARGE = 40, 300
# A line that is not called a caption and less wide than this may be somebody's name beside a face.
_CAPTION_WIDTH = 25


def take_lead(
    content: HtmlElement, outline: Outline, figures: FigureWriter, stated: LeadImage | None
) -> LeadImage | None:
    """Return the picture above the story: the page's own top figure, else what the metadata state.

    One that the metadata state, and that the page shows without a caption, is described as the page does.
    It is taken out of the content, where it would stand twice.
    """
    top = _top_figure(content)
    if top is None:
        for figure in _figures_above(outline, figures):
            above = _as_lead(figure)
            says_something = bool(above.caption or above.credit)
            if says_something or stated is None:
                figures.captions.keep(figure)
                return above
            if same_picture(above.src, stated.src):
                return replace(stated, alt=above.alt or stated.alt)
        return stated
    found = _as_lead(top)
    content.remove(top)
    return found


def _top_figure(content: HtmlElement) -> HtmlElement | None:
    for child in content:
        if child.tag != "figure":
            return None
        if child.get("class") != "embed":
            return child if len(child.findall("img")) == 1 else None
    return None


def _figures_above(outline: Outline, figures: FigureWriter) -> Iterator[HtmlElement]:
    """Yield the figures between headline and first block, outside the smallest container, nearest first.

    A picture that stands in no figure counts when it has a caption, or is as large as a story's picture.
    """
    first = outline.first()
    if first is None:
        return
    for image, branch in islice(_images_above(first.element, first.trail[:_LEVELS_ABOVE]), _MOST_ABOVE):
        holder = next(image.iterancestors("figure", "picture"), None)
        is_marked = holder is not None
        holder = holder if holder is not None and holder.tag == "figure" else branch
        if not figures.is_pictorial(holder):
            continue
        figure = figures.figure(image, holder)
        if figure is None:
            continue
        if figure.find("figcaption") is None:
            figures.captions.write_beside(holder, figure)
        is_large = min(stated_sizes(image), default=0) >= _LARGE
        is_captioned = figures.captions.is_called_so(figure) or (
            width_of(_as_lead(figure).caption) >= _CAPTION_WIDTH
        )
        if is_marked or is_large or is_captioned:
            yield figure


def _images_above(
    first: HtmlElement, trail: Sequence[HtmlElement]
) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """Yield the pictures above an element with their branches, up to the article or the headline.

    trail: the elements around it, nearest first.
    """
    for around in (first, *trail):
        for sibling in around.itersiblings(preceding=True):
            if isinstance(sibling.tag, str) and sibling.tag not in ("nav", "aside", "form"):
                yield from ((image, sibling) for image in sibling.iter("img"))
        if around.tag in ("article", "main") or around.find(".//h1") is not None:
            break


def _as_lead(figure: HtmlElement) -> LeadImage:
    image = next(figure.iter("img"))
    caption, credit = figure.find("figcaption"), figure.find("figcaption/small")
    return LeadImage(
        src=image.get("src", ""),
        alt=image.get("alt") or "",
        caption=fold(caption.text or "") if caption is not None else "",
        credit=text_of(credit) if credit is not None else "",
        width=_pixels(image.get("width")),
        height=_pixels(image.get("height")),
    )


def _pixels(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() and len(value) <= _MOST_DIGITS and int(value) else None
