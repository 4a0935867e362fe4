"""Where a sentence ends: the signs of all scripts, and the patterns made of them.

Who asks differs in what it can afford: each pattern below says which signs it leaves out, and why.
"""

from __future__ import annotations

import re

_LATIN = ".!?…"
_CHINESE = "。！？"
_DANDA = "।"  # Devanagari and its neighbours
_ARABIC_QUESTION = "؟"
_URDU_STOP = "۔"
# Armenian, Ethiopic, Burmese, Khmer, Tibetan, Mongolian, Greek's question mark, the double danda.
_OTHERS = "։՞።፧။၊។៕།༎᠃᠉\u037e॥"
_SPACED = _LATIN + _DANDA + _ARABIC_QUESTION + _URDU_STOP + _OTHERS
_ALL_MARKS = _SPACED + _CHINESE
# Thai and Lao end a sentence with a space, which ends a phrase as well: any text of some length is prose.
_UNMARKED = "[\u0e01-\u0e4e\u0e81-\u0ece]"
_LEAST_UNMARKED = 40
# How many characters of such a script a sentence has.
_UNMARKED_SENTENCE = 80
# Quotation marks and brackets that may close after the last sign.
_CLOSING = "\"'”’»)"

_SENTENCE_END = re.compile(f"[{_ALL_MARKS}]")
_ENDS_SENTENCE = re.compile(rf"[{_ALL_MARKS}][{_CLOSING}“」』\]]*$")
_UNMARKED_LETTER = re.compile(_UNMARKED)

# Whether a text is finished, so that nothing was cut off after it. A colon or semicolon is no end of a
# sentence, but whoever cuts a text seldom cuts there; the German “ closes, „ opens after the sign in some
# fonts' encodings.
ENDS_WHOLE = re.compile(rf"[{_ALL_MARKS}:;][{_CLOSING}“‘«„\]]*$")
# Whether a text was cut off: an ellipsis, perhaps bracketed, is its last sign.
ENDS_CUT = re.compile(r"(?:\u2026|\.{3}|\[(?:\u2026|\.{3})\])[\"'”’»)\]]*$")

# The two columns of the model below are defined by these patterns: another sign needs another training. A
# sign counts before a space or a closing mark, so that "3.5" ends nothing; Chinese writes none after its own.
_EACH_END = re.compile(rf"[{_SPACED}](?=\s|$|[{_CLOSING}」])|[{_CHINESE}]")
# Whether the text's end is closed by a sign, also when marks of notes ("[2]") follow it.
_CLOSED = re.compile(rf"[{_ALL_MARKS}](?:[{_CLOSING}«“」』\]\s]|\[\d+\])*$")
_CLOSED_WITHIN = 12

# Where one sentence ends and the next begins within a paragraph. What goes on in small letters is the same
# sentence, and a stop after "Mr", "Gen" or "U.S" ends none.
_BETWEEN = re.compile(
    rf"(?:(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{{2}})\.|[{_SPACED.replace('.', '')}])"
    rf"[{_CLOSING}]*\s+(?=[^\W\d_]|[^\w\s])|[{_CHINESE}][」』{_CLOSING}]*"
)


def sentences_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentences begin and end that hold text[start:end], within its paragraph.

    A text without signs of an end, as Thai is, gives the whole paragraph.
    """
    first = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    last = text.find("\n\n", end)
    last = len(text) if last < 0 else last
    for found in _BETWEEN.finditer(text, first, last):
        if text[found.end() : found.end() + 1].islower():
            continue
        if found.end() <= start:
            first = found.end()
        elif found.start() + 1 >= end:
            last = first + len(text[first : found.end()].rstrip())
            break
    return first, last


def has_sentence(text: str) -> bool:
    """Return True if a text holds the end of a sentence, or is long and of a script that marks none."""
    return _SENTENCE_END.search(text) is not None or _is_unmarked_prose(text)


def ends_sentence(text: str) -> bool:
    """Return True if a text ends as a sentence does, or is long and of a script that marks no end."""
    return _ENDS_SENTENCE.search(text) is not None or _is_unmarked_prose(text)


def count_sentences(text: str) -> int:
    """Return how many sentences end in a text; in a script that marks no end, how many it has room for."""
    return len(_EACH_END.findall(text)) or len(_UNMARKED_LETTER.findall(text)) // _UNMARKED_SENTENCE


def is_closed(text: str) -> bool:
    """Return True if a text ends as a sentence does, or with marks of notes after it."""
    return _CLOSED.search(text[-_CLOSED_WITHIN:]) is not None or _is_unmarked_prose(text)


def _is_unmarked_prose(text: str) -> bool:
    return (
        _UNMARKED_LETTER.search(text[-_LEAST_UNMARKED:]) is not None
        and len(_UNMARKED_LETTER.findall(text)) >= _LEAST_UNMARKED
    )
