"""A language without a model of names: who is beyond doubt, often nobody."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from personae.actors.languages.base import Candidate
from personae.actors.languages.common.clusters import clusters
from personae.actors.languages.common.names import repeated
from personae.actors.languages.common.table_language import TableLanguage
from personae.actors.languages.common.word_table import NO_WORDS
from personae.actors.languages.none.structured_subjects import NOUNS_IN_CAPITALS, RULE, borne_out
from personae.actors.languages.none.without_table import WithoutTable
from personae.actors.merge.cluster import Cluster
from personae.actors.names.recogniser import Entity
from personae.actors.tables.name_words import given_names, particles
from personae.actors.tables.states import states
from personae.actors.text.found_names import FoundNames, Kind
from personae.actors.text.text_units import Block
from personae.model import ActorType, Quote

_PARTICLE = "|".join(sorted(particles()))
_NAME = re.compile(rf"(?<![\w-])[^\W\d_a-z][\w’'-]+(?: (?:(?:{_PARTICLE}) )?[^\W\d_a-z][\w’'-]*\w){{1,3}}")


class WithoutModel(WithoutTable):
    """Believes what no reader would doubt; see `Language` for each step.

    A person whose full name stands in the text and who is named in the headline too; a state that opens the
    headline and stands in the text; and the persons and organisations that the page's structured data give as
    its subjects, those whom the article bears out.
    """

    def __init__(self, code: str, named: Mapping[str, ActorType], table: TableLanguage | None) -> None:
        """named: name -> type, by the structured data; table: of the language, if it has one."""
        super().__init__(code)
        self._code = code
        self._named = named
        self._table = table
        self._words = table.words if table else NO_WORDS
        self._states = table.states if table else states(code)

    def names(self, blocks: Sequence[Block], _entities: Sequence[Sequence[Entity]]) -> FoundNames:
        """Return the names of those beyond doubt."""
        title = next((block.text for block in blocks if block.field == "title"), "")
        inside = "\n".join(block.text for block in blocks if block.field == "text")
        kinds: dict[str, Kind] = {}
        people = {name for match in _NAME.finditer(inside) if " " in (name := self._without_title(match[0]))}
        bearers: dict[str, set[str]] = defaultdict(set)
        for name in people:
            if self._is_bearer(name, inside):
                bearers[name.rsplit(maxsplit=1)[-1]].add(name)
        for name in people:
            first, *_, last = name.split()
            others = {other for other in bearers[last] if not (_ends(name, other) or _ends(other, name))}
            if first.lower() in given_names() and not others and _stands(last, title):
                kinds[name] = kinds[last] = "person"
        for state in self._states:
            opens, _, rest = title.partition(f"{state} ")
            if not opens and re.match(r"\w", rest) and _stands(state, inside):
                kinds[state] = "place"
        stated = borne_out(blocks, self._named, self._code, self._states)
        labels = {name: Counter({RULE: 1}) for name in stated.keys() & self._named.keys()}
        kinds |= stated
        for form, name in self._words.inflection.in_text(f"{title}\n{inside}", kinds).items():
            kinds.setdefault(form, kinds[name])
        return FoundNames(repeated(blocks, kinds, self._words).names, labels)

    def _without_title(self, name: str) -> str:
        """Return a name without the titles that the language's table knows."""
        words = name.split()
        while words and self._is_title(words[0].lower()):
            words.pop(0)
        return " ".join(words)

    def _is_title(self, word: str) -> bool:
        words = self._words
        return word in words.honorifics or word in words.modifiers or words.is_noun(word, person=True)

    def _is_bearer(self, name: str, text: str) -> bool:
        """Return whether a surname's first words name a person, and are no word that opens a sentence.

        Where nouns have capitals, only a given name that is known tells.
        """
        first = name.split(maxsplit=1)[0].lower()
        if re.search(r"\w['’][^\W\d_]", first) and not re.match(r"\w+['’][A-ZÀ-Þ]", name):
            return False  # an article cut off before a common noun
        if first in given_names() or self._code in NOUNS_IN_CAPITALS:
            return first in given_names()
        words = self._words
        lists = (words.stops, words.locative, words.dealing, words.sources, words.determiners, words.cues)
        return not any(first in one for one in lists) and not _stands(first, text)

    def clusters(self, blocks: Sequence[Block], found: FoundNames) -> list[Cluster]:
        """Join people, acronyms, and the names of one state; the rule tells what the structured data gave."""
        gathered = clusters(blocks, found, self._states, inflection=self._words.inflection)
        for cluster in gathered:
            cluster.rules.update(dict.fromkeys(cluster.rules.keys() & found.labels.keys(), RULE))
        return gathered

    def roles(
        self, blocks: Sequence[Block], found: FoundNames, clusters: Sequence[Cluster]
    ) -> list[tuple[str, ...]]:
        """Tell who somebody is where the language has a table."""
        if self._table is None:
            return super().roles(blocks, found, clusters)
        return self._table.roles(blocks, found, clusters)

    def acts(self, _blocks: Sequence[Block], _found: FoundNames, _candidate: Candidate) -> bool:
        """Return True: nobody else was found."""
        return True

    def quotes(self, blocks: Sequence[Block], actors: Sequence[Candidate]) -> list[list[Quote]]:
        """Find who speaks where the language has a table."""
        return self._table.quotes(blocks, actors) if self._table else super().quotes(blocks, actors)


def _stands(name: str, text: str) -> bool:
    """Return whether a name stands in a text as words of its own."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _ends(name: str, other: str) -> bool:
    """Return whether a name ends with another, or is it."""
    return f" {name}".endswith(f" {other}")
