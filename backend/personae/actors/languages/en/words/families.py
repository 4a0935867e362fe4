"""Titles that tell he from she, and the nouns of kinship: data/families.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from personae.actors.languages.en.words.lists import read_table, words


@cache
def title_genders() -> Mapping[str, str]:
    """Return the titles that tell whether their bearer is he or she: title, in lower case -> pronoun."""
    table = read_table("families")
    return {title.lower(): pronoun for pronoun in ("he", "she") for title in table[f"titles_{pronoun}"]}


@cache
def given_name_genders() -> Mapping[str, str]:
    """Return given names that tell whether their bearer is he or she: name -> pronoun."""
    table = read_table("families")
    return {name: pronoun for pronoun in ("he", "she") for name in table[f"given_names_{pronoun}"]}


@cache
def kinship() -> Mapping[str, str | None]:
    """Return the nouns of kinship: noun -> the pronoun of whom it describes, or None."""
    table: dict[str, list[str]] = read_table("families")["kinship"]
    return {noun: None if key == "either" else key for key, nouns in table.items() for noun in nouns}


@cache
def relations() -> frozenset[str]:
    """Return the nouns that introduce somebody as another's: those of kinship, and "lawyer", "friend"."""
    return frozenset(kinship()) | words("relations")


def office(title: str) -> str | None:
    """Return the office that a title of one word names, in one form for all its abbreviations, or None."""
    title = title.lower().rstrip(".")
    if title in _offices():
        return _offices()[title]
    return title if title in words("offices") else None


@cache
def _offices() -> Mapping[str, str]:
    forms: dict[str, list[str]] = read_table("families")["office_forms"]
    return {form: name for name, row in forms.items() for form in (name, *row)}
