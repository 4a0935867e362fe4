"""Where English sentences begin and end: every pattern that knows a full stop from an abbreviation."""

from __future__ import annotations

import re

from personae.actors.text.punctuation import MASK, SENTENCE_ENDS

_TITLES = "Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|Rev|St"
_INITIAL_OR_TITLE = re.compile(rf"(?:\b[A-Z]|\b(?:{_TITLES}|No))$")
_LONGEST_TITLE = 5  # characters
_ABBREVIATION = re.compile(rf"(?:\b(?:[A-Z]|{_TITLES}|Capt|Sgt|Hon|Jr|Sr|No|Inc|Co|Corp|vs))$")
_LONGEST_ABBREVIATION = 8  # characters, with what closes after it
_ABBREVIATED = re.compile(rf"\b(?:{_TITLES}|[A-Z])\.")
_ABBREVIATED_OR_SUFFIX = re.compile(rf"\b(?:[A-Z]|{_TITLES}|Jr|Sr)\.")

_BEGINNING = re.compile(r"(?:^|[.!?:;][\"”’')\]]*\s|[\"“‘'(\[•—–]\s?|\n)$")
_END = re.compile(r"(?<=[\w)”\"’%])[.!?][\"”’)]* +(?=[A-Z“\"‘])")
_NEXT = re.compile(rf"\s(?=[\"“‘A-Z{MASK}\d])")
_CLOSING = f"\"”’'){MASK}"

Span = tuple[int, int]


def begins_sentence(text: str, start: int) -> bool:
    """Return whether a sentence, a quotation or a list item begins here, so that a capital says nothing."""
    return bool(_BEGINNING.search(text[max(0, start - 4) : start])) or start == 0 or not text[:start].strip()


def sentence_around(text: str, start: int, end: int) -> Span:
    """Return where the sentence of start to end begins, and where the next one does."""
    ends = [m.end() for m in _END.finditer(text) if not _closes_title(text, m.start())]
    first = max((stop for stop in ends if stop <= start), default=0)
    return first, min((stop for stop in ends if stop >= end), default=len(text))


def _closes_title(text: str, stop: int) -> bool:
    """Return whether the full stop at `stop` closes an initial or a title."""
    return _INITIAL_OR_TITLE.search(text, max(0, stop - _LONGEST_TITLE), stop) is not None


def sentence_breaks(text: str) -> list[Span]:
    """Return where each sentence ends and the next begins; quotations may be masked."""
    found = []
    for match in _NEXT.finditer(text):
        end = match.start()
        if text[end - 1 : end] in _PUNCTUATION and _is_end(text, end):
            found.append((end, match.end()))
    return found


_PUNCTUATION = frozenset(SENTENCE_ENDS + _CLOSING)


def _is_end(text: str, end: int) -> bool:
    last = text[max(0, end - _LONGEST_ABBREVIATION) : end].rstrip(_CLOSING + " ")
    return last.endswith(tuple(SENTENCE_ENDS)) and not _ABBREVIATION.search(last[:-1])


def without_abbreviations(text: str, *, suffixes: bool = False) -> str:
    """Return a text without initials and abbreviated titles, so that its full stops end sentences.

    suffixes: also without "Jr." and "Sr.".
    """
    return (_ABBREVIATED_OR_SUFFIX if suffixes else _ABBREVIATED).sub("", text)
