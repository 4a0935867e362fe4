"""The words that metadata are read by (data/): in bylines and dates, and the names of <meta> and elements."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from personae.markup.word_patterns import alternatives, names_pattern


@cache
def meta_names(meaning: str) -> tuple[str, ...]:
    """Return the names of <meta> elements that state one thing, the most reliable first."""
    return tuple(_table("meta_names")[meaning])


@cache
def byline_words(kind: str) -> frozenset[str]:
    """Return the words of a kind in all languages."""
    return frozenset(word for words in _table("bylines")[kind].values() for word in words)


@cache
def byline_pattern(kind: str) -> str:
    """Return an expression for the words of a kind in all languages; the longer of two comes first."""
    return alternatives([re.escape(word) for word in sorted(byline_words(kind), key=len, reverse=True)])


def date_pattern(kind: str, *languages: str) -> str:
    """Return an expression for the words of a kind in these languages, or in all when none is named."""
    table = _table("dates")[kind]
    return alternatives([word for language in languages or table for word in table[language]])


def date_words(kind: str) -> tuple[str, ...]:
    """Return the words of a kind of dates in all languages."""
    return tuple(dict.fromkeys(word for words in _table("dates")[kind].values() for word in words))


def month_languages(script: str) -> tuple[str, ...]:
    """Return the languages to try for a month's name in a script ("latin"), () for one that is not known."""
    return tuple(_table("months").get(script, ()))


def element_pattern(*kinds: str) -> re.Pattern[str]:
    """Return what finds the kinds in the names of an element, whatever their case."""
    tables = [_table("names")[kind] for kind in kinds]
    return re.compile("|".join(names_pattern(table).pattern for table in tables), re.IGNORECASE)


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("personae.page.metadata").joinpath(f"data/{name}.toml").read_text("utf-8"))
