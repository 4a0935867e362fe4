"""Train the model that judges blocks (personae/article/judge/data/forest.json), and say how good it is.

    python -m benchmarks.blocks.train CORPUS.jsonl.gz [CORPUS.jsonl.gz ...] [--check] [--write]

A corpus has one JSON object a line: {"id", "url", "html", "gold": {"body", "title", "summary"}}; the first
one is of news pages and weighs more. Needs `pip install lightgbm` beside the project; the product does not.

Each block of a page becomes a row (features.py); it is article when most of its 4-grams stand in the gold
body. Publishers are dealt into five folds. The first forest is trained on four folds and judges the fifth,
so that the second one, which sees the first one's scores of the blocks around, learns from scores on
publishers unknown to the first. --check scores the same folds: no page is judged by a model that saw its
publisher.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from benchmarks.extraction.metric import tokens
from numpy.typing import NDArray

from personae.article.choose.body import THRESHOLD, look_at
from personae.article.judge.features import Features, describe
from personae.article.judge.forest import with_scores
from personae.article.segment.blocks import Block
from personae.errors import PageError
from personae.page.metadata.metadata import read_metadata
from personae.page.parse.parser import parse

FOLDS = 5
NEWS_WEIGHT = 4.0
BARE_WEIGHT = 1.0
NAMES = {
    "class",
    "id",
    "role",
    "itemprop",
    "data-testid",
    "data-component",
    "data-type",
    "aria-label",
    "name",
}
MODEL = Path(__file__).parents[2] / "backend/personae/article/judge/data/forest.json"
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
ROUNDS = 150


@dataclass
class Example:
    """One page: rows, columns' names, labels 0..1 (nan: no word in it), weights, and what scoring needs."""

    id: str
    publisher: str
    bare: bool
    known: Features
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]
    texts: list[str]
    gold: dict[str, Any]
    fold: int = 0


def load(path: str, *, news: bool) -> list[Example]:
    """Read a corpus; pages that cannot be parsed or hold no text are passed over.

    A news page comes twice, the second time without the names of its elements: a publisher whose classes
    tell nothing must not be a stranger.
    """
    examples = []
    with gzip.open(path, "rt") as lines:
        for line in lines:
            page = json.loads(line)
            for bare in (False, True) if news else (False,):
                example = _example(page, news=news, bare=bare)
                if example is not None:
                    examples.append(example)
    return examples


def _example(page: dict[str, Any], *, news: bool, bare: bool) -> Example | None:
    try:
        parsed = parse(page["html"], page["url"])
    except PageError as error:
        print(page["id"], error)
        return None
    metadata = read_metadata(parsed)
    body = parsed.tree.find("body")
    if body is None:
        return None
    if bare:
        for element in body.iter():
            for name in NAMES.intersection(element.attrib):
                del element.attrib[name]
    _, facts = look_at(body, metadata)
    if not facts.blocks:
        return None
    labels = label(facts.blocks, page["gold"])
    weight = (BARE_WEIGHT if bare else NEWS_WEIGHT) if news else 1.0
    return Example(
        id=page["id"] + (" without names" if bare else ""),
        publisher=".".join(urlsplit(page["url"] or "").netloc.split(".")[-2:]) or page["id"],
        bare=bare,
        known=describe(facts),
        labels=labels,
        weights=weigh(facts.blocks, labels, page["gold"]) * weight,
        texts=[b.text for b in facts.blocks],
        gold=page["gold"],
    )


def label(blocks: list[Block], gold: dict[str, Any]) -> NDArray[np.float64]:
    """Return how much of each block is gold: its share of 4-grams; short ones must be a line, near others."""
    lines = [t for t in (tokens(line) for line in re.split(r"\n+", gold["body"])) if t]
    every = [t for line in lines for t in line]
    grams: set[tuple[str, ...]] = set(zip(every, every[1:], every[2:], every[3:], strict=False))
    whole = {tuple(line) for line in lines}
    body = f" {' '.join(every)} "
    tokens_of = [tokens(b.text) for b in blocks]
    out = np.array([_share(own, grams, whole, body) for own in tokens_of])
    long = np.array(
        [value > 0.7 and len(own) >= 6 for value, own in zip(out, tokens_of, strict=True)], dtype=float
    )
    near = np.convolve(long, [1 / 6, 1 / 5, 1 / 4, 1 / 3, 1 / 2, 1, 0, 1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6])[
        6:-6
    ]
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, own in enumerate(tokens_of):
        if 0 < len(own) < 6 and not near[at]:
            out[at] = 0.0
        if own and out[at] > 0.5:
            places[tuple(own)].append(at)
    for text, where in places.items():  # a text that stands more often than in the gold: keep the best placed
        for at in sorted(where, key=lambda i: -near[i])[max(1, body.count(f" {' '.join(text)} ")) :]:
            out[at] = 0.0
    return out


