"""The picture that stands above the story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from personae.article.write.figures import FigureWriter
from personae.article.write.images import same_picture
from personae.article.write.outline import Outline
from personae.markup.text import fold, text_of
from personae.model import LeadImage

# Chosen by hand on tests/pages and the development corpus in November 2026.
_LEVELS_ABOVE = 6
_MOST_DIGITS = 5  # of a width in pixels


def take_lead(
    content: HtmlElement, outline: Outline, figures: FigureWriter, stated: LeadImage | None
) -> LeadImage | None:
    """Return the picture above the story: the page's own top figure, else what the metadata state.

    It is taken out of the content, where it would stand twice.
    """
    top = _top_figure(content)
    if top is None:
        figure = _figure_above(outline, figures)
        if figure is None:
            return stated
        above = _as_lead(figure)
        if (
            stated is not None
            and not (above.caption or above.credit)
            and not same_picture(above.src, stated.src)
        ):
            return stated
        figures.keep(figure)
        return above
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


def _figure_above(outline: Outline, figures: FigureWriter) -> HtmlElement | None:
    """Look for a figure between the headline and the first block, outside the smallest container."""
    first = outline.first()
    if first is None:
        return None
    for image in _images_above(first.element, first.trail[:_LEVELS_ABOVE]):
        holder = next(image.iterancestors("figure", "picture"), None)
        if holder is not None and figures.is_pictorial(holder):
            figure = figures.figure(image, holder)
            if figure is not None:
                return figure
    return None


def _images_above(first: HtmlElement, trail: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield the pictures above an element, the nearest container's first, up to the article or the headline.

    trail: the elements around it, nearest first.
    """
    for around in (first, *trail):
        for sibling in around.itersiblings(preceding=True):
            if isinstance(sibling.tag, str) and sibling.tag not in ("nav", "aside", "form"):
                yield from sibling.iter("img")
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
