"""What the states of the world are called: by Unicode CLDR, in any language that it knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from personae.actors.tables.toml_files import read_table


@lru_cache(maxsize=64)  # a page may name any language
def states(code: str) -> Mapping[str, str]:
    """Return the names of states in a language, as base code: name -> ISO 3166-1 code.

    Names that other things have too are left out. Empty for a language that CLDR does not know, and for "".
    """
    rules = read_table("personae.actors.tables", "territories")
    try:
        known = Locale.parse(code).territories if code else {}
    except (UnknownLocaleError, ValueError):
        return {}
    left_out = {*rules["no_states"], *rules["doubtful"]}
    return {name: state for state, name in known.items() if state.isalpha() and state not in left_out}


@lru_cache(maxsize=64)
def time_zone_cities(code: str) -> frozenset[str]:
    """Return the cities after which time zones are called, in a language and by their identifiers."""
    try:
        zones = Locale.parse(code).time_zones if code else {}
    except (UnknownLocaleError, ValueError):
        zones = {}
    cities = {zone.rpartition("/")[2].replace("_", " ") for zone in zones}
    return frozenset(cities | {city for zone in zones.values() if (city := zone.get("city"))})
