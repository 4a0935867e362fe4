"""What chrome says, in many languages (data/phrases.toml), and a quick way to see it in a text.

A page has hundreds of short texts and the table hundreds of phrases, so the phrases are filed under the
characters they begin with, and only those that could begin at a word are tried there.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

_START = re.compile(r"(?<!\w)\S")
_LITERAL = re.compile(r"[^\\.^$*+?{}\[\]|()]*")
_CHOICE = re.compile(r"\((?!\?)([^\\.^$*+?{}\[\]()]*)\)(?![?*{])")
# Phrases of one kind, joined, filed under their first two characters, or one, or none.
_Index = dict[str, list[tuple[int, re.Pattern[str]]]]


@cache
def phrase_kinds() -> tuple[str, ...]:
    """Return the kinds in the order of the table."""
    return tuple(_table())


@lru_cache(maxsize=4096)
def phrases_in(text: str) -> frozenset[str]:
    """Return the kinds of the phrases that begin at a word's beginning in a text."""
    low = text.lower()
    index = _index()
    anywhere = index.get("", [])
    found = 0
    for match in _START.finditer(low):
        at = match.start()
        for key in (low[at : at + 2], low[at]):
            for kind, phrases in index.get(key, ()):
                if not found & kind and phrases.match(low, at):
                    found |= kind
        for kind, phrases in anywhere:
            if not found & kind and phrases.match(low, at):
                found |= kind
    return _named(found)


@lru_cache(maxsize=4096)
def _named(found: int) -> frozenset[str]:
    return frozenset(kind for at, kind in enumerate(phrase_kinds()) if found >> at & 1)


@cache
def _index() -> _Index:
    filed: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for at, languages in enumerate(_table().values()):
        for phrase in dict.fromkeys(phrase for several in languages.values() for phrase in several):
            for key in beginnings(phrase):
                filed[key][1 << at].append(phrase)
    return {
        key: [(kind, re.compile("|".join(phrases))) for kind, phrases in kinds.items()]
        for key, kinds in filed.items()
    }


def beginnings(phrase: str) -> frozenset[str]:
    """Return what a phrase can begin with: its first two characters, or one, or "" where that is open."""
    if choice := _CHOICE.match(phrase):
        return frozenset(option[:2] for option in choice[1].split("|"))
    literal = _LITERAL.match(phrase)
    head = literal[0] if literal else ""
    following = phrase[len(head) : len(head) + 1]
    if following and following in "?*{":
        head = head[:-1]
    if "|" in _outside_groups(phrase):
        return frozenset({""})
    return frozenset({head[:2]})


def _outside_groups(phrase: str) -> str:
    while (inner := re.sub(r"\([^()]*\)|\[[^\]]*\]|\\.", "", phrase)) != phrase:
        phrase = inner
    return phrase


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("personae.article.data").joinpath("phrases.toml").read_text("utf-8"))
