"""How the names of a cluster are used, and whether it acts, by the words of the language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personae.actors.languages.base import Candidate, Uses
from personae.actors.languages.common.grammar import Grammar
from personae.actors.languages.common.word_table import WordTable
from personae.actors.merge.cluster import Cluster
from personae.actors.tables.toml_files import alternatives
from personae.actors.text.found_names import Name
from personae.actors.text.punctuation import APOSTROPHES, typewritten
from personae.actors.text.text_units import Block

_WINDOW = 30  # characters before a name that hold its article and the word before that
_LAST_WORD = re.compile(rf"([\w-]+{APOSTROPHES}?) ?$")


class Agency:
    """What the words beside a name say that it does, or has done to it."""

    def __init__(self, words: WordTable, grammar: Grammar) -> None:
        self._words = words
        clitic = rf"(?:{alternatives(words.elided)}){APOSTROPHES}\w+|" if words.elided else ""
        # Perhaps after brackets, and after an apposition between commas.
        self._next_word = re.compile(rf"(?: \([^)]{{1,30}}\))?(?:,[^,.;:]{{2,80}},)? ({clitic}\w+)")
        articles = "|".join(map(_as_article, sorted(grammar.articles))) or "(?!)"
        self._article = re.compile(rf"(?:(?<=\W)|^)(?:{articles})$")
        self._grammar = grammar
        elided = [word.removesuffix("'") for word in words.locative if word.endswith("'")]
        self._elided_prepositions = tuple(f" {word}{mark}" for word in elided for mark in "'’")

    def uses(self, blocks: Sequence[Block], cluster: Cluster) -> Uses:
        """Count how the names of a cluster are used."""
        subject = dealt_with = placed = source = 0
        for name in cluster.names:
            text = blocks[name.block].text
            before = self._word_before(text, name.start)
            raw = self._raw_word_before(text, name.start)
            inverted = self._grammar.inverted and self._grammar.is_finite(raw, self._words)
            subject += inverted or self._is_subject(text, name, before)
            dealt_with += before in self._words.dealing
            placed += self._is_placed(text, name, before)
            source += before in self._words.sources or before in self._words.cues
        return Uses(len(cluster.names), subject, dealt_with=dealt_with, placed=placed, source=source)

    def is_subject(self, block: Block, name: Name) -> bool:
        """Return whether a name does something here: a verb follows, and no preposition stands before."""
        return self._is_subject(block.text, name, self._word_before(block.text, name.start))

    def _is_subject(self, text: str, name: Name, before: str) -> bool:
        if before in self._words.locative:
            return False
        following = self._next_word.match(text, name.end)
        return following is not None and self._grammar.is_finite(following[1], self._words)

    def _is_placed(self, text: str, name: Name, before: str) -> bool:
        """Return whether a name tells where something happens, or what belongs to it."""
        lead = text[max(0, name.start - 12) : name.start].lower()
        return before in self._words.locative or lead.endswith(self._elided_prepositions)

    def _word_before(self, text: str, start: int) -> str:
        """Return the word before a name and its article, in lower case."""
        return typewritten(self._raw_word_before(text, start))

    def _raw_word_before(self, text: str, start: int) -> str:
        lead = self._article.sub("", text[max(0, start - _WINDOW) : start])
        match = _LAST_WORD.search(lead)
        return match[1] if match else ""


def _as_article(word: str) -> str:
    """Return the pattern of an article right before a name; one that is elided has no space after it."""
    first = f"[{word[0].upper()}{word[0]}]"
    rest = re.escape(word[1:])
    return first + (rest[:-1] + APOSTROPHES if word.endswith("'") else f"{rest} ")


def acts(candidate: Candidate) -> bool:
    """Return whether a candidate is an actor, by its role and its uses."""
    cluster, uses = candidate.cluster, candidate.uses
    active = uses.subject + uses.dealt_with + uses.source > 0
    described = candidate.role is not None
    if cluster.type == "person":
        return described or " " in cluster.name or active
    if cluster.type == "country":
        return active
    return described or active or (uses.mentions > 1 and uses.placed < uses.mentions)
