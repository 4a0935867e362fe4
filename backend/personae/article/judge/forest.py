"""The learned model: two small forests of gradient-boosted trees, read from a data file and run in numpy.

The first forest judges each block by itself; the second sees the first one's scores of the blocks around
and decides anew, so that a run of paragraphs holds together and a lone one among chrome does not stand.
Both were trained by benchmarks/blocks/train.py, which also says on what and how they were judged.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personae.article.judge.columns import Matrix, shift, window
from personae.article.judge.features import Features

FLOAT = NDArray[np.float64]
_REACH = (4, 12)
# The sum of a page's scores is told up to here, as its length is: see place_columns.py.
_MOST_SCORE = 60.0


@dataclass(frozen=True)
class Forest:
    """Trees as flat arrays over all nodes. A leaf leads to itself, so that every row takes `depth` steps.

    children: of node n, the left one at 2n, the right one at 2n + 1.
    """

    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float32]
    children: NDArray[np.intp]
    value: FLOAT
    depth: int

    @classmethod
    def from_json(cls, trees: list[dict[str, Any]]) -> Forest:
        """Build a forest from its data: per tree feature, threshold, left, right, leaf, depth.

        A tree's child below zero is its leaf number -child - 1.
        """
        roots: list[int] = []
        nodes: list[tuple[int, float, int, int, float]] = []
        for tree in trees:
            start, split = len(nodes), len(tree["feature"])
            roots.append(start)
            for name in range(split):
                left, right = (
                    start + (child if child >= 0 else split - child - 1)
                    for child in (tree["left"][name], tree["right"][name])
                )
                nodes.append((tree["feature"][name], tree["threshold"][name], left, right, 0.0))
            for value in tree["leaf"]:
                nodes.append((0, 0.0, len(nodes), len(nodes), value))
        feature, threshold, lefts, rights, values = zip(*nodes, strict=True)
        return cls(
            roots=np.array(roots, dtype=np.intp),
            feature=np.array(feature, dtype=np.intp),
            threshold=np.array(threshold, dtype=np.float32),
            children=np.array([lefts, rights], dtype=np.intp).T.ravel(),
            value=np.array(values, dtype=np.float64),
            depth=max(tree["depth"] for tree in trees),
        )

    def __call__(self, rows: Matrix) -> FLOAT:
        """Return the probability that each row is article, shape (rows,)."""
        # Every index is in range; "clip" spares numpy the check.
        line = (np.arange(len(rows)) * rows.shape[1])[:, None]
        flat = rows.ravel()
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            cell = line + self.feature.take(at, mode="clip")
            goes_right = flat.take(cell, mode="clip") > self.threshold.take(at, mode="clip")
            at = self.children.take(2 * at + goes_right, mode="clip")
        total: FLOAT = self.value.take(at).sum(axis=1)
        return 1.0 / (1.0 + np.exp(-total))


@cache
def _forests() -> tuple[list[str], Forest, Forest]:
    data = json.loads(files("personae.article.judge").joinpath("data/forest.json").read_text("utf-8"))
    return data["columns"], Forest.from_json(data["alone"]), Forest.from_json(data["joint"])


def judge(features: Features) -> FLOAT:
    """Return for each block how likely it belongs to the article, 0..1.

    Raises ValueError when the model knows other columns.
    """
    columns, alone, joint = _forests()
    if features.names != columns:
        raise ValueError("the model was trained on other columns: run benchmarks/blocks/train.py")
    return joint(with_scores(features, alone(features.rows)))


def with_scores(features: Features, scores: FLOAT) -> Matrix:
    """Append the first forest's scores to the rows.

    Own, of three blocks on either side, means around, share so far, sum, and the mean over each group that
    the block is in, weighed by width.
    """
    own = scores[:, None].astype(np.float32)
    columns: list[NDArray[Any]] = [own, *(shift(own, step) for step in (-3, -2, -1, 1, 2, 3))]
    columns += [(window(scores, reach) / (2 * reach + 1))[:, None] for reach in _REACH]
    total = float(scores.sum()) + 1e-6
    columns += [(np.cumsum(scores) / total)[:, None], np.full((len(scores), 1), min(total, _MOST_SCORE))]
    weight = np.expm1(features.rows[:, features.names.index("width")]).astype(np.float64) + 1.0
    for groups in features.groups:
        mass, size = np.bincount(groups, weights=scores * weight), np.bincount(groups, weights=weight)
        columns.append((mass[groups] / size[groups])[:, None])
    return np.concatenate([features.rows, *columns], axis=1, dtype=np.float32)
