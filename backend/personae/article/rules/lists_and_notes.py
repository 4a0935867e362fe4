"""What is the story's as a whole or not at all: its lists, notes and headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from itertools import pairwise

from lxml.html import HtmlElement

from personae.article.judge.page_facts import make_of
from personae.article.rules import thresholds
from personae.article.rules.case import Case
from personae.article.segment.blocks import Block
from personae.article.segment.notes import notes_of
from personae.article.segment.tables import is_data
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import ends_sentence
from personae.markup.text import text_of

_LISTS = frozenset({"ol", "ul"})
# How many elements around a block may be the box that a heading heads. The markup of accordions nests no
# deeper.
_BOX_LEVELS = 3


def with_lists(case: Case, chosen: set[int]) -> set[int]:
    """Take in the rest of a list or table of data that is mostly the story's, and the heading above it."""
    out = set(chosen)
    for element, members in blocks_within(case.blocks, _LISTS | {"table"}).items():
        if element.tag == "table" and not is_data(element):  # it lays out the page: story, headline and all
            continue
        taken = sum(b.width for b in members if b.index in out)
        if taken > thresholds.LIST_SHARE * sum(b.width for b in members):
            out |= {b.index for b in members if _is_item(b) and case.score(b) > thresholds.LISTED_SCORE}
            out |= heading_above(members, case, thresholds.LISTED_SCORE)
    return out | _closing_lines(case, out)


def _closing_lines(case: Case, chosen: set[int]) -> set[int]:
    """Return the doubtful among short lines of one shape that close parts of the story, as letters end."""
    lines: defaultdict[tuple[object, ...], list[Block]] = defaultdict(list)
    for above, block in pairwise(case.blocks):
        if (
            above.index in chosen
            and above.tag not in HEADINGS
            and block.tag not in HEADINGS
            and block.trail
            and block.width < thresholds.CLOSING_WIDTH
            and not block.links
            and not ends_sentence(block.text)
            and above.trail[:1] == block.trail[:1]
        ):
            lines[(block.trail[0], make_of(block), *_marks_around(block))].append(block)
    found: set[int] = set()
    for alike in lines.values():
        known = sum(b.index in chosen for b in alike)
        if known >= max(thresholds.CLOSING_LINES, len(alike) - known):
            found |= {b.index for b in alike if case.score(b) > thresholds.CLOSING_SCORE}
    return found


def _marks_around(block: Block) -> tuple[str, ...]:
    """Return the tags of the marks that hold all of a block's text."""
    marks, element = [], block.element
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]
        marks.append(str(element.tag))
    return tuple(marks)


def with_headings(case: Case, chosen: set[int]) -> set[int]:
    """Take in the doubtful headings that stand right above a block of the story, below another one of it.

    Those above the threshold that are not chosen were dropped by a rule. A picture with its caption, an
    advertisement or the time of an entry may stand between a heading and the block above, a caption below it.
    The first one may have no block above, where others like it are the story's.
    """
    out = set(chosen)
    columns = {element for i in chosen for element in case.blocks[i].trail[:1]}
    makes = {make_of(case.blocks[i]) for i in chosen if case.blocks[i].tag in HEADINGS}
    is_below_story = False
    for block, below in pairwise(b for b in case.blocks if b.tag != "figcaption" or b.index in chosen):
        is_like_others = make_of(block) in makes and block.width < thresholds.BOLD_WIDTH
        if (
            (is_below_story or is_like_others)
            and (block.tag in HEADINGS or block.tag == "summary" or _is_bold(block))
            and below.index in chosen
            and block.linked < thresholds.HALF_LINKED
            and thresholds.HEADING_SCORE < case.score(block) <= case.threshold
            and (_stand_together(block, below, columns) or _heads(block, below))
        ):
            out.add(block.index)
        is_below_story = is_below_story or block.index in chosen
    return out


def _stand_together(block: Block, below: Block, columns: Container[HtmlElement]) -> bool:
    """Return True for two blocks right within one of the elements that the story's blocks stand in."""
    return block.trail[:1] == below.trail[:1] and block.trail[:1] != () and block.trail[0] in columns


def _heads(block: Block, below: Block) -> bool:
    """Return True for the heading of a box that the block below it stands in too, deeper or beside it."""
    return (
        block.tag not in ("p", "h1") and block.trail[:1] != () and block.trail[0] in below.trail[:_BOX_LEVELS]
    )


def without_loose_headings(case: Case, chosen: set[int]) -> set[int]:
    """Drop the headings after the last paragraph: what they headed was not the article."""
    left = sorted(chosen)
    while left and case.blocks[left[-1]].tag in HEADINGS:
        left.pop()
    return set(left)


def _is_bold(block: Block) -> bool:
    """Return True for a short paragraph that is one bold line: a heading by its looks."""
    inner = [e for e in block.element if e.tag in ("b", "strong")]
    return (
        block.tag == "p"
        and block.width < thresholds.BOLD_WIDTH
        and len(inner) == 1
        and text_of(inner[0]) == block.text
    )


def with_notes(case: Case, chosen: set[int]) -> set[int]:
    """Take in the notes that marks in the story call, wherever they stand, and the heading above them."""
    if not chosen:
        return chosen
    sure = {b.index for b in case.blocks if b.index in chosen or case.score(b) > thresholds.NOTED_SCORE}
    notes = sorted(notes_of(case.blocks, chosen, sure))
    if not notes:
        return chosen
    return chosen | set(notes) | heading_above([case.blocks[notes[0]]], case, thresholds.HEADED_SCORE)


def blocks_within(blocks: Iterable[Block], tags: frozenset[str]) -> dict[HtmlElement, list[Block]]:
    """Return the blocks in each element of such a tag, in the page's order."""
    found: defaultdict[HtmlElement, list[Block]] = defaultdict(list)
    for block in blocks:
        for element in (block.element, *block.trail):
            if element.tag in tags:
                found[element].append(block)
    return found


def _is_item(block: Block) -> bool:
    return block.linked < thresholds.HALF_LINKED and block.tag in ("li", "td", "th")


def heading_above(members: list[Block], case: Case, least: float) -> set[int]:
    """Return the index of the heading right above some blocks, if there is one with a higher score."""
    index = members[0].index - 1
    if index < 0:
        return set()
    above = case.blocks[index]
    is_heading = above.tag in HEADINGS and above.linked < thresholds.HALF_LINKED
    return {index} if is_heading and case.score(above) > least else set()
