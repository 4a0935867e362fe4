"""From a text to its actors: one step a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from personae.actors.languages.en import agency, salience
from personae.actors.languages.en.merge.clusters import Cluster, cluster
from personae.actors.languages.en.names.find import Found, Name, find
from personae.actors.languages.en.roles.beside_name import Role, best_role, roles
from personae.actors.languages.en.roles.roles_in_next_sentence import later
from personae.actors.languages.en.speech.quotes import quotes
from personae.actors.languages.en.words.tables import countries
from personae.actors.names.recogniser import recogniser
from personae.actors.text.text_units import Block, blocks
from personae.model import Actor, Evidence, Mention, Quote


@dataclass(slots=True)
class Candidate:
    """A cluster, how it is described and used, and what that makes of it."""

    cluster: Cluster
    role: Role | None
    uses: agency.Uses
    features: dict[str, float]


def analyse(*, title: str, standfirst: str, text: str, language: str | None) -> list[Actor]:
    """Return the actors of an article, most important first.

    text: paragraphs joined by blank lines. Offsets of mentions count code points in the field they name.

    Raises LanguageNotSupported, ModelMissing.
    """
    model = recogniser(language)
    parts = blocks(title=title, standfirst=standfirst, text=text)
    acting = [c for c in candidates(parts, find(parts, model)) if agency.is_actor(c.cluster, c.features)]
    said = quotes(parts, [c.cluster for c in acting], [c.role.text if c.role else None for c in acting])
    values = ranking(parts, acting, said)
    scored = [(salience.salience(v), c, v, q) for c, v, q in zip(acting, values, said, strict=True)]
    scored.sort(key=lambda row: -row[0])
    first = max((score for score, *_ in scored), default=0.0)
    ids: set[str] = set()
    return [
        _actor(parts, c, score=score, first=first, why=salience.shares(v), said=q, ids=ids)
        for score, c, v, q in scored
    ]


def ranking(
    parts: Sequence[Block], acting: Sequence[Candidate], said: Sequence[Sequence[Quote]]
) -> list[dict[str, float]]:
    """Return the features by which actors are ranked; said: the quotations of each."""
    return salience.features(
        parts,
        [c.cluster for c in acting],
        [c.uses for c in acting],
        [c.role is not None for c in acting],
        [sum(quote.end - quote.start for quote in row) for row in said],
    )


def candidates(parts: Sequence[Block], found: Found) -> list[Candidate]:
    """Return every cluster of names that might be an actor, with its features, in order of appearance."""
    gathered = []
    series = agency.first_of_series(parts, found)
    names: dict[int, list[Name]] = {}
    for name in sorted(found.names, key=lambda n: (n.block, n.start)):
        names.setdefault(name.block, []).append(name)
    for made in _distinct(cluster(parts, found)):
        used = agency.uses(parts, made.names, series)
        if not agency.may_act(made, used):
            continue
        role = best_role([*roles(parts, made, names), *later(parts, made, names)])
        features = agency.features(parts, found, made, used, has_role=role is not None)
        gathered.append(Candidate(made, role, used, features))
    return gathered


def _distinct(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Leave out a capital as a mere place where its country is named too."""
    seats = countries().seats
    named = {c.country for c in clusters if c.country}
    return [c for c in clusters if c.country or c.type != "country" or seats.get(c.name) not in named]


def _actor(
    parts: Sequence[Block],
    candidate: Candidate,
    *,
    score: float,
    first: float,
    why: dict[str, float],
    said: Sequence[Quote],
    ids: set[str],
) -> Actor:
    made = candidate.cluster
    mentions = tuple(mention(parts[name.block], name) for name in made.names)
    aliases = tuple(dict.fromkeys([made.name, *(m.text for m in mentions)]))
    return Actor(
        id=actor_id(made.name, ids),
        name=made.name,
        type=made.type,
        key=salience.is_key(score, first),
        salience=round(score, 4),
        aliases=aliases,
        role=candidate.role.text if candidate.role else None,
        mentions=mentions,
        quotes=tuple(said),
        why=Evidence(
            aliases={alias: made.rules[alias] for alias in aliases},
            salience=why,
        ),
    )


def mention(block: Block, name: Name) -> Mention:
    """Return a name of a block as a mention of the article."""
    start = block.offset + name.start
    return Mention(block.field, start, start + len(name.text), name.text, block.paragraph)


def actor_id(name: str, ids: set[str]) -> str:
    """Return a name for URLs and attributes, unique in the article: "john-kerry"; adds it to `ids`."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-") or "actor"
    number, made = 1, base
    while made in ids:
        number += 1
        made = f"{base}-{number}"
    ids.add(made)
    return made
