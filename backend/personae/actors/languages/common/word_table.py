"""The words of one language that the common rules need: `words.toml` of its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from personae.actors.languages.common.inflection import Forms, Inflection, faults_of_forms
from personae.actors.languages.common.schema import (
    Key,
    complain,
    faults,
    faults_of_flag,
    faults_of_states,
    keys_of,
    listing,
    read_file,
)

Words = frozenset[str]
_SHORTEST_PART = 2  # letters of a long word before the noun that is its head
_SHORTEST_HEAD = 4  # letters of that noun
_DECLINED = frozenset({"modifiers", "honorifics"})


@dataclass(frozen=True)
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
    relations: Annotated[
        Words, listing('nouns of roles that say nothing without whose they are: "wife", "lawyer"')
    ] = frozenset()
    compounds: Annotated[
        bool, Key("says whether the last part of a long word is its noun", faults_of_flag)
    ] = False
    forms: Annotated[Sequence[Forms], Key("gives the endings of names and nouns", faults_of_forms)] = ()

    def is_finite(self, word: str) -> bool:
        """Return whether a word in lower case is among the finite verbs."""
        return word in self.verbs or word in self.cues or word in self.auxiliaries

    @cached_property
    def inflection(self) -> Inflection:
        """What the language's endings make of names."""
        return Inflection(self.forms)

    def is_noun(self, word: str, *, person: bool) -> bool:
        """Return whether a word in lower case says what a person or a body is, perhaps by its last part."""
        nouns = self.roles if person else self.body_roles
        forms = self.inflection.bases(word)
        if any(one in nouns or (person and one in self.relations) for one in forms):
            return True
        last = len(word) - _SHORTEST_HEAD if self.compounds else 0
        return any(one[at:] in nouns for one in forms for at in range(_SHORTEST_PART, last + 1))

    def is_relation(self, word: str) -> bool:
        """Return whether a word in lower case is a noun that says nothing without whose somebody is."""
        return any(base in self.relations for base in self.inflection.bases(word))

    def is_declined(self, noun: str) -> bool:
        """Return whether a noun in lower case stands in another form than that of the lists."""
        known = (self.roles, self.relations, self.body_roles)
        plain = any(noun in nouns for nouns in known)
        return not plain and any(base in nouns for base in self.inflection.bases(noun) for nouns in known)


def read_words(file: Path) -> WordTable:
    """Return the words in a file. Raises TableError: the file, the key, the fault."""
    table = read_file(file)
    complain(file, faults(WordTable, table))
    forms = tuple(
        Forms(one["base"], tuple(one["ends"]), one.get("surname_stays", False))
        for one in table.pop("forms", ())
    )
    values: dict[str, Any] = {
        name: frozenset(word.lower() for word in value) if isinstance(value, list) else value
        for name, value in table.items()
    }
    inflection = Inflection(forms)
    declined = {name: inflection.expanded(values[name]) for name in _DECLINED & values.keys()}
    return WordTable(**values | declined, forms=forms)


def _no_words() -> WordTable:
    values: dict[str, Any] = {name: frozenset() for name in keys_of(WordTable)}
    return WordTable(**values | {"seats": {}, "also": {}, "compounds": False, "forms": ()})


NO_WORDS = _no_words()  # of a language that has no table
