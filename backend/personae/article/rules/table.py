"""The rules, in order, and what they make of the model's scores.

The model weighs what blocks have in common with those of many pages. The rules know what it cannot learn
from few examples: paragraphs of one make share a verdict, boxes and other stories are no part of this one,
nor is what stands above it, a line that says again what another one said is a pull quote, and one that only
calls its reader elsewhere is no prose. docs/extraction.md has a row for each.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from personae.article.rules import thresholds
from personae.article.rules.boxes import (
    without_boxes,
    without_boxes_among,
    without_captions,
    without_posts,
    without_summary,
)
from personae.article.rules.case import Case, Rule
from personae.article.rules.chrome_lines import (
    without_calls,
    without_endings,
    without_gateway,
    without_pointers,
    without_remarks,
)
from personae.article.rules.exhibits import with_exhibits
from personae.article.rules.galleries import without_galleries
from personae.article.rules.headline import with_opening, without_head
from personae.article.rules.lists_and_notes import (
    with_headings,
    with_lists,
    with_notes,
    without_loose_headings,
)
from personae.article.rules.other_stories import (
    without_other_stories,
    without_teasers,
    without_threads,
)
from personae.article.rules.pull_quotes import without_pull_quotes
from personae.article.rules.siblings import with_siblings

# The name of each is what `personae explain` prints and `--without` takes.
RULES: Mapping[str, Rule] = {
    "other story": without_other_stories,
    "teaser": without_teasers,
    "thread": without_threads,
    "like others": with_siblings,
    "box": without_boxes,
    "opening": with_opening,
    "head": without_head,
    "pull quote": without_pull_quotes,
    "call": without_calls,
    "pointer": without_pointers,
    "remark": without_remarks,
    "gallery": without_galleries,
    "caption": without_captions,
    "post": without_posts,
    "summary": without_summary,
    "gateway": without_gateway,
    "ending": without_endings,
    "list": with_lists,
    "exhibit": with_exhibits,
    "note": with_notes,
    "heading": with_headings,
    "box among": without_boxes_among,
    "loose head": without_loose_headings,
}

_KNOWS_WHAT_IT_TAKES = frozenset({"other story", "teaser", "ending", "box", "gallery"})


def checked(names: Collection[str]) -> frozenset[str]:
    """Return names of rules as a set. Raises ValueError, with the names that there are, for any other."""
    if unknown := set(names) - RULES.keys():
        raise ValueError(f"no such rule: {', '.join(sorted(unknown))}; the rules are {', '.join(RULES)}")
    return frozenset(names)


def apply_rules(case: Case, without: Collection[str] = ()) -> set[int]:
    """Return the indices of the article's blocks. without: names of rules that are passed over."""
    chosen = case.above_threshold()
    for name in _applied(without):
        chosen = _guarded(name, case, chosen)
    return chosen


def overruled(case: Case, without: Collection[str] = ()) -> dict[int, str]:
    """Return which rule decided about a block otherwise than the model: index -> the rule's name."""
    first = chosen = case.above_threshold()
    last: dict[int, str] = {}
    for name in _applied(without):
        before, chosen = chosen, _guarded(name, case, chosen)
        last |= dict.fromkeys(before ^ chosen, name)
    return {i: name for i, name in last.items() if (i in first) != (i in chosen)}


def _applied(without: Collection[str]) -> list[str]:
    return [name for name in RULES if name not in without]


def _guarded(name: str, case: Case, chosen: set[int]) -> set[int]:
    """Follow a rule, but let it take nothing when it would take the story.

    No rule takes all that is chosen; and but for those that know a box by what it says or a story by its own
    headline, none takes more than a share of the text that the model is sure of.
    """
    after = RULES[name](case, chosen)
    taken = chosen - after
    if not taken:
        return after
    sure = case.above_threshold() & chosen
    most = 1.0 if name in _KNOWS_WHAT_IT_TAKES else thresholds.RULE_SHARE
    if taken >= chosen or case.width(taken & sure) > most * case.width(sure):
        return after | taken
    return after
