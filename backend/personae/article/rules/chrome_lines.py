"""Lines that speak to the reader and tell no story: calls, pointers, remarks, endings, gateways."""

from __future__ import annotations

import re

from personae.article.rules import thresholds
from personae.article.rules.case import Case
from personae.article.rules.review import drop_lines
from personae.article.segment.blocks import Block
from personae.article.vocabulary.lines import line_words
from personae.article.vocabulary.phrases import folded, phrases_in
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import ends_sentence
from personae.markup.text import text_of, words

_FOLLOW = re.compile(line_words("follow"))
_CORRECTION = re.compile(rf"{line_words('correction')}(?:\s*[:,(–—-]|\s+\d|$)", re.IGNORECASE)
_BRACKETED = re.compile(r"[(（\[【].*[)）\]】]")
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.\w")
_SIGNED = frozenset({"author", "credit"})
_ARROW = re.compile(r"[→⇒➔➜►▶▸»›>]")
_SIGN = re.compile(r"[©@]|\b(?:19|20)\d\d\b")
_LINES = frozenset({"p", "li", "div", "span"})
_POINTS = frozenset({"related", "share", "note", "comments"})
_ENDS = frozenset({"note", "credit", "author", "share", "related", "newsletter", "comments"})


def without_calls(case: Case, chosen: set[int]) -> set[int]:
    """Drop the short lines that call to a newsletter, network or mailbox, or announce advertising."""
    return drop_lines(case, chosen, lambda block: _is_call(block) or is_announcement(block))


def is_announcement(block: Block) -> bool:
    """Return True for a line that says no more than that advertising follows."""
    is_short = block.width < thresholds.ANNOUNCEMENT_WIDTH and block.tag in _LINES
    return is_short and not ends_sentence(block.text) and phrases_in(block.text) == {"advert"}


def _is_call(block: Block) -> bool:
    if block.width > thresholds.CALL_WIDTH or not block.links or block.tag not in ("p", "li", "div"):
        return False
    if "newsletter" in phrases_in(block.text):
        return True
    opening = phrases_in(block.text[: thresholds.SHORT_OPENING_LENGTH])
    if "share" in opening and _FOLLOW.match(folded(block.text)):
        return True
    return block.width < thresholds.MAILBOX_WIDTH and _MAILBOX.search(block.text) is not None


def without_pointers(case: Case, chosen: set[int]) -> set[int]:
    """Drop the short linked lines that point elsewhere: to another story, to an app, a network, a fund."""
    return drop_lines(case, chosen, lambda block: _is_pointer(block, case))


def _is_pointer(block: Block, case: Case) -> bool:
    if block.width > thresholds.CALL_WIDTH or not block.links or block.tag not in _LINES:
        return False
    opening = phrases_in(block.text[: thresholds.SHORT_OPENING_LENGTH])
    if block.linked > thresholds.POINTER_LINKED and opening & _POINTS:
        return True
    if ends_sentence(block.text):
        return False
    is_arrow = _ARROW.match(block.text) is not None and block.linked > thresholds.IS_LINK
    return is_arrow or _is_labelled_link(block, case)


def _is_labelled_link(block: Block, case: Case) -> bool:
    """Return True for a line that is a label with a colon and one link to a page of the same site."""
    links = [a for a in block.element.iter("a") if a.get("href")]
    if len(links) != 1 or not case.leads_within_site(links[0]):
        return False
    label, colon, rest = block.text.partition(":" if ":" in block.text else "：")
    linked = text_of(links[0])
    return (
        bool(colon)
        and len(label.split()) <= thresholds.LABEL_WORDS
        and linked.split() in (rest.split(), block.text.split())
        and len(rest.split()) >= thresholds.LABELLED_WORDS
    )


def without_endings(case: Case, chosen: set[int]) -> set[int]:
    """Drop what stands below the last paragraph and is no story: who wrote it, whose it is, its small print.

    A line goes by what it begins with; a box below the story's column goes as a whole by its first line,
    where the model doubts it.
    """
    left = _without_box_at_end(case, chosen)
    for _ in range(thresholds.ENDING_LINES):
        last = max(left, default=None)
        if last is None or len(left) == 1 or not _is_ending(case.blocks[last], case):
            break
        left = left - {last}
    return left


def _is_ending(block: Block, case: Case) -> bool:
    """Return True for a line that begins with words of chrome and is signed, or one about the author."""
    if block.width > thresholds.ENDING_WIDTH or block.tag not in _LINES:
        return False
    doubt = 1.0 - case.score(block)
    if phrases_in(block.text[: thresholds.ENDING_OPENING_LENGTH]) & _ENDS:
        site = words(case.metadata.site or "")
        is_signed = _SIGN.search(block.text) is not None or bool(block.links)
        is_signed = is_signed or (bool(site) and set(site) <= set(block.words))
        return is_signed or doubt > thresholds.ENDING_DOUBT
    names_author = any(
        name and block.words[: len(name)] == name for name in map(words, case.metadata.authors)
    )
    if "author" in phrases_in(block.text):
        return names_author or doubt > thresholds.BIO_DOUBT
    return names_author and doubt > thresholds.ENDING_DOUBT


def _without_box_at_end(case: Case, chosen: set[int]) -> set[int]:
    """Drop the chosen blocks of a box that follows the story's column and begins with words of chrome."""
    if not chosen:
        return chosen
    last = case.blocks[max(chosen)]
    for box in last.trail:
        inside = {i for i in chosen if box in case.blocks[i].trail}
        if inside == chosen:
            break
        first = case.blocks[min(inside)]
        says = phrases_in(first.text[: thresholds.SHORT_OPENING_LENGTH])
        rest = chosen - inside
        if says & _ENDS and max(rest) < first.index:
            doubt = case.mean_score(rest) - case.mean_score(inside)
            return rest if doubt > thresholds.THREAD_DOUBT else chosen
    return chosen


def without_gateway(case: Case, chosen: set[int]) -> set[int]:
    """Drop the offer of a subscription that the story breaks off into, also where it is plain paragraphs."""
    order = [case.blocks[i] for i in sorted(chosen)]
    prose = [b for b in order[: thresholds.GATEWAY_BELOW] if b.tag not in HEADINGS]
    ends = order[len(prose) :][-thresholds.GATEWAY_LINES :]
    first = next((b for b in ends if _offers(b) and b.width <= thresholds.ENDING_WIDTH), None)
    if first is None:
        return chosen
    offer = [b for b in ends if b.index >= first.index]
    below = case.blocks[order[-1].index + 1 :][: thresholds.GATEWAY_LINES]
    beside = [b for b in below if b.trail[:1] == first.trail[:1]]  # which the model has left out by itself
    speaking = sum(_offers(b) for b in (*offer, *beside))
    if speaking * thresholds.GATEWAY_ONE_IN < len(offer) or speaking < thresholds.GATEWAY_OFFERS:
        return chosen
    return chosen - {b.index for b in offer}


def _offers(block: Block) -> bool:
    return "paywall" in phrases_in(block.text[: thresholds.SHORT_OPENING_LENGTH])


def without_remarks(case: Case, chosen: set[int]) -> set[int]:
    """Drop corrections, and lines in brackets that say who wrote or edited."""
    return drop_lines(case, chosen, _is_remark)


def _is_remark(block: Block) -> bool:
    if _CORRECTION.match(block.text):
        return True
    bracketed = block.width < thresholds.REMARK_WIDTH and _BRACKETED.fullmatch(block.text) is not None
    return bracketed and bool(phrases_in(block.text) & _SIGNED)
