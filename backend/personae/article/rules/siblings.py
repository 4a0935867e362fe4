"""Blocks that come in because their like are the story's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container
from itertools import takewhile

from lxml.html import HtmlElement

from personae.article.judge.page_facts import make_of
from personae.article.rules import thresholds
from personae.article.rules.case import Case, reads_as_paragraph
from personae.article.rules.chrome_lines import is_announcement
from personae.article.segment.blocks import Block
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import ENDS_CUT, ends_sentence


def with_siblings(case: Case, chosen: set[int]) -> set[int]:
    """Take in the doubtful among blocks of one make, in line with them, and in units like the others."""
    return _with_units(case, _with_short_lines(case, _with_turns(case, _with_makes(case, chosen))))


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
                out |= {
                    b.index
                    for b in make
                    if b.index > first and case.score(b) > score and not ENDS_CUT.search(b.text)
                }
    return out


def _with_turns(case: Case, chosen: set[int]) -> set[int]:
    """Take in short doubtful sentences among very many of one make that are the story's: turns of a talk."""
    makes: defaultdict[tuple[object, ...], list[Block]] = defaultdict(list)
    for block in case.blocks:
        if block.trail and block.tag in ("p", "div") and block.linked < thresholds.PROSE_LINKED:
            makes[make_of(block)].append(block)
    out = set(chosen)
    for make in makes.values():
        taken = [i for i, b in enumerate(make) if b.index in chosen]
        for fewest, least, score in thresholds.TURNS:
            if len(taken) >= fewest and len(taken) >= least * len(make):
                last = taken[-1]
                turns = [b for b in make[taken[0] : last] if case.score(b) > score]
                turns += [b for b in make[last:] if case.score(b) > thresholds.UNIT_SCORE]
                out |= {b.index for b in turns if ends_sentence(b.text)}
    return out


def _with_short_lines(case: Case, chosen: set[int]) -> set[int]:
    """Take in a doubtful short sentence right after a block of the story, boxed as that one is.

    A short line that leads elsewhere, or announces an advertisement, may stand between the two. Where each
    paragraph has a box or a heading of its own, the last may be more doubtful; many that follow are comments.
    """
    out = set(chosen)
    makes = {make_of(case.blocks[i]) for i in chosen if case.blocks[i].tag in HEADINGS}
    last: Block | None = None  # the story's
    run: list[Block] = []  # what may go on with it
    headed = False  # like the story's other items
    for block in case.blocks:
        if block.index in chosen and block.tag not in HEADINGS:
            out |= _short_lines_of(case, last, run, headed=headed)
            last, run, headed = block, [], False
        elif last is not None and _may_follow(block, last):
            run.append(block)
        elif _is_passed_over(block, makes):
            headed = headed or block.tag in HEADINGS
        else:
            out |= _short_lines_of(case, last, run, headed=headed)
            last, run = None, []
    return out | _short_lines_of(case, last, run, headed=headed)


def _short_lines_of(case: Case, last: Block | None, run: list[Block], *, headed: bool) -> set[int]:
    """Return those of a run of doubtful lines after a block of the story that are the story's too."""
    is_own_box = last is not None and bool(run) and run[0].trail[:1] != last.trail[:1]
    if (is_own_box or headed) and len(run) <= thresholds.LAST_UNITS:
        return {b.index for b in run if case.score(b) > thresholds.UNIT_SCORE}
    return {b.index for b in run[:1] if case.score(b) > thresholds.SHORT_LINE_SCORE}


def _may_follow(block: Block, last: Block) -> bool:
    return (
        block.tag == last.tag
        and block.linked < thresholds.PROSE_LINKED
        and ends_sentence(block.text)
        and not ENDS_CUT.search(block.text)
        and _are_boxed_alike(block, last)
    )


