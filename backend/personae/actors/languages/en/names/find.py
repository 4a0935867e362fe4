"""Names in the article: what the language model finds, its known slips repaired, and made consistent.

A string that is a name in one place is the same name everywhere in the article, of the kind that most
of its places say. Countries come from a table as well, since the model overlooks some.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from personae.actors.languages.en.names.clubs import name_clubs
from personae.actors.languages.en.names.described_things import name_things
from personae.actors.languages.en.names.entity_boundaries import repaired
from personae.actors.languages.en.names.label_repairs import correct_labels
from personae.actors.languages.en.names.missed_entities import (
    add_abbreviated,
    add_bodies,
    add_countries,
    add_outlets,
    complete_names,
    extend_bodies,
    join_pairs,
)
from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.names.people_repairs import (
    drop_headline_words,
    extend_people,
    trim_participles,
)
from personae.actors.languages.en.names.repetition import repeat
from personae.actors.languages.en.names.state_bodies import add_state_bodies
from personae.actors.languages.en.names.titles import add_titled, settle_titles
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import words
from personae.actors.languages.en.words.scores import SCORE
from personae.actors.names.recogniser import Entity
from personae.actors.names.split_entities import join_split_people
from personae.actors.tables.name_words import surname
from personae.actors.text.found_names import FoundNames, Kind, Name
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block

KINDS: Mapping[str, Kind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "NORP": "people",
    "FAC": "thing",
    "LOC": "thing",
    "PRODUCT": "thing",
    "EVENT": "thing",
    "WORK_OF_ART": "thing",
    "LAW": "thing",
}
_PEOPLE = frozenset(label for label, kind in KINDS.items() if kind == "person")
_CONFERENCE = re.compile(r"COP ?\d+")


def find(blocks: Sequence[Block], entities: Sequence[Sequence[Entity]]) -> FoundNames:
    """Return the names of an article; entities: what the model found in each block."""
    store = NameStore(blocks)
    for number, row in enumerate(entities):
        for entity in join_split_people(row, blocks[number].plain, _PEOPLE):
            if entity.label in KINDS:
                for start, end in repaired(blocks[number], entity):
                    store.add(number, start, end, _label(blocks[number], end, entity.label))
    add_titled(store)
    correct_labels(store)
    trim_participles(store)
    extend_people(store)
    settle_titles(store)
    join_pairs(store)
    complete_names(store)
    add_countries(store)
    add_outlets(store)
    add_abbreviated(store)
    extend_bodies(store)
    add_bodies(store)
    add_state_bodies(store)
    name_clubs(store)
    drop_headline_words(store)
    repeat(store)
    extend_people(store)
    name_things(store)
    return FoundNames(_names(store), dict(store.labels))


def _label(block: Block, end: int, label: str) -> str:
    """Return the model's label, but a team's before a score: "lost to Rovers 3-2"."""
    return "ORG" if KINDS[label] in {"thing", "nothing"} and SCORE.match(block.text, end) else label


def _names(store: NameStore) -> list[Name]:
    """Return the names of the store, each with the kind that most of its places say."""
    kinds = {text: store.settled.get(text) or _kind(text, votes) for text, votes in store.labels.items()}
    # "Baker" is a name beside "Lee Baker", and no trade.
    full = [text for text, kind in kinds.items() if kind == "person" and " " in text]
    surnames = {surname(text) for text in full} | {
        first for text in full if (first := text.partition(" ")[0]).lower() in words("relations")
    }
    names = []
    for number, row in enumerate(store.rows):
        for start, end, label in sorted(row):
            text = store.blocks[number].text[start:end]
            kind = kinds.get(normal(text)) or _kind(normal(text), Counter([label]))
            if kind == "nothing" and text in surnames and label == "PERSON":
                kind = "person"
            names.append(Name(number, start, end, text, kind))
    return names


def _kind(name: str, votes: Counter[str]) -> Kind:
    """Return what kind of thing a string names, by its labels and the tables."""
    table = countries()
    if name in table.names and name not in table.ambiguous and votes["PERSON"] < sum(votes.values()):
        return "place"
    if name.lower() in words("parties"):
        return "organization"
    if is_thing(name):
        return "nothing"
    return KINDS[votes.most_common(1)[0][0]]


def is_thing(name: str) -> bool:
    """Return whether a name is that of a law, an event, a prize or the like, or no name at all."""
    first, _, last = name.lower().rpartition(" ")
    if _CONFERENCE.fullmatch(name) or any(name.lower() in words(k) for k in ("no_names", "products")):
        return True
    return any(last in words(kind) for kind in (("things",) if first else ("generic", "roles", "regal")))
