"""Whether a description has a sense alone, where the reader sees it: "his lawyer" has, "his brother" not."""

from __future__ import annotations

import re
from functools import cache

from personae.actors.languages.en.words.descriptions import singular
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.text.punctuation import typewritten

Span = tuple[int, int]

_OWNER = re.compile(r"(?:his|her|their|its|my|our|your) (?:own )?", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?|another) ", re.IGNORECASE)
_COMPLEMENT = re.compile(r" (?:of|to|for|at|in|from|with|who|whose|that|on|behind|near|by) ")
# What says no more of whom: "an old friend", "first wife".
_DEGREES = re.compile(rf"(?:(?:{alternatives('degrees')})[ -])+", re.IGNORECASE)


def with_sense(text: str, span: Span, *, person: bool) -> Span | None:
    """Return the part of a description that has a sense alone, or None.

    "his lawyer" is a lawyer; "his brother" is nobody's, and so is "opponent".
    """
    start, end = span
    owner = _OWNER.match(text, start, end)
    if owner:
        start = owner.end()
    phrase = text[start:end]
    article = _ARTICLE.match(phrase)
    bare = phrase[article.end() :] if article else phrase
    noun = _COMPLEMENT.split(bare, maxsplit=1)[0]
    owned = noun != bare and not owner
    if not person and noun.split(" ")[-1][:1].isupper():
        return None  # a name: "the European Union"
    core = _DEGREES.sub("", noun, count=1) if _DEGREES.match(noun) else noun
    word = typewritten(core)
    one = singular(word) or word
    if not owned:
        if word in _whose() or one in _whose():
            return None
        last = word.rpartition(" ")[2]
        if owner and (last in _whose() or (singular(last) or last) in _whose() or not core):
            return None
        if _is_empty(core, one, person=person):
            return None
    return start, end


@cache
def _whose() -> frozenset[str]:
    return (words("relational") | words("relations")) - words("trades")


def _is_empty(core: str, one: str, *, person: bool) -> bool:
    """Return whether a noun alone tells nothing; with a capital it is a rank or an office: "Chief"."""
    if not core:
        return True
    if person and core[0].isupper():
        return False
    return one in words("empty_person" if person else "empty_body")
