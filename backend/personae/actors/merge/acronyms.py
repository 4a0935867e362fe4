"""Acronyms: whether a short name is made of the initials of a full one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personae.actors.merge.same_person import Joined
from personae.actors.tables.name_words import small_words

MAX_LETTERS = 8


def is_acronym(short: str, full: str) -> bool:
    """Return whether `short` is made of the initials of `full`, with or without its small words."""
    letters = re.sub(r"\W", "", short)
    parts = re.findall(r"[^\W_]+", full)
    if " " in short or len(parts) == 1 or not 1 < len(letters) <= MAX_LETTERS or not letters[0].isupper():
        return False
    if len(letters) == len("Co") and not letters.isupper():  # which is no acronym, as "EU" is
        return False
    large = [p for p in parts if p.lower() not in small_words()]
    return letters.lower() in {"".join(p[0] for p in some).lower() for some in (parts, large)}


def same_acronym(bodies: Sequence[str]) -> Joined:
    """Join each acronym to the one body, of those given, whose acronym it is."""
    joined: Joined = {}
    for short in bodies:
        full = [b for b in bodies if b != short and is_acronym(short, b)]
        if len(full) == 1:
            joined[short] = (full[0], "acronym")
    return joined
