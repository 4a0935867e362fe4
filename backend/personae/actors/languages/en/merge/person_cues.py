"""What the words beside a person's name tell: he or she, an office, whose relative, a description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from personae.actors.languages.en.words.descriptions import is_head
from personae.actors.languages.en.words.families import (
    given_name_genders,
    kinship,
    office,
    relations,
    title_genders,
)
from personae.actors.languages.en.words.lists import words
from personae.actors.merge.namesakes import NameCues, Use
from personae.actors.tables.name_words import surname
from personae.actors.tables.toml_files import alternatives
from personae.actors.text.found_names import Name
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block

_WINDOW = 90  # characters before a name
_REACH = 160  # characters after it
# The word before a name; "Mr and Mrs Lund" are two.
_TITLE_BEFORE = re.compile(r"(?:(\w+)\.? (?:and|&|or) )?((?:[Ff]irst )?[\w’'-]+)\.? $")
_DESCRIBED = re.compile(
    r"(?: \(\d{1,3}\))?, (?:aged )?(?:\d{1,3}, )?"
    r"((?:an?|the|who|\d{1,3}|from|of) [^.;:“”\"\n]{2,80})"
)
_SERIES = re.compile(r",? and |, ")
# Before a name: a sentence begins, in which nobody is spoken of yet.
_ALONE = re.compile(r"(?:^|[.!?][”\"]? )(?:(?!\b(?:he|she|his|her|him)\b)[^.!?“”\"\n])*$", re.IGNORECASE)
_PRONOUN = re.compile(r"[^.!?“”\"\n]*?\b(?:(he|she)|(?:and|with|of|by) (?:(his)|(her)))\b")
_NEXT_SENTENCE = re.compile(r"[^.!?“”\"\n]*[.!?] (?:(He|She)|(His)|(Her))\b")
_MAIDEN_NAME = re.compile(r",? \(?née ")


def uses_of_people(blocks: Sequence[Block], names: Sequence[Name]) -> list[Use]:
    """Return every mention of a person, in reading order, with what is told beside it."""
    people = [name for name in names if name.kind == "person"]
    before = {
        (match[2], surname(normal(name.text)))
        for name in people
        if " " in name.text and (match := _TITLE_BEFORE.search(_before(blocks[name.block], name)))
    }
    uses: list[Use] = []
    series: str | None = None  # the noun of "his sons" before the first of them
    for number, name in enumerate(people):
        block = blocks[name.block]
        earlier = people[number - 1] if number else None
        start = earlier.end if earlier and earlier.block == name.block else 0
        following = people[number + 1] if number + 1 < len(people) else None
        stop = following.start if following and following.block == name.block else len(block.text)
        tells = name_cues(block.text, name, start, stop)
        title, _, rest = normal(name.text).partition(" ")
        # "Pte Gault" where "Pte Ewan Gault" stands too.
        if rest and (title.rstrip("."), rest) in before:
            tells = replace(tells, surname=rest)
        if series and tells.kin is None and _SERIES.fullmatch(block.text, start, name.start):
            tells = replace(tells, kin=series, gender=tells.gender or kinship().get(series))
        else:
            series = _plural(_before(block, name))
        uses.append(Use(number, name, block.field == "text", tells))
    return uses


def _before(block: Block, name: Name) -> str:
    return block.text[max(0, name.start - _WINDOW) : name.start]


def name_cues(text: str, name: Name, start: int, stop: int) -> NameCues:
    """Return what a text tells of the person named in it; start, stop: between whom else it names."""
    before = text[max(0, name.start - _WINDOW) : name.start]
    kin = _kin_before(before) or _kin_after(text, name.end)
    by_title, title = _titles(before)
    within, rest = _title_within(name.text)
    gender = by_title or within or (kinship().get(kin) if kin else None)
    if gender is None and _MAIDEN_NAME.match(text, name.end):
        gender = "she"
    kin = kin or ("relative" if _relative_of().search(before) else None)
    owns = _owned().match(text, name.end)
    described = _DESCRIBED.match(text, name.end)
    return NameCues(
        gender=gender,
        leaning=_leaning(text, name, start, stop),
        title=title,
        surname=rest,
        kin=kin,
        owns=_singular(owns[1]) if owns else None,
        described=described[1].lower() if described else None,
    )


def _titles(before: str) -> tuple[str | None, str | None]:
    """Return he or she, and the office, by the words right before a name."""
    match = _TITLE_BEFORE.search(before)
    if match is None or (match[1] and match[1].lower() in title_genders()):
        return None, None
    word = match[2].lower()
    gender = title_genders().get(word) if match[2][0].isupper() or " " in word else None
    described = is_head(word, person=True) and word not in kinship() and gender is None
    return gender, office(word) or (word if described else None)


def _title_within(name: str) -> tuple[str | None, str | None]:
    """Return he or she, and the surname, of a name like "Lady Hale"; no surname of "Lady Brenda Hale"."""
    first, _, rest = normal(name).partition(" ")
    if not rest or first.lower() not in words("regal"):
        return None, None
    return title_genders().get(first.lower()), rest if " " not in rest else None


def _kin_before(before: str) -> str | None:
    match = _introduces().search(before)
    return _singular(match[1] or match[2]) if match else None


def _plural(before: str) -> str | None:
    """Return the noun of which the plural introduces this name and the next ones: "his sons "."""
    match = _introduces().search(before)
    return _singular(match[1]) if match and match[1] and match[1].lower() not in relations() else None


def _kin_after(text: str, end: int) -> str | None:
    match = _after().match(text, end)
    return _singular(match[1] or match[2]) if match else None


def _leaning(text: str, name: Name, start: int, stop: int) -> str | None:
    """Return the pronoun that comes next where nobody else can be meant; else that of the given name."""
    stop = min(stop, name.end + _REACH)
    if _ALONE.search(text, max(start, name.start - _REACH), name.start):
        match = _PRONOUN.match(text, name.end, stop) or _NEXT_SENTENCE.match(text, name.end, stop)
        if match is not None:
            return match[1].lower() if match[1] else "he" if match[2] else "she"
    given, _, rest = name.text.partition(" ")
    return given_name_genders().get(given) if rest else None


def _singular(noun: str) -> str:
    noun = noun.lower()
    return noun if noun in relations() else noun.removesuffix("s")


@cache
def _nouns() -> str:
    return f"(?:{alternatives(relations())})"


@cache
def _introduces() -> re.Pattern[str]:
    """Match what introduces a relative before the name: "his late wife, ", "brother of Ruben Dahl, "."""
    return re.compile(
        r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[Ww]hose|[\w.]+['’]s|[\w.]+s['’]) (?:[\w-]+ ){0,2}?"
        rf"({_nouns()}s?)|\b({_nouns()}) (?:of|to) [A-Z][\w.’' -]{{1,40}},)"
        r"(?:,? (?:named|called))?,? (?:\d{1,3}-year-old )?(?:[A-Z][a-z]{1,3}\.? )?$"
    )


@cache
def _relative_of() -> re.Pattern[str]:
    """Match what makes somebody a relative of whoever the sentence is about: "daughter of the producer "."""
    return re.compile(rf"\b{_nouns()} (?:of|to) (?:the |an? )?(?:[a-z-]+ ){{0,3}}$")


@cache
def _after() -> re.Pattern[str]:
    """Match what makes somebody a relative after the name: ", the mayor's widow,", ", sister of X"."""
    return re.compile(
        r"(?:,| \()(?: \d{1,3},)? (?:"
        rf"(?:his|her|their|my|our|(?:[\w.-]+ ){{0,3}}[\w.-]+['’]s?) (?:[\w-]+ ){{0,2}}?({_nouns()})"
        r"(?=[.;:)—–]|$|,(?! (?:and )?(?:[\w.]+ )?[A-Z])| (?:who|said|says|is|was|in|from)\b)"
        rf"|(?:the |a |an )?(?:[\w-]+ )?({_nouns()}) (?:of|to) (?:the |his |her |their )?"
        r"(?!two|three|four|five|six)(?=[A-Za-z]))"
    )


@cache
def _owned() -> re.Pattern[str]:
    """Match a relative of whoever is named: "'s second wife"."""
    return re.compile(rf"['’]s? (?:[\w-]+ ){{0,2}}?({_nouns()})\b")
