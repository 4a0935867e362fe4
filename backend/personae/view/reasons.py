"""Why a block was removed, or an article is a preview, in the interface's language.

The article holds those reasons as English sentences (`Removal.reason`, `Article.access_reason`). Each is a
message of the English catalogue, `reason_NAME`; the sentence is found there, and told in another language.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from personae.view.catalogue import Catalogue, catalogue

_PLACES = ("where_above", "where_below", "where_between")
_PLACEHOLDER = re.compile(r"\\\$(\w+)\\\$")


class _Sentence(NamedTuple):
    key: str
    pattern: re.Pattern[str]


def in_words(reason: str, words: Catalogue) -> str:
    """Return a reason in a language; a sentence that the catalogue does not have stays as it is."""
    for key, pattern in _sentences():
        found = pattern.fullmatch(reason)
        if found:
            values = found.groupdict()
            if "where" in values:
                values["where"] = words.text(_places()[values["where"]])
            return words.text(key, **values)
    return reason


@cache
def _places() -> dict[str, str]:
    english = catalogue("en")
    return {english.text(key): key for key in _PLACES}


@cache
def _sentences() -> tuple[_Sentence, ...]:
    english = catalogue("en").messages
    where = "|".join(map(re.escape, _places()))

    def pattern(message: str) -> re.Pattern[str]:
        return re.compile(
            _PLACEHOLDER.sub(
                lambda m: f"(?P<{m[1].lower()}>{where if m[1] == 'WHERE' else '[0-9]+'})", re.escape(message)
            )
        )

    return tuple(_Sentence(k, pattern(text)) for k, text in english.items() if k.startswith("reason_"))
