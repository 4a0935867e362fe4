"""What chrome says, in many languages (data/phrases.toml), and a quick way to see it in a text.

A page has hundreds of short texts and the table hundreds of phrases. But a phrase can begin only at a word
that agrees with its own first letters, few words do, and most words of a page come several times: so which
phrases may begin at a word is looked up once.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"(?<!\w)(?:\w+|[^\w\s])")  # or a sign: where a phrase can begin
_LONGEST = 24  # characters of a word that are looked up; where nothing parts words, they are sentences
_LITERAL = re.compile(r"[^\\.^$*+?{}\[\]|()]*")
_CHOICE = re.compile(r"\((?!\?)([^\\.^$*+?{}\[\]()]*)\)(?![?*{])")
_DIGIT = "\\d"
_Phrase = tuple[int, re.Pattern[str]]  # the bit of its kind, the phrase
_PhrasesByBeginning = Mapping[str, list[_Phrase]]


@cache
def phrase_kinds() -> tuple[str, ...]:
    """Return the kinds in the order of the table."""
    return tuple(_table())


@lru_cache(maxsize=4096)
def phrases_in(text: str) -> frozenset[str]:
    """Return the kinds of the phrases that begin at a word's beginning in a text."""
    low = text.lower()
    found = 0
    for word in _WORD.finditer(low):
        for kind, phrase in _beginning_with(word[0][:_LONGEST]):
            if not found & kind and phrase.match(low, word.start()):
                found |= kind
    return _named(found)


@lru_cache(maxsize=4096)
def _named(found: int) -> frozenset[str]:
    return frozenset(kind for at, kind in enumerate(phrase_kinds()) if found >> at & 1)


@lru_cache(maxsize=16384)
def _beginning_with(word: str) -> tuple[_Phrase, ...]:
    """Return the phrases that may begin at a word."""
    parts, words = _index()
    found = [*parts.get("", ()), *words.get(word, ())]
    for length in range(1, len(word) + 1):
        found += parts.get(word[:length], ())
    if word[0].isdecimal():
        found += parts.get(_DIGIT, ())
    return tuple(found)


@cache
def _index() -> tuple[_PhrasesByBeginning, _PhrasesByBeginning]:
    """Return the phrases that begin with a part of a word by that part, the others by their whole first word.

    A part may be the whole word, `_DIGIT` or "": see `beginnings`.
    """
    parts, words = defaultdict(list), defaultdict(list)
    for at, languages in enumerate(_table().values()):
        for text in dict.fromkeys(phrase for several in languages.values() for phrase in several):
            phrase = (1 << at, re.compile(text))
            for beginning in beginnings(text):
                word = _WORD.match(beginning)
                if word and word[0] != beginning and beginning != _DIGIT:
                    words[word[0][:_LONGEST]].append(phrase)
                else:
                    parts[beginning[:_LONGEST]].append(phrase)
    return parts, words


def beginnings(phrase: str) -> frozenset[str]:
    """Return the characters that a phrase can begin with: `_DIGIT` for any digit, "" where that is open."""
    if "|" in _outside_groups(phrase):
        return frozenset({""})
    if choice := _CHOICE.match(phrase):
        return frozenset(choice[1].split("|"))
    literal = _LITERAL.match(phrase)
    head = literal[0] if literal else ""
    following = phrase[len(head) : len(head) + 1]
    if following and following in "?*{":
        head = head[:-1]
    if not head and re.match(r"\\d(?![?*{])|\\d\{[1-9]", phrase):
        return frozenset({_DIGIT})
    return frozenset({head})


def _outside_groups(phrase: str) -> str:
    while (inner := re.sub(r"\([^()]*\)|\[[^\]]*\]|\\.", "", phrase)) != phrase:
        phrase = inner
    return phrase


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(
        files("personae.article.vocabulary").joinpath("data/phrases.toml").read_text("utf-8")
    )
