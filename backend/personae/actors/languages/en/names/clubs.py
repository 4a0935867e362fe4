"""Clubs, which go by the names of their towns: a place that plays, signs and is relegated is one.

What stands beside the name decides, in a story that has words of sport; states play too, and remain states.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.names.person_or_place import PLACED, person_points
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.tables.name_words import surname
from personae.actors.text.spelling import normal

CERTAIN = 2  # points of a club
WORDS_OF_SPORT = 3  # different ones in a story that is about sport
_WINDOW = 60  # characters before a name that are looked at
_WORD = re.compile(r"[a-z][a-z-]+")
_SCORE = re.compile(r" (?:(?:won|lost|drew|win|lead|led) )?\d{1,3}[-–]\d{1,3}(?![-–\w])")
_SCORE_BEFORE = re.compile(r"\d[-–]\d{1,3} (?:at|against|to|over|with|away at|by) $")
_IN = re.compile(
    r"\b(?:in|near|around|across|throughout|downtown|city of|town of|mayor of|people of)(?: the)? $"
)
_POLITY = re.compile(
    r"(?:['’]s)? (?:city council|council|mayor|airport|residents|police|region|hospital|streets)\b"
)
_PLURAL = re.compile(r" (?:are|have|were|said they) ")  # after a name that is no plural


def name_clubs(store: NameStore) -> None:
    """Make bodies of the names that play, where the story is about sport."""
    story = {word for block in store.blocks for word in _WORD.findall(block.text)}
    if len(story & words("sport")) < WORDS_OF_SPORT:
        return
    _complete(store)
    points: Counter[str] = Counter()
    full: set[str] = set()
    for text, start, end, label in store.items():
        name = normal(text[start:end])
        points[name] += _points(text, start, end, is_person=label == "PERSON")
        if label == "PERSON" and " " in name:
            full.add(name)
    table = countries()
    known = table.names.keys() | table.states | table.people.keys() | {surname(name) for name in full}
    clubs = {name for name, total in points.items() if total >= CERTAIN and name not in known}
    clubs = {name for name in clubs if name.rpartition(" ")[2].lower() not in words("competitions")}
    store.settle("organization", "ORG", clubs)


def _points(text: str, start: int, end: int, *, is_person: bool) -> int:
    """Return how much the words beside a name speak for a club; less than 0: for a place or a person.

    is_person: the model takes it for a person's, who scores and wins too.
    """
    before = text[max(0, start - _WINDOW) : start]
    plural = _PLURAL.match(text, end) and not before.endswith((" and ", "The ", "the "))
    points = CERTAIN * (bool(_people().match(text, end) or _moves().search(before)) + bool(plural))
    if is_person:
        return points - CERTAIN * (person_points(text, start, end) >= CERTAIN)
    played = _SCORE.match(text, end) or _SCORE_BEFORE.search(before) or _matches().search(before)
    if played or _verbs().match(text, end):
        points += CERTAIN
    placed = _IN.search(before) or (PLACED.search(before) and not before.endswith("at "))
    return points - CERTAIN * bool(placed or _POLITY.match(text, end))


def _complete(store: NameStore) -> None:
    """Take in the words of a club's name that the model leaves out: "Toronto Raptors", "Real Madrid"."""
    for number, block in enumerate(store.blocks):
        for start, end, label in list(store.rows[number] if not block.is_heading_case else ()):
            if label == "PERSON":
                continue
            before = _opening().search(block.text, max(0, start - _WINDOW), start)
            after = _ending().match(block.text, end)
            first = before.start(1) if before and store.is_free(number, *before.span(1)) else start
            last = after.end() if after and _is_open(store, number, after) else end
            if (first, last) != (start, end):
                store.put(number, first, last, "ORG")


def _is_open(store: NameStore, number: int, match: re.Match[str]) -> bool:
    """Return whether no name reaches into a match, but for that of a people or a body."""
    return all(
        end <= match.start() or start >= match.end() or label in {"NORP", "ORG"}
        for start, end, label in store.rows[number]
    )


@cache
def _people() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s?)? (?:{alternatives('club_people')})(?![\w-])(?! of\b)")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(
        rf"(?: (?:have|has|had|were|are|was|who|will))? (?:{alternatives('club_verbs')})(?![\w-])"
    )


@cache
def _moves() -> re.Pattern[str]:
    name = r"[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*){0,2}"
    from_one = rf"(?:sign(?:ed|s) for|join(?:ed|s|ing)|mov(?:ed|ing|es) to) {name} from"
    return re.compile(rf"\b(?:{alternatives('club_moves')}|{from_one}) $")


@cache
def _matches() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('club_matches')}) $")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({alternatives('club_openings')}) $")


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf" (?:{alternatives('club_endings')})(?![\w-])")
