"""Why each block of a page is in the article or not: what the pipeline computed, block by block.

A page that holds nothing to read is explained as well: what speaks for that, and how each block scores.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from personae.article.account.removals import removed_boxes
from personae.article.choose.body import Body
from personae.article.choose.page_kind import PageVerdict
from personae.article.rules.table import overruled
from personae.article.segment.blocks import Block
from personae.article.write.article_tree import write_article
from personae.article.write.story import find_story
from personae.model import RemovalKind
from personae.page.parse.parser import Page

_FIRST = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one block, and why.

    tag: its element; text: all of it; inside: within the article's area.
    kept: it is in the article's text; carried: its words are in a caption or a table.
    score: how likely the model takes it for article, 0..1, None when it was not judged; rule: the name of the
    one that decided otherwise, None without; kind, reason: of the removal that it is part of, None without.
    """

    tag: str
    text: str
    inside: bool
    kept: bool
    carried: bool
    score: float | None
    rule: str | None
    kind: RemovalKind | None
    reason: str | None

    def line(self) -> str:
        """Return the verdict as one line for a terminal."""
        outcome = "kept" if self.kept else "with" if self.carried else "out"
        score = "   -" if self.score is None else f"{self.score:4.2f}"
        words = self.text if len(self.text) <= _FIRST else f"{self.text[:_FIRST].rstrip()}…"
        why = f"  ({self.reason})" if self.reason else ""
        return f"{outcome:4} {score} {self.rule or '':11} {self.kind or '':10} {self.tag:10} {words}{why}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdict on a page as a whole, and those on its blocks, in its order."""

    page: PageVerdict
    blocks: list[Verdict]


def explain(page: Page, *, without: Collection[str] = ()) -> Explanation:
    """Explain what becomes of a page and of each of its blocks. Takes the page's tree apart.

    without: names of rules that are passed over.

    Raises NoArticle when the page has no blocks at all.
    """
    found = find_story(page, without=without)
    body = found.body
    rules = overruled(body.case, without)
    if body.verdict.kind == "nothing":
        return Explanation(body.verdict, [_verdict(b, body, rules, kept=False) for b in body.blocks])
    tree = write_article(found.root, body.blocks, body.chosen, page.base_url, found.metadata.lead_image)
    removals: dict[int, tuple[RemovalKind, str]] = {}
    inside = set(body.chosen)
    for box, removal in removed_boxes(body, tree.carried, tree.embedded):
        for block in box.blocks:
            removals[block.index] = removal.kind, removal.reason
            if box.inside:
                inside.add(block.index)
    blocks = []
    for block in body.blocks:
        kept = block.index in body.chosen
        carried = block.index in tree.carried and not kept
        kind, reason = removals.get(block.index, (None, None))
        verdict = _verdict(block, body, rules, kept=kept)
        is_inside = block.index in inside or carried
        blocks.append(replace(verdict, inside=is_inside, carried=carried, kind=kind, reason=reason))
    return Explanation(body.verdict, blocks)


def _verdict(block: Block, body: Body, rules: Mapping[int, str], *, kept: bool) -> Verdict:
    """Return what is known of a block before the article is written."""
    return Verdict(
        tag=block.tag,
        text=block.text,
        inside=block.index in body.chosen,
        kept=kept,
        carried=False,
        score=body.case.scores.get(block.index),
        rule=rules.get(block.index),
        kind=None,
        reason=None,
    )
