"""The words of one language that the rules need: data/languages/XX.toml; states' names from Unicode CLDR."""

from __future__ import annotations

import importlib.resources
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from personae.actors.names.recogniser import base_language

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How a language titles, describes and quotes people; see the comments in the files.

    All in lower case but seats (name -> code of the state).
    """

    honorifics: Words
    elided: Words
    determiners: Words
    modifiers: Words
    roles: Words
    body_roles: Words
    bodies: Words
    links: Words
    stops: Words
    auxiliaries: Words
    cues: Words
    participles: Words
    reflexive: Words
    sources: Words
    verbs: Words
    dealing: Words
    locative: Words
    no_names: Words
    pronouns: dict[str, str]
    seats: dict[str, str]

    def nouns(self, *, person: bool) -> Words:
        """Return the nouns that say what a person or a body is."""
        return self.roles if person else self.body_roles


@cache
def _file(code: str) -> dict[str, Any] | None:
    file = importlib.resources.files("personae.actors.languages") / code / "words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


@cache
def _territories() -> dict[str, Any]:
    file = importlib.resources.files("personae.actors.tables") / "data" / "territories.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def lexicon(language: str | None) -> Lexicon | None:
    """Return the words of a language, or None where there is no table for it."""
    code = base_language(language)
    table = _file(code) if re.fullmatch(r"[a-z]{2,3}", code) else None
    if table is None:
        return None
    lists = {k: frozenset(w.lower() for w in v) for k, v in table.items() if isinstance(v, list)}
    return Lexicon(**lists, pronouns=table["pronouns"], seats=table["seats"])


@cache
def states(language: str | None) -> dict[str, str]:
    """Return what the states of the world are called in a language: name -> ISO 3166-1 code.

    Names that other things have too are left out. Empty for a language that CLDR does not know.
    """
    rules = _territories()
    code = base_language(language)
    try:
        known = Locale.parse(code).territories if code else {}
    except (UnknownLocaleError, ValueError):
        return {}
    left_out = {*rules["no_states"], *rules["doubtful"]}
    own = (_file(code) or {}).get("also", {}) if re.fullmatch(r"[a-z]{2,3}", code) else {}
    return {name: state for state, name in known.items() if state.isalpha() and state not in left_out} | dict(
        own
    )


def alternatives(words: Words) -> str:
    """Return words as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
