"""The tables of data/: countries, titles and descriptions of people, small words. Read once."""

from __future__ import annotations

import importlib.resources
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any


@cache
def _table(name: str) -> dict[str, Any]:
    file = importlib.resources.files("personae.actors.languages.en.words") / "data" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Return the string by which two spellings of a name are the same: quotes, the, white space."""
    text = re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'"))
    return re.sub(r"^[Tt]he ", "", text)


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of people.toml or words.toml, in lower case."""
    table = _table("people") | _table("words")
    return frozenset(word.lower() for word in table[name])


def alternatives(name: str) -> str:
    """Return one list of people.toml or words.toml as alternatives of a regular expression."""
    table = _table("people") | _table("words")
    return "|".join(re.escape(word) for word in sorted(table[name], key=len, reverse=True))


@cache
def verb_forms() -> frozenset[str]:
    """Return the finite verb forms that make a name before them a subject."""
    forms = set(words("auxiliaries") | words("irregular") | words("speech"))
    for verb in words("verbs"):
        y = verb.endswith("y") and verb[-2] not in "aeiou"
        stem = verb[:-1] + "i" if y else verb.removesuffix("e")
        sibilant = verb.endswith(("s", "sh", "ch", "x", "z"))
        forms.add(verb[:-1] + "ies" if y else verb + ("es" if sibilant else "s"))
        forms |= {stem + "ed", stem + stem[-1] + "ed"}
    return frozenset(forms)


@dataclass(frozen=True, slots=True)
class Countries:
    """names, people, seats: string -> the country's name in the table; ambiguous: names to doubt."""

    names: dict[str, str]
    people: dict[str, str]
    seats: dict[str, str]
    ambiguous: frozenset[str]
    states: frozenset[str]


@cache
def countries() -> Countries:
    """Return the table of countries."""
    table = _table("countries")
    rows = table["country"]
    return Countries(
        names={name: row["name"] for row in rows for name in (row["name"], *row.get("also", ()))},
        people={people: row["name"] for row in rows for people in row["people"]},
        seats={seat: row["name"] for row in rows for seat in row["seats"]},
        ambiguous=frozenset(row["name"] for row in rows if row.get("ambiguous")),
        states=frozenset(table["states"]),
    )


@cache
def short_names() -> dict[str, str]:
    """Return the short names of well-known bodies: short -> full name."""
    return {short: full for full, shorts in _table("bodies")["short"].items() for short in shorts}


@cache
def well_known() -> frozenset[str]:
    """Return all names of well-known bodies, as `normal` gives them."""
    return frozenset(normal(name) for row in _table("bodies")["short"].items() for name in (row[0], *row[1]))


@cache
def weights() -> dict[str, dict[str, float]]:
    """Return the fitted weights of weights.toml: model -> feature -> weight."""
    return {k: v for k, v in _table("weights").items() if isinstance(v, dict)}
