"""Where a description is looked for: one mention, with the text and the names around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from personae.actors.languages.en.words.descriptions import is_head, singular
from personae.actors.text.found_names import Name

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Role:
    """A description: its words, where they stand, and how they stand to the name."""

    text: str
    block: int
    start: int
    rule: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One mention, the text around it, and all names of its block in order."""

    text: str
    name: Name
    person: bool
    names: Sequence[Name] = ()

    def people(self) -> Iterator[Name]:
        """Yield the persons named in the block."""
        return (name for name in self.names if name.kind == "person")

    def series(self) -> tuple[Name, Name] | None:
        """Return the first and the last of "A, B and C" when the name is one of them, else None."""
        row = list(self.people())
        if not self.person or self.name not in row:
            return None
        first = last = row.index(self.name)
        closed = False
        while first:
            closes = first == last and self._joins(_AND, row[first - 1], row[first])
            if not closes and not self._joins(_COMMA, row[first - 1], row[first]):
                break
            closed, first = closed or closes, first - 1
        while not closed and last + 1 < len(row) and self._joins(_EITHER, row[last], row[last + 1]):
            last += 1
            closed = self._joins(_AND, row[last - 1], row[last])
        return (row[first], row[last]) if closed else None

    def _joins(self, pattern: re.Pattern[str], left: Name, right: Name) -> bool:
        return pattern.fullmatch(self.text, left.end, right.start) is not None

    def is_name(self, span: Span) -> bool:
        """Return whether a phrase is another name and nothing else: a neighbour in a list."""
        phrase = self.text[slice(*span)].removeprefix("the ").removeprefix("The ")
        end, start = span[1], span[1] - len(phrase)
        if self.person and is_head(phrase.rpartition(" ")[2], person=True):
            return False  # "the Municipal Director" is no body, whatever the model says
        return any(n.end >= end and n.start <= start and n.kind in _NEIGHBOURS for n in self.names)


_AND = re.compile(r",? (?:and|&) ")
_COMMA = re.compile(r", ")
_EITHER = re.compile(r",? (?:and|&) |, ")
_NEIGHBOURS = frozenset({"person", "organization", "place", "thing"})


def in_singular(phrase: str) -> str | None:
    """Return a phrase with its noun, before any complement, in the singular; None where it is no plural."""
    noun = _NOUN.match(phrase)
    if noun is None or (one := singular(noun[2])) is None:
        return None
    return f"{noun[1]}{one}{phrase[noun.end() :]}"


_NOUN = re.compile(r"((?:\S+ (?!(?:of|at|for|from|in|with|who|on|behind) ))*)(\S+)")
