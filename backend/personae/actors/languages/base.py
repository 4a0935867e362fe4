"""What a language gives to the finding of actors: one answer to each step of `personae.actors.cast`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from personae.actors.merge.cluster import Cluster
from personae.actors.names.recogniser import Entity
from personae.actors.text.found_names import FoundNames
from personae.actors.text.text_units import Block
from personae.model import Quote


@dataclass(frozen=True, slots=True)
class Uses:
    """How often a cluster is used in each way; one mention may count in several.

    A language counts those by which it tells who acts; the others stay 0.
    """

    mentions: int
    subject: int = 0
    speech: int = 0
    agent: int = 0
    dealt_with: int = 0
    targeted: int = 0
    opponent: int = 0
    possessive: int = 0
    placed: int = 0
    modifier: int = 0
    source: int = 0
    platform: int = 0
    called: int = 0
    affiliated: int = 0
    listed: int = 0
    polity: int = 0
    staff: int = 0
    kin: int = 0
    opens: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cluster that may be an actor: what the text says it is, and how its names are used."""

    cluster: Cluster
    roles: tuple[str, ...]
    uses: Uses

    @property
    def role(self) -> str | None:
        """The description that says most, or None."""
        return self.roles[0] if self.roles else None


@dataclass(frozen=True, slots=True)
class Salience:
    """How much an actor matters, 0..1, and what each feature adds to it."""

    score: float
    shares: Mapping[str, float] = field(default_factory=dict)


class Language(Protocol):
    """The steps of which a language knows more than its model does.

    blocks: the texts of the article, in reading order; what is found counts characters in them. Rows of an
    answer are in the order of the question. Nothing is written to what is given, and nothing is remembered
    of an article: one object serves all threads.
    """

    def names(self, blocks: Sequence[Block], entities: Sequence[Sequence[Entity]], /) -> FoundNames:
        """Return the names of the article; entities: what the model found in each block, as it labels it."""
        ...

    def clusters(self, blocks: Sequence[Block], found: FoundNames, /) -> list[Cluster]:
        """Gather the names that may be one actor's, in order of first appearance, each with its rule."""
        ...

    def roles(
        self, blocks: Sequence[Block], found: FoundNames, clusters: Sequence[Cluster], /
    ) -> list[tuple[str, ...]]:
        """Return who each cluster is in the words of the text, verbatim: what says most first."""
        ...

    def uses(self, blocks: Sequence[Block], found: FoundNames, clusters: Sequence[Cluster], /) -> list[Uses]:
        """Return how the names of each cluster are used."""
        ...

    def acts(self, blocks: Sequence[Block], found: FoundNames, candidate: Candidate, /) -> bool:
        """Return whether a candidate is an actor of the story, not a place or a thing in it."""
        ...

    def quotes(self, blocks: Sequence[Block], actors: Sequence[Candidate], /) -> list[list[Quote]]:
        """Return the words of each actor, in reading order; offsets count code points of the text."""
        ...

    def salience(
        self, blocks: Sequence[Block], actors: Sequence[Candidate], quotes: Sequence[Sequence[Quote]], /
    ) -> list[Salience]:
        """Return how much each actor matters; quotes: the words of each."""
        ...
