"""Boxes in or beside a story that are no part of it: forms, gateways, captions, posts, summaries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from personae.article.rules import thresholds
from personae.article.rules.case import Case, is_paragraph
from personae.article.rules.review import (
    Box,
    Boxes,
    boxes_around,
    boxes_right_around,
    chosen_in,
    drop,
    drop_boxes,
    drop_lines,
)
from personae.article.segment.blocks import Block
from personae.article.segment.caption_lines import Surroundings, holds_its_picture, labels_among
from personae.article.segment.embeds import is_post
from personae.article.vocabulary.element_names import bit, kinds_named, names_of, names_of_kind
from personae.article.vocabulary.lines import line_words
from personae.article.vocabulary.phrases import phrases_in
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import ends_sentence

_CONSENT, _GATEWAY, _INSET = (names_of_kind(kind) for kind in ("consent", "gateway", "inset"))
# The photographer's name, the word, perhaps a closing bracket.
_TAKEN_BY = re.compile(rf"[\u4e00-\u9fff] ?{line_words('taken_by')}[）)]?$")
_PICTURED = bit("picture", "caption")
_SUMMARY = bit("summary")
_LARGE = frozenset({"main", "article"})
_BETWEEN = frozenset({"div", "section", "aside", "article", "figure", "form", "a"})
_SPEAKS_OF_GATE = frozenset({"paywall", "login", "newsletter"})
_SPEAKS_OF_CHROME = frozenset(
    {"advert", "comments", "cookie", "login", "newsletter", "note", "paywall", "related", "share"}
)


def without_boxes(case: Case, chosen: set[int]) -> set[int]:
    """Drop what stands in the box of a form, a consent dialogue, a subscription's gateway, a fact box."""
    return drop_boxes(case, chosen, boxes_around(case, chosen), _is_box_of_chrome)


def _is_box_of_chrome(box: Box) -> bool:
    if box.element.tag in _LARGE:
        return False
    names = names_of(box.element)
    return (
        (box.is_at_most(thresholds.INSET_SHARE) and _INSET.search(names) is not None)
        or _is_consent(names, box.blocks)
        or (
            box.is_at_most(thresholds.BOX_SHARE) and (_is_form(box.element) or _is_gateway(names, box.blocks))
        )
    )


def _is_form(element: HtmlElement) -> bool:
    """Return True for a box that asks for an address or a password: a form and what is said around it."""
    if sum(1 for _ in element.iter("p", "li")) > thresholds.FORM_PARAGRAPHS:
        return False
    fields = [(i.get("type") or "").lower() for i in element.iter("input")]
    return any(kind in ("email", "password") for kind in fields)


def _is_consent(names: str, blocks: list[Block]) -> bool:
    if not _CONSENT.search(names):
        return False
    speaking = sum("cookie" in phrases_in(b.text[: thresholds.CONSENT_OPENING_LENGTH]) for b in blocks)
    return speaking > 0 and speaking * thresholds.CONSENT_ONE_IN >= len(blocks)


def _is_gateway(names: str, blocks: list[Block]) -> bool:
    """Return True for a gateway: called so and speaking so, or speaking of it in most of its lines."""
    if len(blocks) > thresholds.GATEWAY_BLOCKS:
        return False
    is_named = _GATEWAY.search(names) is not None
    if not is_named and not any(b.linked > thresholds.IS_LINK and _speaks_of_gate(b) for b in blocks):
        return False
    speaking = sum(_speaks_of_gate(b) for b in blocks)
    if is_named:
        return speaking * thresholds.NAMED_GATEWAY_ONE_IN >= len(blocks)
    return speaking * thresholds.UNNAMED_GATEWAY_ONE_IN > len(blocks) > thresholds.UNNAMED_GATEWAY_BLOCKS


def _speaks_of_gate(block: Block) -> bool:
    return bool(phrases_in(block.text[: thresholds.OPENING_LENGTH]) & _SPEAKS_OF_GATE)


def without_captions(case: Case, chosen: set[int]) -> set[int]:
    """Drop the lines that stand with a picture: boxed with it, called captions, or ending as captions do."""
    boxes = boxes_right_around(case, chosen, thresholds.CAPTION_LEVELS)
    around = Surroundings(case.blocks)
    columns: Counter[HtmlElement | None] = Counter(
        b.trail[0] for i in chosen if (b := case.blocks[i]).tag == "p" and b.trail
    )

    def is_captioning(box: Box) -> bool:
        if _is_pictured(box) or _is_drawing(box):
            return True
        return (
            columns[box.element.getparent()] >= thresholds.COLUMN_PARAGRAPHS
            and sum(b.width for b in box.blocks) < thresholds.BOXED_CAPTION_WIDTH
            and not any(b.tag in HEADINGS or b.tag == "li" for b in box.blocks)
            and around.is_alone_with_picture(box.element)
        )

    captions = chosen_in(case, chosen, boxes, is_captioning)
    captions |= {
        b.index
        for b in (case.blocks[i] for i in chosen)
        if _is_credited(b)
        or around.is_captioned(b)
        or (b.trail and columns[b.trail[0]] >= thresholds.COLUMN_PARAGRAPHS and holds_its_picture(b))
    }
    return drop(case, chosen, captions, most=thresholds.CAPTIONS_SHARE)


