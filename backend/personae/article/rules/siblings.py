"""Blocks that come in because their like are the story's."""

from __future__ import annotations

from collections import defaultdict

from personae.article.judge.page_facts import make_of
from personae.article.rules import thresholds
from personae.article.rules.case import Case, is_paragraph, reads_as_paragraph
from personae.article.segment.blocks import Block
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import ends_sentence


def with_siblings(case: Case, chosen: set[int]) -> set[int]:
    """Take in the doubtful among blocks of one make, then short sentences in line with paragraphs."""
    return _with_short_lines(case, _with_makes(case, chosen))


def _with_makes(case: Case, chosen: set[int]) -> set[int]:
    """Take in the doubtful among blocks of one make, when nearly all of those are the story's."""
    makes: defaultdict[tuple[object, ...], list[Block]] = defaultdict(list)
    for block in case.blocks:
        is_text = reads_as_paragraph(block) or block.tag in HEADINGS
        if block.linked < thresholds.PROSE_LINKED and block.trail and is_text:
            makes[make_of(block)].append(block)
    out = set(chosen)
    first = min(chosen, default=0)
    for make in makes.values():
        taken = [b.width for b in make if b.index in chosen]
        share = sum(taken) / sum(b.width for b in make)
        for fewest, least, score in thresholds.LIKE_OTHERS:
            if len(taken) >= fewest and share >= least:
                out |= {b.index for b in make if b.index > first and case.score(b) > score}
    return out


def _with_short_lines(case: Case, chosen: set[int]) -> set[int]:
    """Take in a doubtful short sentence right after a block of the story, of the make of its paragraphs."""
    makes = {make_of(case.blocks[i]) for i in chosen if is_paragraph(case.blocks[i])}
    return chosen | {
        b.index
        for b in case.blocks
        if b.tag == "p"
        and b.index - 1 in chosen
        and b.linked < thresholds.PROSE_LINKED
        and case.score(b) > thresholds.SHORT_LINE_SCORE
        and ends_sentence(b.text)
        and make_of(b) in makes
    }
