"""Who somebody is, in the text's own words, by the words and the grammar of the language.

"the minister of the interior, X": the noun of a role before the name, with all that belongs to it;
"X, minister of the interior": the same after it; "X is a minister". Where a word does not belong to a
description, there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from personae.actors.languages.common.grammar import Grammar
from personae.actors.languages.common.inflection import RULE as FORM
from personae.actors.languages.common.word_table import WordTable
from personae.actors.merge.cluster import Cluster
from personae.actors.tables.toml_files import alternatives
from personae.actors.text.found_names import Name
from personae.actors.text.punctuation import typewritten
from personae.actors.text.spelling import distinct
from personae.actors.text.text_units import Block

MAX_WORDS = 14
_WINDOW = 120  # characters before a name that may hold its title
_HONORIFIC_WINDOW = 12
_HEAD = 4  # words at the beginning of a description of which one is its noun
_NEXT_NAMES = 4  # after a name, of which one may have the title between them
_WORD = re.compile(r"[^\W\d_]+['’]|[\w-]+(?:['’](?=\w))?|\S")
_HONORIFIC = re.compile(r"(\w+)\.? $")
_AFTER_COMMA = re.compile(r"[,.;)]|$| \w")

Span = tuple[int, int]
Tokens = Sequence[tuple[int, str]]  # each word with its offset in the text


class Roles:
    """What the words beside a name say of its bearer."""

    def __init__(self, words: WordTable, grammar: Grammar) -> None:
        self._words = words
        self._grammar = grammar
        marks = re.escape(grammar.marks)
        self._clause_end = re.compile(rf"[.;:!?{marks}()—–]")
        self._end = re.compile(rf"[.;:!?{marks}()—–,\n]|$")
        bare = words.stops | words.dealing | words.locative | words.links if grammar.inverted else frozenset()
        self._inflection = words.inflection
        self._ends = tuple(words.inflection.ends)
        self._before_title = words.determiners | words.modifiers | bare
        self._age = re.compile(grammar.age)
        copulas = alternatives(grammar.copulas) or "(?!)"
        self._opening = re.compile(rf", | \((?=\w)|(?P<copula> (?:{copulas}) )")

    def descriptions(
        self, blocks: Sequence[Block], cluster: Cluster, names: Mapping[int, Sequence[Name]]
    ) -> tuple[str, ...]:
        """Return the descriptions: the first of more than a word, else the longest; then the others in order.

        names: of each block, in order.
        """
        if cluster.type == "country":
            return ()
        found = list(self._all(blocks, cluster, names))
        if not found:
            return ()
        best = next((role for role in found if " " in role), max(found, key=len))
        return tuple(distinct([best, *found]))

    def _all(
        self, blocks: Sequence[Block], cluster: Cluster, names: Mapping[int, Sequence[Name]]
    ) -> Iterator[str]:
        person = cluster.type == "person"
        for name in sorted(cluster.names, key=lambda name: cluster.rules[name.text] == FORM):
            block = blocks[name.block]
            for span in (
                self._own_after(block.text, name, names.get(name.block, ()), person=person),
                self._own_before(block.text, name, cluster, person=person),
            ):
                if span is None or span[0] < block.body_start:
                    continue
                role = block.text[slice(*span)]
                if not self._is_relation(role):
                    yield role

    def _is_relation(self, role: str) -> bool:
        """Return whether a role tells no more than that its bearer is somebody's: "his lawyer"."""
        words = self._words
        rest = set(typewritten(role).split()) - words.determiners - words.modifiers
        return bool(rest) and all(words.is_relation(word) for word in rest)

    def _own_after(self, text: str, name: Name, names: Sequence[Name], *, person: bool) -> Span | None:
        """Return the description after a name, but for one that is the title of who comes next."""
        span = self.role_after(text, name.end, person=person)
        if span is None:
            return None
        following = bisect_left(names, span[0], key=lambda one: one.start)
        for other in names[following : following + _NEXT_NAMES]:
            if other.start < span[1] and other.kind == "person":
                title = self.title_before(text, other.start)
                lead = typewritten(text[span[0] : title[0]]).split() if title else ["?"]
                if self._words.determiners.issuperset(lead):
                    return None
        return span

    def _own_before(self, text: str, name: Name, cluster: Cluster, *, person: bool) -> Span | None:
        """Return the title before a name; a name in another case may be its owner's: "the lawyer of X"."""
        span = self._before(text, name, person=person)
        inflection = self._inflection
        if span is None or not inflection:
            return span
        declined = cluster.rules[name.text] == FORM or (person and inflection.is_declined(name.text))
        spoken = map(typewritten, text[slice(*span)].split())
        nouns = [word for word in spoken if self._words.is_noun(word, person=person)]
        return None if declined and nouns and not self._words.is_declined(nouns[0]) else span

    def title_before(self, text: str, start: int, *, person: bool = True) -> Span | None:
        """Return the description that ends right before a name at `start`."""
        end = start
        honorific = _HONORIFIC.search(text[max(0, start - _HONORIFIC_WINDOW) : start])
        if honorific and honorific[1].lower() in self._words.honorifics:
            end = start - len(honorific[0])
        lead = text[:end]
        comma = lead.endswith(", ")
        if not (comma or lead.endswith(" ")):
            return None
        end -= 2 if comma else 1
        first = max(0, end - _WINDOW)
        cuts = [m.end() for m in self._clause_end.finditer(text, first, end)] + [first]
        tokens = [(m.start(), m[0]) for m in _WORD.finditer(text, max(cuts), end)]
        start_of_phrase = self._noun_phrase(tokens, person=person)
        return None if start_of_phrase is None else (start_of_phrase, end)

    def _before(self, text: str, name: Name, *, person: bool) -> Span | None:
        span = self.title_before(text, name.start, person=person)
        if span and text[: name.start].endswith(", ") and not _AFTER_COMMA.match(text, name.end):
            return None
        return span

    def _noun_phrase(self, tokens: Tokens, *, person: bool) -> int | None:
        """Return where a description begins that ends with the last token, and through which no verb runs."""
        words = self._words
        last = len(tokens) - 1
        for at in range(last, max(-1, last - MAX_WORDS), -1):
            raw = tokens[at][1]
            word = typewritten(raw)
            is_noun = words.is_noun(word, person=person)
            if word == "," or (not is_noun and (word in words.stops or self._grammar.is_finite(raw, words))):
                return None
            if at == last and (word in words.links or word in words.determiners):
                return None  # "the mother of X"
            if is_noun or word.split("-")[0] in self._grammar.role_prefixes:
                start = self._with_modifiers(tokens, at)
                if start is not None:
                    return start
            elif not (raw[0].isalnum() or word in words.links):
                return None
        return None

    def _with_modifiers(self, tokens: Tokens, at: int) -> int | None:
        """Return where the description of the noun at `at` begins; None where other words belong to it."""
        modifiers = self._words.modifiers
        before = typewritten(tokens[at - 1][1]) if at else ","
        if before != "," and before not in self._before_title and not self._opens_title(tokens[at - 1][1]):
            return None
        while at and typewritten(tokens[at - 1][1]) in modifiers:
            at -= 1
        return tokens[at][0]

    def _opens_title(self, word: str) -> bool:
        """Return whether a title without an article may follow: after a verb, after the name of its owner."""
        owner = self._words.compounds and word[0].isupper() and word.endswith(self._ends)
        return owner or (self._grammar.inverted and self._grammar.is_finite(word, self._words))

    def role_after(self, text: str, end: int, *, person: bool = True) -> Span | None:
        """Find "minister of the interior" or "the chair of the club" after a name and a comma, or "is"."""
        if age := self._age.match(text, end):
            end = age.end()
        opening = self._opening.match(text, end)
        if opening is None:
            return None
        tokens = self._phrase(text, opening.end())
        head = self._head(tokens, person=person)
        if head is None:
            return None
        lead = [typewritten(word) for _, word in tokens[:head]]
        if opening["copula"] and not set(lead) & self._words.determiners:
            return None
        tokens = tokens[:MAX_WORDS]
        ending = self._words.links | self._words.determiners
        while len(tokens) > head + 1 and typewritten(tokens[-1][1]) in ending:
            tokens = tokens[:-1]
        first = 0
        if lead and lead[0] in self._grammar.contracted:
            first = head - sum(word in self._words.modifiers for word in lead)
        return tokens[first][0], tokens[-1][0] + len(tokens[-1][1])

    def _phrase(self, text: str, start: int) -> Tokens:
        """Return the words from `start` to the end of their clause, or to one that no description has."""
        end = self._end.search(text, start)
        phrase = text[start : end.start() if end else len(text)]
        tokens = [(start + m.start(), m[0]) for m in _WORD.finditer(phrase)]
        stops = self._words.stops
        stop = next(
            (i for i, (_, word) in enumerate(tokens) if i and typewritten(word) in stops), len(tokens)
        )
        return tokens[:stop]

    def _head(self, tokens: Tokens, *, person: bool) -> int | None:
        """Return which token is the noun of a description, with nothing but its own words before it."""
        words = self._words
        heads = [words.is_noun(typewritten(word), person=person) for _, word in tokens[:_HEAD]]
        head = heads.index(True) if True in heads else None
        if head is None:
            return None
        own = words.determiners | words.modifiers
        return head if all(typewritten(word) in own for _, word in tokens[:head]) else None
