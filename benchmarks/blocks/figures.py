"""How good a choice of blocks is, corpus by corpus and language by language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from benchmarks.blocks.labels import Column
from benchmarks.extraction.metric import Overlap, f1_precision_recall, tokens


class Known(Protocol):
    """What scoring asks of a page: texts and labels are of its blocks, in the same order."""

    corpus: str
    language: str | None
    gold: dict[str, Any]
    labels: Column
    texts: list[str]


@dataclass(slots=True)
class Figures:
    """What is counted over pages whose text is known, or over snippets where only those are."""

    overlaps: list[Overlap] = field(default_factory=list)
    exact: list[bool] = field(default_factory=list)
    right: int = 0
    chosen: int = 0
    wanted: int = 0

    def add(self, other: Figures) -> None:
        """Add what was counted over other pages."""
        self.overlaps += other.overlaps
        self.exact += other.exact
        self.right += other.right
        self.chosen += other.chosen
        self.wanted += other.wanted

    def values(self) -> dict[str, float]:
        """Return the figures by name: F1, exact, precision, recall; of snippets only F1."""
        if self.overlaps:
            f1, precision, recall = f1_precision_recall(self.overlaps)
            return {"F1": f1, "exact": float(np.mean(self.exact)), "P": precision, "R": recall}
        return {"F1": 2 * self.right / ((self.chosen + self.wanted) or 1)}

    def __str__(self) -> str:
        count = len(self.overlaps) or self.wanted
        return "  ".join([*(f"{name} {value:.4f}" for name, value in self.values().items()), f"n={count}"])


class Scoreboard:
    """Figures by corpus, and by language where a corpus says it."""

    def __init__(self) -> None:
        self.figures: defaultdict[str, Figures] = defaultdict(Figures)

    def add(self, page: Known, figures: Figures) -> None:
        """Add the figures of a page."""
        for name in (page.corpus, f"{page.corpus} {page.language}") if page.language else (page.corpus,):
            self.figures[name].add(figures)

    def lines(self) -> Iterable[str]:
        """Yield a line a corpus and language."""
        return (f"{name:16} {figures}" for name, figures in sorted(self.figures.items()))


def figures_of(page: Known, chosen: Iterable[int]) -> Figures:
    """Return the figures of a page. chosen: the places of its blocks that are taken for article."""
    if "with" in page.gold:
        return _of_snippets(page.labels, list(chosen))
    text = _without_head([page.texts[i] for i in sorted(chosen)], page.gold)
    return Figures([Overlap.between(page.gold["body"], text)], [tokens(text) == tokens(page.gold["body"])])


def _of_snippets(labels: Column, chosen: list[int]) -> Figures:
    known, wanted = ~np.isnan(labels), np.nan_to_num(labels) > 0.5
    taken = np.zeros(len(labels), dtype=bool)
    taken[chosen] = True
    return Figures(
        right=int((taken & wanted).sum()), chosen=int((taken & known).sum()), wanted=int(wanted.sum())
    )


def _without_head(texts: Sequence[str], gold: Mapping[str, Any]) -> str:
    """Return the text without the lines that are the known title or standfirst, which stand above it."""
    body = " ".join(tokens(gold["body"])).lower()
    head = {" ".join(tokens(t)).lower() for t in (gold.get("title") or "", *(gold.get("summary") or []))}
    lines = ((text, " ".join(tokens(text)).lower()) for text in texts)
    return "\n".join(text for text, own in lines if own not in head or own in body)
