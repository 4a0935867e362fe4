"""When two spellings of a name are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Return the string by which two spellings of a name are the same: quotes, the, white space."""
    text = re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'"))
    return re.sub(r"^[Tt]he ", "", text)


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return the letters, digits and spaces of a name, in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if c.isalnum() or c == " ")


def distinct(phrases: Iterable[str]) -> list[str]:
    """Return the phrases in their order, without those that another before them spells the same."""
    first: dict[str, str] = {}
    for phrase in phrases:
        first.setdefault(bare(phrase) or phrase, phrase)
    return list(first.values())