def _is_drawing(box: Box) -> bool:
    """Return True for a chart with the labels that are laid over it, but perhaps a title."""
    least = max(thresholds.DRAWING_LABELS, len(box.blocks) - 1)
    return len(labels_among(box.blocks)) >= least and next(box.element.iter("img"), None) is not None


def _is_pictured(box: Box) -> bool:
    return (
        len(box.blocks) <= thresholds.CAPTION_BLOCKS
        and sum(b.width for b in box.blocks) < thresholds.CAPTION_WIDTH
        and bool(kinds_named(names_of(box.element)) & _PICTURED)
        and next(box.element.iter("img"), None) is not None
    )


def _is_credited(block: Block) -> bool:
    """Return True for a short line that ends with the photographer's name and the word for it (Chinese)."""
    return block.width < thresholds.CREDITED_WIDTH and _TAKEN_BY.search(block.text) is not None


def without_posts(case: Case, chosen: set[int]) -> set[int]:
    """Drop the words of embedded posts, each small beside the story: the article shows them as quotations."""
    boxes = boxes_right_around(case, chosen, thresholds.POST_LEVELS)
    boxes = {e: blocks for e, blocks in boxes.items() if is_post(e)}
    boxes |= {b.element: [b] for i in chosen if is_post((b := case.blocks[i]).element)}
    return drop_boxes(case, chosen, boxes, lambda box: box.is_at_most(thresholds.POST_SHARE))


def without_summary(case: Case, chosen: set[int]) -> set[int]:
    """Drop a list above the story that sums it up, in a box named for that."""
    start = next((i for i in sorted(chosen) if is_paragraph(case.blocks[i])), None)
    if start is None:
        return chosen
    return drop_lines(case, chosen, lambda block: block.index <= start and _sums_up(block))


def _sums_up(block: Block) -> bool:
    around = block.trail[: thresholds.SUMMARY_LEVELS]
    return block.tag == "li" and any(kinds_named(names_of(e)) & _SUMMARY for e in around)


def without_boxes_among(case: Case, chosen: set[int]) -> set[int]:
    """Drop what is left of a small box beside the story's paragraphs, when the rest of it is chrome.

    The paragraphs of a story stand in one element. A box that stands there among them, and of which something
    has gone that links, sells or asks, is no part of the story either.
    """
    column = _column(case, chosen)
    return chosen if column is None else drop_boxes(case, chosen, _boxes_in(column, case), _is_remnant)


def _boxes_in(column: HtmlElement, case: Case) -> Boxes:
    """Return the blocks in each child of the story's column that holds some."""
    boxes: defaultdict[HtmlElement, list[Block]] = defaultdict(list)
    for block in case.blocks:
        if column in block.trail and (level := block.trail.index(column)):
            boxes[block.trail[level - 1]].append(block)
    return boxes


def _is_remnant(box: Box) -> bool:
    gone = [b for b in box.blocks if b not in box.chosen]
    return (
        box.element.tag in _BETWEEN
        and box.width <= thresholds.BETWEEN_WIDTH
        and box.is_at_most(thresholds.BETWEEN_SHARE)
        and not any(b.tag in ("pre", "td", "th") for b in box.chosen)
        and (any(_gives_away(b) for b in gone) or _is_plea(box.blocks) or _is_sign(box.blocks))
    )


def _is_sign(blocks: Sequence[Block]) -> bool:
    """Return True for a box of a label and a link, or more of them: it leads elsewhere, whatever it says."""
    is_all = all(b.linked > thresholds.IS_LINK or _is_label(b) for b in blocks)
    return is_all and len(blocks) > 1 and any(b.linked > thresholds.IS_LINK for b in blocks)


def _is_plea(blocks: Sequence[Block]) -> bool:
    """Return True for a box that asks in one of its lines and has a button, whatever that says."""
    asks = any(phrases_in(b.text[: thresholds.OPENING_LENGTH]) & _SPEAKS_OF_CHROME for b in blocks)
    return asks and any(b.linked > thresholds.IS_LINK and _is_label(b) for b in blocks)


def _is_label(block: Block) -> bool:
    return block.width < thresholds.GIVES_AWAY_LINK_WIDTH and not ends_sentence(block.text)


def _column(case: Case, chosen: set[int]) -> HtmlElement | None:
    """Return the element in which at least half of the story stands as paragraphs, if any."""
    mass = case.width_by_parent(i for i in chosen if case.blocks[i].tag == "p")
    column = max(mass, key=lambda e: mass[e], default=None)
    least = thresholds.COLUMN_SHARE * case.width(chosen)
    return column if column is not None and mass[column] >= least else None


def _gives_away(block: Block) -> bool:
    """Return True for what only stands in a box of chrome: a linked headline, a button, a plea."""
    if block.tag == "button":
        return True
    if block.linked > thresholds.IS_LINK and (
        block.tag in HEADINGS or block.width < thresholds.GIVES_AWAY_LINK_WIDTH
    ):
        return True
    opening = block.text[: thresholds.OPENING_LENGTH]
    return block.width < thresholds.GIVES_AWAY_LINE_WIDTH and bool(phrases_in(opening) & _SPEAKS_OF_CHROME)
