"""Names in the article: what the language model finds, its known slips repaired, and made consistent.

A string that is a name in one place is the same name everywhere in the article, of the kind that most
of its places say. Countries come from a table as well, since the model overlooks some.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from personae.actors.languages.en.names.entity_boundaries import joined, repaired
from personae.actors.languages.en.names.missed_entities import (
    add_abbreviated,
    add_bodies,
    add_countries,
    add_state_bodies,
    extend_bodies,
)
from personae.actors.languages.en.names.name_store import Spans, surname
from personae.actors.languages.en.words.tables import countries, normal, words
from personae.actors.names.recogniser import Recogniser
from personae.actors.text.text_units import Block

Kind = Literal["person", "organization", "place", "people", "thing", "nothing"]
KINDS: dict[str, Kind] = {
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

_CONFERENCE = re.compile(r"COP ?\d+")
SCORE = re.compile(r" \d{1,3}[-–]\d{1,3}(?![-–\w])")


@dataclass(frozen=True, slots=True)
class Name:
    """One place where a name stands: characters start to end (exclusive) of block number `block`."""

    block: int
    start: int
    end: int
    text: str
    kind: Kind


@dataclass(slots=True)
class Found:
    """All names of an article in reading order, and the model's labels for each string."""

    names: list[Name] = field(default_factory=list)
    labels: dict[str, Counter[str]] = field(default_factory=dict)


def find(blocks: Sequence[Block], recogniser: Recogniser) -> Found:
    """Return the names of an article."""
    spans = Spans(blocks)
    for number, entities in enumerate(recogniser.entities([block.plain for block in blocks])):
        for entity in joined(entities, blocks[number].plain):
            if entity.label in KINDS:
                for start, end in repaired(blocks[number], entity):
                    spans.add(number, start, end, _label(blocks[number], end, entity.label))
    spans.correct_people()
    spans.trim_participles()
    spans.extend_people()
    add_countries(spans)
    add_abbreviated(spans)
    extend_bodies(spans)
    add_bodies(spans)
    add_state_bodies(spans)
    spans.drop_headline_words()
    spans.repeat()
    spans.extend_people()
    return _found(spans)


def _label(block: Block, end: int, label: str) -> str:
    """Return the model's label, but a team's before a score: "lost to Rovers 3-2"."""
    return "ORG" if KINDS[label] in {"thing", "nothing"} and SCORE.match(block.text, end) else label


def _found(spans: Spans) -> Found:
    kinds = {text: _kind(text, votes) for text, votes in spans.labels.items()}
    # "Baker" is a name beside "Lee Baker", and no trade.
    surnames = {surname(text) for text, kind in kinds.items() if kind == "person" and " " in text}
    names = []
    for number, row in enumerate(spans.rows):
        for start, end, label in sorted(row):
            text = spans.blocks[number].text[start:end]
            kind = kinds.get(normal(text)) or _kind(normal(text), Counter([label]))
            if kind == "nothing" and text in surnames and label == "PERSON":
                kind = "person"
            names.append(Name(number, start, end, text, kind))
    return Found(names, dict(spans.labels))


def _kind(name: str, votes: Counter[str]) -> Kind:
    table = countries()
    if name in table.names and name not in table.ambiguous and votes["PERSON"] < sum(votes.values()):
        return "place"
    if name.lower() in words("parties"):
        return "organization"
    if is_thing(name):
        return "nothing"
    return KINDS[votes.most_common(1)[0][0]]


def is_thing(name: str) -> bool:
    """Say whether a name is that of a law, an event, a prize or the like, or no name at all."""
    first, _, last = name.lower().rpartition(" ")
    if _CONFERENCE.fullmatch(name) or any(name.lower() in words(k) for k in ("no_names", "products")):
        return True
    return any(last in words(kind) for kind in (("things",) if first else ("generic", "roles", "regal")))
