"""Which names are the same person: parts of a full name, surnames, first names, close spellings.

A short name joins where one full name can be meant. Where several people share it, it goes to one of
them, and never joins them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from personae.actors.tables.name_words import surname, younger
from personae.actors.text.spelling import bare

NEAR_SPELLING = 7  # letters that a name must have before one wrong letter is forgiven

Joined = dict[str, tuple[str, str]]  # a string -> the string that it belongs to, and by which rule


def same_person(people: Sequence[str], mentions: Sequence[str]) -> Joined:
    """Join the names of people.

    people: each once, in order of first appearance; mentions: every name of the article, in order.
    """
    joined = _same_full_names(people)
    full = [p for p in people if " " in p and p not in joined]
    joined |= _misspelt(full)
    full = [p for p in full if p not in joined]
    counts = Counter(mentions)
    for short in people:
        if short not in joined and short not in full:
            found = _bearer(short, full, counts)
            if found is not None:
                joined[short] = found
    return joined


def _same_full_names(people: Sequence[str]) -> Joined:
    """Join "Donald Trump" to "Donald J. Trump" where only one longer name can be meant."""
    joined: Joined = {}
    by_length = sorted((p for p in people if " " in p), key=lambda p: -len(p.split()))
    for i, short in enumerate(by_length):
        longer = [p for p in by_length[:i] if p not in joined and _shortens(short, p)]
        if len(longer) == 1:
            joined[short] = (longer[0], "part of the full name")
    return joined


def _misspelt(full: Sequence[str]) -> Joined:
    """Join full names that one letter tells apart to the one that came first."""
    joined: Joined = {}
    for i, later in enumerate(full):
        near = [p for p in full[:i] if p not in joined and near_spelling(later, p)]
        if len(near) == 1:
            joined[later] = (near[0], "close spelling")
    return joined


def _bearer(short: str, full: Sequence[str], counts: Counter[str]) -> tuple[str, str] | None:
    """Return the full name that `short` is part of, and the rule; of several, the one that is used most."""
    by_surname = [p for p in full if short in {surname(p), p.split()[-1]}]
    by_part = [p for p in full if _contains(p, short)]
    for fits, rule in ((by_surname, "surname"), (by_part, "part of the full name")):
        if len(fits) == 1:
            return fits[0], rule
        if fits:
            # max() keeps the first of equals, and they stand in order of appearance.
            return max(fits, key=lambda p: counts[p]), f"{rule}, shared: the one named most"
    near = [p for p in full if " " not in short and any(near_spelling(short, part) for part in p.split())]
    return (near[0], "close spelling") if len(near) == 1 else None


def _contains(full: str, short: str) -> bool:
    return f" {bare(short)} " in f" {bare(full)} "


def _shortens(short: str, full: str) -> bool:
    """Return whether a shorter full name is the longer one without initials, middle names or suffix."""
    a, b = short.split(), full.split()
    if _is_younger(a) != _is_younger(b):
        return False
    if _contains(full, short):
        return True
    rest = iter(b)
    in_order = all(any(_same_part(x, y) for y in rest) for x in a)
    return in_order and _same_part(a[0], b[0]) and a[-1] == b[-1]


def _is_younger(parts: Sequence[str]) -> bool:
    return parts[-1].rstrip(".").lower() in younger()


def _same_part(x: str, y: str) -> bool:
    x, y = x.rstrip("."), y.rstrip(".")
    return x == y or (min(len(x), len(y)) == 1 and x[0] == y[0])


def near_spelling(a: str, b: str) -> bool:
    """Return whether two spellings of a name differ by one letter, and not in the first."""
    a, b = sorted((bare(a), bare(b)), key=len)
    if a == b:
        return True
    if len(a) < NEAR_SPELLING or len(b) - len(a) > 1 or a[0] != b[0]:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[i:] == b[i + 1 :] or (len(a) == len(b) and a[i + 1 :] == b[i + 1 :])
