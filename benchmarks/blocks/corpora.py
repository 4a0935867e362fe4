"""The pages that the model learns from: corpora in a folder, each page as rows with labels and weights.

A corpus is a file NAME.jsonl.gz, a page a line: {"id", "url", "html", "gold", "language"}; gold is
{"body", "title", "summary"}, or {"with", "without"} where only snippets are known.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np
from benchmarks.blocks.alter import alter
from benchmarks.blocks.labels import Column, label, weigh

from personae.article.choose.body import look_at
from personae.article.judge.features import Features, describe
from personae.errors import PageError
from personae.page.metadata.metadata import read_metadata
from personae.page.parse.parser import parse

FOLDS = 5


class Corpus(NamedTuple):
    """How much the pages of a corpus weigh, and how much their altered copies do (see alter.py)."""

    name: str
    weight: float
    altered_weight: float = 0.0


# News as it is now weighs most; what is older, or annotated by other habits, less.
CORPORA = (
    Corpus("pages", 4.0, 1.0),
    Corpus("daniel", 2.0, 0.5),
    Corpus("traf", 2.0),
    Corpus("wcxb", 1.0),
    Corpus("dragnet", 0.5),
)


@dataclass
class Example:
    """One page: its rows, what each is (0..1, nan: not known), how much it weighs, and what scoring needs."""

    id: str
    corpus: str
    publisher: str
    language: str | None
    altered: bool
    known: Features
    labels: Column
    weights: Column
    texts: list[str]
    gold: dict[str, Any]
    fold: int = 0

    @property
    def key(self) -> str:
        """Return the name of the page, unique among all."""
        return f"{self.corpus}/{self.id}{' altered' if self.altered else ''}"


def load(folder: Path, *, jobs: int) -> list[Example]:
    """Read the corpora in a folder, with publishers dealt into folds, the same on every run.

    Pages that cannot be parsed or hold no text are passed over. Raises FileNotFoundError when there is none.
    """
    tasks = [task for corpus in CORPORA for task in _tasks(folder, corpus)]
    if not tasks:
        names = ", ".join(f"{c.name}.jsonl.gz" for c in CORPORA)
        raise FileNotFoundError(f"none of {names} is in {folder}")
    with multiprocessing.Pool(jobs) as pool:
        examples = [e for e in pool.imap(_example, tasks, chunksize=8) if e is not None]
    _deal(examples)
    return examples


class _Task(NamedTuple):
    corpus: str
    page: dict[str, Any]
    weight: float
    altered: bool


def pages_of(folder: Path, corpus: Corpus) -> Iterator[dict[str, Any]]:
    """Yield a corpus's pages; none when it is not in the folder."""
    path = folder / f"{corpus.name}.jsonl.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _tasks(folder: Path, corpus: Corpus) -> Iterator[_Task]:
    for page in pages_of(folder, corpus):
        yield _Task(corpus.name, page, corpus.weight, altered=False)
        if corpus.altered_weight:
            yield _Task(corpus.name, page, corpus.altered_weight, altered=True)


def _example(task: _Task) -> Example | None:
    page = task.page
    try:
        parsed = parse(page["html"], page["url"] or None)
    except PageError as error:
        print(page["id"], error)
        return None
    metadata = read_metadata(parsed)
    body = parsed.tree.find("body")
    if body is None:
        return None
    if task.altered:
        alter(body, metadata, page["gold"], seed=page["id"])
    _, facts = look_at(body, metadata)
    if not facts.blocks:
        return None
    labels = label(facts.blocks, page["gold"])
    return Example(
        id=page["id"],
        corpus=task.corpus,
        publisher=_publisher(page),
        language=page.get("language") if task.corpus == "daniel" else None,
        altered=task.altered,
        known=describe(facts),
        labels=labels,
        weights=weigh(facts.blocks, labels, page["gold"]) * task.weight,
        texts=[b.text for b in facts.blocks],
        gold=page["gold"],
    )


def _publisher(page: dict[str, Any]) -> str:
    return ".".join(urlsplit(page["url"] or "").netloc.split(".")[-2:]) or page["id"]


def _deal(examples: list[Example]) -> None:
    publishers = sorted({e.publisher for e in examples})
    order = np.random.RandomState(0).permutation(len(publishers))
    fold = {publishers[at]: place % FOLDS for place, at in enumerate(order)}
    for example in examples:
        example.fold = fold[example.publisher]
