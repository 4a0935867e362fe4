"""Whether a phrase describes somebody: its head is the noun of a role, and no verb runs through it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from personae.actors.languages.en.words.lists import words
from personae.actors.languages.en.words.sentences import abbreviates
from personae.actors.languages.en.words.verbs import verb_forms
from personae.actors.text.punctuation import typewritten

MAX_WORDS = 16
MAX_TITLE = 110  # characters
_WORD = re.compile(r"[^\W_][\w'’&./-]*")
_ORDINAL = re.compile(r"\d{4}|\d{1,3}(?:st|nd|rd|th|-[a-z][\w-]*)")


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
    if word.endswith("wives"):
        return word[:-3] + "fe"
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
    if len(phrase.tokens) <= len(("a", "noun")):
        return False  # "a surprise", "a generous, lively show"
    if phrase.person and is_head(noun[-1], person=False) and not is_head(phrase.tokens[-1], person=True):
        return False  # "X of the council, a group of experts"; but "a University of Leeds botanist"
    return noun[-1] not in words("remarks") and not set(noun[1:]) & words("stops")


def _is_bare(phrase: _Phrase) -> bool:
    """Return whether a phrase without an article is one: "chief executive of Orrin", no "promoting it"."""
    opening = phrase.opening
    if opening in words("stops") or opening in words("pronouns") or set(phrase.noun) & words("no_links"):
        return False
    known = is_head(opening, person=phrase.person) or opening in words("modifiers")
    named = phrase.tokens[0][:1].isupper() and opening not in verb_forms()
    return known or named or not _is_like_verb(opening)


def _is_like_verb(word: str) -> bool:
    return (
        word.endswith(("ing", "ed", "ly")) and "-" not in word and word not in words("modifiers_like_verbs")
    )


def _has_plural_head(phrase: _Phrase) -> bool:
    return any(is_head(singular(token) or token, person=phrase.person) for token in phrase.tokens)


# How a phrase opens, and when one that opens so describes somebody; the first that fits decides.
_CASES: tuple[tuple[Callable[[_Phrase], bool], Callable[[_Phrase], bool]], ...] = (
    (_is_indefinite, lambda phrase: phrase.closed or _is_no_remark(phrase)),
    (_is_one_of, _has_plural_head),
    (_is_definite, lambda phrase: phrase.closed),
    (
        lambda _: True,
        lambda phrase: phrase.closed and _is_bare(phrase),
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
        and (person or word.lower() != "host")  # "Villa host Porto"
        and not word.endswith((",", ";", ":", "”", '"'))
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
        if start is not None and at and _is_recent(tokens[at - 1][1], raw):
            at -= 1  # "recently named executive chair"
            start = tokens[at][0]
            at -= 1
            continue
        if _links(tokens, at, person=person) and start is not None:
            at -= 1
            continue
        if not word or not _modifies(word):
            break
        start = offset + len(raw) - len(word)
        if len(word) != len(raw):
            break
        at -= 1
    return None if start is None else _checked_start(tokens, start, person=person)


def _is_recent(adverb: str, participle: str) -> bool:
    return participle.lower() in words("appointive") and adverb.lower() in words("recent")


def _checked_start(tokens: Sequence[tuple[int, str]], start: int, *, person: bool) -> int | None:
    """Return where a title begins without the verb before it: "affects actor", "will face Democrat"."""
    inside = [(max(offset, start), raw) for offset, raw in tokens if offset + len(raw) > start]
    before = [raw.lower() for offset, raw in tokens if offset + len(raw) <= start]
    verbs = [i for i, (_, raw) in enumerate(inside[:-1]) if _is_third_person(raw, person=person)]
    if not verbs and len(inside) > 1 and _is_verb(inside[0][1], before, person=person):
        verbs = [0]
    if not verbs and len(inside) > 1 and before[-1:] == ["to"] and _is_before_name(inside, person=person):
        verbs = [0]  # "to blast Democratic candidate X"
    if verbs:
        before += [raw.lower() for _, raw in inside[: verbs[-1] + 1]]
        inside = inside[verbs[-1] + 1 :]
    last = before[-1] if before else ""
    alone = len(inside) == 1 and last in words("before_verbs")
    alone = alone and (last != "to" or inside[0][1] in words("roles_like_verbs"))
    if alone or not any(is_head(raw, person=person) for _, raw in inside):
        return None
    return inside[0][0]


def _is_before_name(inside: Sequence[tuple[int, str]], *, person: bool) -> bool:
    word = inside[0][1]
    known = is_head(word, person=person) or word in words("modifiers")
    return word.islower() and not known and inside[1][1][:1].isupper()


def _is_third_person(word: str, *, person: bool) -> bool:
    third = word.islower() and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "'s"))
    return third and not (is_head(word, person=person) or word in words("plural_modifiers"))


def _is_verb(word: str, before: Sequence[str], *, person: bool) -> bool:
    """Return whether the first word of what looks like a title is a verb, by what precedes."""
    if not word.islower() or is_head(word, person=person) or word in words("modifiers"):
        return False
    last = before[-1] if before else ""
    if last == "to":
        return word in words("verbs") or word in words("irregular_bases")
    return last in words("before_verbs") or last in {"which", "that"} or last.endswith("ly")


def _closes_clause(raw: str) -> bool:
    return raw[-1] in ',;:!?)”"—–' or (raw[-1] == "." and not _goes_on(raw))


def _goes_on(raw: str) -> bool:
    """Return whether the full stop of a word before a title belongs to it: "Gen.", "U.S.", "Inc."."""
    return abbreviates(f"{raw} X", len(raw) - 1) and typewritten(raw[:-1]) not in words("places_and_dates")


def _links(tokens: Sequence[tuple[int, str]], at: int, *, person: bool) -> bool:
    """Return whether a small word joins two parts of a title: "Secretary of State", "founder and head"."""
    word = tokens[at][1].lower()
    if at == 0 or word not in {"of", "for", "and", "&"}:
        return False
    before = tokens[at - 1][1]
    if not is_head(before, person=person) or _closes_clause(before):
        return False
    last = is_head(tokens[-1][1], person=person)
    if word in {"and", "&"}:
        return last
    # "granddaughter of the founder X" names the founder; "Chief of Army Staff General X" one with two titles.
    return not last or (before[0].isupper() and tokens[-1][1][0].isupper())


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
    if word[0].isdigit():
        return _ORDINAL.fullmatch(word) is not None
    return word[0].isupper() or (word[0].isalpha() and not _is_like_verb(lower))
