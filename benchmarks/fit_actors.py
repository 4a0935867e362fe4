"""Fit the weights by which actors are told from other names, and key actors from the rest.

    python -m benchmarks.fit_actors ANNOTATED.json [--saliency FILE.jsonl.gz] [--write]

ANNOTATED.json: a list of {"title", "text", "actors": [{"name", "type", "key", "aliases"}]}, annotated by
hand, as `python -m benchmarks.annotated` puts together; text is paragraphs joined by blank lines.
--saliency: stories whose entities a crowd judged for salience (actor_examples.py says in what format).
--write: into weights.toml, and the figures into actor_figures.json; else weights are printed.

Logistic regression with an L2 penalty, by Newton's method. Who acts: one model a type, whose weights are
those shared by all types plus the type's own, both penalised (the feature augmentation of Daumé III, 2007).
Who is key: among those taken for actors by weights that did not see the article, as it will be when they
are used; the crowd has a bias of its own, since what it calls salient is not quite what is key.
On standard error: what the weights are worth on articles that they did not see, a fold left out at a time.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

# Before numpy is imported: many small products are slower on several threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from benchmarks.actor_examples import CROWD, GROUPS, Example, read_annotated, read_crowd
from numpy.typing import NDArray

from personae.actors.languages.en import agency, salience
from personae.actors.languages.en.language import LANGUAGE
from personae.actors.languages.en.words.weights import logistic as probability
from personae.actors.salience.hand_rule import points_of
from personae.actors.salience.key_actors import KEY, KEY_OF_FIRST, is_key
from personae.actors.salience.prominence import prominence

TYPES = ("person", "organization", "country")
SHARED_PENALTY = 1.0
OWN_PENALTY = 4.0
KEY_PENALTY = 15.0
FOLDS = 25
WEIGHTS = Path(__file__).parents[1] / "backend/personae/actors/languages/en/words/data/weights.toml"
FIGURES = Path(__file__).with_name("actor_figures.json")

Floats = NDArray[np.float64]
Weights = dict[str, dict[str, float]]
Figures = dict[str, dict[str, float]]


class Ranked:
    """The actors of one article as weights that did not see it chose them, and how orders rank them."""

    def __init__(self, example: Example, weights: Weights) -> None:
        self.example = example
        self.numbers = chosen(example, weights)
        acting = [example.candidates[j] for j in self.numbers]
        self.types = [actor.cluster.type for actor in acting]
        self.key = [example.key[j] for j in self.numbers]
        self.rows = salience.features(example.blocks, acting, LANGUAGE.quotes(example.blocks, acting))
        clusters = [actor.cluster for actor in acting]
        places = [prominence(example.blocks, cluster) for cluster in clusters]
        order = sorted(range(len(places)), key=lambda i: places[i].start)
        first = [-float(order.index(i)) for i in range(len(places))]
        self.orders = {
            "counting": [place.mentions + early / 1000 for place, early in zip(places, first, strict=True)],
            "first mention": first,
            "hand rule": [sum(points.values()) for points in points_of(example.blocks, clusters)],
        }

    def scores(self, weights: dict[str, float]) -> list[float]:
        """Return the salience of each actor by these weights."""
        return [probability(weights, row) for row in self.rows]

    def r_precision(self, scores: Sequence[float]) -> float | None:
        """Return the share of the n key actors among the first n; None where that says nothing.

        Of a crowd's stories: among its persons and organisations that the crowd judged.
        """
        order = sorted(range(len(scores)), key=lambda i: -scores[i])
        if self.example.group != CROWD:
            n = self.example.n_key
            return sum(self.key[i] is True for i in order[:n]) / n if n else None
        judged = [self.key[i] for i in order if self.key[i] is not None and self.types[i] != "country"]
        n = sum(key is True for key in judged)
        return sum(key is True for key in judged[:n]) / n if 0 < n < len(judged) else None


def logistic(x: Floats, labels: Sequence[bool], ridge: Floats) -> Floats:
    """Fit P(label) = sigmoid(x · weights), each weight penalised by its ridge."""
    y = np.array(labels, dtype=float)

    def loss(weights: Floats) -> float:
        z = x @ weights
        return float(np.sum(np.logaddexp(0, z) - y * z) + np.sum(ridge * weights**2) / 2)

    weights = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + ridge * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        before = loss(weights)
        while loss(weights - step) > before and np.max(np.abs(step)) > 1e-7:
            step = step / 2
        weights = weights - step
        if np.max(np.abs(step)) < 1e-7:
            break
    return weights


def penalties(names: Sequence[str], penalty: float, lighter: Sequence[str] = ("bias",)) -> Floats:
    """Return the penalty of each weight; a bias is hardly penalised."""
    return np.array([penalty / 20 if name in lighter else penalty for name in names])


def chosen(example: Example, weights: Weights) -> list[int]:
    """Return the numbers of the candidates that the weights take for actors."""
    return [
        j
        for j, c in enumerate(example.candidates)
        if probability(weights[c.cluster.type], example.features[j]) >= agency.THRESHOLD
    ]


def fit_agency(examples: Sequence[Example]) -> Weights:
    """Fit who acts: for each type the weights shared by all and its own, added up."""
    rows = [row for e in examples for row in zip(e.candidates, e.features, e.acts, strict=True)]
    names = list(rows[0][1])
    shared = np.array([[values[name] for name in names] for _, values, _ in rows])
    own = [shared * np.array([[c.cluster.type == kind] for c, _, _ in rows]) for kind in TYPES]
    ridge = np.concatenate([penalties(names, SHARED_PENALTY), *[penalties(names, OWN_PENALTY)] * len(TYPES)])
    fitted = logistic(np.hstack([shared, *own]), [acts for _, _, acts in rows], ridge)
    base, *parts = fitted.reshape(1 + len(TYPES), len(names))
    return {
        kind: dict(zip(names, map(float, base + part), strict=True))
        for kind, part in zip(TYPES, parts, strict=True)
    }


def fit_key(articles: Sequence[Ranked]) -> dict[str, float]:
    """Fit who is key among the chosen actors of annotated and of crowd-judged articles, or of either."""
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    for article in articles:
        crowd = article.example.group == CROWD
        for row, key in zip(article.rows, article.key, strict=True):
            if key is not None:
                rows.append({**row, CROWD: float(crowd)})
                labels.append(key)
    names = list(rows[0])
    x = np.array([[row[name] for name in names] for row in rows])
    # Penalised in units of each feature's own deviation, so that its scale is of no matter.
    scale = np.where([name in {"bias", CROWD} for name in names], 1.0, x.std(axis=0) + 1e-9)
    fitted = logistic(x / scale, labels, penalties(names, KEY_PENALTY, ("bias", CROWD))) / scale
    found = dict(zip(names, map(float, fitted), strict=True))
    crowd_bias = found.pop(CROWD)
    if all(article.example.group == CROWD for article in articles):
        found["bias"] += crowd_bias
    return found


def folds_of(examples: Sequence[Example]) -> list[Ranked]:
    """Return each annotated article with the actors that weights chose which did not see it."""
    ranked: dict[int, Ranked] = {}
    for fold in range(FOLDS):
        weights = fit_agency([e for i, e in enumerate(examples) if i % FOLDS != fold])
        ranked |= {i: Ranked(examples[i], weights) for i in range(fold, len(examples), FOLDS)}
    return [ranked[i] for i in range(len(examples))]


def left_out(articles: Sequence[Ranked], others: Sequence[Ranked]) -> list[list[float]]:
    """Return the salience in each of `articles` by weights fitted on `others` and the other folds of them."""
    scores: dict[int, list[float]] = {}
    for fold in range(FOLDS):
        weights = fit_key([*others, *(a for i, a in enumerate(articles) if i % FOLDS != fold)])
        scores |= {i: articles[i].scores(weights) for i in range(fold, len(articles), FOLDS)}
    return [scores[i] for i in range(len(articles))]


def f1(right: int, given: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (given + wanted) if right else 0.0


def actor_f1(articles: Sequence[Ranked]) -> float:
    """Return how right the choice of actors is."""
    right = sum(a.example.acts[j] for a in articles for j in a.numbers)
    return f1(right, sum(len(a.numbers) for a in articles), sum(a.example.n_actors for a in articles))


def key_f1(
    articles: Sequence[Ranked],
    scores: Sequence[Sequence[float]],
    key: Callable[[float, float], bool] = is_key,
) -> float:
    """Return how right the choice of key actors is; key: by an actor's salience and the first one's."""
    flags = [
        (known is True)
        for article, own in zip(articles, scores, strict=True)
        for known, score in zip(article.key, own, strict=True)
        if key(score, max(own))
    ]
    return f1(sum(flags), len(flags), sum(a.example.n_key for a in articles))


def mean_r_precision(articles: Sequence[Ranked], scores: Sequence[Sequence[float]]) -> float:
    """Return the mean over the articles for which there is one."""
    each = [a.r_precision(own) for a, own in zip(articles, scores, strict=True)]
    return statistics.mean([r for r in each if r is not None] or [0.0])


def best_thresholds(articles: Sequence[Ranked], scores: Sequence[Sequence[float]]) -> str:
    """Say with which thresholds of key_actors.py the F1 of unseen articles is best."""
    grid = [(a / 50, b / 50) for a in range(10, 25) for b in range(10, 30)]
    tried = {}
    for least, share in grid:

        def key(score: float, first: float, least: float = least, share: float = share) -> bool:
            return score >= max(least, share * first)

        tried[least, share] = key_f1(articles, scores, key)
    (a, b), best = max(tried.items(), key=lambda row: row[1])
    return f"key F1 is best, {best:.3f}, with KEY {a} and KEY_OF_FIRST {b}; they are {KEY} and {KEY_OF_FIRST}"


def figures_of(name: str, articles: Sequence[Ranked], scores: Sequence[Sequence[float]]) -> Figures:
    """Return and print the figures of a group of articles."""
    row = {"articles": float(len(articles))}
    if name != CROWD:
        row |= {"actor": actor_f1(articles), "key": key_f1(articles, scores)}
    row["R-precision"] = mean_r_precision(articles, scores)
    for order in ("counting", "first mention", "hand rule"):
        row[order] = mean_r_precision(articles, [a.orders[order] for a in articles])
    print(f"{name:<12}", *(f"{k} {v:.3f}" if v < 2 else f"{v:.0f}" for k, v in row.items()), file=sys.stderr)
    return {name: {figure: round(value, 3) for figure, value in row.items()}}


def as_toml(weights: Weights) -> str:
    """Return the weights as the package holds them."""
    lines = [
        "# Logistic weights of the features in agency.py (a section a type) and salience.py ([key]).",
        "# Fitted by benchmarks/fit_actors.py on articles annotated by hand; numbers only. MIT.",
    ]
    for section, table in weights.items():
        lines += ["", f"[{section}]", *(f"{name} = {weight:.3f}" for name, weight in table.items())]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, validate, print or write. Returns the status to exit with."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("annotated", type=Path)
    parser.add_argument("--saliency", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    examples = read_annotated(options.annotated)
    acting = fit_agency(examples)
    annotated = folds_of(examples)
    crowd = [Ranked(e, acting) for e in (read_crowd(options.saliency) if options.saliency else [])]
    scores = left_out(annotated, crowd)
    figures = figures_of("all", annotated, scores)
    for group in GROUPS:
        own = [i for i, a in enumerate(annotated) if a.example.group == group]
        if own:
            figures |= figures_of(group, [annotated[i] for i in own], [scores[i] for i in own])
    if crowd:
        figures |= figures_of(CROWD, crowd, left_out(crowd, annotated))
        alone, other = fit_key(annotated), fit_key(crowd)
        figures[CROWD]["unseen corpus"] = round(mean_r_precision(crowd, [a.scores(alone) for a in crowd]), 3)
        figures["all"]["unseen corpus"] = round(
            mean_r_precision(annotated, [a.scores(other) for a in annotated]), 3
        )
        for name in ("all", CROWD):
            print(f"{name}, by the other corpus: {figures[name]['unseen corpus']:.3f}", file=sys.stderr)
    print(best_thresholds(annotated, scores), file=sys.stderr)
    text = as_toml({**acting, "key": fit_key([*annotated, *crowd])})
    if options.write:
        WEIGHTS.write_text(text, encoding="utf-8")
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
