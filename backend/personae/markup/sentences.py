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
_MARKS = _LATIN + _CHINESE + _DANDA + _ARABIC_QUESTION
# Quotation marks and brackets that may close after the last sign.
_CLOSING = "\"'”’»)"

# Whether a text holds the end of any sentence.
SENTENCE_END = re.compile(f"[{_MARKS}{_URDU_STOP}]")

# Whether a text ends as a sentence does. The rules that ask were tried on pages without Urdu; its stop is
# left out until there are some.
ENDS_SENTENCE = re.compile(rf"[{_MARKS}][{_CLOSING}“」』\]]*$")

# Whether a text is finished, so that nothing was cut off after it. A colon or semicolon is no end of a
# sentence, but whoever cuts a text seldom cuts there; the German “ closes, „ opens after the sign in some
# fonts' encodings.
ENDS_WHOLE = re.compile(rf"[{_MARKS}{_URDU_STOP}:;][{_CLOSING}“‘«„\]]*$")
# Whether a text was cut off: an ellipsis, perhaps bracketed, is its last sign.
ENDS_CUT = re.compile(r"(?:\u2026|\.{3}|\[(?:\u2026|\.{3})\])[\"'”’»)\]]*$")

# The two columns of the model below are defined by these patterns: another sign needs another training. Each
# end of a sentence in a text: a Latin sign counts before a space or a closing mark, so that "3.5" has none.
EACH_SENTENCE_END = re.compile(rf"[{_LATIN}{_CHINESE}{_DANDA}](?=\s|$|[{_CLOSING}」])|[{_CHINESE}]")
# Whether the text's end is closed by a sign, also when marks of notes ("[2]") follow it.
CLOSED = re.compile(rf"[{_MARKS}](?:[{_CLOSING}«“」』\]\s]|\[\d+\])*$")
