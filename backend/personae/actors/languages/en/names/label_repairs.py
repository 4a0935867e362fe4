"""Names that the model takes for another kind: people for places, places for people, brands for places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.names.person_or_place import CERTAIN, overrules, person_points
from personae.actors.languages.en.words.countries import countries
from personae.actors.tables.name_words import surname
from personae.actors.text.spelling import normal

PLACE = -2 * CERTAIN  # points of a name that stands twice where something is


def correct_labels(store: NameStore) -> None:
    """Give names the label that the words beside them tell, whatever the model takes them for."""
    store.relabel("PERSON", _people(store))
    store.relabel("GPE", _places(store))
    store.relabel("ORG", _brands(store))


def _people(store: NameStore) -> set[str]:
    """Return the names of other labels that the words beside them make a person's."""
    points: Counter[tuple[str, str]] = Counter()
    for text, start, end, label in store.items():
        if label not in {"PERSON", "NORP"}:
            points[label, normal(text[start:end])] += person_points(text, start, end)
    people = store.labelled("PERSON")
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
