"""Fit the weights by which actors are told from other names, and key actors from the rest.

    python -m benchmarks.fit_actors ANNOTATED.json > weights.toml

It belongs into backend/personae/actors/languages/en/words/data.

ANNOTATED.json: a list of {"title", "text", "actors": [{"name", "type", "key", "aliases"}]}, annotated by
hand, as `python -m benchmarks.annotated` puts together; text is paragraphs joined by blank lines.
Logistic regression with an L2 penalty, by Newton's method.

Who acts: one model a type, whose weights are those shared by all types plus the type's own, both penalised
(the feature augmentation of Daumé III, 2007). Who is key: among those taken for actors by weights that did
not see the article, as it will be when they are used.
Prints TOML; says on standard error what leaving out each article in turn gives.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Before numpy is imported: many small products are slower on several threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from personae.actors.cast import candidates
from personae.actors.languages.base import Candidate
from personae.actors.languages.en import agency, salience
from personae.actors.languages.en.language import LANGUAGE
from personae.actors.languages.en.words.weights import logistic as probability
from personae.actors.names.recogniser import recogniser
from personae.actors.salience.key_actors import is_key
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block, text_blocks

TYPES = ("person", "organization", "country")
SHARED_PENALTY = 1.0
OWN_PENALTY = 4.0
KEY_PENALTY = 2.0
FOLDS = 25

Floats = NDArray[np.float64]
Weights = dict[str, dict[str, float]]


@dataclass
class Annotated:
    """One article: its blocks, its candidates with their features, and which of them are actors, and key."""

    blocks: list[Block]
    candidates: list[Candidate]
    features: list[dict[str, float]]
    acts: list[bool]
    key: list[bool]
    n_actors: int
    n_key: int


def read_article(article: dict[str, Any]) -> Annotated:
    """Analyse one article and pair its candidates with the annotated actors, by shared names."""
    blocks = text_blocks(title=article["title"] or "", standfirst="", text=article["text"])
    names = LANGUAGE.names(blocks, recogniser("en").entities([block.plain for block in blocks]))
    found = [c for c in candidates(blocks, names, LANGUAGE) if agency.may_act(c.cluster, c.uses)]
    features = [agency.features(blocks, names, c) for c in found]
    gold = [{normal(alias).lower() for alias in actor["aliases"]} for actor in article["actors"]]
    ours = [{normal(alias).lower() for alias in c.cluster.rules} for c in found]
    pairs = sorted(
        ((len(g & o), i, -j) for i, g in enumerate(gold) for j, o in enumerate(ours) if g & o), reverse=True
    )
    match: dict[int, int] = {}
    for _, i, minus_j in pairs:
        if -minus_j not in match and i not in match.values():
            match[-minus_j] = i
    key = [article["actors"][match[j]]["key"] if j in match else False for j in range(len(ours))]
    n_key = sum(actor["key"] for actor in article["actors"])
    acts = [j in match for j in range(len(ours))]
    return Annotated(blocks, found, features, acts, key, len(gold), n_key)


def logistic(x: Floats, labels: list[bool], ridge: Floats) -> Floats:
    """Fit P(label) = sigmoid(x · weights), each weight penalised by its ridge."""
    y = np.array(labels, dtype=float)
    weights = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + ridge * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        weights -= (step := np.linalg.solve(hessian, gradient))
        if np.max(np.abs(step)) < 1e-7:
            break
    return weights


def penalties(names: list[str], penalty: float) -> Floats:
    """Return the penalty of each weight; the bias is hardly penalised."""
    ridge = np.full(len(names), penalty)
    ridge[names.index("bias")] = penalty / 20
    return ridge


def chosen(article: Annotated, weights: Weights) -> list[int]:
    """Return the numbers of the candidates that the weights take for actors."""
    return [
        j
        for j, c in enumerate(article.candidates)
        if probability(weights[c.cluster.type], article.features[j]) >= agency.THRESHOLD
    ]


def key_rows(article: Annotated, picked: list[int]) -> list[dict[str, float]]:
    """Return the features by which the chosen candidates are ranked."""
    acting = [article.candidates[j] for j in picked]
    return salience.features(article.blocks, acting, LANGUAGE.quotes(article.blocks, acting))


def fit_agency(articles: list[Annotated]) -> Weights:
    """Fit who acts: for each type the weights shared by all and its own, added up."""
    rows = [row for a in articles for row in zip(a.candidates, a.features, a.acts, strict=True)]
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


def fit_key(articles: list[Annotated]) -> dict[str, float]:
    """Fit who is key among the actors that weights fitted on other articles choose."""
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    for fold in range(FOLDS):
        weights = fit_agency([a for i, a in enumerate(articles) if i % FOLDS != fold])
        for article in articles[fold::FOLDS]:
            picked = chosen(article, weights)
            rows += key_rows(article, picked)
            labels += [article.key[j] for j in picked]
    names = list(rows[0])
    x = np.array([[row[name] for name in names] for row in rows])
    fitted = logistic(x, labels, penalties(names, KEY_PENALTY))
    return dict(zip(names, map(float, fitted), strict=True))


def fit(articles: list[Annotated]) -> Weights:
    """Fit who acts, then who is key among those."""
    return {**fit_agency(articles), "key": fit_key(articles)}


def cross_validate(articles: list[Annotated]) -> str:
    """Say what F1 the weights have on articles that they were not fitted on, one left out at a time."""
    hits = {"actor": 0, "key": 0}
    offered = dict(hits)
    wanted = {"actor": sum(a.n_actors for a in articles), "key": sum(a.n_key for a in articles)}
    for out, article in enumerate(articles):
        weights = fit(articles[:out] + articles[out + 1 :])
        picked = chosen(article, weights)
        hits["actor"] += sum(article.acts[j] for j in picked)
        offered["actor"] += len(picked)
        scores = [probability(weights["key"], row) for row in key_rows(article, picked)]
        first = max(scores, default=0.0)
        keys = [j for j, score in zip(picked, scores, strict=True) if is_key(score, first)]
        hits["key"] += sum(article.key[j] for j in keys)
        offered["key"] += len(keys)
    f1 = {kind: 2 * hits[kind] / (offered[kind] + wanted[kind]) for kind in hits}
    return f"each of {len(articles)} articles left out: actor F1 {f1['actor']:.3f}, key F1 {f1['key']:.3f}"


def main() -> None:
    """Fit, validate, print."""
    articles = [
        read_article(article) for article in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    ]
    print(cross_validate(articles), file=sys.stderr)
    print("# Logistic weights of the features in agency.py (a section a type) and salience.py ([key]).")
    print("# Fitted by benchmarks/fit_actors.py on articles annotated by hand; numbers only. MIT.")
    for section, weights in fit(articles).items():
        print(f"\n[{section}]")
        for name, weight in weights.items():
            print(f"{name} = {weight:.3f}")


if __name__ == "__main__":
    main()
