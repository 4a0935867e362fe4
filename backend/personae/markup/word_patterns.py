"""Patterns out of lists of words: what tables of words in data files are compiled with.

A table says where its expressions may stand:

    anywhere    also inside a longer word
    words       as a whole word
    beginnings  at a word's beginning
    file_words  as a whole word of a file's name

In the names of elements (class, id, role …) words are parted by white space, hyphens and underscores, in
those of files by hyphens, underscores and points. Each entry is a regular expression of its own; their order
makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_STANDS = {
    "anywhere": "{}",
    "words": r"(?:^|[\s_-]){}(?:$|[\s_-])",
    "beginnings": r"(?:^|[\s_-]){}",
    "file_words": r"(?:^|[-_.]){}(?:[-_.]|$)",
}


def names_pattern(table: Mapping[str, Sequence[str]], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return what finds a table's expressions in names. Raises KeyError for a place of another name."""
    return re.compile(
        "|".join(_STANDS[place].format(alternatives(found)) for place, found in table.items()), flags
    )


def alternatives(expressions: Sequence[str]) -> str:
    """Return one expression that matches what any of several does."""
    return f"(?:{'|'.join(expressions)})"
