"""The tables of words are well made; a fault is given with its place, so that a new language is easy to add."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import pytest

VOCABULARY = files("personae.article.vocabulary") / "data"
METADATA = files("personae.page.metadata") / "data"
KINDS = {
    "phrases.toml": {
        *("newsletter", "paywall", "login", "comments", "share", "related", "advert", "cookie"),
        *("credit", "author", "date", "listen", "note", "inset", "summary", "subscribed"),
    },
    "lines.toml": {"follow", "correction", "taken_by", "opens_elsewhere"},
}
PLACES = {"anywhere", "words", "beginnings", "file_words"}
# As names are written before they are compared: small letters, single hyphens between words and at their ends.
NAME = re.compile(r"-?[^\W\d_A-Z]+(?:-[^\W\d_A-Z]+)*-?")
LANGUAGE = re.compile(r"[a-z]{2,3}")


def table_of(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def faults_of_phrases(table: dict[str, Any], kinds: set[str]) -> list[str]:
    """Return what is wrong with a table kind -> language -> expressions, each fault with its place."""
    found = [f"[{kind}]: no such kind; known are {', '.join(sorted(kinds))}" for kind in table.keys() - kinds]
    for kind, languages in table.items():
        for language, phrases in languages.items():
            if not LANGUAGE.fullmatch(language):
                found.append(f"[{kind}] {language}: not a language code such as en or pt")
            found += faults_of_list(phrases, f"[{kind}] {language}")
    return found


def faults_of_names(table: dict[str, Any]) -> list[str]:
    """Return what is wrong with a table kind -> where they may stand -> expressions, each fault with its place."""
    found = []
    for kind, places in table.items():
        for place, names in places.items():
            if place not in PLACES:
                found.append(f"[{kind}] {place}: no such place; known are {', '.join(sorted(PLACES))}")
            found += faults_of_list(names, f"[{kind}] {place}")
    return found


def faults_of_list(expressions: list[str], place: str) -> list[str]:
    found = [f"{place}: {fault}" for expression in expressions if (fault := fault_of(expression))]
    twice = sorted({e for e in expressions if expressions.count(e) > 1})
    return found + [f"{place}: {expression!r} stands there twice" for expression in twice]


def fault_of(phrase: str) -> str | None:
    """Return what is wrong with one expression, None when it can be used."""
    try:
        pattern = re.compile(phrase)
    except re.error as error:
        return f"{phrase!r} is no regular expression: {error}"
    if pattern.groups and pattern.groupindex:
        return f"{phrase!r} has a named group, which two expressions may not share"
    if re.sub(r"\\.", "", phrase) != re.sub(r"\\.", "", phrase).lower():
        return f"{phrase!r} has upper case; texts are compared in lower case, so it never matches"
    if pattern.search(""):
        return f"{phrase!r} matches the empty text, so every text"
    return None


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_tables_of_phrases_are_well_made(name: str) -> None:
    assert faults_of_phrases(table_of(VOCABULARY / name), KINDS[name]) == []


@pytest.mark.parametrize("data", [VOCABULARY, METADATA], ids=["article", "metadata"])
def test_the_tables_of_names_are_well_made(data: Traversable) -> None:
    assert faults_of_names(table_of(data / "names.toml")) == []


def test_the_words_of_dates_and_bylines_are_well_made() -> None:
    dates, bylines = table_of(METADATA / "dates.toml"), table_of(METADATA / "bylines.toml")
    assert faults_of_phrases(dates, set(dates)) == []
    lists = [(f"[{kind}] {code}", words) for kind, table in bylines.items() for code, words in table.items()]
    assert [place for place, _ in lists if not LANGUAGE.fullmatch(place.rpartition(" ")[2])] == []
    assert [place for place, words in lists if len(set(words)) < len(words) or not all(words)] == []


def test_the_table_of_tokens_is_well_made() -> None:
    table = table_of(VOCABULARY / "tokens.toml")
    wrong = [
        f"{kind}: {entry!r}"
        for kind, entries in table.items()
        for entry in entries
        if len(entry) < 3 or not NAME.fullmatch(entry)
    ]
    assert wrong == []
    assert [kind for kind, entries in table.items() if len(set(entries)) < len(entries)] == []


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ({"newsletters": {"en": ["x"]}}, "[newsletters]: no such kind; known are advert, author"),
        ({"share": {"english": ["x"]}}, "[share] english: not a language code"),
        ({"share": {"en": ["sha(re"]}}, "[share] en: 'sha(re' is no regular expression: missing )"),
        ({"share": {"en": ["Share"]}}, "[share] en: 'Share' has upper case"),
        ({"share": {"en": ["share|"]}}, "[share] en: 'share|' matches the empty text"),
        ({"share": {"en": ["share", "share"]}}, "[share] en: 'share' stands there twice"),
    ],
)
def test_a_fault_in_phrases_is_given_with_its_place(table: dict[str, Any], fault: str) -> None:
    (found,) = faults_of_phrases(table, KINDS["phrases.toml"])
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ({"icon": {"inside": ["x"]}}, "[icon] inside: no such place; known are anywhere, beginnings"),
        ({"icon": {"words": ["lo(go"]}}, "[icon] words: 'lo(go' is no regular expression: missing )"),
        ({"icon": {"words": ["Logo"]}}, "[icon] words: 'Logo' has upper case"),
    ],
)
def test_a_fault_in_names_is_given_with_its_place(table: dict[str, Any], fault: str) -> None:
    (found,) = faults_of_names(table)
    assert found.startswith(fault)
