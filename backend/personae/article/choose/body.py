"""Which blocks of the page are the article.

readability-lxml says what it would keep. That, the page's own containers, its structured data and the looks
of every block are laid side by side (features.py), a learned model weighs them (forest.py), and the verdicts
are settled by what holds for any article (settle.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from personae.article.judge.features import describe
from personae.article.judge.forest import judge
from personae.article.judge.page_facts import View, worth_judging
from personae.article.judge.readability_vote import kept_by_readability
from personae.article.rules.table import Case, settle
from personae.article.segment.blocks import HEADINGS, Block, normalise, segment
from personae.article.segment.embeds import is_unseen, settle_players
from personae.article.segment.formulas import settle_formulas
from personae.errors import NoArticle
from personae.page.metadata.metadata import Metadata

SURE = 0.6
# A page where nothing is sure (a short item above a long thread) is read once more with this limit.
DOUBTFUL = 0.3
# A story of one short sentence is about this wide; a search form's or a player's page has less.
_LEAST_WIDTH = 100.0
_SENTENCE_END = re.compile(r"[.!?…。！？।؟۔]")
_TEASER_WIDTH = (18.0, 160.0)
_FEWEST_TEASERS = 12
_TEXT_LINKED, _TEASER_LINKED = 0.5, 0.8
_LONG_PARAGRAPH = 300.0


@dataclass(frozen=True, slots=True)
class Body:
    """The article's blocks among the page's.

    blocks: all of the page's; view: those that were judged, with what is known about them;
    chosen: the indices of the article's.
    case: what the rules went by.
    """

    blocks: list[Block]
    view: View
    chosen: frozenset[int]
    case: Case


def find_body(body: HtmlElement, metadata: Metadata) -> Body:
    """Find the article's blocks below `body`, which is brought to one shape in place.

    Raises NoArticle when there is none.
    """
    blocks, view = look_at(body, metadata)
    verdicts = judge(describe(view))
    sure = {b.index: float(v) for b, v in zip(view.blocks, verdicts, strict=True)}
    for limit in (SURE, DOUBTFUL):
        case = Case(blocks, sure, limit, metadata)
        chosen = {i for i in settle(case) if not is_unseen(blocks[i])}
        if _is_article(blocks, chosen):
            return Body(blocks, view, frozenset(chosen), case)
    raise NoArticle


def all_of(body: HtmlElement, metadata: Metadata) -> Body:
    """Take all below `body` for the article, as its reader chose it; it is brought to one shape in place.

    Raises NoArticle when there is nothing in it.
    """
    blocks, view = look_at(body, metadata)
    chosen = frozenset(b.index for b in blocks if not is_unseen(b))
    if not any(blocks[i].text for i in chosen):
        raise NoArticle
    return Body(blocks, view, chosen, Case(blocks, dict.fromkeys(chosen, 1.0), SURE, metadata))


def look_at(body: HtmlElement, metadata: Metadata) -> tuple[list[Block], View]:
    """Return a page's blocks, and a view of those worth judging; `body` is brought to one shape in place."""
    settle_formulas(body)
    settle_players(body)
    normalise(body)
    blocks = segment(body)
    candidates = worth_judging(blocks)
    return blocks, View(candidates, kept_by_readability(candidates), metadata)


def _is_article(blocks: list[Block], chosen: set[int]) -> bool:
    """Tell a story from what only looks like one: too little prose, or mostly teasers of other pages."""
    prose = [blocks[i] for i in chosen if _is_prose(blocks[i])]
    width = sum(b.width for b in prose)
    if width < _LEAST_WIDTH or not any(_SENTENCE_END.search(b.text) for b in prose):
        return False
    return not _is_front_page(blocks, prose)


def _is_prose(block: Block) -> bool:
    """Tell text of a story from a link, a heading, the label of a control."""
    return (
        block.linked < _TEXT_LINKED
        and block.tag not in HEADINGS
        and not any(e.tag in ("label", "fieldset") for e in block.trail)
    )


def _is_front_page(blocks: list[Block], prose: list[Block]) -> bool:
    """Tell a front page: many linked headlines in its middle, less prose between them than in them."""
    teasers = [
        b
        for b in blocks
        if b.linked > _TEASER_LINKED
        and _TEASER_WIDTH[0] < b.width < _TEASER_WIDTH[1]
        and not any(e.tag in ("nav", "footer", "aside", "header") for e in b.trail)
    ]
    if len(teasers) < _FEWEST_TEASERS:
        return False
    longest = max((b.width for b in prose), default=0.0)
    return longest < _LONG_PARAGRAPH and sum(b.width for b in prose) < 0.5 * sum(b.width for b in teasers)
