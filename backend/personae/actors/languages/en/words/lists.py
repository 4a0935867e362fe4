"""The lists of English words, by what they serve for.

data/people.toml says who people are, data/kinds.toml what else names name, data/words.toml has small words.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from personae.actors.tables import toml_files

# Each has lists of its own names.
_FILES = ("people", "words", "kinds", "abbreviations", "descriptions")


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


def alternatives(*names: str, without: str | None = None) -> str:
    """Return the words of some lists as alternatives of a regular expression, but for those of another."""
    left_out = set(_list(without)) if without else set()
    return toml_files.alternatives(word for name in names for word in _list(name) if word not in left_out)
