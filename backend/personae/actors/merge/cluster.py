"""A cluster: the names of one possible actor, and why each is among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from personae.actors.text.found_names import Kind, Name
from personae.model import ActorType

TYPES: Mapping[Kind, ActorType] = {
    "person": "person",
    "organization": "organization",
    "place": "country",
    "thing": "organization",
}


@dataclass(slots=True)
class Cluster:
    """One possible actor: its names in reading order, and the rule by which each string joined.

    country: the country's name in the table, when it is one. gender: a person's, as far as the text tells
    it, in the terms of its language.
    """

    name: str
    type: ActorType
    names: list[Name] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    country: str | None = None
    gender: str | None = None

    def add(self, name: Name, rule: str) -> None:
        """Take in one name; the first rule that brought a string stands."""
        self.names.append(name)
        self.rules.setdefault(name.text, rule)

    def leave_out(self, longer: Name) -> None:
        """Take away the names that are part of a longer one, and what they alone are called."""
        left = [
            n for n in self.names if n.block != longer.block or n.end <= longer.start or n.start >= longer.end
        ]
        if len(left) < len(self.names):
            self.names = left
            self.rules = {
                text: rule for text, rule in self.rules.items() if any(n.text == text for n in left)
            }


def fullest(strings: Iterable[str]) -> str:
    """Return the string of the most words, then of the most letters; the first of equals."""
    return max(strings, key=lambda s: (len(s.split()), len(s)))
