"""The lists of English words: data/people.toml (who people are) and data/words.toml (small words)."""

from __future__ import annotations

from functools import cache
from typing import Any

from personae.actors.tables import toml_files


def read_table(name: str) -> dict[str, Any]:
    """Return one of the tables of English; read once."""
    return toml_files.read_table("personae.actors.languages.en.words", name)


def _list(name: str) -> list[str]:
    table: dict[str, list[str]] = read_table("people") | read_table("words")
    return table[name]


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of people.toml or words.toml, in lower case."""
    return frozenset(word.lower() for word in _list(name))


def alternatives(name: str) -> str:
    """Return one list of people.toml or words.toml as alternatives of a regular expression."""
    return toml_files.alternatives(_list(name))
