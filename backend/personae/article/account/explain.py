"""Why each block of a page is in the article or not: what the pipeline computed, block by block."""

from __future__ import annotations

from dataclasses import dataclass

from personae.article.account.removals import removed_boxes
from personae.article.choose.body import Body, find_body
from personae.article.rules.table import overruled
from personae.article.write.article_tree import Tidy, tidy
from personae.errors import NoArticle
from personae.model import RemovalKind
from personae.page.metadata.metadata import read_metadata
from personae.page.parse.parser import Page

_FIRST = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one block, and why.

    tag: its element; text: all of it; inside: within the article's area.
    kept: it is in the article's text; carried: its words are in a caption or a table.
    sure: how surely the model takes it for article, 0..1, None when it was not judged; rule: the name of the
    one that decided otherwise, None without; kind, reason: of the removal that it is part of, None without.
    """

    tag: str
    text: str
    inside: bool
    kept: bool
    carried: bool
    sure: float | None
    rule: str | None
    kind: RemovalKind | None
    reason: str | None

    def line(self) -> str:
        """Return the verdict as one line for a terminal."""
        what = "kept" if self.kept else "with" if self.carried else "out"
        sure = "   -" if self.sure is None else f"{self.sure:4.2f}"
        words = self.text if len(self.text) <= _FIRST else f"{self.text[:_FIRST].rstrip()}…"
        why = f"  ({self.reason})" if self.reason else ""
        return f"{what:4} {sure} {self.rule or '':11} {self.kind or '':10} {self.tag:10} {words}{why}"


def verdicts(page: Page) -> list[Verdict]:
    """Return the verdicts on a page's blocks, in its order. Takes the page's tree apart.

    Raises NoArticle.
    """
    metadata = read_metadata(page)
    root = page.tree.find("body")
    if root is None:
        raise NoArticle
    held = list(root.iter())  # as in `compose`: elements are compared by identity
    body = find_body(root, metadata)
    done = tidy(root, body.blocks, body.chosen, page.base_url, metadata.lead_image)
    found = _verdicts(body, done)
    del held
    return found


def _verdicts(body: Body, done: Tidy) -> list[Verdict]:
    why: dict[int, tuple[RemovalKind, str]] = {}
    inside = set(body.chosen)
    for box, removal in removed_boxes(body, done.carried, done.embedded):
        for block in box.blocks:
            why[block.index] = removal.kind, removal.reason
            if box.inside:
                inside.add(block.index)
    rules = overruled(body.case)
    out = []
    for block in body.blocks:
        sure, kept = body.case.sure.get(block.index), block.index in body.chosen
        carried = block.index in done.carried and not kept
        kind, reason = why.get(block.index, (None, None))
        out.append(
            Verdict(
                tag=block.tag,
                text=block.text,
                inside=block.index in inside or carried,
                kept=kept,
                carried=carried,
                sure=sure,
                rule=rules.get(block.index),
                kind=kind,
                reason=reason,
            )
        )
    return out