def _is_passed_over(block: Block, makes: Container[tuple[object, ...]]) -> bool:
    """Return True for what may stand between two paragraphs of a story and is none.

    A line that leads elsewhere or announces advertising, a caption, a heading of the story's makes.
    """
    if block.tag in HEADINGS:
        return block.linked < thresholds.PROSE_LINKED and make_of(block) in makes
    is_short = block.width <= thresholds.CALL_WIDTH
    leads = block.linked >= thresholds.PROSE_LINKED or block.tag == "figcaption"
    return is_short and (leads or is_announcement(block))


def _are_boxed_alike(block: Block, other: Block) -> bool:
    """Return True if the elements around two blocks up to the first that both stand in have the same tags."""
    around = {element: level for level, element in enumerate(other.trail)}
    level = next((i for i, element in enumerate(block.trail) if element in around), len(block.trail))
    shared = around[block.trail[level]] if level < len(block.trail) else len(other.trail)
    return [e.tag for e in block.trail[:level]] == [e.tag for e in other.trail[:shared]]


def _with_units(case: Case, chosen: set[int]) -> set[int]:
    """Take in doubtful paragraphs and headings in units like those that the story is told in.

    Entries of a live blog, letters, questions and answers, paragraphs boxed one by one stand in elements of
    one tag beside each other; between two that are the story's, another one is hardly anything else.
    """
    column = _column(case, chosen)
    if column is None:
        return chosen
    units: dict[HtmlElement, list[Block]] = {}
    for block in case.blocks[max(0, min(chosen) - thresholds.UNIT_HEAD) :]:
        if column in block.trail:
            level = block.trail.index(column)
            units.setdefault(block.trail[level - 1] if level else block.element, []).append(block)
    units = _without_tail(units, chosen)
    known = Counter(unit.tag for unit, blocks in units.items() if any(b.index in chosen for b in blocks))
    every = Counter(unit.tag for unit in units)
    tags = {
        tag
        for tag, count in known.items()
        if count >= thresholds.UNITS and count >= thresholds.UNITS_SHARE * every[tag]
    }
    first = next(iter(u for u, blocks in units.items() if any(b.index in chosen for b in blocks)))
    out = set(chosen)
    for unit, blocks in units.items():
        if unit.tag in tags and blocks[0].index >= units[first][0].index:
            out |= {b.index for b in blocks if _is_doubtful_prose(b, case)}
            holds_prose = any(b.index in out for b in blocks)
            least = thresholds.HEADED_SCORE if holds_prose else thresholds.HEADING_SCORE
            out |= {b.index for b in blocks if _is_doubtful_heading(b, case, least)}
    return out


def _without_tail(units: dict[HtmlElement, list[Block]], chosen: set[int]) -> dict[HtmlElement, list[Block]]:
    """Return the units up to the last of the story, with few of its tag that follow; many are comments."""
    order = list(units)
    last = max(i for i, unit in enumerate(order) if any(b.index in chosen for b in units[unit]))
    following = list(takewhile(lambda unit: unit.tag == order[last].tag, order[last + 1 :]))
    if len(following) > thresholds.LAST_UNITS:
        following = []
    return {unit: units[unit] for unit in (*order[: last + 1], *following)}


def _is_doubtful_prose(block: Block, case: Case) -> bool:
    is_free = block.linked < thresholds.PROSE_LINKED
    return is_free and reads_as_paragraph(block) and case.score(block) > thresholds.UNIT_SCORE


def _is_doubtful_heading(block: Block, case: Case, least: float) -> bool:
    is_free = block.linked < thresholds.PROSE_LINKED
    return is_free and block.tag in HEADINGS and case.score(block) > least


def _column(case: Case, chosen: set[int]) -> HtmlElement | None:
    """Return the innermost element that holds nearly all of what is chosen."""
    mass: Counter[HtmlElement] = Counter()
    depth: dict[HtmlElement, int] = {}
    for index in chosen:
        trail = case.blocks[index].trail
        for level, element in enumerate(trail):
            mass[element] += round(case.blocks[index].width)
            depth[element] = len(trail) - level
    least = thresholds.UNITS_COLUMN * case.width(chosen)
    return max((e for e, width in mass.items() if width >= least), key=lambda e: depth[e], default=None)