def _share(own: list[str], grams: set[tuple[str, ...]], whole: set[tuple[str, ...]], body: str) -> float:
    if not own:
        return float("nan")
    if len(own) >= 6:
        found = list(zip(own, own[1:], own[2:], own[3:], strict=False))
        return sum(gram in grams for gram in found) / len(found)
    return float(tuple(own) in whole or (len(own) >= 3 and f" {' '.join(own)} " in body))


def weigh(blocks: list[Block], labels: NDArray[np.float64], gold: dict[str, Any]) -> NDArray[np.float64]:
    """Weigh long blocks more, doubtful ones less, the title hardly; a page by the root of its sum."""
    tokens_of = [tuple(tokens(b.text)) for b in blocks]
    weights = 0.5 + np.log1p([len(own) for own in tokens_of])
    weights *= np.abs(2 * np.nan_to_num(labels, nan=0.5) - 1)
    above = {tuple(tokens(text)) for text in (gold.get("title") or "", *(gold.get("summary") or []))}
    weights[[own in above and value < 0.5 for own, value in zip(tokens_of, labels, strict=True)]] *= 0.05
    yes, no = weights[labels > 0.5].sum(), weights[labels <= 0.5].sum()
    if no > 2 * yes:
        weights[labels <= 0.5] *= (2 * yes / no) ** 0.5
    total = weights.sum()
    return weights / total**0.5 if total else weights


def fit(examples: list[Example], rows: list[NDArray[np.float32]]) -> Any:
    """Train one forest."""
    data = lightgbm.Dataset(
        np.concatenate(rows),
        np.concatenate([np.nan_to_num(e.labels) > 0.5 for e in examples]),
        weight=np.concatenate([e.weights for e in examples]),
    )
    return lightgbm.train(SETTINGS, data, ROUNDS)


def deal(examples: list[Example]) -> None:
    """Deal publishers into folds, the same on every run."""
    publishers = sorted({e.publisher for e in examples})
    order = np.random.RandomState(0).permutation(len(publishers))
    fold = {publishers[at]: place % FOLDS for place, at in enumerate(order)}
    for example in examples:
        example.fold = fold[example.publisher]


def unseen(examples: list[Example], rows: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float64]]:
    """Return scores for each page from a model that saw none of its publisher's pages."""
    out = {}
    for fold in range(FOLDS):
        seen = [e for e in examples if e.fold != fold]
        model = fit(seen, [rows[e.id] for e in seen])
        out.update({e.id: model.predict(rows[e.id]) for e in examples if e.fold == fold})
    return out


def score(examples: list[Example], scores: dict[str, NDArray[np.float64]]) -> str:
    """Return macro F1 over 4-grams and the share of exact pages, as the article-extraction-benchmark does."""
    shares, exact = [], []
    examples = [e for e in examples if not e.bare]
    for e in examples:
        pred = tokens(" ".join(t for t, v in zip(e.texts, scores[e.id], strict=True) if v > THRESHOLD))
        gold = tokens(e.gold["body"])
        p, g = (Counter(zip(x, x[1:], x[2:], x[3:], strict=False)) for x in (pred, gold))
        same = sum((p & g).values())
        shares.append((same / max(1, sum(p.values())), same / max(1, sum(g.values()))))
        exact.append(pred == gold)
    precision, recall = np.mean(shares, axis=0)
    f1 = 2 * precision * recall / (precision + recall)
    return f"F1 {f1:.3f}  exact {np.mean(exact):.3f}  n={len(examples)}"


def flatten(model: Any) -> list[dict[str, Any]]:
    """Return a model's trees as the flat arrays that forest.py reads."""
    return [_flatten(info["tree_structure"]) for info in model.dump_model()["tree_info"]]


def _flatten(root: dict[str, Any]) -> dict[str, Any]:
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


def main() -> None:
    """Train, check, write."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpus", nargs="+")
    arguments.add_argument(
        "--check", action="store_true", help="also score the second forest on unseen publishers"
    )
    arguments.add_argument("--write", action="store_true", help="replace the packaged model")
    options = arguments.parse_args()
    corpora = [load(path, news=position == 0) for position, path in enumerate(options.corpus)]
    examples = [e for corpus in corpora for e in corpus]
    deal(examples)
    alone = unseen(examples, {e.id: e.known.rows for e in examples})
    for path, corpus in zip(options.corpus, corpora, strict=True):
        print("alone", Path(path).name, score(corpus, alone), flush=True)
    joint = {e.id: with_scores(e.known, alone[e.id]) for e in examples}
    if options.check:
        settled = unseen(examples, joint)
        for path, corpus in zip(options.corpus, corpora, strict=True):
            print("joint", Path(path).name, score(corpus, settled), flush=True)
    if options.write:
        first = fit(examples, [e.known.rows for e in examples])
        second = fit(examples, [joint[e.id] for e in examples])
        data = {"columns": examples[0].known.names, "alone": flatten(first), "joint": flatten(second)}
        MODEL.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
