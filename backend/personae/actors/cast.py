"""From a text to its actors: one step a line. What a step knows of the language is plugged in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from personae.actors.identity import identities
from personae.actors.languages.base import Candidate, Language, Salience
from personae.actors.languages.none.without_model import WithoutModel
from personae.actors.merge.cluster import Cluster
from personae.actors.names.recogniser import Entity, recogniser
from personae.actors.registry import language_of, table_of
from personae.actors.salience.key_actors import is_key
from personae.actors.tables.language_tags import base_language
from personae.actors.text.found_names import FoundNames
from personae.actors.text.text_units import Block, text_blocks
from personae.model import Actor, ActorType, Evidence, Mention, Quote


def analyse(*, title: str, standfirst: str, text: str, language: str | None) -> list[Actor]:
    """Return the actors of an article, most important first.

    text: paragraphs joined by blank lines. Offsets of mentions count code points in the field they name.

    Raises LanguageNotSupported, ModelMissing.
    """
    model = recogniser(language)
    blocks = text_blocks(title=title, standfirst=standfirst, text=text)
    return cast(blocks, model.entities([block.plain for block in blocks]), language_of(language))


def beyond_doubt(
    *,
    title: str,
    standfirst: str,
    text: str,
    language: str | None,
    named: Mapping[str, ActorType] = MappingProxyType({}),
) -> list[Actor]:
    """Return who is certain to be an actor in a language without a model: few, but right.

    named: the persons and organisations that the page's structured data give as its subjects: name -> type.
    """
    blocks = text_blocks(title=title, standfirst=standfirst, text=text)
    code = base_language(language)
    return cast(blocks, (), WithoutModel(code, named, table_of(code)))


def cast(blocks: Sequence[Block], entities: Sequence[Sequence[Entity]], language: Language) -> list[Actor]:
    """Return the actors of an article, most important first; entities: the model's, of each block."""
    found = language.names(blocks, entities)
    acting = [c for c in candidates(blocks, found, language) if language.acts(blocks, found, c)]
    quotes = language.quotes(blocks, acting)
    salience = language.salience(blocks, acting, quotes)
    ranked = sorted(zip(acting, quotes, salience, strict=True), key=lambda row: -row[2].score)
    first = ranked[0][2].score if ranked else 0.0
    identifiers: set[str] = set()
    actors = [
        _actor(blocks, candidate, words, weight, first=first, identifiers=identifiers)
        for candidate, words, weight in ranked
    ]
    roles = [candidate.roles for candidate, _, _ in ranked]
    return [
        replace(actor, identity=identity)
        for actor, identity in zip(actors, identities(actors, roles), strict=True)
    ]


def candidates(blocks: Sequence[Block], found: FoundNames, language: Language) -> list[Candidate]:
    """Return every cluster of names that might be an actor, in order of appearance."""
    clusters = language.clusters(blocks, found)
    roles = language.roles(blocks, found, clusters)
    uses = language.uses(blocks, found, clusters)
    return [Candidate(*row) for row in zip(clusters, roles, uses, strict=True)]


def _actor(
    blocks: Sequence[Block],
    candidate: Candidate,
    quotes: Sequence[Quote],
    salience: Salience,
    *,
    first: float,
    identifiers: set[str],
) -> Actor:
    """Return the actor as the article tells of it; first: the salience of the first one."""
    cluster = candidate.cluster
    mentions = tuple(_mentions(blocks, cluster))
    aliases = tuple(dict.fromkeys([cluster.name, *(mention.text for mention in mentions)]))
    return Actor(
        id=_identifier(cluster.name, identifiers),
        name=cluster.name,
        type=cluster.type,
        key=is_key(salience.score, first),
        salience=round(salience.score, 4),
        aliases=aliases,
        role=candidate.role,
        mentions=mentions,
        quotes=tuple(quotes),
        why=Evidence(
            aliases={alias: cluster.rules[alias] for alias in aliases},
            salience=dict(salience.shares),
        ),
    )


def _mentions(blocks: Sequence[Block], cluster: Cluster) -> list[Mention]:
    """Return the names of a cluster as mentions of the article."""
    places = [(blocks[name.block], name) for name in cluster.names]
    return [
        Mention(
            block.field,
            block.offset + name.start,
            block.offset + name.start + len(name.text),
            name.text,
            block.paragraph,
        )
        for block, name in places
    ]


def _identifier(name: str, identifiers: set[str]) -> str:
    """Return a name for addresses and attributes that is not among `identifiers`, and add it there."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-") or "actor"
    number, identifier = 1, base
    while identifier in identifiers:
        number += 1
        identifier = f"{base}-{number}"
    identifiers.add(identifier)
    return identifier
