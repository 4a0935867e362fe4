"""Titles before people's names: taken off, and by them people whom the model overlooks or takes for bodies.

Some titles are names too ("Dean", "Nana", "Son"): the story decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import alternatives, read_table, words
from personae.actors.languages.en.words.sentences import begins_sentence
from personae.actors.tables.name_words import given_names, particles, surname
from personae.actors.text.spelling import normal

LONGEST_TITLE = 30  # characters
_TITLE = alternatives("honorifics", "ranks").replace("'", "['’]")
_RETIRED = r"(?i: ?\((?:rtd|retd|ret|r|mrs|ms|emeritus)\.?\))?"
_CAPITAL = r"[A-ZÀ-Þ][\w'’-]*\w"
_SMALL_WORD = re.compile(r"(?<![\w-])[a-z]+")
_ENDINGS = (
    "bodies",
    "things",
    "place_endings",
    "generic",
    "weekdays_months",
    "body_roles",
    "buildings",
    "landmark_nouns",
)


def after_title(text: str, start: int, end: int) -> int:
    """Return where a person's name begins after one title at `start`; `start` when none stands there.

    The title may begin in the word before: "Dato' Sri ".
    """
    word = text.rfind(" ", 0, max(0, start - 1)) + 1
    if word < start and (match := _certain().match(text, word, end)) and start < match.end() < end:
        return match.end()
    if (match := _certain().match(text, start, end) or _department(text, start, end)) and match.end() < end:
        return match.end()
    if (match := _role().match(text, start, end)) and match.end() < end:
        name = _may_be_name(text, match[0].strip(), (start, match.end()), end)
        return start if name else match.end()
    if (match := _either().match(text, start, end)) and _is_full(text[match.end() : end]):
        return match.end()
    return start


def _department(text: str, start: int, end: int) -> re.Match[str] | None:
    """Match what somebody is head of, where the model takes it for a first name: "Head of Sales Tom Hart"."""
    if not _post_of().search(text[max(0, start - LONGEST_TITLE) : start]):
        return None
    return _departments().match(text, start, end)


def _may_be_name(text: str, title: str, span: tuple[int, int], end: int) -> bool:
    """Return whether a title at `span` may be the first name of who is named up to `end`: "Son", "Dean"."""
    rest = text[span[1] : end]
    if title in given_titles():
        return rest.partition(" ")[0].lower() not in given_names() or " " not in rest
    if title[:1].isupper() and title.lower() in words("relations"):
        return " " not in rest or not begins_sentence(text, span[0])
    return False


def _is_full(name: str) -> bool:
    """Return whether a name has two words or more, none of them a number as kings have."""
    parts = name.split()
    return (
        sum(part[0].isupper() for part in parts) > 1
        and parts[0][0].isupper()
        and parts[0].lower() not in particles()
        and not re.fullmatch(r"[IVX]+", parts[-1])
        and parts[1].lower() != "of"
    )


def add_titled(store: NameStore) -> None:
    """Make people of those behind a title whom the model takes for something else, or passes over."""
    for number, block in enumerate(store.blocks):
        for start, end, label in list(store.rows[number]):
            if label != "PERSON":
                first = _after_titles(block.text, start, end)
                titled = first != start or _plain_before().search(
                    block.text[max(0, start - LONGEST_TITLE) : start]
                )
                if titled and _is_persons(block.text[first:end]):
                    store.put(number, first, end, "PERSON")
        if block.is_heading_case or block.is_capitals:
            continue
        for match in _titled().finditer(block.text, block.body_start):
            start = _after_titles(block.text, match.start(1), match.end(1))
            over = [store.rows[number][i] for i in store.over(number, start, match.end(1))]
            inside = all(s >= start and e <= match.end(1) and k != "PERSON" for s, e, k in over)
            if inside and _is_persons(block.text[start : match.end(1)]):
                store.put(number, start, match.end(1), "PERSON")


def _after_titles(text: str, start: int, end: int) -> int:
    while (match := _plain().match(text, start, end)) and match.end() < end:
        start = match.end()
    return start


def _is_persons(name: str) -> bool:
    """Return whether what follows a title looks like a person's name and like no body's."""
    parts = name.split()
    return (
        parts[0][0].isupper()
        and not any(part.isupper() and len(part) > 2 and "." not in part for part in parts)  # noqa: PLR2004
        and not any(part.lower() in words(kind) for kind in _ENDINGS for part in parts[-1:])
        and not any(part.lower() in words("bodies") for part in parts)
        and name not in countries().names
    )


def settle_titles(store: NameStore) -> None:
    """Decide by the whole story which titles that are names too are part of a name."""
    titled = set(_titled_surnames(store))
    _split_full(store)
    full = store.labelled("PERSON")
    bearers = Counter(surname(name) for name in full if " " in name and _shared().match(name) is None)
    small = {word for block in store.blocks for word in _SMALL_WORD.findall(block.text)}
    for number, block in enumerate(store.blocks):
        for start, end, label in list(store.rows[number]):
            text = block.text[start:end]
            if match := _shared().match(text):
                rest = text[match.end() :]
                if (match[1], rest) in titled and bearers[rest] == 1:
                    store.put(number, start + match.end(), end, "PERSON")
                    store.titled.add(normal(text))
            elif label != "PERSON":
                rest = _behind_roles(text)
                if rest and ((" " in rest and rest in full) or bearers[rest]):
                    store.put(number, end - len(rest), end, "PERSON")
            elif (span := _given_title(block.text, start, end)) is not None:
                name = block.text[span[1] + 1 : end]
                others = bearers[name] - (f"{block.text[slice(*span)]} {name}" in full)
                is_title = others > 0 or not small.isdisjoint(given_titles()[block.text[slice(*span)]])
                store.put(number, span[1] + 1 if is_title else span[0], end, label)


def _split_full(store: NameStore) -> None:
    """Take a title off a full name that has been taken for something else: "SI Ravi Kumar"."""
    names = {normal(text[s:e]) for text, s, e, _ in store.items()}
    for number, block in enumerate(store.blocks):
        for start, end, label in list(store.rows[number]):
            match = _shared().match(block.text, start, end)
            rest = block.text[match.end() : end] if match else ""
            if match is None or not _is_full(rest) or not _is_persons(rest):
                continue
            given = rest.partition(" ")[0].lower() in given_names()
            if label == "PERSON" or given or f"{match[1]} {surname(rest)}" in names:
                store.put(number, match.end(), end, "PERSON")


def _titled_surnames(store: NameStore) -> Iterator[tuple[str, str]]:
    """Yield each title that stands before a full name and may be a name, with the surname."""
    for text, start, end, label in store.items():
        name = text[start:end]
        before = _shared_before().search(text[max(0, start - LONGEST_TITLE) : start])
        if label == "PERSON" and " " in name and before:
            yield before[1], surname(name)
        elif label != "PERSON" and (match := _shared().match(name)) and _is_full(name[match.end() :]):
            yield match[1], surname(name)


def _behind_roles(text: str) -> str:
    """Return what is left of a name without the titles and roles before it; "" when there are none."""
    start = 0
    while (
        match := _certain().match(text, start) or _role().match(text, start) or _either().match(text, start)
    ) and match.end() < len(text):
        start = match.end()
    return text[start:] if start else ""


def _given_title(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where a given name that is a title too stands in, or right before, a name without another."""
    first, _, rest = text[start:end].partition(" ")
    if rest and first in given_titles():
        return start, start + len(first)
    before = re.search(r"(?<![\w.-])([A-Z][a-z]+) $", text[max(0, start - LONGEST_TITLE) : start])
    if rest or before is None or before[1] not in given_titles():
        return None
    return start - len(before[0]), start - 1


