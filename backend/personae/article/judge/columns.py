"""Columns: one number a block, and how they are shifted and summed along the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.floating[Any]]
# In the order in which the model knows them.
Table = dict[str, Column]
# All columns side by side, shape (blocks, columns).
Matrix = NDArray[np.float32]
# Into which group each block falls, from 0.
Groups = NDArray[np.intp]


def column(values: Iterable[float]) -> Column:
    """Return one value a block as a column."""
    return np.fromiter(values, dtype=np.float64)


def window(values: Column, reach: int) -> Column:
    """Return for each block the sum over the blocks up to `reach` places away."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    low, high = np.maximum(0, at - reach), np.minimum(len(values), at + reach + 1)
    total: Column = sums[high] - sums[low]
    return total


def shift(matrix: Matrix, step: int) -> Matrix:
    """Return the rows of the block `step` places away; -1 beyond the ends."""
    moved = np.full_like(matrix, -1.0)
    if abs(step) >= len(matrix):
        return moved
    if step < 0:
        moved[-step:] = matrix[:step]
    else:
        moved[:-step] = matrix[step:]
    return moved
