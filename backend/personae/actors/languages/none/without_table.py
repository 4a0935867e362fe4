"""A language that has a model of names and no table of words: who is named often, or by a full name."""

from __future__ import annotations

from collections.abc import Sequence

from personae.actors.languages.base import Candidate, Salience, Uses
from personae.actors.languages.common.clusters import clusters
from personae.actors.languages.common.names import find
from personae.actors.languages.common.table_language import hand_salience
from personae.actors.languages.common.word_table import NO_WORDS
from personae.actors.merge.cluster import Cluster
from personae.actors.names.recogniser import Entity
from personae.actors.tables.states import states
from personae.actors.text.found_names import FoundNames
from personae.actors.text.text_units import Block
from personae.model import Quote


class WithoutTable:
    """The rules that need no word of the language; see `Language` for each step."""

    def __init__(self, code: str) -> None:
        self._states = states(code)

    def names(self, blocks: Sequence[Block], entities: Sequence[Sequence[Entity]]) -> FoundNames:
        """Trim punctuation off the model's entities, and find their strings again everywhere."""
        return find(blocks, entities, NO_WORDS, self._states)

    def clusters(self, blocks: Sequence[Block], found: FoundNames) -> list[Cluster]:
        """Join people, acronyms, and the names of one state."""
        return clusters(blocks, found, self._states)

    def roles(
        self, _blocks: Sequence[Block], _found: FoundNames, clusters: Sequence[Cluster]
    ) -> list[tuple[str, ...]]:
        """Return that no role is known: it takes words to see one."""
        return [()] * len(clusters)

    def uses(self, _blocks: Sequence[Block], _found: FoundNames, clusters: Sequence[Cluster]) -> list[Uses]:
        """Return how often each cluster is named: no word tells how."""
        return [Uses(len(cluster.names)) for cluster in clusters]

    def acts(self, blocks: Sequence[Block], _found: FoundNames, candidate: Candidate) -> bool:
        """Return whether a candidate is a person with a full name, or opens a sentence and is named twice.

        Nothing tells where things merely happen.
        """
        cluster = candidate.cluster
        if cluster.type == "person":
            return " " in cluster.name
        opens = any(not blocks[name.block].text[: name.start].strip() for name in cluster.names)
        return opens and len(cluster.names) > 1

    def quotes(self, _blocks: Sequence[Block], actors: Sequence[Candidate]) -> list[list[Quote]]:
        """Return that nobody is known to speak."""
        return [[] for _ in actors]

    def salience(
        self, blocks: Sequence[Block], actors: Sequence[Candidate], _quotes: Sequence[Sequence[Quote]]
    ) -> list[Salience]:
        """Weigh by the hand rule."""
        return hand_salience(blocks, actors)
