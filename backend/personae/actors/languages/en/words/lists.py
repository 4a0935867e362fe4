"""The lists of English words: data/people.toml (who people are), data/words.toml (small words) and others."""

from __future__ import annotations

from functools import cache
from typing import Any

from personae.actors.tables import toml_files

# Each has lists of its own names.
_FILES = ("people", "words", "abbreviations", "descriptions")


def read_table(name: str) -> dict[str, Any]:
    """Return one of the tables of English; read once."""
    return toml_files.read_table("personae.actors.languages.en.words", name)


@cache
def _lists() -> dict[str, list[str]]:
    return {name: row for file in _FILES for name, row in read_table(file).items()}


def _list(name: str) -> list[str]:
    return _lists()[name]


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of these files, in lower case."""
    return frozenset(word.lower() for word in _list(name))


def alternatives(name: str) -> str:
    """Return one list of these files as alternatives of a regular expression."""
    return toml_files.alternatives(_list(name))
