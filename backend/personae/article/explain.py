"""Why each block of a page is in the article or not: what the pipeline computed, block by block."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from personae.article.account.removals import removed_boxes
from personae.article.rules.table import overruled
from personae.article.write.story import Story, write_story
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


def verdicts(page: Page, *, without: Collection[str] = ()) -> list[Verdict]:
    """Return the verdicts on a page's blocks, in its order. Takes the page's tree apart.

    without: names of rules that are passed over.

    Raises NoArticle.
    """
    return _verdicts(write_story(page, without=without), without)


def _verdicts(story: Story, without: Collection[str]) -> list[Verdict]:
    body, carried_blocks = story.body, story.tree.carried
    removals: dict[int, tuple[RemovalKind, str]] = {}
    inside = set(body.chosen)
    for box, removal in removed_boxes(body, carried_blocks, story.tree.embedded):
        for block in box.blocks:
            removals[block.index] = removal.kind, removal.reason
            if box.inside:
                inside.add(block.index)
    rules = overruled(body.case, without)
    out = []
    for block in body.blocks:
        kept = block.index in body.chosen
        carried = block.index in carried_blocks and not kept
        kind, reason = removals.get(block.index, (None, None))
        out.append(
            Verdict(
                tag=block.tag,
                text=block.text,
                inside=block.index in inside or carried,
                kept=kept,
                carried=carried,
                score=body.case.scores.get(block.index),
                rule=rules.get(block.index),
                kind=kind,
                reason=reason,
            )
        )
    return out
