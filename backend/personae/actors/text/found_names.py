"""The names of an article: where each stands, and what kind of thing it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

# people: "Russian"; thing: what may act as a body does; nothing: a law, an event, a trade.
Kind = Literal["person", "organization", "place", "people", "thing", "nothing"]


@dataclass(frozen=True, slots=True)
class Name:
    """One place where a name stands: characters start to end (exclusive) of block number `block`."""

    block: int
    start: int
    end: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class FoundNames:
    """All names of an article in reading order; labels: what found a string calls it, and how often."""

    names: Sequence[Name] = ()
    labels: Mapping[str, Counter[str]] = field(default_factory=dict)

    def by_block(self) -> dict[int, list[Name]]:
        """Return the names of each block, in the order in which they stand there."""
        rows: dict[int, list[Name]] = {}
        for name in sorted(self.names, key=lambda n: (n.block, n.start)):
            rows.setdefault(name.block, []).append(name)
        return rows
