"""Which actors of a story are key: who matters enough, and not far less than the first.

So there is one key actor in a profile, and there are six in the report of a summit.
"""

from __future__ import annotations

# Of the fitted probability, and of the first actor's; chosen by cross-validation.
KEY = 0.36
KEY_OF_FIRST = 0.38


def is_key(salience: float, first: float) -> bool:
    """Return whether an actor of this salience is key in a story whose first actor has that of `first`."""
    return salience >= max(KEY, KEY_OF_FIRST * first)
