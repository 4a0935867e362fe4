"""English, as the pipeline asks for it: each step in a room or module of its own."""

from __future__ import annotations

from collections.abc import Sequence

from personae.actors.languages.base import Candidate, Language, Salience, Uses
from personae.actors.languages.en import agency, salience
from personae.actors.languages.en.merge.clusters import acting_clusters
from personae.actors.languages.en.names.find import find
from personae.actors.languages.en.roles.descriptions import descriptions
from personae.actors.languages.en.speech.quotes import quotes
from personae.actors.merge.cluster import Cluster
from personae.actors.names.recogniser import Entity
from personae.actors.text.found_names import FoundNames
from personae.actors.text.text_units import Block
from personae.model import Quote


class English:
    """The rules of English; see `Language` for what each step returns."""

    def names(self, blocks: Sequence[Block], entities: Sequence[Sequence[Entity]]) -> FoundNames:
        """Repair the model's entities, add what it overlooks, and make them consistent."""
        return find(blocks, entities)

    def clusters(self, blocks: Sequence[Block], found: FoundNames) -> list[Cluster]:
        """Join names by the rules of `merge`."""
        return acting_clusters(blocks, found)

    def roles(
        self, blocks: Sequence[Block], found: FoundNames, clusters: Sequence[Cluster]
    ) -> list[tuple[str, ...]]:
        """Return the descriptions beside the names and in the sentences after them."""
        return descriptions(blocks, found, clusters)

    def uses(self, blocks: Sequence[Block], found: FoundNames, clusters: Sequence[Cluster]) -> list[Uses]:
        """Count how the names of each cluster are used."""
        series = agency.first_of_series(blocks, found)
        return [agency.uses(blocks, cluster.names, series) for cluster in clusters]

    def acts(self, blocks: Sequence[Block], found: FoundNames, candidate: Candidate) -> bool:
        """Ask the fitted model of the candidate's type."""
        return agency.is_actor(blocks, found, candidate)

    def quotes(self, blocks: Sequence[Block], actors: Sequence[Candidate]) -> list[list[Quote]]:
        """Find direct and indirect speech, and whose it is."""
        return quotes(blocks, [actor.cluster for actor in actors], [actor.role for actor in actors])

    def salience(
        self, blocks: Sequence[Block], actors: Sequence[Candidate], quotes: Sequence[Sequence[Quote]]
    ) -> list[Salience]:
        """Weigh the features of salience by the fitted model."""
        rows = salience.features(blocks, actors, quotes)
        return [Salience(salience.salience(row), salience.shares(row)) for row in rows]


LANGUAGE: Language = English()
