"""A language whose folder holds a table of words and a grammar, as the pipeline asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from personae.actors.languages.base import Candidate, Salience, Uses
from personae.actors.languages.common.agency import Agency, acts
from personae.actors.languages.common.clusters import clusters
from personae.actors.languages.common.grammar import read_grammar
from personae.actors.languages.common.names import find
from personae.actors.languages.common.quotes import quotes
from personae.actors.languages.common.roles import Roles
from personae.actors.languages.common.speech_patterns import SpeechPatterns
from personae.actors.languages.common.word_table import read_words
from personae.actors.merge.cluster import Cluster
from personae.actors.names.recogniser import Entity
from personae.actors.salience.hand_rule import MOST_POINTS, points_of
from personae.actors.tables.states import states
from personae.actors.text.found_names import FoundNames, Name
from personae.actors.text.text_units import Block
from personae.model import Quote


class TableLanguage:
    """The common rules with the words and the grammar of one language; see `Language` for each step."""

    def __init__(self, folder: Path) -> None:
        """Read the tables of a folder that is called by its language's code. Raises TableError."""
        self.words = read_words(folder / "words.toml")
        grammar = read_grammar(folder / "grammar.toml", self.words)
        self.states: Mapping[str, str] = {**states(folder.name), **self.words.also}
        self._inflection = self.words.inflection
        self._agency = Agency(self.words, grammar)
        self._roles = Roles(self.words, grammar)
        self._patterns = SpeechPatterns(self.words, grammar)

    def names(self, blocks: Sequence[Block], entities: Sequence[Sequence[Entity]]) -> FoundNames:
        """Trim the model's entities, and find their strings and the states again everywhere."""
        return find(blocks, entities, self.words, self.states)

    def clusters(self, blocks: Sequence[Block], found: FoundNames) -> list[Cluster]:
        """Join people, acronyms, and seats of government where they act."""
        return clusters(blocks, found, self.states, self._seat_of, self._inflection)

    def _seat_of(self, block: Block, name: Name) -> str | None:
        state = self._inflection.of_table(name.text, self.words.seats)
        return state if state and self._agency.is_subject(block, name) else None

    def roles(
        self, blocks: Sequence[Block], found: FoundNames, clusters: Sequence[Cluster]
    ) -> list[tuple[str, ...]]:
        """Return the descriptions beside the names; first is one of several words, else the longest."""
        names = found.by_block()
        return [self._roles.descriptions(blocks, cluster, names) for cluster in clusters]

    def uses(self, blocks: Sequence[Block], _found: FoundNames, clusters: Sequence[Cluster]) -> list[Uses]:
        """Count what the words beside the names say."""
        return [self._agency.uses(blocks, cluster) for cluster in clusters]

    def acts(self, _blocks: Sequence[Block], _found: FoundNames, candidate: Candidate) -> bool:
        """Judge by role and uses."""
        return acts(candidate)

    def quotes(self, blocks: Sequence[Block], actors: Sequence[Candidate]) -> list[list[Quote]]:
        """Find direct and indirect speech, and whose it is."""
        return quotes(blocks, actors, self._patterns, self._roles)

    def salience(
        self, blocks: Sequence[Block], actors: Sequence[Candidate], _quotes: Sequence[Sequence[Quote]]
    ) -> list[Salience]:
        """Weigh by the hand rule, which needs no weights of the language's own."""
        return hand_salience(blocks, actors)


def hand_salience(blocks: Sequence[Block], actors: Sequence[Candidate]) -> list[Salience]:
    """Return how much each actor matters by the hand rule: its points, of all that there are."""
    rows = points_of(blocks, [actor.cluster for actor in actors])
    return [
        Salience(
            min(1.0, sum(points.values()) / MOST_POINTS),
            {feature: round(share, 3) for feature, share in points.items() if share},
        )
        for points in rows
    ]
