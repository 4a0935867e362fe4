"""Countries, their people and their seats of government, as English news names them: data/countries.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from personae.actors.languages.en.words.lists import read_table


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
    table = read_table("countries")
    rows = table["country"]
    return Countries(
        names={name: row["name"] for row in rows for name in (row["name"], *row.get("also", ()))},
        people={people: row["name"] for row in rows for people in row["people"]},
        seats={seat: row["name"] for row in rows for seat in row["seats"]},
        ambiguous=frozenset(row["name"] for row in rows if row.get("ambiguous")),
        states=frozenset(table["states"]),
    )
