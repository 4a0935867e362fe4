"""Lines that belong to a picture: where they stand beside it, and what they are called.

Publishing systems put a caption into the picture's figure, into a box with the picture, or into an element
of its own right below or above it. Labels that are laid over a chart stand with its picture too, and are
none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from lxml.html import HtmlElement

from personae.article.segment.blocks import Block
from personae.article.segment.inline_pictures import stands_in_line
from personae.article.segment.picture_addresses import stated_sizes
from personae.article.vocabulary.element_names import names_of, names_of_kind
from personae.markup.content_model import CONTROLS, HEADINGS
from personae.markup.sentences import ends_sentence
from personae.page.parse.inline_styles import LAID_OVER_FLAG

_CAPTION_NAMES = names_of_kind("caption")
_PICTURES = ("img", "amp-img", "video", "iframe")
# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026. What is
# called a caption is less wide than the first, in characters of a Latin script; so many elements around a
# block, and so many in it, may be called so; it has at most so many blocks (title, caption, credit).
_CAPTION_WIDTH, _LEVELS, _INNER = 300, 3, 4
MOST_BLOCKS = 3
# A line in a paragraph with its picture is less wide than the first of these, in a box less wide than the
# second, and less than the third of it is links.
_SHORT_LINE, _BOXED_LINE, _LINE_LINKED = 120, 200, 0.5
# A picture that is less wide or high, in pixels, has no caption; a line that ends so leads to what follows.
_LEAST_SIZE = 90
_LEADS_ON = (":", "：")
# A label of a chart is less wide than this, and a chart has at least so many.
_LABEL_WIDTH, _FEWEST_LABELS = 40, 4


class Surroundings:
    """How many blocks stand in each element of a page, to see what stands beside a block."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._counts = Counter(e for b in blocks for e in (b.element, *b.trail))

    def has_text(self, element: HtmlElement) -> bool:
        """Return True if an element is a block or holds one."""
        return element in self._counts

    def is_captioned(self, block: Block) -> bool:
        """Return True for what is called a caption, in a picture's figure or right beside a picture."""
        if not is_called_caption(block):
            return False
        figure = next((e for e in block.trail if e.tag == "figure"), None)
        if figure is not None and next(figure.iter(*_PICTURES), None) is not None:
            return True
        for element in (block.element, *block.trail[: _LEVELS - 1]):
            if self._counts[element] > MOST_BLOCKS:
                return False
            if any(self.is_picture(e) for e in _beside(element)):
                return True
        return False

    def is_alone_with_picture(self, element: HtmlElement) -> bool:
        """Return True if an element holds a picture and at most a caption and a credit."""
        return self._counts[element] < MOST_BLOCKS and next(element.iter(*_PICTURES), None) is not None

    def is_picture(self, element: HtmlElement) -> bool:
        """Return True if an element is or holds a picture or a player, and no text."""
        return not self.has_text(element) and next(element.iter(*_PICTURES), None) is not None


def is_called_caption(block: Block) -> bool:
    """Return True for a line in a figure's caption, or called one: by itself, around it or within it."""
    around = (block.element, *block.trail[:_LEVELS])
    if any(e.tag == "figcaption" for e in around):
        return True
    inner = islice(block.element.iterdescendants(), _INNER)
    return block.width < _CAPTION_WIDTH and any(
        _CAPTION_NAMES.search(names_of(e)) for e in (*around, *inner) if e.tag != "img"
    )


def holds_its_picture(block: Block) -> bool:
    """Return True for a short line with a picture in one element: in a box, or set apart in a paragraph."""
    element = block.element
    if block.tag in ("li", "dt", "dd", "th", "blockquote", "pre") or block.tag in HEADINGS:
        return False
    if block.width >= (_SHORT_LINE if block.tag == "p" else _BOXED_LINE) or block.linked >= _LINE_LINKED:
        return False
    if not any(_is_large(image) and not stands_in_line(image) for image in element.iter("img")):
        return False
    return not block.text.endswith(_LEADS_ON) and (not ends_sentence(block.text) or _is_marked(element))


def _is_large(image: HtmlElement) -> bool:
    """Return True unless a picture states that it is as small as a flag or a button."""
    return min(stated_sizes(image), default=_LEAST_SIZE) >= _LEAST_SIZE


def _is_marked(element: HtmlElement) -> bool:
    """Return True if all text of an element stands in marks that set it apart, as small or italic."""
    texts = [element.text, *(child.tail for child in element)]
    marks = [child for child in element if child.tag not in ("img", "br", "picture", "a")]
    return not any((text or "").strip() for text in texts) and bool(marks)


def labels_among(blocks: list[Block]) -> set[int]:
    """Return the indices of the labels among the blocks that stand with one picture: a chart's, laid over it.

    A few short lines are a caption and a credit; many, none of them a sentence, are the labels of a chart.
    """
    short = [b for b in blocks if _is_short(b)]
    flagged = [
        b for b in short if any(e.get(LAID_OVER_FLAG) is not None for e in (b.element, *b.trail[:_LEVELS]))
    ]
    found = short if len(short) >= _FEWEST_LABELS else flagged
    return {b.index for b in found if b.tag != "figcaption"}


def _is_short(block: Block) -> bool:
    return (
        block.width < _LABEL_WIDTH
        and block.tag not in HEADINGS
        and block.tag not in CONTROLS
        and not block.links
        and not ends_sentence(block.text)
    )


def _beside(element: HtmlElement) -> list[HtmlElement]:
    return [e for e in (element.getprevious(), element.getnext()) if e is not None and isinstance(e.tag, str)]
