"""The metric of Scrapinghub's article-extraction-benchmark, written anew from its description.

Texts become bags of four-token shingles; true positives, false positives and false negatives of a page
are shares that sum to one, so that long pages do not outweigh short ones; precision and recall are averaged
over the pages where they are defined, and F1 is their harmonic mean.
(https://github.com/scrapinghub/article-extraction-benchmark)
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"\w+")
SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shares of the shingles of two texts: in both, in the prediction only, in the gold only."""

    both: float
    extra: float
    missed: float

    @classmethod
    def between(cls, gold: str, predicted: str) -> Overlap:
        """Compare two texts; two empty ones have nothing in any share."""
        g, p = shingles(gold), shingles(predicted)
        both = (g & p).total()
        extra, missed = p.total() - both, g.total() - both
        whole = (both + extra + missed) or 1
        return cls(both / whole, extra / whole, missed / whole)


def tokens(text: str) -> list[str]:
    """Return the runs of word characters."""
    return TOKEN.findall(text)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the bag of four-token shingles; a shorter text is one shingle, an empty one none."""
    words = tokens(text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def f1_precision_recall(overlaps: Sequence[Overlap]) -> tuple[float, float, float]:
    """Average precision where something was predicted, recall where there was something to find."""
    precisions = [o.both / (o.both + o.extra) for o in overlaps if o.both + o.extra]
    recalls = [o.both / (o.both + o.missed) for o in overlaps if o.both + o.missed]
    precision = statistics.mean(precisions) if precisions else 0.0
    recall = statistics.mean(recalls) if recalls else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f1, precision, recall
