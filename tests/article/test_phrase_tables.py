"""The tables of phrases and names are well made; a fault is told with its place, so that a new language is easy to add."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

DATA = files("personae.article.vocabulary") / "data"
KINDS = {
    *("newsletter", "paywall", "login", "comments", "share", "related", "advert", "cookie"),
    *("credit", "author", "date", "listen", "note", "inset", "summary", "subscribed"),
}
# As names are written before they are compared: small letters, single hyphens between words and at their ends.
NAME = re.compile(r"-?[^\W\d_A-Z]+(?:-[^\W\d_A-Z]+)*-?")
LANGUAGE = re.compile(r"[a-z]{2,3}")


def faults_of_phrases(table: dict[str, Any]) -> list[str]:
    """Return what is wrong with a table kind -> language -> expressions, each fault with its place."""
    found = [f"[{kind}]: no such kind; known are {', '.join(sorted(KINDS))}" for kind in table.keys() - KINDS]
    for kind, languages in table.items():
        for language, phrases in languages.items():
            place = f"[{kind}] {language}"
            if not LANGUAGE.fullmatch(language):
                found.append(f"{place}: not a language code such as en or pt")
            found += [f"{place}: {fault}" for phrase in phrases if (fault := fault_of(phrase))]
            found += [
                f"{place}: {p!r} stands there twice"
                for p in sorted({p for p in phrases if phrases.count(p) > 1})
            ]
    return found


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


def test_the_table_of_phrases_is_well_made() -> None:
    assert faults_of_phrases(tomllib.loads(DATA.joinpath("phrases.toml").read_text("utf-8"))) == []


def test_the_table_of_names_is_well_made() -> None:
    table = tomllib.loads(DATA.joinpath("tokens.toml").read_text("utf-8"))
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
def test_a_fault_is_told_with_its_place(table: dict[str, Any], fault: str) -> None:
    (told,) = faults_of_phrases(table)
    assert told.startswith(fault)
