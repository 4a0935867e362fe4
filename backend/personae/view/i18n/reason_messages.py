"""Why a block was removed, or an article is a preview, in the interface's language.

The article holds those reasons as English sentences (`Removal.reason`, `Article.access_reason`). Each is one
of `personae.article.account.reasons`; it is found there, and shown by the message that has its name.
"""

from __future__ import annotations

import re
from functools import cache

from personae.article.account.reasons import Reason, Where
from personae.view.i18n.catalogue import Catalogue

_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")


def in_words(reason: str, words: Catalogue) -> str:
    """Return a reason in a language; a sentence that is none of ours stays as it is."""
    for known in Reason:
        found = _pattern(known).fullmatch(reason)
        if found:
            values = found.groupdict()
            if "where" in values:
                values["where"] = words.text(message_key(Where(values["where"])))
            return words.text(message_key(known), **values)
    return reason


def message_key(known: Reason | Where) -> str:
    """Return the catalogue's key for a reason, or for where a block stood."""
    return f"{type(known).__name__}_{known.name}".lower()


@cache
def _pattern(reason: Reason) -> re.Pattern[str]:
    """Return what matches the sentence with any values."""
    return re.compile(_PLACEHOLDER.sub(lambda m: f"(?P<{m[1]}>{_values(m[1])})", re.escape(reason)))


def _values(name: str) -> str:
    return "|".join(map(re.escape, Where)) if name == "where" else "[0-9]+"
