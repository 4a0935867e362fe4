"""Which blocks of the page are the article.

readability-lxml says what it would keep. That, the page's own containers, its structured data and the looks
of every block are laid side by side (judge/features.py), a learned model weighs them (judge/forest.py), and
its scores are overruled by what holds for any article (rules/).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml.html import HtmlElement

from personae.article.choose.page_kind import PageVerdict, judge_page
from personae.article.judge.features import describe
from personae.article.judge.forest import judge
from personae.article.judge.page_facts import PageFacts, make_of, worth_judging
from personae.article.judge.readability_vote import kept_by_readability
from personae.article.rules import thresholds
from personae.article.rules.case import Case
from personae.article.rules.table import apply_rules
from personae.article.segment.blocks import Block, normalise_page, segment
from personae.article.segment.embeds import is_unseen, normalise_players
from personae.article.segment.formulas import normalise_formulas
from personae.errors import NoArticle
from personae.page.metadata.metadata import Metadata

# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026.

# A block with a higher score is article.
THRESHOLD = 0.6
# A page where no story is above that (a short item above a long thread) is read once more with this one.
LOW_THRESHOLD = 0.3
# So too where the doubtful text of the chosen blocks' makes is so many times as wide as what is chosen.
REMNANT = 3.0


@dataclass(frozen=True, slots=True)
class Body:
    """The article's blocks among the page's.

    blocks: all of the page's; facts: of those that were judged; chosen: the indices of the article's.
    case: what the rules went by; verdict: what kind of page it is.
    """

    blocks: list[Block]
    facts: PageFacts
    chosen: frozenset[int]
    case: Case
    verdict: PageVerdict


def find_body(
    root: HtmlElement, metadata: Metadata, url: str | None = None, *, without: Collection[str] = ()
) -> Body:
    """Find the article's blocks below the page's <body>, which is brought to one shape in place.

    url: the page's address; without: names of rules that are passed over. Where there is nothing to read, the
    verdict of the body says so.
    """
    blocks, facts = look_at(root, metadata)
    scores = {b.index: float(score) for b, score in zip(facts.blocks, judge(describe(facts)), strict=True)}
    case, chosen, verdict = choose(blocks, scores, metadata, url, without=without)
    return Body(blocks, facts, chosen, case, verdict)


def choose(
    blocks: list[Block],
    scores: dict[int, float],
    metadata: Metadata,
    url: str | None,
    *,
    without: Collection[str] = (),
) -> tuple[Case, frozenset[int], PageVerdict]:
    """Choose the article's blocks by their scores and the rules, and judge the page by them.

    scores: index -> how likely a block is article, 0..1. Where no story is above the threshold, or hardly any
    of what it is told in, a lower one is tried; the first choice stands when that finds none either.
    """
    tried: list[tuple[Case, frozenset[int], PageVerdict]] = []
    for threshold in (THRESHOLD, LOW_THRESHOLD):
        case = Case(blocks, scores, threshold, metadata)
        chosen = frozenset(i for i in apply_rules(case, without) if not is_unseen(blocks[i]))
        tried.append((case, chosen, judge_page(case, chosen, url, threshold=THRESHOLD)))
        if tried[-1][2].kind == "story" and not _is_a_remnant(case, chosen):
            return tried[-1]
    kinds = [t[2].kind for t in tried]
    best = next((kind for kind in ("story", "list") if kind in kinds), kinds[0])
    return tried[len(kinds) - 1 - kinds[::-1].index(best)] if best == "story" else tried[kinds.index(best)]


def _is_a_remnant(case: Case, chosen: frozenset[int]) -> bool:
    """Return whether far more text of the chosen blocks' makes is in doubt than is chosen."""
    makes = {make_of(case.blocks[i]) for i in chosen}
    doubtful = [
        b.index
        for b in case.blocks
        if LOW_THRESHOLD < case.score(b) <= case.threshold
        and b.index not in chosen
        and b.linked < thresholds.PROSE_LINKED
        and make_of(b) in makes
    ]
    return case.width(doubtful) > REMNANT * case.width(chosen)


def all_of(root: HtmlElement, metadata: Metadata) -> Body:
    """Take all below the page's <body> for the article, as its reader chose it; it is brought to one shape.

    Raises NoArticle when there is nothing in it.
    """
    blocks, facts = look_at(root, metadata)
    chosen = frozenset(b.index for b in blocks if not is_unseen(b))
    if not any(blocks[i].text for i in chosen):
        raise NoArticle
    case = Case(blocks, dict.fromkeys(chosen, 1.0), THRESHOLD, metadata)
    return Body(blocks, facts, chosen, case, PageVerdict("story", ()))


def look_at(root: HtmlElement, metadata: Metadata) -> tuple[list[Block], PageFacts]:
    """Return a page's blocks, and the facts of those worth judging; brings its <body> to one shape."""
    normalise_formulas(root)
    normalise_players(root)
    normalise_page(root)
    blocks = segment(root)
    candidates = worth_judging(blocks)
    return blocks, PageFacts(candidates, kept_by_readability(candidates), metadata)
