"""Which blocks of the page are the article.

readability-lxml says what it would keep. That, the page's own containers, its structured data and the looks
of every block are laid side by side (judge/features.py), a learned model weighs them (judge/forest.py), and
its scores are overruled by what holds for any article (rules/).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from lxml.html import HtmlElement

from personae.article.judge.features import describe
from personae.article.judge.forest import judge
from personae.article.judge.page_facts import PageFacts, worth_judging
from personae.article.judge.readability_vote import kept_by_readability
from personae.article.rules.case import Case
from personae.article.rules.table import apply_rules
from personae.article.segment.blocks import Block, normalise_page, segment
from personae.article.segment.embeds import is_unseen, normalise_players
from personae.article.segment.formulas import normalise_formulas
from personae.errors import NoArticle
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import has_sentence
from personae.markup.text import words
from personae.page.metadata.metadata import Metadata

# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026.

# A block with a higher score is article.
THRESHOLD = 0.6
# A page where no story is above that (a short item above a long thread) is read once more with this one.
LOW_THRESHOLD = 0.3
# A story of one short sentence is about this wide; a search form's or a player's page has less.
_LEAST_WIDTH = 100.0
# A teaser is a link at least and at most so wide; a front page has so many of them.
_TEASER_WIDTH = (18.0, 160.0)
_FEWEST_TEASERS = 12
# A block with at least the first share of its text in links is no prose; above the second it is a link.
_TEXT_LINKED, _TEASER_LINKED = 0.5, 0.8
# A page with a wider paragraph is no front page, nor is one whose prose is wider than this share of its
# teasers.
_LONG_PARAGRAPH = 300.0
# So many sure paragraphs in one element, with at most this share of their text in links, are a story.
_TOGETHER = 3
_PARAGRAPH_LINKED = 0.3
_PROSE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Body:
    """The article's blocks among the page's.

    blocks: all of the page's; facts: of those that were judged; chosen: the indices of the article's.
    case: what the rules went by.
    """

    blocks: list[Block]
    facts: PageFacts
    chosen: frozenset[int]
    case: Case


def find_body(root: HtmlElement, metadata: Metadata, *, without: Collection[str] = ()) -> Body:
    """Find the article's blocks below the page's <body>, which is brought to one shape in place.

    without: names of rules that are passed over.

    Raises NoArticle when there is none.
    """
    blocks, facts = look_at(root, metadata)
    scores = {b.index: float(score) for b, score in zip(facts.blocks, judge(describe(facts)), strict=True)}
    for threshold in (THRESHOLD, LOW_THRESHOLD):
        case = Case(blocks, scores, threshold, metadata)
        chosen = {i for i in apply_rules(case, without) if not is_unseen(blocks[i])}
        if _is_article(case, chosen):
            return Body(blocks, facts, frozenset(chosen), case)
    raise NoArticle


def all_of(root: HtmlElement, metadata: Metadata) -> Body:
    """Take all below the page's <body> for the article, as its reader chose it; it is brought to one shape.

    Raises NoArticle when there is nothing in it.
    """
    blocks, facts = look_at(root, metadata)
    chosen = frozenset(b.index for b in blocks if not is_unseen(b))
    if not any(blocks[i].text for i in chosen):
        raise NoArticle
    return Body(blocks, facts, chosen, Case(blocks, dict.fromkeys(chosen, 1.0), THRESHOLD, metadata))


def look_at(root: HtmlElement, metadata: Metadata) -> tuple[list[Block], PageFacts]:
    """Return a page's blocks, and the facts of those worth judging; brings its <body> to one shape."""
    normalise_formulas(root)
    normalise_players(root)
    normalise_page(root)
    blocks = segment(root)
    candidates = worth_judging(blocks)
    return blocks, PageFacts(candidates, kept_by_readability(candidates), metadata)


def _is_article(case: Case, chosen: set[int]) -> bool:
    """Return False for what only looks like a story: too little prose, or mostly teasers of other pages."""
    prose = [case.blocks[i] for i in chosen if _is_prose(case.blocks[i])]
    width = sum(b.width for b in prose)
    if width < _LEAST_WIDTH or not any(has_sentence(b.text) for b in prose):
        return False
    return _stands_together(case, prose) or not _is_front_page(case.blocks, prose)


def _stands_together(case: Case, prose: list[Block]) -> bool:
    """Return True if sentences that the model is sure of stand in one element, as those of a story do.

    Teasers stand each in an element of their own. On a page that calls itself an article and has its title as
    a heading above them, one is enough: an agency's item of one paragraph.
    """
    sure = [
        b
        for b in prose
        if case.score(b) > THRESHOLD and b.linked < _PARAGRAPH_LINKED and has_sentence(b.text)
    ]
    together = Counter(b.trail[0] for b in sure if b.trail)
    if max(together.values(), default=0) >= _TOGETHER:
        return True
    title = words(case.metadata.title or "")
    headline = next((b.index for b in case.blocks if b.tag in HEADINGS and title and b.words == title), None)
    says_article = any(kind.endswith("article") for kind in case.metadata.page_types)
    return says_article and headline is not None and any(b.index > headline for b in sure)


def _is_prose(block: Block) -> bool:
    """Return True for text of a story, False for a link, a heading, the label of a control."""
    return (
        block.linked < _TEXT_LINKED
        and block.tag not in HEADINGS
        and not any(e.tag in ("label", "fieldset") for e in block.trail)
    )


def _is_front_page(blocks: list[Block], prose: list[Block]) -> bool:
    """Return True if linked headlines fill the page's middle, with less prose between them than in them."""
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
    return longest < _LONG_PARAGRAPH and sum(b.width for b in prose) < _PROSE_SHARE * sum(
        b.width for b in teasers
    )
