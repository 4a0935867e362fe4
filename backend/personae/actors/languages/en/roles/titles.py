"""What stands before a name without a comma: "U.S. Secretary of State X", "board members X and Y"."""

from __future__ import annotations

import re

from personae.actors.languages.en.roles.place import Beside, Span
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.descriptions import (
    closes_as_title,
    is_head,
    singular,
    title_start,
)
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.languages.en.words.verbs import verb_forms

_WINDOW = 130  # characters before a name that may hold its title

# With a capital: "the law professor" is no honorific.
_HONORIFIC = re.compile(rf"(?<![\w-])(?:{alternatives('honorifics')})\.? $")


def title(at: Beside) -> Span | None:
    """Find "U.S. Secretary of State" before "John Kerry"."""
    end = _before_honorific(at)
    tokens = _words_before(at.text, end)
    before = tokens[-2][1] if len(tokens) > 1 else ""
    if not tokens or not closes_as_title(tokens[-1][1], person=at.person, before=before):
        return None
    if end < at.name.start and tokens[-1][1].lower() in words("modifiers"):
        end = at.name.start  # "Chief Rabbi X"
    if _CLOCK.search(f"{before} {tokens[-1][1]}"):
        return None
    start = title_start(tokens, person=at.person)
    return None if start is None else (start, end - 1)


_CLOCK = re.compile(r"^\d[\d:.]* ?(?:pm|PM|am|AM)$")


def _before_honorific(at: Beside) -> int:
    end = at.name.start
    honorific = _HONORIFIC.search(at.text, max(0, end - 12), end) if at.person else None
    return honorific.start() if honorific else end


def _words_before(text: str, end: int) -> list[tuple[int, str]]:
    """Return the words before `end`, each with its offset, when a space parts them from it."""
    if text[end - 1 : end] != " ":
        return []
    first = max(0, end - _WINDOW)
    tokens = [(first + m.start(), m[0]) for m in re.finditer(r"\S+", text[first:end])]
    return tokens[1:] if first else tokens  # the first one is cut in two by the window


_PREPOSITIONS = frozenset({"of", "at", "for"})
_LONGEST_COMPLEMENT = 7  # words


def title_with_complement(at: Beside) -> Span | None:
    """Find "minister of mines and energy" and "Manager at Orbit Travel" before a person's full name."""
    first, _, rest = at.name.text.partition(" ")
    if not at.person or not rest or first.lower() in words("title_endings"):
        return None
    end = _before_honorific(at)
    tokens = _words_before(at.text, end)
    for back in range(2, min(len(tokens), _LONGEST_COMPLEMENT + 1) + 1):
        word = tokens[-back][1]
        if _ends_phrase(word):
            return None
        if word in _PREPOSITIONS:
            head = tokens[: len(tokens) - back]
            if not _is_complement(at, tokens[len(tokens) - back + 1 :], end) or not head:
                continue
            return _office_start(head, end)
    return None


def _ends_phrase(word: str) -> bool:
    return word[-1] in ',;:.!?”")' or word.lower() in verb_forms()


def _is_complement(at: Beside, tokens: list[tuple[int, str]], end: int) -> bool:
    """Return whether these words may be what somebody is minister of: all names, or all nouns."""
    inside = [word for _, word in tokens if word not in {"the", "and", "&", "of", "for"}]
    if not inside or tokens[-1][1] not in inside or is_head(tokens[-1][1], person=True):
        return False
    if any(tokens[0][0] <= n.start < end for n in at.people()):
        return False
    lowered = [word.lower() for word in inside]
    if any(w in words("stops") or w in words("pronouns") or _ends_phrase(w) for w in lowered):
        return False
    last = lowered[-1]
    if last in words("works") or last in words("things") or last in words("body_roles"):
        return all(word[0].isupper() for word in inside)
    return all(word[0].isupper() for word in inside) or all(word.islower() for word in inside)


def _office_start(tokens: list[tuple[int, str]], end: int) -> Span | None:
    head = tokens[-1][1]
    relation = head.lower() in words("relations") or head.lower() in words("relational")
    if relation or not closes_as_title(head, person=True) or head.lower() in words("shared_roles"):
        return None
    start = title_start(tokens, person=True)
    return None if start is None else (start, end - 1)


def shared_title(at: Beside) -> Span | None:
    """Find "board members" before "Ann Lee and Tom Fox", for both."""
    row = at.series()
    if row is None:
        return None
    end = row[0].start
    tokens = _words_before(at.text, end)
    if not tokens or not (one := singular(tokens[-1][1])):
        return None
    before = tokens[-2][1] if len(tokens) > 1 else ""
    if not closes_as_title(one, person=True, before=before):
        return None
    start = title_start([*tokens[:-1], (tokens[-1][0], one)], person=True)
    return None if start is None else (start, end - 1)


def people_before(at: Beside) -> Span | None:
    """Find "Colombian" in "She beat Colombian Ann Lee"."""
    tokens = _words_before(at.text, at.name.start) if at.person and " " in at.name.text else []
    if not tokens or tokens[-1][1] not in countries().people:
        return None
    return tokens[-1][0], at.name.start - 1
