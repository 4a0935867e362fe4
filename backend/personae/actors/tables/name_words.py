"""Words within names, which are the same in every language: data/names.toml, data/given_name_forms.toml."""

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
    parts = without_suffix(name).split()
    first = len(parts) - 1
    while first > 1 and parts[first - 1].lower() in particles():
        first -= 1
    return " ".join(parts[first:])


@cache
def _given_name_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, list[str]] = read_table("personae.actors.tables", "given_name_forms")["forms"]
    return {name.lower(): frozenset(form.lower() for form in row) for name, row in forms.items()}


def is_form_of(one: str, other: str) -> bool:
    """Return whether one of two given names is a short or familiar form of the other: "Pat", "Patrick"."""
    one, other = one.lower(), other.lower()
    forms = _given_name_forms()
    return other in forms.get(one, ()) or one in forms.get(other, ())


def without_suffix(name: str) -> str:
    """Return a full name without "Jr." and the like."""
    parts = name.split()
    while len(parts) > 1 and parts[-1].lower() in _suffixes():
        parts.pop()
    return " ".join(parts)
