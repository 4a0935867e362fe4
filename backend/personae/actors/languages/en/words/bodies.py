"""Well-known bodies and their short names: data/bodies.toml."""

from __future__ import annotations

from functools import cache

from personae.actors.languages.en.words.lists import read_table
from personae.actors.text.spelling import normal


@cache
def short_names() -> dict[str, str]:
    """Return the short names of well-known bodies: short -> full name."""
    return {short: full for full, shorts in read_table("bodies")["short"].items() for short in shorts}


@cache
def well_known() -> frozenset[str]:
    """Return all names of well-known bodies, as `normal` gives them."""
    rows = read_table("bodies")["short"].items()
    return frozenset(normal(name) for full, shorts in rows for name in (full, *shorts))
