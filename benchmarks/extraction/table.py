"""The outcome as a Markdown table, and what is needed to judge it."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterator, Sequence

from .contest import Score

HEADS = ("F1", "precision", "recall", "exact", "time", "failed")


def table(scores: Sequence[Score]) -> Iterator[str]:
    """Yield a Markdown table, a row for each extractor; the first one's time is the unit."""
    unit = scores[0].median
    names = [f"{score.peer.name} {score.peer.version}" for score in scores]
    wide = max(map(len, names))
    yield f"| {'':<{wide}} | {' | '.join(HEADS)} |"
    yield f"|{'-' * (wide + 2)}|{'|'.join('-' * (len(head) + 1) + ':' for head in HEADS)}|"
    for name, score in zip(names, scores, strict=True):
        f1, precision, recall = score.f1_precision_recall
        cells = (
            f"{f1:.3f}",
            f"{precision:.3f}",
            f"{recall:.3f}",
            f"{score.exact:.3f}",
            f"{score.median / unit:.2f}",
            f"{len(score.failures)}",
        )
        row = " | ".join(f"{cell:>{max(len(head), 2)}}" for head, cell in zip(HEADS, cells, strict=True))
        yield f"| {name:<{wide}} | {row} |"


def failures(scores: Sequence[Score]) -> Iterator[str]:
    """Yield a line for each way in which an extractor gave no text, with the first page where it did."""
    for score in scores:
        for reason, count in Counter(score.failures.values()).most_common():
            page = next(name for name, why in score.failures.items() if why == reason)
            yield f"{score.peer.name}: {reason} (x{count}, first on {page})"


def setting(pages: int, rounds: int) -> Iterator[str]:
    """Yield what was measured, where, and what the columns mean that do not say so themselves."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield f"{pages} pages, {python}, {platform.system()} {platform.machine()}"
    yield f"time: that of the median page, the fastest of {rounds} for each, as a multiple of the first row's"
    yield "exact: share of pages with every word right and none else; failed: pages that gave no text"
