"""The words of one language that the common rules need: `words.toml` of its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from personae.actors.languages.common.schema import (
    Key,
    complain,
    faults,
    faults_of_states,
    keys_of,
    listing,
    read_file,
)

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class WordTable:
    """How a language titles, describes and quotes people. Lists are in lower case."""

    honorifics: Annotated[Words, listing('words before a name that are no part of it: "Mrs"')]
    elided: Annotated[Words, listing("what an apostrophe may cut off before a name; none where nothing is")]
    determiners: Annotated[
        Words, listing("articles and the like before the noun of a role, also with a preposition")
    ]
    modifiers: Annotated[
        Words, listing('words before the noun of a role that belong to it: "former", "vice"')
    ]
    roles: Annotated[Words, listing('nouns that say what a person is: "minister"')]
    body_roles: Annotated[Words, listing('nouns that say what a body is: "company"')]
    bodies: Annotated[Words, listing('small words with which the name of a body begins: "ministry"')]
    links: Annotated[Words, listing('words between the parts of a role: "of", "the", "and"')]
    stops: Annotated[Words, listing('words through which no role runs: "is", "who", "but", "yesterday"')]
    auxiliaries: Annotated[Words, listing('finite verbs before a participle: "has", "had"')]
    cues: Annotated[Words, listing('finite verbs that report words: "says", "said"')]
    participles: Annotated[Words, listing("participles that report words, as they stand after an auxiliary")]
    reflexive: Annotated[
        Words, listing("such participles of reflexive verbs; none where they are like all others")
    ]
    sources: Annotated[Words, listing('words before whose words they are: "according to"')]
    verbs: Annotated[Words, listing("finite verbs, beside cues and auxiliaries, that make a name a subject")]
    dealing: Annotated[Words, listing('words before somebody who is dealt with: "against", "with"')]
    locative: Annotated[Words, listing('words before the place where something is: "in", "from"')]
    no_names: Annotated[Words, listing("capitals that name no actor: abbreviations, feasts, nationalities")]
    pronouns: Annotated[Words, listing('pronouns of one person: "he", "she"')]
    seats: Annotated[Mapping[str, str], Key("gives seats of government, with their states", faults_of_states)]
    also: Annotated[
        Mapping[str, str], Key("gives names of states that Unicode CLDR does not have", faults_of_states)
    ] = field(default_factory=dict)

    def nouns(self, *, person: bool) -> Words:
        """Return the nouns that say what a person or a body is."""
        return self.roles if person else self.body_roles


def read_words(file: Path) -> WordTable:
    """Return the words in a file. Raises TableError: the file, the key, the fault."""
    table = read_file(file)
    complain(file, faults(WordTable, table))
    values: dict[str, Any] = {
        name: frozenset(word.lower() for word in value) if isinstance(value, list) else value
        for name, value in table.items()
    }
    return WordTable(**values)


def _no_words() -> WordTable:
    values: dict[str, Any] = {name: frozenset() for name in keys_of(WordTable)}
    return WordTable(**values | {"seats": {}, "also": {}})


NO_WORDS = _no_words()  # of a language that has no table
