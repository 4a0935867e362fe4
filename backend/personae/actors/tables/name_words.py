"""Words within names, which are the same in every language: data/names.toml."""

from __future__ import annotations

from functools import cache

from personae.actors.tables.toml_files import alternatives, read_table


def _list(key: str) -> list[str]:
    words: list[str] = read_table("personae.actors.tables", "names")[key]
    return words


@cache
def given_names() -> frozenset[str]:
    """Return given names that are seldom anything else, in lower case."""
    return frozenset(word.lower() for word in _list("given_names"))


@cache
def particles() -> frozenset[str]:
    """Return the small words that are part of a surname, in lower case: "van", "de"."""
    return frozenset(_list("particles"))


@cache
def small_words() -> frozenset[str]:
    """Return the words that an acronym may pass over, in lower case: "of", "de"."""
    return frozenset(_list("small_words"))


@cache
def younger() -> frozenset[str]:
    """Return the suffixes that tell a son from his father, in lower case, without a full stop."""
    return frozenset(_list("younger"))


@cache
def suffix_pattern() -> str:
    """Return the last words of a name that belong to the word before, as alternatives: "Jr.", "III"."""
    return alternatives(_list("suffixes"))


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(word.lower() for word in _list("suffixes"))


def surname(name: str) -> str:
    """Return the surname of a full name, with its particles and without a suffix: "van der Berg"."""
    parts = name.split()
    while len(parts) > 1 and parts[-1].lower() in _suffixes():
        parts.pop()
    first = len(parts) - 1
    while first > 1 and parts[first - 1].lower() in particles():
        first -= 1
    return " ".join(parts[first:])
