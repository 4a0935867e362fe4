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
from collections.abc import Callable
from dataclasses import dataclass

from personae.article.judge.page_facts import make_of
from personae.article.rules.boxes import (
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
from personae.article.rules.headline import SENTENCE_END, with_opening, without_head
from personae.article.rules.lists_and_notes import with_exhibits, with_headings, with_lists, with_notes
from personae.article.segment.blocks import HEADINGS, Block
from personae.article.vocabulary.element_names import names_of
from personae.article.vocabulary.phrases import phrases_in
from personae.page.metadata.metadata import Metadata

# How many blocks of one make must be chosen, which share of their text, and how sure the others must be.
_SIBLINGS = ((3, 0.75, 0.3), (1, 0.6, 0.35))
# How sure a short sentence must be that stands in line with them.
_SHORT_SIBLING = 0.5
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


@dataclass(frozen=True, slots=True)
class Case:
    """What rules go by.

    blocks: all of a page's; sure: index -> how surely a block is article, 0..1; limit: above it a block is
    chosen before any rule.
    """

    blocks: list[Block]
    sure: dict[int, float]
    limit: float
    metadata: Metadata


def settle(case: Case) -> set[int]:
    """Return the indices of the article's blocks."""
    chosen = {i for i, value in case.sure.items() if value > case.limit}
    for _, rule in RULES:
        chosen = rule(case, chosen)
    return chosen


def overruled(case: Case) -> dict[int, str]:
    """Return which rule decided about a block otherwise than the model: index -> the rule's name."""
    first = chosen = {i for i, value in case.sure.items() if value > case.limit}
    last: dict[int, str] = {}
    for name, rule in RULES:
        before, chosen = chosen, rule(case, chosen)
        last |= dict.fromkeys(before ^ chosen, name)
    return {i: name for i, name in last.items() if (i in first) != (i in chosen)}


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
    lines = {make_of(blocks[i]) for i in out if is_paragraph(blocks[i])}
    return out | {
        b.index
        for b in blocks
        if b.tag == "p"
        and b.index - 1 in out
        and b.linked < 0.3
        and sure.get(b.index, 0.0) > _SHORT_SIBLING
        and SENTENCE_END.search(b.text)
        and make_of(b) in lines
    }


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


Rule = Callable[[Case, set[int]], set[int]]

# In the order they are followed; docs/extraction.md says what each holds.
RULES: tuple[tuple[str, Rule], ...] = (
    ("other story", lambda case, chosen: without_other_stories(case.blocks, chosen, case.metadata)),
    ("like others", lambda case, chosen: _with_siblings(case.blocks, chosen, case.sure)),
    ("box", lambda case, chosen: without_boxes(case.blocks, chosen)),
    ("section", lambda case, chosen: without_other_sections(case.blocks, chosen)),
    ("opening", lambda case, chosen: with_opening(case.blocks, chosen, case.sure, case.limit, case.metadata)),
    ("head", lambda case, chosen: without_head(case.blocks, chosen, case.metadata)),
    ("pull quote", lambda case, chosen: _without_pull_quotes(case.blocks, chosen)),
    ("call", lambda case, chosen: {i for i in chosen if not _is_call(case.blocks[i])}),
    ("remark", lambda case, chosen: {i for i in chosen if not _is_remark(case.blocks[i])}),
    ("card", lambda case, chosen: without_cards(case.blocks, chosen)),
    ("caption", lambda case, chosen: without_captions(case.blocks, chosen)),
    ("post", lambda case, chosen: without_posts(case.blocks, chosen)),
    ("refrain", lambda case, chosen: without_refrains(case.blocks, chosen)),
    ("summary", lambda case, chosen: without_summary(case.blocks, chosen)),
    ("list", lambda case, chosen: with_lists(case.blocks, chosen, case.sure)),
    ("exhibit", lambda case, chosen: with_exhibits(case.blocks, chosen, case.sure)),
    ("note", lambda case, chosen: with_notes(case.blocks, chosen, case.sure)),
    ("heading", lambda case, chosen: with_headings(case.blocks, chosen, case.sure, case.limit)),
    ("box among", lambda case, chosen: without_boxes_between(case.blocks, chosen)),
    ("loose head", lambda case, chosen: _without_loose_headings(case.blocks, chosen)),
)
