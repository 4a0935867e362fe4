"""Bodies of states: "Moroccan army", "China's commerce ministry" by common nouns, "No 10" by a number."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.words.bodies import well_known
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import alternatives
from personae.actors.text.spelling import normal

_NO_POSSESSIONS = frozenset({"administration", "leadership", "forces", "government"})


def add_state_bodies(store: NameStore) -> None:
    """Add "Moroccan army", "the US military", and "Moroccan government" where Morocco itself is not named."""
    table = countries()
    named = {table.names.get(normal(text[start:end])) for text, start, end, _ in store.items()}
    ministries: Counter[str] = Counter()
    for number, block in enumerate(store.blocks):
        for match in _state_body().finditer(block.text, block.body_start):
            country = table.people.get(match["people"] or "")
            if match["body"] == "government" and (country is None or country in named):
                continue  # the country's own name
            if match["body"] in well_known():
                continue  # a body of its own name: "US State Department"
            if match["name"] and match["body"].lower() in _NO_POSSESSIONS:
                continue
            if _put_over(store, number, *match.span()) and match["body"].endswith("ministry"):
                ministries[match["body"]] += 1
        for match in (*_ministry_of().finditer(block.text), *_FORCES.finditer(block.text)):
            if match.start() >= block.body_start:
                _put_over(store, number, *match.span())
    _add_short(store, ministries)
    _add_offices(store)


def _put_over(store: NameStore, number: int, start: int, end: int) -> bool:
    """Add a body when no name stands there but parts of it; return whether it was added."""
    over = [store.rows[number][i] for i in store.over(number, start, end)]
    if any(s < start or e > end or label == "PERSON" for s, e, label in over):
        return False
    store.put(number, start, end, "ORG")
    return True


def _add_short(store: NameStore, ministries: Counter[str]) -> None:
    """Add "the commerce ministry", where it was said before whose."""
    if not ministries:
        return
    pattern = re.compile(rf"\b[Tt]he ({'|'.join(map(re.escape, ministries))})(?! of\b)(?!\w)")
    for number, block in enumerate(store.blocks):
        for match in pattern.finditer(block.text, block.body_start):
            _put_over(store, number, *match.span(1))


def _add_offices(store: NameStore) -> None:
    """Add "No 10", where it speaks or has people somewhere in the story: a number does neither."""
    if not any(_office_acts().search(block.text, block.body_start) for block in store.blocks):
        return
    for number, block in enumerate(store.blocks):
        for match in _office().finditer(block.text, block.body_start):
            _put_over(store, number, *match.span())
    offices = {normal(text[s:e]) for text, s, e, _ in store.items() if _office().fullmatch(text, s, e)}
    store.settle("organization", "ORG", offices)


@cache
def _state_body() -> re.Pattern[str]:
    """Match a people or a state and the body that is its own."""
    table = countries()
    people = "|".join(sorted(map(re.escape, table.people), key=len, reverse=True))
    names = "|".join(sorted(map(re.escape, table.names), key=len, reverse=True))
    owner = rf"(?:(?P<people>{people})|(?P<name>{names})(?:['’]s)?)"
    return re.compile(rf"(?<![\w-]){owner} (?P<body>(?i:{_BODY})|government)(?![\w-]| [A-Z])")


@cache
def _ministry_of() -> re.Pattern[str]:
    """Match "foreign ministry of Nepal"."""
    names = "|".join(sorted(map(re.escape, countries().names), key=len, reverse=True))
    return re.compile(rf"(?<![\w-]){_MINISTRY} of (?:{names})(?![\w-])")


@cache
def _office() -> re.Pattern[str]:
    """Match the name of an office that is also a number, but not "the No 10", "No 10 in the world"."""
    name = alternatives("offices_of_government")
    return re.compile(rf"(?<![\w-])(?<![Tt]he )(?<!\b[Aa] )(?:{name})(?![\w-])(?! in\b| seed)")


@cache
def _office_acts() -> re.Pattern[str]:
    people = alternatives("office_people")
    office = alternatives("offices_of_government")
    return re.compile(
        rf"(?<![Tt]he )(?<!\w)(?:{office}) (?:(?:{alternatives('speech', 'office_verbs')})\b|(?:{people})\b)"
        rf"|\b(?:{people}) (?:at|in|from|inside) (?:{office})(?!\w)"
    )


_FORCES = re.compile(rf"(?<![\w-])(?:{alternatives('named_forces')})(?![\w-])")
_MINISTRY = rf"(?:(?:{alternatives('ministries')})(?: and|,)? ){{1,4}}ministry"
_BODY = rf"{_MINISTRY}|{alternatives('state_bodies')}"
