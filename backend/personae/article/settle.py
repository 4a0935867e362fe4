"""Settle the verdicts: what holds for any article, whatever the blocks look like one by one.

The model weighs what blocks have in common with those of many pages. These steps know what it cannot learn
from few examples: paragraphs of one make share a verdict, boxes and other stories are no part of this one
(asides.py), nor is what stands above it (head.py), a line that says again what another one said is a pull
quote, and one that only calls its reader elsewhere is no prose.
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are characters, words and shares; the line that uses one says what it tells
import re
from collections import defaultdict

from personae.article.asides import (
    is_paragraph,
    without_boxes,
    without_boxes_between,
    without_captions,
    without_cards,
    without_other_sections,
    without_other_stories,
    without_posts,
    without_refrains,
    without_summary,
)
from personae.article.blocks import HEADINGS, Block
from personae.article.head import with_opening, without_head
from personae.article.names import names_of
from personae.article.phrases import phrases_in
from personae.article.view import make_of
from personae.article.wholes import with_exhibits, with_headings, with_lists, with_notes
from personae.page.metadata import Metadata

# How many blocks of one make must be chosen, which share of their text, and how sure the others must be.
_SIBLINGS = ((3, 0.75, 0.3), (1, 0.6, 0.4))
_QUOTE = re.compile(r"pull|quote|zitat|citation|callout")
_FOLLOW = re.compile(
    r"follow|share|folgen|suivez|síguenos|segui|siga|volg|följ|obserwuj|sleduj|takip|フォロー"
)
_CORRECTION = re.compile(
    r"(?:correction|clarification|erratum|korrektur|richtigstellung|berichtigung|rectificatif|corrección|"
    r"fe de errores|correzione|rettifica|correção|errata|correctie|rättelse|rettelse|sprostowanie|oprava)"
    r"(?:\s*[:,(–—-]|\s+\d|$)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(（\[【].*[)）\]】]")
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.\w")


def settle(blocks: list[Block], sure: dict[int, float], limit: float, metadata: Metadata) -> set[int]:
    """Return the indices of the article's blocks.

    sure: index -> how surely a block is article, 0..1; limit: above it a block is chosen.
    """
    chosen = {i for i, value in sure.items() if value > limit}
    chosen = without_other_stories(blocks, chosen, metadata)
    chosen = _with_siblings(blocks, chosen, sure)
    chosen = without_boxes(blocks, chosen)
    chosen = without_other_sections(blocks, chosen)
    chosen = with_opening(blocks, chosen, sure, limit, metadata)
    chosen = without_head(blocks, chosen, metadata)
    chosen = _without_pull_quotes(blocks, chosen)
    chosen = {i for i in chosen if not _is_call(blocks[i]) and not _is_remark(blocks[i])}
    chosen = without_cards(blocks, chosen)
    chosen = without_captions(blocks, chosen)
    chosen = without_posts(blocks, chosen)
    chosen = without_refrains(blocks, chosen)
    chosen = without_summary(blocks, chosen)
    chosen = with_lists(blocks, chosen, sure)
    chosen = with_exhibits(blocks, chosen, sure)
    chosen = with_notes(blocks, chosen, sure)
    chosen = with_headings(blocks, chosen, sure)
    chosen = without_boxes_between(blocks, chosen)
    return _without_loose_headings(blocks, chosen)


def _with_siblings(blocks: list[Block], chosen: set[int], sure: dict[int, float]) -> set[int]:
    """Take in the doubtful among blocks of one make, when nearly all of those are the story's."""
    makes: defaultdict[tuple[object, ...], list[Block]] = defaultdict(list)
    for block in blocks:
        if block.linked < 0.3 and block.trail and (is_paragraph(block) or block.tag in HEADINGS):
            makes[make_of(block)].append(block)
    out = set(chosen)
    first = min(chosen, default=0)
    for make in makes.values():
        taken = [b.width for b in make if b.index in chosen]
        share = sum(taken) / sum(b.width for b in make)
        for fewest, least, doubt in _SIBLINGS:
            if len(taken) >= fewest and share >= least:
                out |= {b.index for b in make if b.index > first and sure.get(b.index, 0.0) > doubt}
    return out


def _is_call(block: Block) -> bool:
    """Tell a paragraph that only calls its reader to a newsletter, network or mailbox: short, linked."""
    if block.width > 180 or not block.links or block.tag not in ("p", "li", "div"):
        return False
    said = phrases_in(block.text[:60])
    return (
        "newsletter" in phrases_in(block.text)
        or ("share" in said and _FOLLOW.match(block.text.lower()) is not None)
        or (block.width < 120 and _MAILBOX.search(block.text) is not None)
    )


def _is_remark(block: Block) -> bool:
    """Tell a correction, and a line in brackets that says who wrote or edited."""
    if _CORRECTION.match(block.text):
        return True
    bracketed = block.width < 120 and _BRACKETED.fullmatch(block.text) is not None
    return bracketed and bool(phrases_in(block.text) & {"author", "credit"})


def _without_pull_quotes(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop the quotations that are set apart and say again what a paragraph says."""
    texts = {i: " ".join(blocks[i].words) for i in chosen}
    joined = {i: t for i, t in texts.items() if blocks[i].width > 80}
    out = set(chosen)
    for index, text in texts.items():
        block = blocks[index]
        around = (block.element, *block.trail[:2])
        apart = any(e.tag in ("blockquote", "aside", "figure") or _QUOTE.search(names_of(e)) for e in around)
        if apart and text.count(" ") > 2 and any(text in other for i, other in joined.items() if i != index):
            out.discard(index)
    return out


def _without_loose_headings(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop the headings after the last paragraph: what they headed was not the article."""
    left = sorted(chosen)
    while left and blocks[left[-1]].tag in HEADINGS:
        left.pop()
    return set(left)
