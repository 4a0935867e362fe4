"""What each rule buys: the same pages with all rules, with none, and with all but one.

    python -m benchmarks.blocks.ablate FOLDER --scores FILE.npz [--jobs N]

FOLDER holds the corpora; FILE comes from `benchmarks.blocks.train FOLDER --scores FILE`, so that each page is
judged with scores of forests that saw none of its publisher's pages. What is printed is what goes when a rule
goes: all rules less all but that one, in points of a hundredth, so that above 0 the rule pays.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.blocks.corpora import CORPORA, pages_of
from benchmarks.blocks.figures import Figures, Scoreboard, figures_of
from benchmarks.blocks.labels import Column, label

from personae.article.choose.body import choose, look_at
from personae.article.rules.table import RULES
from personae.errors import PageError
from personae.page.metadata.metadata import read_metadata
from personae.page.parse.parser import parse

_ALL, _NONE = "all rules", "no rule"
# Which rules are passed over, by what the table calls it.
VARIANTS: Mapping[str, frozenset[str]] = {
    _ALL: frozenset(),
    _NONE: frozenset(RULES),
    **{name: frozenset({name}) for name in RULES},
}


@dataclass
class Choice:
    """One page, with the figures of what each variant chooses, and the kind that it is judged to be."""

    corpus: str
    language: str | None
    gold: dict[str, Any]
    labels: Column
    texts: list[str]
    figures: dict[str, Figures]
    kind: str


def choices(folder: Path, scores: Mapping[str, Column], *, jobs: int) -> Iterator[Choice]:
    """Yield the choices on each page that there are scores of."""
    tasks = (
        (corpus.name, page, scores[key])
        for corpus in CORPORA
        for page in pages_of(folder, corpus)
        if (key := f"{corpus.name}/{page['id']}") in scores
    )
    with multiprocessing.Pool(jobs) as pool:
        yield from (c for c in pool.imap(_choice, tasks, chunksize=4) if c is not None)


def _choice(task: tuple[str, dict[str, Any], Column]) -> Choice | None:
    corpus, page, scores = task
    try:
        parsed = parse(page["html"], page["url"] or None)
    except PageError:
        return None
    metadata = read_metadata(parsed)
    body = parsed.tree.find("body")
    if body is None:
        return None
    blocks, facts = look_at(body, metadata)
    if len(facts.blocks) != len(scores):
        raise ValueError(f"{page['id']}: the scores are of other blocks: run benchmarks.blocks.train again")
    by_index = {b.index: float(s) for b, s in zip(facts.blocks, scores, strict=True)}
    _, whole, verdict = choose(blocks, by_index, metadata, parsed.url)
    out = Choice(
        corpus=corpus,
        language=page.get("language") if corpus == "daniel" else None,
        gold=page["gold"],
        labels=label(blocks, page["gold"]),
        texts=[b.text for b in blocks],
        figures={},
        kind=verdict.kind,
    )
    known: dict[frozenset[int], Figures] = {}
    for name, without in VARIANTS.items():
        chosen = choose(blocks, by_index, metadata, parsed.url, without=without)[1] if without else whole
        if chosen not in known:
            known[chosen] = figures_of(out, chosen)
        out.figures[name] = known[chosen]
    return out


def main() -> None:
    """Choose with each variant, and print what each rule buys."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--scores", type=Path, required=True)
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = arguments.parse_args()
    boards = {name: Scoreboard() for name in VARIANTS}
    refused: dict[str, int] = {}
    with np.load(options.scores) as scores:
        for page in choices(options.folder, dict(scores), jobs=options.jobs):
            if page.kind != "story":
                name = f"{page.corpus}: {page.kind}"
                refused[name] = refused.get(name, 0) + 1
            for name, board in boards.items():
                board.add(page, page.figures[name])
    for name in (_NONE, _ALL):
        for line in boards[name].lines():
            print(f"{name:10} {line}")
    print("not taken for a story:", refused)
    for line in differences(boards):
        print(line)


def differences(boards: Mapping[str, Scoreboard]) -> Iterator[str]:
    """Yield the table: a row a rule, for each corpus what F1 and exact lose without it."""
    whole = {
        corpus: figures.values() for corpus, figures in boards[_ALL].figures.items() if " " not in corpus
    }
    columns = [(c, name) for c, values in whole.items() for name in ("F1", "exact") if name in values]
    yield "| rule | " + " | ".join(f"{corpus} {name}" for corpus, name in columns) + " |"
    yield "|---|" + "--:|" * len(columns)
    for rule, board in boards.items():
        if rule == _ALL:
            continue
        without = {corpus: board.figures[corpus].values() for corpus in whole}
        cells = [f"{100 * (whole[c][name] - without[c][name]):+.2f}" for c, name in columns]
        yield f"| `{rule}` | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
