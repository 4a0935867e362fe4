"""The finite verbs of English: which words are some, and whether one comes next."""

from __future__ import annotations

import re
from functools import cache

from personae.actors.languages.en.words.lists import words

_NEXT_WORD = re.compile(
    r"(?:\s+(?:\w+ly|also|now|still|never|long|again|once|already|even|then))*\s+([a-z][\w'’]*)"
)


@cache
def verb_forms() -> frozenset[str]:
    """Return the finite verb forms that make a name before them a subject."""
    forms = set(words("auxiliaries") | words("irregular") | words("speech"))
    for verb in words("verbs"):
        y = verb.endswith("y") and verb[-2] not in "aeiou"
        stem = verb[:-1] + "i" if y else verb.removesuffix("e")
        sibilant = verb.endswith(("s", "sh", "ch", "x", "z"))
        forms.add(verb[:-1] + "ies" if y else verb + ("es" if sibilant else "s"))
        forms |= {stem + "ed", stem + stem[-1] + "ed"}
    return frozenset(forms)


def follows_verb(text: str, end: int) -> bool:
    """Return whether a finite verb comes next: what ends at `end` is its subject."""
    match = _NEXT_WORD.match(text, end)
    return match is not None and match[1].replace("’", "'") in verb_forms()


def is_finite(word: str) -> bool:
    """Return whether a word looks like a finite verb."""
    return word in verb_forms() or (word.endswith("ed") and len(word) > len("need"))
