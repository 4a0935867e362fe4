"""Where a name begins and ends, in scripts that write spaces between words and in those that do not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Blocks of Unicode: Thai and Lao; Tibetan and Myanmar; Khmer; kana; Han.
UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_KATAKANA = "\u30a1-\u30fe"  # a foreign name is written in it, and ends where it ends
HANGUL = "\uac00-\ud7a3"  # particles follow a noun without a space
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_SHORTEST_FULL = 3  # characters of a full name in Han, kana, Thai, Hangul and the like


def is_full_name(name: str) -> bool:
    """Return whether a person's name has two words, or three characters where no space divides them."""
    if _is_unspaced(name) or re.search(f"[{HANGUL}]", name):
        return len(name) >= _SHORTEST_FULL
    return " " in name


def occurrences(names: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of any of these names as a word of its own; see also `goes_on`."""
    plain = [re.escape(name) for name in names if not (_is_unspaced(name) or _takes_particles(name))]
    patterns = [rf"(?<!\w)(?:{'|'.join(plain)})(?!\w)"] if plain else []
    patterns += [_bounded(name) for name in names if _is_unspaced(name) or _takes_particles(name)]
    return re.compile("|".join(patterns))


def goes_on(text: str, end: int) -> bool:
    """Return whether the word before `end` goes on with a mark that `re` takes for no letter, as in Hindi."""
    return end < len(text) and unicodedata.category(text[end]).startswith("M")


def _is_unspaced(name: str) -> bool:
    return _IS_UNSPACED.search(name) is not None


def _takes_particles(name: str) -> bool:
    return re.fullmatch(f"[{HANGUL}]{{{_SHORTEST_FULL},}}", name) is not None


def _bounded(name: str) -> str:
    if _takes_particles(name):
        return rf"(?<!\w){re.escape(name)}"
    left = f"(?<![{_KATAKANA}])" if re.match(f"[{_KATAKANA}]", name) else ""
    right = f"(?![{_KATAKANA}])" if re.search(f"[{_KATAKANA}]$", name) else ""
    return f"{left}{re.escape(name)}{right}"
