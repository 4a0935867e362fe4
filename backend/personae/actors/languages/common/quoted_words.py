"""Words in quotation marks, and those that a dash begins, as a paragraph has them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from personae.actors.languages.common.speech_patterns import SpeechPatterns
from personae.actors.text.punctuation import MASK

# Where words that a dash began may end: at a comma, a dash, or after a mark that ends a sentence.
_PAUSE = re.compile(r",|\s[–—-]|(?<=[!?…])\s|—")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters start to end (exclusive) with the marks, and words_start to words_end without."""

    start: int
    end: int
    words_start: int
    words_end: int


def quoted_words(text: str, patterns: SpeechPatterns) -> list[Quoted]:
    """Return all of them in order, without overlap."""
    marked = [_in_marks(match) for match in patterns.quoted.finditer(text)]
    starts = [one.start for one in marked]
    dashed: list[Quoted] = []
    at = 0
    for opening in patterns.dash.finditer(text):
        before = bisect_right(starts, opening.start()) - 1
        if opening.start() < at or (before >= 0 and opening.start() < marked[before].end):
            continue
        end = at = _end_of_speech(text, opening.end(), patterns)
        dashed.append(Quoted(opening.start(), end, opening.end(), len(text[:end].rstrip(" ,"))))
    found = [one for one in marked if not any(d.start < one.start < d.end for d in dashed)] + dashed
    return sorted((one for one in found if one.words_end > one.words_start), key=lambda one: one.start)


def masked(text: str, quotations: Sequence[Quoted]) -> str:
    """Return a text with a mask for each character of a quotation."""
    characters = list(text)
    for one in quotations:
        characters[one.start : one.end] = MASK * (one.end - one.start)
    return "".join(characters)


def _in_marks(match: re.Match[str]) -> Quoted:
    group = next(number for number in range(1, match.re.groups + 1) if match[number] is not None)
    return Quoted(*match.span(), *match.span(group))


def _end_of_speech(text: str, start: int, patterns: SpeechPatterns) -> int:
    """Return where words that a dash began end: before their cue, else with the paragraph."""
    for pause in _PAUSE.finditer(text, start):
        at = pause.start()
        if patterns.pronoun_after_quotation.match(text, at) or patterns.after_quotation.match(text, at):
            return at
    return len(text)
