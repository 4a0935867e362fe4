"""What the documentation says of the fitted weights is what fitting them printed."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIGURES = json.loads((ROOT / "benchmarks/actor_figures.json").read_text(encoding="utf-8"))
COLUMNS = ("actor", "key", "R-precision", "counting", "first mention", "hand rule")


def row(name: str, figures: dict[str, float]) -> str:
    cells = [f"{figures[column]:.2f}" if column in figures else "" for column in COLUMNS]
    return f"| {name} | {figures['articles']:.0f} | " + " | ".join(cells) + " |"


def test_the_documented_figures_are_those_of_the_fit():
    text = (ROOT / "docs/actors.md").read_text(encoding="utf-8")
    assert [row(name, figures) for name, figures in FIGURES.items() if row(name, figures) not in text] == []


def test_the_order_is_no_worse_than_the_simple_ones():
    for corpus in ("all", "crowd"):
        figures = FIGURES[corpus]
        assert figures["R-precision"] >= max(figures[order] for order in COLUMNS[3:])
