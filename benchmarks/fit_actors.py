"""Fit the weights by which actors are told from other names, and key actors from the rest.

    python benchmarks/fit_actors.py ANNOTATED.json > backend/personae/actors/data/weights.toml

ANNOTATED.json: a list of {"title", "text", "actors": [{"name", "type", "key", "aliases"}]}, annotated by
hand; text is paragraphs joined by blank lines. Logistic regression with an L2 penalty, by Newton's method.
Prints TOML; says on standard error what five folds over the articles give.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from personae.actors import agency, salience
from personae.actors.analysis import Candidate, candidates
from personae.actors.blocks import Block, blocks
from personae.actors.names import find
from personae.actors.ner import recogniser
from personae.actors.tables import normal

TYPES = ("person", "organization", "country")
AGENCY_PENALTY = 2.0
KEY_PENALTY = 3.0
FOLDS = 7

Weights = dict[str, dict[str, float]]


@dataclass
class Annotated:
    """One article: its blocks, its candidates, and which of them are actors, and key."""

    parts: list[Block]
    candidates: list[Candidate]
    acts: list[bool]
    key: list[bool]
    n_actors: int
    n_key: int


def read_article(article: dict[str, Any]) -> Annotated:
    """Analyse one article and pair its candidates with the annotated actors, by shared names."""
    parts = blocks(title=article["title"] or "", standfirst="", text=article["text"])
    found = candidates(parts, find(parts, recogniser("en")))
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
    return Annotated(parts, found, [j in match for j in range(len(ours))], key, len(gold), n_key)


def logistic(rows: list[dict[str, float]], labels: list[bool], penalty: float) -> dict[str, float]:
    """Fit P(label) = sigmoid(weights · row); the bias is hardly penalised."""
    names = list(rows[0])
    x = np.array([[row[name] for name in names] for row in rows])
    y = np.array(labels, dtype=float)
    ridge = np.full(len(names), penalty)
    ridge[names.index("bias")] = penalty / 20
    weights = np.zeros(len(names))
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + ridge * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        weights -= (step := np.linalg.solve(hessian, gradient))
        if abs(step).max() < 1e-7:
            break
    return dict(zip(names, (float(w) for w in weights), strict=True))


def chosen(article: Annotated, weights: Weights) -> list[int]:
    """Return the numbers of the candidates that the weights take for actors."""
    return [
        j
        for j, c in enumerate(article.candidates)
        if agency.logistic(weights[c.cluster.type], c.features) >= agency.THRESHOLD
    ]


def key_rows(article: Annotated, picked: list[int]) -> list[dict[str, float]]:
    """Return the features by which the chosen candidates are ranked."""
    acting = [article.candidates[j] for j in picked]
    return salience.features(
        article.parts,
        [c.cluster for c in acting],
        [c.uses for c in acting],
        [c.role is not None for c in acting],
    )


def fit(articles: list[Annotated]) -> Weights:
    """Fit one model a type for who acts, then one for who is key among those."""
    weights: Weights = {}
    for kind in TYPES:
        pairs = [
            (c.features, acts)
            for a in articles
            for c, acts in zip(a.candidates, a.acts, strict=True)
            if c.cluster.type == kind
        ]
        weights[kind] = logistic([f for f, _ in pairs], [acts for _, acts in pairs], AGENCY_PENALTY)
    rows, labels = [], []
    for article in articles:
        picked = chosen(article, weights)
        rows += key_rows(article, picked)
        labels += [article.key[j] for j in picked]
    weights["key"] = logistic(rows, labels, KEY_PENALTY)
    return weights


def cross_validate(articles: list[Annotated]) -> str:
    """Say what F1 the weights have on articles that they were not fitted on."""
    hits = {"actor": 0, "key": 0}
    offered = dict(hits)
    wanted = {"actor": sum(a.n_actors for a in articles), "key": sum(a.n_key for a in articles)}
    for fold in range(FOLDS):
        weights = fit([a for i, a in enumerate(articles) if i % FOLDS != fold])
        for article in articles[fold::FOLDS]:
            picked = chosen(article, weights)
            hits["actor"] += sum(article.acts[j] for j in picked)
            offered["actor"] += len(picked)
            scores = [agency.logistic(weights["key"], row) for row in key_rows(article, picked)]
            keys = [j for j, score in zip(picked, scores, strict=True) if score >= salience.KEY]
            hits["key"] += sum(article.key[j] for j in keys)
            offered["key"] += len(keys)
    f1 = {kind: 2 * hits[kind] / (offered[kind] + wanted[kind]) for kind in hits}
    return f"{FOLDS} folds over {len(articles)} articles: actor F1 {f1['actor']:.3f}, key F1 {f1['key']:.3f}"


def main() -> None:
    """Fit, validate, print."""
    articles = [
        read_article(article) for article in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    ]
    np.random.default_rng(0).shuffle(articles)  # type: ignore[arg-type]  # a list is shuffled in place
    print(cross_validate(articles), file=sys.stderr)
    print("# Logistic weights of the features in agency.py (a section a type) and salience.py ([key]).")
    print("# Fitted by benchmarks/fit_actors.py on articles annotated by hand; numbers only. MIT.")
    for section, weights in fit(articles).items():
        print(f"\n[{section}]")
        for name, weight in weights.items():
            print(f"{name} = {weight:.3f}")


if __name__ == "__main__":
    main()