@cache
def given_titles() -> dict[str, frozenset[str]]:
    """Return given names that are titles too -> the words of a story in which they are titles."""
    return {name: frozenset(story) for name, story in read_table("people")["given_titles"].items()}


@cache
def _post_of() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('posts')}) of $", re.IGNORECASE)


@cache
def _departments() -> re.Pattern[str]:
    return re.compile(rf"(?i:(?:(?:{alternatives('departments')}) (?:and )?)+)")


@cache
def title_before() -> re.Pattern[str]:
    """Match an honorific or a rank right before a name."""
    return re.compile(rf"(?<![\w-])(?:{_TITLE})\.?{_RETIRED} $")


@cache
def _certain() -> re.Pattern[str]:
    return re.compile(rf"(?:{_TITLE})(?!\w)\.?{_RETIRED} ")


@cache
def _plain() -> re.Pattern[str]:
    """Match a title that is seldom the beginning of a body's name."""
    titles = alternatives("honorifics", "ranks", without="shared_titles").replace("'", "['’]")
    return re.compile(rf"(?:{titles})(?!\w)\.?{_RETIRED} ")


@cache
def _titled() -> re.Pattern[str]:
    """Match titles and the capitalised words behind them, as group 1."""
    word = rf"(?:(?:[A-Z]\.)+|{_CAPITAL})"
    small = "|".join(sorted(particles()))
    return re.compile(
        rf"(?<![\w.-])((?:{_plain().pattern})+{word}(?: (?:(?:{small}) )*{word}){{0,3}})"
        rf"(?<!['’]s)(?![\w-])"
    )


@cache
def _either() -> re.Pattern[str]:
    """Match a title that is a name too, as group 1."""
    return re.compile(rf"({alternatives('titles_or_names')})\.? ")


@cache
def _shared() -> re.Pattern[str]:
    """Match a title that names of people, bodies or things begin with as well, as group 1."""
    return re.compile(rf"({alternatives('titles_or_names', 'shared_titles')})\.? ")


@cache
def _shared_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({alternatives('titles_or_names', 'shared_titles')})\.? $")


@cache
def _plain_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_plain().pattern}$")


@cache
def _role() -> re.Pattern[str]:
    """Match a role or a people before the name: "President ", "Russian "."""
    people = "|".join(sorted((re.escape(p) for p in countries().people), key=len, reverse=True))
    titles = words("roles") - words("regal") | words("modifiers") | words("posts")
    roles = "|".join(
        re.escape(form)
        for role in sorted(titles, key=len, reverse=True)
        for form in {role, role.capitalize(), role.title(), role.upper()}
    )
    return re.compile(rf"(?:(?:{people})|(?:\w+-)?(?:{roles}))(?:[’']s)? ")
