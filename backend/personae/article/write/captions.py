"""The captions and credits of pictures: where each stands, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from lxml.html import HtmlElement

from personae.article.segment.blocks import Block
from personae.article.segment.caption_lines import MOST_BLOCKS, Surroundings, is_called_caption, labels_among
from personae.article.vocabulary.element_names import names_of, names_of_kind
from personae.article.write.images import is_picture_file
from personae.article.write.outline import Outline
from personae.markup.content_model import HEADINGS
from personae.markup.elements import append
from personae.markup.text import text_of

_CREDIT_NAMES = names_of_kind("credit")
_MEDIA = ("img", "amp-img", "iframe", "video")
# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026. With at
# least this share of links, what stands with a picture leads elsewhere; a caption is no wider than the
# second.
_CAPTION_LINKED = 0.9
_LONGEST_CAPTION = 600


class CaptionWriter:
    """Writes captions.

    carried: the indices of the blocks whose words went into captions. It is filled by `keep`.
    """

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._around = Surroundings(outline.blocks)
        self._blocks: dict[HtmlElement, set[int]] = {}
        self.carried: set[int] = set()

    def keep(self, figure: HtmlElement) -> None:
        """Count the words of a figure's caption among those that the article shows."""
        self.carried |= self._blocks.pop(figure, set())

    def write(self, holder: HtmlElement, figure: HtmlElement) -> None:
        """Write the caption and the credit that stand in `holder` into a figure."""
        self._write(self._in(holder), figure)

    def write_beside(self, branch: HtmlElement, figure: HtmlElement) -> None:
        """Write the caption that stands right below a branch of pictures, or right above it, into a figure.

        It stands in an element of its own that is called a caption; one above belongs to the picture before
        it, if there is one.
        """
        for beside in (branch.getnext(), branch.getprevious()):
            if beside is None or not self._is_caption_of_its_own(beside):
                continue
            if beside.getnext() is branch:
                before = beside.getprevious()
                if before is not None and self._around.is_picture(before):
                    continue
            self._write(self._in(beside), figure)
            self.keep(figure)
            return

    def is_called_so(self, figure: HtmlElement) -> bool:
        """Return True if a figure has a caption that the page calls one."""
        if figure.find("figcaption") is None:
            return False
        places = self._blocks.get(figure)  # none any more: it was called so, and is counted as shown
        return places is None or any(is_called_caption(b) for b in self._outline.blocks if b.index in places)

    def write_of_table(self, table: HtmlElement, written: HtmlElement) -> None:
        """Write the caption of the figure that a table without one stands in; its words count as shown."""
        holder = next(table.iterancestors("figure"), None)
        around = holder.find("figcaption") if holder is not None else None
        if around is None or written.find("caption") is not None:
            return
        words = [b for b in self._outline.within(around) if b.element not in self._outline.chosen]
        if words:
            caption = written.makeelement("caption")
            caption.text = " ".join(b.text for b in words)
            written.insert(0, caption)
            self.carried.update(b.index for b in words)

    def holder_of(self, image: HtmlElement, branch: HtmlElement) -> HtmlElement:
        """Return what holds a picture and its caption: a figure, else the largest part with no other picture.

        branch: what is looked at most, unless the picture stands in a figure of the page that has words.
        """
        figure = next(image.iterancestors("figure"), None)
        if figure is not None and (figure is branch or self._outline.within(figure)):
            return figure
        holder = image
        while holder is not branch:
            around = holder.getparent()
            if around is None or len(list(islice(around.iter(*_MEDIA), 2))) > 1:
                break
            holder = around
        return holder

    def _is_caption_of_its_own(self, element: HtmlElement) -> bool:
        if not isinstance(element.tag, str) or element in self._outline.around:
            return False
        blocks = self._outline.within(element)
        return (
            0 < len(blocks) <= MOST_BLOCKS
            and blocks[0].index not in self.carried
            and not any(b.element in self._outline.chosen or b.tag in HEADINGS for b in blocks)
            and any(is_called_caption(b) for b in blocks)
            and next(element.iter(*_MEDIA), None) is None
        )

    def _write(self, blocks: list[Block], figure: HtmlElement) -> None:
        self._blocks[figure] = {b.index for b in blocks}
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

    def _in(self, holder: HtmlElement) -> list[Block]:
        """Return a caption's blocks: a figure's own, not those of figures in it, nor a chart's labels."""
        if holder in self._outline.chosen:
            return []
        found = list(self._words_in(holder))
        labels = labels_among(found)
        return [b for b in found if b.index not in labels]

    def _words_in(self, holder: HtmlElement) -> Iterator[Block]:
        for block in self._outline.within(holder):
            if (
                block.element not in self._outline.chosen
                and block.index not in self.carried
                and block.width <= _LONGEST_CAPTION
                and (block.linked < _CAPTION_LINKED or _enlarges(block))
                and (holder.tag != "figure" or _nearest_figure(block) is holder)
            ):
                yield block


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


def _is_credit(element: HtmlElement) -> bool:
    return element.tag == "cite" or _CREDIT_NAMES.search(names_of(element)) is not None
