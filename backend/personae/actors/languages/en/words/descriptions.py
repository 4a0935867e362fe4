"""Whether a phrase describes somebody: its head is the noun of a role, and no verb runs through it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from personae.actors.languages.en.words.tables import verb_forms, words

MAX_WORDS = 16
MAX_TITLE = 110  # characters
_WORD = re.compile(r"[^\W_][\w'’&./-]*")


@cache
def _heads(*, person: bool) -> frozenset[str]:
    return words("roles") if person else words("body_roles")


def is_head(word: str, *, person: bool) -> bool:
    """Say whether a word may be the noun of a description."""
    word = word.lower().strip('“”"(),').replace("’", "'")
    if word in _heads(person=person):
        return True
    return person and (
        word.endswith(tuple(words("role_endings")))
        or any(part in words("roles") for part in re.split(r"[-/]", word)[1:])
    )


def singular(word: str) -> str | None:
    """Return the singular of a word that may be the plural of a role: "members", "deputies"."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-2] + "an"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else None


def is_office(title: str) -> bool:
    """Say whether a title of one word is an office, written out with a capital: "President"."""
    return title[:1].isupper() and title.lower() in words("offices")


def is_description(phrase: str, *, person: bool, loose: bool = False) -> bool:
    """Say whether a noun phrase describes somebody: "a sociologist at the university", "UiPath CEO".

    loose: believe "a …" of any noun, which an apposition right after a name makes likely.
    """
    tokens = _WORD.findall(phrase)
    if not 0 < len(tokens) <= MAX_WORDS:
        return False
    lowered = [t.lower().replace("’", "'") for t in tokens]
    until = next((i for i, w in enumerate(lowered) if w in words("complements") and i), len(lowered))
    noun = lowered[:until]
    if any(w in words("auxiliaries") or w in words("speech") for w in noun):
        return False
    heads = [i for i in range(until) if is_head(tokens[i], person=person)]
    closed = bool(heads) and heads[-1] == until - 1
    if loose and lowered[0] in {"a", "an"}:
        return closed or (
            noun[-1] not in words("remarks") and not set(noun[1:]) & words("stops") and until > 1
        )
    if lowered[0] == "one" and until == 1:
        return any(is_head(t.removesuffix("s"), person=person) for t in tokens)
    if lowered[0] in words("determiners") or noun[0].endswith("'s"):
        return closed
    return closed and lowered[0] not in words("stops") and not lowered[0].endswith("ing")


def closes_as_title(word: str, *, person: bool, before: str = "") -> bool:
    """Say whether a title before a name may end in this word.

    before: the word before it; "member" is a title only as "council member".
    """
    word = word.strip("(“\"‘'")
    if person and word.lower() == "member" and before.lower() in words("bodies"):
        return True
    if word.lower() in words("title_endings") and word[:1].isupper():
        return person
    return (
        is_head(word, person=person)
        and word.lower() not in words("no_titles")
        and not word.endswith((",", ";", ":"))
    )


def title_start(tokens: Sequence[tuple[int, str]], *, person: bool) -> int | None:
    """Return where a title begins that ends with the last of these tokens, each with its offset."""
    start: int | None = None
    end = tokens[-1][0] + len(tokens[-1][1])
    at = len(tokens) - 1
    while at >= 0:
        offset, raw = tokens[at]
        word = raw.lstrip("(“\"‘'—–[")
        if (start is not None and _closes_clause(raw)) or end - offset > MAX_TITLE:
            break
        if _links(tokens, at, person=person) and start is not None:
            at -= 1
            continue
        if not word or not _modifies(word):
            break
        start = offset + len(raw) - len(word)
        if len(word) != len(raw):
            break
        at -= 1
    if start is None:
        return None
    inside = [raw for offset, raw in tokens if offset >= start]
    before = [raw.lower() for offset, raw in tokens if offset < start]
    verb = len(inside) == 1 and bool(before) and before[-1] in words("before_verbs")
    return None if verb or not any(is_head(w, person=person) for w in inside) else start


def _closes_clause(raw: str) -> bool:
    return raw[-1] in ',;:.!?)”"—–' and not re.fullmatch(r"(?:[A-Z]\.)+|[A-Z][a-z]{1,4}\.", raw)


def _links(tokens: Sequence[tuple[int, str]], at: int, *, person: bool) -> bool:
    """Say whether a small word joins two parts of a title: "Secretary of State", "founder and head"."""
    word = tokens[at][1].lower()
    if at == 0 or word not in {"of", "for", "and", "&"}:
        return False
    before = tokens[at - 1][1]
    if not is_head(before, person=person) or _closes_clause(before):
        return False
    return word in {"of", "for"} or is_head(tokens[-1][1], person=person)


def _modifies(word: str) -> bool:
    """Say whether a word may stand in a title before its head."""
    lower = word.lower().replace("’", "'")
    if lower in words("roles") or lower in words("modifiers") or lower in words("body_roles"):
        return True
    if lower.rstrip(".") in words("weekdays_months"):
        return False
    if word in {"US", "UK", "EU", "UN"} or lower.endswith("-winning") or lower == "winning":
        return True
    if lower in words("stops") or lower in words("speech") or lower in verb_forms():
        return False
    if word[0].isupper() or word[0].isdigit():
        return True
    return word[0].isalpha() and not lower.endswith(("ing", "ed", "ly"))
