"""What stands on the page beside the story in units of its own: other stories, teasers, threads.

Their boxes often have no telling names. What tells them is that they repeat, and where they stand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from personae.article.judge.page_facts import article_around
from personae.article.judge.repetition_columns import is_stamp
from personae.article.rules import thresholds
from personae.article.rules.case import Case, is_prose, names_no_host
from personae.article.segment.blocks import Block
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import ends_sentence
from personae.markup.text import words, words_of_each


def without_other_stories(case: Case, chosen: set[int]) -> set[int]:
    """Drop the stories that follow in articles of their own, each with a headline of its own."""
    blocks, metadata = case.blocks, case.metadata
    titles = words_of_each(metadata.title, *metadata.headlines)
    headline = next((b for b in blocks if b.tag in HEADINGS and b.words in titles), None)
    own = article_around(headline) if headline is not None else None
    if own is None or case.width(i for i in chosen if own in blocks[i].trail) < thresholds.STORY_WIDTH:
        return chosen
    end = max(b.index for b in blocks if own in b.trail)
    headed = {article_around(b) for b in blocks if b.index > end and b.tag in ("h1", "h2")} - {None, own}
    return {i for i in chosen if article_around(blocks[i]) not in headed}


def without_teasers(case: Case, chosen: set[int]) -> set[int]:
    """Drop what stands in units with a linked headline each, where the page's own story stands apart of them.

    The items of a list that a story is made of have headlines with links too, but they stand with its
    headline and opening, in the article that those stand in.
    """
    units = _units_of_teasers(case.blocks)
    if not units:
        return chosen
    inside = {b.index for b in case.blocks if any(e in units for e in b.trail)}
    title = words(case.metadata.title or "")
    headline = next((b for b in case.blocks if title and b.words == title and b.index not in inside), None)
    if headline is None:
        return chosen
    below = (case.blocks[i] for i in sorted(chosen) if i > headline.index and i not in inside)
    opening = next((b for b in below if is_prose(b) and case.score(b) > case.threshold), None)
    if opening is None:
        return chosen
    own = article_around(headline)
    if own is None:
        own = next((e for e in headline.trail if e in opening.trail), None)
    return {i for i in chosen if i not in inside or (own is not None and own in case.blocks[i].trail)}


def _units_of_teasers(blocks: Sequence[Block]) -> set[HtmlElement]:
    """Return the elements of one shape beside each other that hold one linked headline each."""
    headings = (b for b in blocks if b.tag in HEADINGS and b.linked > thresholds.IS_LINK)
    headlines = [b for b in headings if _stays_here(b)]
    count = Counter(element for b in headlines for element in b.trail)
    beside: defaultdict[tuple[HtmlElement | None, object], set[HtmlElement]] = defaultdict(set)
    for block in headlines:
        alone = list(takewhile(lambda e: count[e] == 1, block.trail))
        if alone:
            beside[(alone[-1].getparent(), alone[-1].tag)].add(alone[-1])
    return {unit for units in beside.values() if len(units) >= thresholds.TEASERS for unit in units}


def _stays_here(block: Block) -> bool:
    """Return True for a link within the site, by an address without a host; sources lead away."""
    links = (block.element, *block.trail[:1], *block.element.iter("a"))
    return any(names_no_host(a) for a in links if a.tag == "a")


def without_threads(case: Case, chosen: set[int]) -> set[int]:
    """Drop the threads that follow the story's column, told by their lines with a name and a time."""
    column = _column(case, chosen)
    inside = [i for i in sorted(chosen) if column is not None and case.blocks[i].trail[:1] == (column,)]
    if not inside:
        return chosen
    following = case.blocks[inside[-1] + 1 :]
    stamps = [b for b in following if is_stamp(b) and not ends_sentence(b.text)]
    if len(stamps) < thresholds.THREAD_STAMPS:
        return chosen
    thread = {b.index for b in following if b.index >= stamps[0].index and b.index in chosen}
    if not thread or case.mean_score(thread) > case.mean_score(inside) - thresholds.THREAD_DOUBT:
        return chosen
    return chosen - thread


def _column(case: Case, chosen: set[int]) -> HtmlElement | None:
    """Return the element in which most of what is chosen stands right within."""
    mass = case.width_by_parent(chosen)
    return max(mass, key=lambda e: mass[e], default=None)
