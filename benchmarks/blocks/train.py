"""Train the model that judges blocks (personae/article/judge/data/forest.json), and say how good it is.

    python -m benchmarks.blocks.train FOLDER [--write] [--scores FILE.npz] [--without COLUMNS] [--jobs N]

FOLDER holds the corpora (corpora.py says in what format, and how much each weighs). Needs `pip install
lightgbm` beside the project; the product does not.

Each block of a page becomes a row (judge/features.py). Publishers are dealt into five folds. The first
forest is trained on four folds and judges the fifth, so that the second one, which sees the first one's
scores of the blocks around, learns from scores on publishers unknown to the first. What is printed is of
pages whose publisher neither forest saw, by the model alone, before any rule.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.blocks.corpora import Example, load
from benchmarks.blocks.figures import Scoreboard
from benchmarks.blocks.forests import Scores, as_data, rows_alone, rows_joint

from personae.article.choose.body import THRESHOLD
from personae.article.judge.features import Features

MODEL = Path(__file__).parents[2] / "backend/personae/article/judge/data/forest.json"


def print_figures(name: str, examples: Sequence[Example], scores: Sequence[Scores]) -> None:
    """Print the figures of the blocks above the threshold, a line a corpus and language."""
    board = Scoreboard()
    for e, own in zip(examples, scores, strict=True):
        if not e.altered:
            board.add(e, np.flatnonzero(own > THRESHOLD).tolist())
    for line in board.lines():
        print(f"{name:6} {line}", flush=True)


def without_columns(examples: Sequence[Example], pattern: str) -> None:
    """Take the columns away whose names match, to see what they are worth."""
    names = examples[0].known.names
    kept = [at for at, name in enumerate(names) if not re.match(pattern, name)]
    print(f"without {len(names) - len(kept)} of {len(names)} columns")
    for e in examples:
        e.known = Features(e.known.rows[:, kept], [names[at] for at in kept], e.known.groups)


def main() -> None:
    """Train, score, write."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--write", action="store_true", help="replace the packaged model")
    arguments.add_argument("--scores", type=Path, help="keep the scores of unseen publishers, for ablate.py")
    arguments.add_argument("--without", help="a regular expression: leave out the columns it matches")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = arguments.parse_args()
    examples = load(options.folder, jobs=options.jobs)
    if options.without:
        without_columns(examples, options.without)
    print(f"{len(examples)} pages, {sum(len(e.texts) for e in examples)} blocks", flush=True)
    first = rows_alone(examples)
    alone = first.unseen()
    print_figures("alone", examples, alone)
    second = rows_joint(examples, alone)
    joint = second.unseen()
    print_figures("joint", examples, joint)
    if options.scores:
        arrays: Any = {e.key: s for e, s in zip(examples, joint, strict=True)}
        np.savez_compressed(options.scores, **arrays)
    if options.write:
        data = {
            "columns": examples[0].known.names,
            "alone": as_data(first.fit()),
            "joint": as_data(second.fit()),
        }
        MODEL.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
