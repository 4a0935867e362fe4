"""Ships, films, storms, animals, towns and lakes that the model takes for people or bodies.

What the story says of a name anywhere decides: the noun before it ("the trawler Mary Flynn"), the head of
what describes it ("Salvo, a port city"), what it does ("ran aground"), against what makes it a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.names.person_or_place import CERTAIN, person_points
from personae.actors.languages.en.words.bodies import well_known
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.text.spelling import normal

_WINDOW = 60  # characters before a name that are looked at
_CALLED = r"(?:,? (?:called|named|titled|entitled|dubbed|known as))?"
_DESCRIBED = re.compile(
    r"[”\"]?,? (?:which |that )?(?:is |was |are )?(?:now |also |once )?"
    r"(?:an?|the|one of the|its|their|his|her) ([\w’' -]{2,60})"
)
_NOUNS = (
    ("thing_nouns", "thing_openings", "doubtful_openings"),
    ("landmark_nouns",),
    ("settlement_nouns",),
)
_COMPLEMENT = re.compile(rf" (?:{alternatives('complements')}|said|says|has|have|was|is|where|when|and)\b")
_PERSONS = re.compile(r" (?:who|whose)\b|, who\b")


class _Evidence(NamedTuple):
    """What the words beside a name say of it: points of a thing, a landmark, a settlement, a person."""

    thing: int = 0
    landmark: int = 0
    settlement: int = 0
    person: int = 0


def name_things(store: NameStore) -> None:
    """Send the names that the text describes as things or places to their kind."""
    points: dict[str, Counter[str]] = {}
    labels: dict[str, Counter[str]] = {}
    for text, start, end, label in store.items():
        opening = _opening().match(text, start, end)
        name = normal(text[start:end])
        points.setdefault(name, Counter()).update(_evidence(text, start, end)._asdict())
        labels.setdefault(name, Counter())[label] += 1
        if opening and (rest := normal(text[opening.end() : end])):
            points[name]["thing"] += CERTAIN
            points.setdefault(rest, Counter())["thing"] += CERTAIN
    table = countries()
    known = table.names.keys() | table.states | table.seats.keys() | table.people.keys() | well_known()
    known |= {part for name in _people(points, labels) for part in name.split()}
    kinds = {name: _kind(evidence) for name, evidence in points.items() if name not in known}
    things = {name for name, kind in kinds.items() if kind in {"thing", "landmark"}}
    places = {
        name for name, kind in kinds.items() if kind == "settlement" and labels.get(name, Counter())["PERSON"]
    }
    bodies = {name for name in things if labels.get(name) and labels[name].most_common(1)[0][0] == "ORG"}
    bodies -= {name for name in bodies if points[name]["thing"] > CERTAIN}
    store.settle("nothing", "PRODUCT", things - bodies)
    store.settle("place", "GPE", places)


def _people(points: Mapping[str, Counter[str]], labels: Mapping[str, Counter[str]]) -> Iterator[str]:
    """Yield the full names of people: what they may be shortened to is no thing."""
    for name, votes in labels.items():
        if " " in name and votes["PERSON"] and _kind(points[name]) == "person" and not _opening().match(name):
            yield name


def _kind(evidence: Counter[str]) -> str:
    """Return the kind for which most speaks, if it is certain and outweighs a person; else "person"."""
    kind, most = max(evidence.items(), key=lambda item: (item[1], item[0] != "person"), default=("person", 0))
    return kind if most >= CERTAIN and most > evidence["person"] else "person"


def _evidence(text: str, start: int, end: int) -> _Evidence:
    before = text[max(0, start - _WINDOW) : start]
    after = head_of_description(text, end)
    near = {word.strip("\"“”‘’',.").lower() for word in before.split()}
    has_thing, has_landmark, has_settlement = (not near.isdisjoint(_last_words(kind)) for kind in _NOUNS)
    return _Evidence(
        thing=CERTAIN * (has_thing and bool(_thing_before().search(before)))
        + CERTAIN * bool(has_thing and text.startswith(",", end) and _introduction().search(before))
        + CERTAIN * (after in words("thing_nouns"))
        + CERTAIN * bool(_acts().match(text, end))
        + bool(_doubtful().match(text, start, end)),
        landmark=CERTAIN * (has_landmark and bool(_place_before("landmark_nouns").search(before)))
        + CERTAIN * (after in words("landmark_nouns")),
        settlement=CERTAIN * (has_settlement and bool(_place_before("settlement_nouns").search(before)))
        + CERTAIN * (after in words("settlement_nouns")),
        person=max(0, person_points(text, start, end)) + CERTAIN * bool(_PERSONS.match(text, end)),
    )


@cache
def _last_words(kinds: tuple[str, ...]) -> frozenset[str]:
    """Return the last word of each entry of some lists: without one of them nothing is said of a name."""
    return frozenset(entry.rstrip(".").rpartition(" ")[2] for kind in kinds for entry in words(kind))


def head_of_description(text: str, end: int) -> str:
    """Return the head of what describes a name right after it: "city" of ", a port city in the south"."""
    match = _DESCRIBED.match(text, end)
    if match is None:
        return ""
    return _COMPLEMENT.split(match[1], maxsplit=1)[0].rstrip().rpartition(" ")[2].lower()


@cache
def _thing_before() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives('thing_nouns')}){_CALLED} [\"“‘']?$"
        rf"|(?<![\w-])(?:{alternatives('thing_openings', 'doubtful_openings')})\.? $"
    )


@cache
def _introduction() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('thing_nouns')}), $")


@cache
def _place_before(nouns: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives(nouns)})(?: (?:of|called|named|known as))(?: the)? $", re.IGNORECASE
    )


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('thing_openings')})\.? ")


@cache
def _doubtful() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('doubtful_openings')}) ")


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(rf" (?:{alternatives('thing_verbs')})(?!\w)")
