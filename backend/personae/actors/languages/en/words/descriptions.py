"""Whether a phrase describes somebody: its head is the noun of a role, and no verb runs through it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from personae.actors.languages.en.words.lists import words
from personae.actors.languages.en.words.verbs import verb_forms
from personae.actors.text.punctuation import typewritten

MAX_WORDS = 16
MAX_TITLE = 110  # characters
_WORD = re.compile(r"[^\W_][\w'’&./-]*")


@cache
def _heads(*, person: bool) -> frozenset[str]:
    return words("roles") if person else words("body_roles")


def is_head(word: str, *, person: bool) -> bool:
    """Return whether a word may be the noun of a description."""
    word = typewritten(word).strip('“”"(),')
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
    """Return whether a title of one word is an office, written out with a capital: "President"."""
    return title[:1].isupper() and title.lower() in words("offices")


class _Phrase(NamedTuple):
    """A noun phrase.

    tokens: its words as spelled; noun: those up to a complement, in lower case; closed: the last of these is
    the noun of a description; loose: it stands right after a name.
    """

    tokens: Sequence[str]
    noun: Sequence[str]
    closed: bool
    person: bool
    loose: bool

    @property
    def opening(self) -> str:
        return self.noun[0]


def _is_indefinite(phrase: _Phrase) -> bool:
    return phrase.loose and phrase.opening in {"a", "an"}


def _is_one_of(phrase: _Phrase) -> bool:
    return phrase.opening == "one" and len(phrase.noun) == 1


def _is_definite(phrase: _Phrase) -> bool:
    return phrase.opening in words("determiners") or phrase.opening.endswith("'s")


def _is_no_remark(phrase: _Phrase) -> bool:
    """Return whether "a …" may describe somebody though its noun is in no table: "a wonder of the stage"."""
    noun = phrase.noun
    return len(noun) > 1 and noun[-1] not in words("remarks") and not set(noun[1:]) & words("stops")


def _has_plural_head(phrase: _Phrase) -> bool:
    return any(is_head(token.removesuffix("s"), person=phrase.person) for token in phrase.tokens)


# How a phrase opens, and when one that opens so describes somebody; the first that fits decides.
_CASES: tuple[tuple[Callable[[_Phrase], bool], Callable[[_Phrase], bool]], ...] = (
    (_is_indefinite, lambda phrase: phrase.closed or _is_no_remark(phrase)),
    (_is_one_of, _has_plural_head),
    (_is_definite, lambda phrase: phrase.closed),
    (
        lambda _: True,
        lambda phrase: (
            phrase.closed and phrase.opening not in words("stops") and not phrase.opening.endswith("ing")
        ),
    ),
)


def is_description(phrase: str, *, person: bool, loose: bool = False) -> bool:
    """Return whether a noun phrase describes somebody: "a sociologist at the university", "UiPath CEO".

    loose: believe "a …" of any noun, which an apposition right after a name makes likely.
    """
    tokens = _WORD.findall(phrase)
    if not 0 < len(tokens) <= MAX_WORDS:
        return False
    lowered = [typewritten(token) for token in tokens]
    until = next((i for i, w in enumerate(lowered) if w in words("complements") and i), len(lowered))
    noun = lowered[:until]
    if any(word in words("auxiliaries") or word in words("speech") for word in noun):
        return False
    parsed = _Phrase(tokens, noun, is_head(tokens[until - 1], person=person), person, loose)
    return next(describes(parsed) for opens, describes in _CASES if opens(parsed))


def closes_as_title(word: str, *, person: bool, before: str = "") -> bool:
    """Return whether a title before a name may end in this word.

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
    """Return whether a small word joins two parts of a title: "Secretary of State", "founder and head"."""
    word = tokens[at][1].lower()
    if at == 0 or word not in {"of", "for", "and", "&"}:
        return False
    before = tokens[at - 1][1]
    if not is_head(before, person=person) or _closes_clause(before):
        return False
    return word in {"of", "for"} or is_head(tokens[-1][1], person=person)


def _modifies(word: str) -> bool:
    """Return whether a word may stand in a title before its head."""
    lower = typewritten(word)
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
