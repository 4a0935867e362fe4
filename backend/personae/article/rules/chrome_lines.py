"""Single lines that speak to the reader instead of telling the story: calls and remarks."""

from __future__ import annotations

import re

from personae.article.rules import thresholds
from personae.article.rules.case import Case
from personae.article.rules.review import drop_lines
from personae.article.segment.blocks import Block
from personae.article.vocabulary.lines import line_words
from personae.article.vocabulary.phrases import folded, phrases_in

_FOLLOW = re.compile(line_words("follow"))
_CORRECTION = re.compile(rf"{line_words('correction')}(?:\s*[:,(–—-]|\s+\d|$)", re.IGNORECASE)
_BRACKETED = re.compile(r"[(（\[【].*[)）\]】]")
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.\w")
_SIGNED = frozenset({"author", "credit"})


def without_calls(case: Case, chosen: set[int]) -> set[int]:
    """Drop the short linked lines that only call their reader to a newsletter, network or mailbox."""
    return drop_lines(case, chosen, _is_call)


def _is_call(block: Block) -> bool:
    if block.width > thresholds.CALL_WIDTH or not block.links or block.tag not in ("p", "li", "div"):
        return False
    if "newsletter" in phrases_in(block.text):
        return True
    opening = phrases_in(block.text[: thresholds.SHORT_OPENING_LENGTH])
    if "share" in opening and _FOLLOW.match(folded(block.text)):
        return True
    return block.width < thresholds.MAILBOX_WIDTH and _MAILBOX.search(block.text) is not None


def without_remarks(case: Case, chosen: set[int]) -> set[int]:
    """Drop corrections, and lines in brackets that say who wrote or edited."""
    return drop_lines(case, chosen, _is_remark)


def _is_remark(block: Block) -> bool:
    if _CORRECTION.match(block.text):
        return True
    bracketed = block.width < thresholds.REMARK_WIDTH and _BRACKETED.fullmatch(block.text) is not None
    return bracketed and bool(phrases_in(block.text) & _SIGNED)
