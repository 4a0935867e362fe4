"""Names that the model takes for another kind: people for places, places for people, brands for places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from personae.actors.languages.en.names.described_things import head_of_description
from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.names.person_or_place import (
    CERTAIN,
    is_given_name,
    overrules,
    person_points,
    thing_points,
)
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.tables.name_words import given_names, particles, surname
from personae.actors.text.spelling import normal

_TITLE_AFTER = re.compile(
    rf"(?i: (?:(?:{alternatives('departments')}) )*(?:{alternatives('posts')}))"
    r" (?:and [A-Z]|[A-Z][a-z]+ [A-Z])"
)
MOST_PARTS = 4  # words of a full name
PLACE = -2 * CERTAIN  # points of a name that stands twice where something is


def correct_labels(store: NameStore) -> None:
    """Give names the label that the words beside them tell, whatever the model takes them for."""
    store.relabel("PERSON", _people(store))
    store.relabel("GPE", _places(store))
    store.relabel("ORG", _brands(store))
    store.relabel("ORG", _employers(store) | _described_bodies(store))
    people, things = _people_called_as_things(store)
    store.settle("person", "PERSON", people)
    store.settle("nothing", "LAW", things)


def _people(store: NameStore) -> set[str]:
    """Return the names of other labels that the words beside them make a person's."""
    points: Counter[tuple[str, str]] = Counter()
    for text, start, end, label in store.items():
        if label not in {"PERSON", "NORP"}:
            points[label, normal(text[start:end])] += person_points(text, start, end)
    people = store.labelled("PERSON")
    people |= _alone(store, {surname(name) for _, name in points if is_given_name(name)} - people)
    return {
        name
        for (label, name), total in points.items()
        if overrules(label, name, total + (CERTAIN + 1) * _has_known_surname(name, people))
    }


def _has_known_surname(name: str, people: Collection[str]) -> bool:
    """Return whether a name of several words, and nothing but words, ends in a person's that stands alone."""
    return " " in name and re.fullmatch(r"[\w .'-]+", name) is not None and surname(name) in people


def _places(store: NameStore) -> set[str]:
    """Return the words that the model takes for people, and the text for places: "in Lindi"."""
    points: Counter[str] = Counter()
    parts: set[str] = set()
    for text, start, end, label in store.items():
        if label == "PERSON":
            name = normal(text[start:end])
            points[name] += person_points(text, start, end)
            parts.update(name.split() if " " in name else ())
    return {name for name, total in points.items() if total <= PLACE and name not in parts}


def _brands(store: NameStore) -> set[str]:
    """Return the places that the text writes without a capital too, as no place is: "flykestrel"."""
    table = countries()
    places = store.labelled("GPE") - table.names.keys() - table.states
    small = {p.lower(): p for p in places if " " not in p and p[1:].islower()}
    if not small:
        return set()
    pattern = re.compile(rf"(?<![\w@#/.-])(?:{'|'.join(map(re.escape, small))})(?![\w@-]|\.\w)")
    return {small[m[0]] for block in store.blocks for m in pattern.finditer(block.text)}


def _employers(store: NameStore) -> set[str]:
    """Return the single names before the title of somebody: "Lumora CEO Adam Nolan"."""
    surnames = {surname(name) for name in store.labelled("PERSON") if " " in name}
    found = {
        normal(text[start:end])
        for text, start, end, label in store.items()
        if label == "PERSON" and " " not in text[start:end] and _TITLE_AFTER.match(text, end)
    }
    return found - surnames - {name for name in found if name.lower() in given_names()}


def _described_bodies(store: NameStore) -> set[str]:
    """Return the single names that the text calls a company or the like: "Lumora, the maker of robots"."""
    parts = {part for name in store.labelled("PERSON") if " " in name for part in name.split()}
    points: Counter[str] = Counter()
    for text, start, end, label in store.items():
        name = normal(text[start:end])
        if label == "PERSON" and " " not in name and name not in parts:
            of_body = head_of_description(text, end) in words("body_roles") - words("shared_roles")
            points[name] += (CERTAIN + 1) * of_body - max(0, person_points(text, start, end))
    return {name for name, total in points.items() if total > 0 and name.lower() not in given_names()}


# A name of several words, "Wall Street", unless a title begins it.
_ENDS_NAME = re.compile(r"(?<![\w.-])(?!M(?:r|rs|s|iss)\b)[A-ZÀ-Þ][\w'’-]* $")


def _people_called_as_things(store: NameStore) -> tuple[set[str], set[str]]:
    """Return the full names that end in a word for a thing, "Mara Hill": people's, and things'.

    The model's word counts, what stands beside the name, and a surname that stands alone as a person's does.
    """
    points: Counter[str] = Counter()
    for text, start, end, _ in store.items():
        name = normal(text[start:end])
        if " " in name and surname(name).lower() in words("things"):
            points[name] += person_points(text, start, end)
            points[name] -= thing_points(text, start, end)
    bearers = {surname(name) for name in points}
    for last in bearers & _alone(store, bearers):
        points.update({name: 2 * CERTAIN + 1 for name in points if surname(name) == last})
    called = store.labelled("PERSON")
    for name in points:
        points[name] += (name in called) + (name.partition(" ")[0].lower() in given_names())
    people = {
        name
        for name, total in points.items()
        if _looks_full(name)
        and total > (CERTAIN if surname(name).lower() in words("seldom_surnames") else 0)
        and (name in called or name.partition(" ")[0].lower() in given_names() or total > 2 * CERTAIN)
    }
    return people, points.keys() - people - store.labelled("ORG")


def _looks_full(name: str) -> bool:
    """Return whether a name has two or three words, and nothing but words with a capital or particles."""
    parts = name.split()
    return len(parts) <= MOST_PARTS and all(
        re.fullmatch(r"[A-ZÀ-Þ][\w'-]*\w|[A-Z]\.", part) or part in particles() for part in parts
    )


def _alone(store: NameStore, surnames: Collection[str]) -> set[str]:
    """Return those of the surnames that stand alone where a person does: "Hill said", "Ms Hill"."""
    if not surnames:
        return set()
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, surnames))})(?![\w-])")
    return {
        match[0]
        for block in store.blocks
        for match in pattern.finditer(block.text)
        if person_points(block.text, *match.span()) > 0 and not _ENDS_NAME.search(block.text[: match.start()])
    }
