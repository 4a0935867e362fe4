"""What the model takes in too much of a person's name, or leaves out: participles, suffixes, given names."""

from __future__ import annotations

import re
from functools import cache

from personae.actors.languages.en.names.entity_boundaries import POSSESSIVE
from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.names.titles import LONGEST_TITLE, title_before
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.descriptions import singular
from personae.actors.languages.en.words.lists import words
from personae.actors.languages.en.words.sentences import begins_sentence
from personae.actors.tables.name_words import given_names, suffix_pattern
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block

_NEXT = re.compile(r" ([A-ZÀ-Þ][\w'’-]+|[A-Z]\.)")
_NICKNAME = re.compile(r" [‘“\"'][A-ZÀ-Þ][\w-]+[’”\"'] (?:[A-ZÀ-Þ][\w'’-]*\w)")
_BEFORE = re.compile(r"(?<![\w-])((?:[A-ZÀ-Þ][\w'’-]*[\w]|[A-Z]\.)) $")
# What follows a surname, and not a title: "met Aaron Judge in", not "Ronald Attorney General".
_PLAIN_NEXT = re.compile(r"[.,;:)]|['’]s|$| (?!of\b|for\b|and\b)[a-z]")
_INTRODUCED = re.compile(r", (?:a|an|the|who|from|of|\d\d)\b")
_NO_GIVEN_NAMES = (
    "roles",
    "modifiers",
    "honorifics",
    "ranks",
    "titles_or_names",
    "thing_openings",
    "doubtful_openings",
    "departments",
    "posts",
    "weekdays_months",
    "stops",
    "bodies",
    "regal",
    "generic",
)


def trim_participles(store: NameStore) -> None:
    """Make "Praising Ann Lee" of a headline's end Ann Lee, where she is known by that name."""
    people = store.labelled("PERSON")
    for block, row in zip(store.blocks, store.rows, strict=True):
        for i, (start, end, label) in enumerate(row):
            first, _, rest = block.text[start:end].partition(" ")
            if label == "PERSON" and first.endswith("ing") and normal(rest) in people:
                row[i] = (end - len(rest), end, label)


def extend_people(store: NameStore) -> None:
    """Take in what the model left of a person's name: a suffix, an initial, another given name."""
    for number, block in enumerate(store.blocks):
        if block.is_heading_case:
            continue
        for start, end, label in list(store.rows[number]):
            if label != "PERSON":
                continue
            whole = _extended_start(store, number, start, end), _extended_end(store, number, start, end)
            if whole != (start, end):
                store.put(number, *whole, label)


def _extended_end(store: NameStore, number: int, start: int, end: int) -> int:
    """Return where a person's name ends with its suffix, nickname or second given name."""
    text = store.blocks[number].text
    if tail := _suffix().match(text, end) or _NICKNAME.match(text, end):
        return tail.start() + len(POSSESSIVE.sub("", tail[0]))
    after = _NEXT.match(text, end)
    if after is None:
        return end
    surname_of_role = text[start:end].lower() in given_names() and _ends_name(store, number, after)
    return after.end(1) if surname_of_role or _is_given(store, number, after.start(1), after.end(1)) else end


def _ends_name(store: NameStore, number: int, after: re.Match[str]) -> bool:
    """Return whether a role with a capital after a given name is a surname: "Aaron Judge hit two"."""
    text = store.blocks[number].text
    is_role = after[1].lower() in words("roles") and not after[1].isupper()
    return (
        is_role
        and store.is_free(number, *after.span(1))
        and _PLAIN_NEXT.match(text, after.end(1)) is not None
    )


def _extended_start(store: NameStore, number: int, start: int, end: int) -> int:
    """Return where a person's name begins with the capitalised word before it, if that is part of it."""
    text = store.blocks[number].text
    before = _BEFORE.search(text, text.rfind(" ", 0, max(0, start - 1)) + 1, start)
    return before.start(1) if before and _belongs(store, number, before, start, end) else start


def _belongs(store: NameStore, number: int, before: re.Match[str], start: int, end: int) -> bool:
    """Return whether the capitalised word before a person's name is part of it."""
    text = store.blocks[number].text
    if not store.is_free(number, *before.span(1)):
        return False
    if before[1].lower() in words("regal"):
        whole = normal(text[before.start(1) : end])
        return whole not in store.titled and (
            " " not in text[start:end] or before[1].lower() not in words("titles_or_names")
        )
    alone = " " not in text[start:end]
    title = title_before().search(text[max(0, start - LONGEST_TITLE) : start])
    if title or not _is_given(store, number, *before.span(1)) or (before[1].endswith("ing") and not alone):
        return False
    # The first word of a sentence has a capital anyway: only a given name or an introduction is believed.
    certain = alone and (before[1].lower() in given_names() or bool(_INTRODUCED.match(text, end)))
    return certain or not begins_sentence(text, before.start(1))


def _is_given(store: NameStore, number: int, start: int, end: int) -> bool:
    """Return whether a capitalised word may be a given name."""
    text = store.blocks[number].text[start:end]
    word = text.lower()
    return (
        store.is_free(number, start, end)
        and not text.isupper()
        and not text.endswith(("'s", "’s"))
        and not any(one in words(kind) for kind in _NO_GIVEN_NAMES for one in (word, singular(word) or word))
        and word.capitalize() not in countries().people
    )


def drop_headline_words(store: NameStore) -> None:
    """Drop what only a headline calls a name: there every word has a capital."""
    text = "\n".join(block.text for block in store.blocks if not _is_headline(block))
    for number, block in enumerate(store.blocks):
        if _is_headline(block):
            row = store.rows[number]
            store.rows[number] = [s for s in row if block.text[s[0] : s[1]] in text or s[2] == "GPE"]


def _is_headline(block: Block) -> bool:
    return block.is_heading_case or block.is_capitals


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(rf",? (?:{suffix_pattern()})(?!\w)")
