"""What the words beside a name say of its kind, where the model takes a person for a place or a body."""

from __future__ import annotations

import re
from functools import cache

from personae.actors.languages.en.names.titles import title_before
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.descriptions import closes_as_title, is_description
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.tables.name_words import given_names

CERTAIN = 2  # points that overrule the model
_WINDOW = 100  # characters before a name that may introduce it

_AGE = re.compile(r"(?:,? \(\d\d\)|, \d\d[,.])(?!\d)")
_APPOSITION = re.compile(r",(?: \d\d,)? (an? [^,.;:()\n]{2,60})")
_COMPLEMENT = re.compile(rf" (?:{alternatives('complements')})\b")
_INTRODUCTION = re.compile(r"([\w’'-]+), $")
PLACED = re.compile(r"\b(?:in|at|near|around|across|throughout|inside|outside)(?: the)? $", re.IGNORECASE)

_LIKE_A_THING = re.compile(
    r"\b(?:the|this|that|an?|its|on|along|at|in|near|off|under|over|across|around|down|up|of the) $",
    re.IGNORECASE,
)
_OWNER = re.compile(r"['’]s? \w")
_PLACE_NOUN = re.compile(
    r" (?:town|city|village|district|region|province|county|municipality|residents|suburb|airport)(?!\w)"
)


def person_points(text: str, start: int, end: int) -> int:
    """Return how much the words around start to end (exclusive) speak for a person; less than 0: a place.

    Two points are as good as certain: an honorific, a title or a description before the name, an age
    or a description after it. A speech verb or "who" is one, for bodies speak and teams are "who" too.
    """
    before = text[max(0, start - _WINDOW) : start]
    points = -CERTAIN if PLACED.search(before) or _PLACE_NOUN.match(text, end) else 0
    if title_before().search(before) or _titled(before) or _introduced(before):
        points += CERTAIN
    if _AGE.match(text, end) or _described(text, end):
        points += CERTAIN
    return points + bool(_speaks().match(text, end))


def thing_points(text: str, start: int, end: int) -> int:
    """Return how much the words around start to end (exclusive) speak against a person: for a law, a street.

    People stand without an article, and nothing is on them or along them.
    """
    before = text[max(0, start - _WINDOW) : start]
    owner = _OWNER.search(text, start, end) is not None
    return CERTAIN * (bool(_LIKE_A_THING.search(before)) + owner)


def is_given_name(name: str) -> bool:
    """Return whether a name begins with a given name and does not end as a place or a body does."""
    first, _, rest = name.partition(" ")
    last = rest.rpartition(" ")[2].lower()
    if not rest[:1].isupper() or first.lower() not in given_names():
        return False
    return not any(last in words(kind) for kind in ("place_endings", "bodies", "things"))


def overrules(label: str, name: str, points: int) -> bool:
    """Return whether a name that the model gives another label is a person's, by the points of its places."""
    table = countries()
    if name in table.names or name in table.states or name in table.seats or name in table.people:
        return False
    if label == "ORG":  # whose names are mostly right
        certain = points >= CERTAIN and (is_given_name(name) or points > CERTAIN)
        return certain and not any(w in words("bodies") for w in name.lower().split())
    return points + CERTAIN * is_given_name(name) >= CERTAIN


def _titled(before: str) -> bool:
    """Return whether a role noun that only people have stands right before: "transport minister "."""
    last = before[:-1].rpartition(" ")[2]
    return before.endswith(" ") and bool(last) and _is_persons_role(last)


def _introduced(before: str) -> bool:
    """Return whether a description and a comma stand right before: "Ghana's transport minister, "."""
    match = _INTRODUCTION.search(before)
    return match is not None and _is_persons_role(match[1])


def _is_persons_role(word: str) -> bool:
    return word.lower() not in words("shared_roles") and closes_as_title(word, person=True)


def _described(text: str, end: int) -> bool:
    """Return whether "a …" after the name describes a person."""
    match = _APPOSITION.match(text, end)
    if match is None:
        return False
    phrase = _COMPLEMENT.split(match[1], maxsplit=1)[0]
    last = phrase.rpartition(" ")[2].lower()
    of_bodies = last in words("shared_roles") or last in words("body_roles")
    return not of_bodies and is_description(phrase, person=True)


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(
        r"(?:, who\b| (?:said|says|told|added|explained|recalled|joked|insisted|admitted)(?!\w))"
    )
