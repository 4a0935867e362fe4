"""Where English sentences begin and end: every pattern that knows a full stop from an abbreviation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache

from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.text.punctuation import MASK, SENTENCE_ENDS, typewritten

_WORD_BEFORE = re.compile(r"[\w.’'&-]+$")
_LONGEST_WORD = 24  # characters before a full stop that are looked at
_WORD_AFTER = re.compile(r"[\s\"“‘'(]*([\w’']+)")
_INITIAL = re.compile(r"[^\W\d_]")
# "U.S", "Ph.D", "a.m": full stops inside.
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")

_BEGINNING = re.compile(r"(?:^|[.!?:;][\"”’')\]]*\s|[\"“‘'(\[•—–]\s?|\n)$")
_END = re.compile(r"(?<=[\w)”\"’%.])[.!?][\"”’)]* +(?=[A-Z“\"‘])")
_NEXT = re.compile(rf"\s(?=[\"“‘A-Z{MASK}\d])")
_CLOSING = f"\"”’'){MASK}"

Span = tuple[int, int]


def begins_sentence(text: str, start: int) -> bool:
    """Return whether a sentence, a quotation or a list item begins here, so that a capital says nothing."""
    return bool(_BEGINNING.search(text[max(0, start - 4) : start])) or start == 0 or not text[:start].strip()


def abbreviates(text: str, stop: int) -> bool:
    """Return whether the full stop at `stop` belongs to an abbreviation and ends no sentence.

    After "Sen." or an initial none ends; after "U.S." or "Inc." one does where the next word begins one.
    """
    if text[stop] != ".":
        return False
    before = _WORD_BEFORE.search(text, max(0, stop - _LONGEST_WORD), stop)
    if before is None:
        return False
    word = typewritten(before[0]).rpartition("-")[2]
    never = word in words("titles") or word in words("inner") or _INITIAL.fullmatch(word) is not None
    dotted = _DOTTED.fullmatch(word) is not None
    may = dotted or word in words("suffixes") or word in words("places_and_dates")
    if not (before[0][:1].isupper() or dotted or word in words("inner")):
        return False  # "the no. one", "the rep."
    after = _WORD_AFTER.match(text, stop + 1)
    opens = after is None or (after[1] in _openers() and _INITIAL.fullmatch(word) is None)
    return (never and after is not None) or (may and not opens)


@cache
def _openers() -> frozenset[str]:
    return frozenset(word.capitalize() for word in words("openers"))


def sentence_around(text: str, start: int, end: int) -> Span:
    """Return where the sentence of start to end begins, and where the next one does."""
    ends = _sentence_ends(text)
    before, after = bisect_right(ends, start), bisect_left(ends, end)
    return ends[before - 1] if before else 0, ends[after] if after < len(ends) else len(text)


@lru_cache(maxsize=64)
def _sentence_ends(text: str) -> tuple[int, ...]:
    """Return where the sentences of a text begin, but the first."""
    return tuple(m.end() for m in _END.finditer(text) if not abbreviates(text, m.start()))


def sentence_breaks(text: str) -> list[Span]:
    """Return where each sentence ends and the next begins; quotations may be masked."""
    found = []
    for match in _NEXT.finditer(text):
        end = match.start()
        if text[end - 1 : end] in _PUNCTUATION and _is_end(text, end):
            found.append((end, match.end()))
    return found


_LONGEST_CLOSING = 8  # characters of a sentence's end with what closes after it
_PUNCTUATION = frozenset(SENTENCE_ENDS + _CLOSING)


def _is_end(text: str, end: int) -> bool:
    first = max(0, end - _LONGEST_CLOSING)
    last = text[first:end].rstrip(_CLOSING + " ")
    return last.endswith(tuple(SENTENCE_ENDS)) and not abbreviates(text, first + len(last) - 1)


@cache
def _abbreviations(*, suffixes: bool) -> re.Pattern[str]:
    more = f"|{alternatives('suffixes')}" if suffixes else ""
    return re.compile(rf"\b(?:[A-Z]|{alternatives('titles')}{more})\.")


def without_abbreviations(text: str, *, suffixes: bool = False) -> str:
    """Return a text without initials and abbreviated titles, so that its full stops end sentences.

    suffixes: also without "Jr.", "Inc." and the like.
    """
    return _abbreviations(suffixes=suffixes).sub("", text)
