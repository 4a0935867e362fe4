"""The fitted weights of agency and salience: data/weights.toml."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from personae.actors.languages.en.words.lists import read_table


@cache
def weights() -> dict[str, dict[str, float]]:
    """Return the fitted weights: model -> feature -> weight."""
    return {model: table for model, table in read_table("weights").items() if isinstance(table, dict)}


def logistic(table: Mapping[str, float], values: Mapping[str, float]) -> float:
    """Return the sigmoid of the weighted sum of the features: between 0 and 1."""
    score = sum(table.get(feature, 0.0) * value for feature, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def probability(model: str, values: Mapping[str, float]) -> float:
    """Return what the fitted model of that name makes of the features."""
    return logistic(weights()[model], values)
