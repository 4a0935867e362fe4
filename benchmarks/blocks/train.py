"""Train the model that judges blocks (personae/article/judge/data/forest.json), and say how good it is.

    python -m benchmarks.blocks.train FOLDER [--write [--lower]] [--scores FILE.npz] [--without COLUMNS]

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
from benchmarks.blocks.figures import Scoreboard, figures_of
from benchmarks.blocks.forests import Scores, as_data, rows_alone, rows_joint

from personae.article.choose.body import THRESHOLD
from personae.article.judge.features import Features

# What the packaged model made of publishers that it did not see: a new one must not make less.
FIGURES = Path(__file__).with_name("figures.json")
_HELD, _TOLERANCE = ("F1",), 0.005
MODEL = Path(__file__).parents[2] / "backend/personae/article/judge/data/forest.json"


def print_figures(
    name: str, examples: Sequence[Example], scores: Sequence[Scores]
) -> dict[str, dict[str, float]]:
    """Print and return the figures of the blocks above the threshold, by corpus and language."""
    board = Scoreboard()
    for e, own in zip(examples, scores, strict=True):
        if not e.altered:
            board.add(e, figures_of(e, np.flatnonzero(own > THRESHOLD).tolist()))
    for line in board.lines():
        print(f"{name:6} {line}", flush=True)
    return {
        corpus: {figure: round(value, 3) for figure, value in figures.values().items()}
        for corpus, figures in sorted(board.figures.items())
    }


def below_floor(figures: dict[str, dict[str, float]]) -> list[str]:
    """Return which figures are lower than those of the packaged model, and by how much."""
    floor: dict[str, dict[str, float]] = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    return [
        f"{corpus} {name}: {figures.get(corpus, {}).get(name, 0.0):.3f}, was {value:.3f}"
        for corpus, values in floor.items()
        for name, value in values.items()
        if name in _HELD and figures.get(corpus, {}).get(name, 0.0) < value - _TOLERANCE
    ]


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
    arguments.add_argument("--lower", action="store_true", help="also when its figures are lower")
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
    figures = print_figures("joint", examples, joint)
    if options.scores:
        arrays: Any = {e.key: s for e, s in zip(examples, joint, strict=True)}
        np.savez_compressed(options.scores, **arrays)
    if options.write:
        if (worse := below_floor(figures)) and not options.lower:
            raise SystemExit("\n".join(["Not written, for it is worse (--lower writes it):", *worse]))
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        data = {
            "columns": examples[0].known.names,
            "alone": as_data(first.fit()),
            "joint": as_data(second.fit()),
        }
        MODEL.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
