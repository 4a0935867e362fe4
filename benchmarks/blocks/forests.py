"""Train the two forests with LightGBM, score pages whose publisher they did not see, write them as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from benchmarks.blocks.corpora import FOLDS, Example
from numpy.typing import NDArray

from personae.article.judge.columns import Matrix
from personae.article.judge.forest import with_scores

Scores = NDArray[np.float64]
ROUNDS = 150
SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 24,
    "max_depth": 7,
    "learning_rate": 0.08,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "num_threads": 2,
    "seed": 7,
    "deterministic": True,
    "verbose": -1,
}


class Rows:
    """The rows of all pages as LightGBM wants them, ready to train on any part of the pages."""

    def __init__(self, examples: Sequence[Example], rows: Sequence[Matrix]) -> None:
        self._examples = examples
        self._matrix = np.concatenate(rows)
        self._bounds = np.cumsum([0, *(len(r) for r in rows)])
        self._folds = np.repeat([e.fold for e in examples], np.diff(self._bounds))
        self._weights = np.concatenate([e.weights for e in examples])
        is_article = np.concatenate([np.nan_to_num(e.labels) > 0.5 for e in examples])
        self._data = lightgbm.Dataset(
            self._matrix, is_article, weight=self._weights, params=SETTINGS
        ).construct()

    def fit(self, *, without_fold: int | None = None) -> Any:
        """Train one forest on all pages, or on those of the other folds."""
        seen = (self._weights > 0) & (self._folds != without_fold)
        return lightgbm.train(SETTINGS, self._data.subset(np.flatnonzero(seen)), ROUNDS)

    def unseen(self) -> list[Scores]:
        """Return the scores of each page from a forest that saw none of its publisher's pages."""
        scores = np.zeros(len(self._matrix))
        for fold in range(FOLDS):
            held_out = self._folds == fold
            scores[held_out] = self.fit(without_fold=fold).predict(self._matrix[held_out])
        return [scores[a:b] for a, b in zip(self._bounds, self._bounds[1:], strict=False)]


def rows_alone(examples: Sequence[Example]) -> Rows:
    """Return what the first forest learns from."""
    return Rows(examples, [e.known.rows for e in examples])


def rows_joint(examples: Sequence[Example], alone: Sequence[Scores]) -> Rows:
    """Return what the second forest learns from: rows with the first one's scores of unseen publishers."""
    return Rows(examples, [with_scores(e.known, s) for e, s in zip(examples, alone, strict=True)])


def as_data(model: Any) -> list[dict[str, Any]]:
    """Return a model's trees as the flat arrays that judge/forest.py reads."""
    return [_flat(info["tree_structure"]) for info in model.dump_model()["tree_info"]]


def _flat(root: dict[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {name: [] for name in ("feature", "threshold", "left", "right", "leaf")}
    tree["depth"] = 1

    def add(node: dict[str, Any], depth: int) -> int:
        if "leaf_value" in node:
            tree["leaf"].append(round(node["leaf_value"], 5))
            return -len(tree["leaf"])
        tree["depth"] = max(tree["depth"], depth)
        at = len(tree["feature"])
        tree["feature"].append(node["split_feature"])
        tree["threshold"].append(float(f"{node['threshold']:.6g}"))
        for side in ("left", "right"):
            tree[side].append(0)
        for side in ("left", "right"):
            tree[side][at] = add(node[f"{side}_child"], depth + 1)
        return at

    if add(root, 1) < 0:  # a tree of one leaf: both sides of a split that decides nothing
        tree.update(feature=[0], threshold=[0.0], left=[-1], right=[-1])
    return tree
