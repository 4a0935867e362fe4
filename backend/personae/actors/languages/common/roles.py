"""Who somebody is, in the text's own words, by the table of the language.

"le ministre de l'Intérieur, X": the noun of a role before the name, with all that belongs to it;
"X, ministre de l'Intérieur": the same after it; "X est un ministre". Where a word does not belong to a
description, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from personae.actors.languages.common.words import Lexicon
from personae.actors.languages.en.merge.clusters import Cluster
from personae.actors.languages.en.names.find import Name
from personae.actors.text.text_units import Block

MAX_WORDS = 14
_WINDOW = 120  # characters before a name that may hold its title
_WORD = re.compile(r"[^\W\d_]+['’]|[\w-]+(?:['’](?=\w))?|\S")
_CLAUSE = re.compile(r"[.;:!?«»“”\"()—–]")
_AFTER_COMMA = re.compile(r"[,.;)]|$| \w")
_AGE = re.compile(r", \d{1,3} ans(?=,)")
_END = re.compile(r"[.;:!?«»“”\"()—–,\n]|$")


def best_role(blocks: Sequence[Block], made: Cluster, words: Lexicon | None) -> str | None:
    """Return the first description of more than a word, else the longest, else None."""
    if words is None or made.type == "country":
        return None
    found = list(_roles(blocks, made, words))
    return next((role for role in found if " " in role), max(found, key=len, default=None))


def _roles(blocks: Sequence[Block], made: Cluster, words: Lexicon) -> Iterator[str]:
    person = made.type == "person"
    for name in made.names:
        block = blocks[name.block]
        for span in (
            _after(block.text, name, words, person=person),
            _before(block.text, name, words, person=person),
        ):
            if span is not None and span[0] >= block.body_start:
                yield block.text[slice(*span)]


def title_before(text: str, start: int, words: Lexicon, *, person: bool = True) -> tuple[int, int] | None:
    """Return the description that ends right before a name at `start`."""
    end = start
    honorific = re.search(r"(\w+)\.? $", text[max(0, start - 12) : start])
    if honorific and honorific[1].lower() in words.honorifics:
        end = start - len(honorific[0])
    lead = text[:end]
    comma = lead.endswith(", ")
    if not (comma or lead.endswith(" ")):
        return None
    end -= 2 if comma else 1
    first = max(0, end - _WINDOW)
    cuts = [m.end() for m in _CLAUSE.finditer(text, first, end)] + [first]
    tokens = [(m.start(), m[0]) for m in _WORD.finditer(text, max(cuts), end)]
    return _noun_phrase(tokens, end, words, person=person)


def _before(text: str, name: Name, words: Lexicon, *, person: bool) -> tuple[int, int] | None:
    span = title_before(text, name.start, words, person=person)
    if span and text[: name.start].endswith(", ") and not _AFTER_COMMA.match(text, name.end):
        return None
    return span


def _noun_phrase(
    tokens: Sequence[tuple[int, str]], end: int, words: Lexicon, *, person: bool
) -> tuple[int, int] | None:
    """Return the widest description that ends with the last token and that no verb runs through."""
    nouns = words.nouns(person=person)
    start = None
    for at in range(len(tokens) - 1, max(-1, len(tokens) - 1 - MAX_WORDS), -1):
        raw = tokens[at][1]
        word = _plain(raw)
        if word == "," or (word not in nouns and word in words.stops | words.verbs | words.cues):
            break
        if at == len(tokens) - 1 and (word in words.links or word in words.determiners):
            break  # "la mère de X"
        if word in nouns or word.split("-")[0] == "ex":
            lead = _plain(tokens[at - 1][1]) if at else ","
            if lead == "," or lead in words.determiners | words.modifiers:
                start = at
                while start and _plain(tokens[start - 1][1]) in words.modifiers:
                    start -= 1
                break
        elif not _belongs(raw, words):
            break
    return None if start is None else (tokens[start][0], end)


def _belongs(raw: str, words: Lexicon) -> bool:
    return raw[0].isalnum() or _plain(raw) in words.links


def _plain(raw: str) -> str:
    return raw.lower().replace("’", "'")


def _after(text: str, name: Name, words: Lexicon, *, person: bool) -> tuple[int, int] | None:
    """Find "ministre de l'Intérieur" or "la présidente du club" after a name and a comma."""
    at = name.end
    if age := _AGE.match(text, at):
        at = age.end()
    opening = re.compile(r", | \((?=\w)| est | était ").match(text, at)
    if opening is None:
        return None
    start = opening.end()
    end = _END.search(text, start)
    phrase = text[start : end.start() if end else len(text)]
    tokens = [(start + m.start(), m[0]) for m in _WORD.finditer(phrase)]
    stop = next((i for i, t in enumerate(tokens) if i and _plain(t[1]) in words.stops), len(tokens))
    tokens = tokens[:stop]
    nouns = words.nouns(person=person)
    head = next((i for i, t in enumerate(tokens[:4]) if _plain(t[1]) in nouns), None)
    lead = [_plain(t[1]) for t in tokens[: head or 0]]
    if head is None or not all(w in words.determiners | words.modifiers for w in lead):
        return None
    if opening[0].startswith(" e") and not (set(lead) & words.determiners):
        return None
    tokens = tokens[:MAX_WORDS]
    while tokens and (_plain(tokens[-1][1]) in words.links | words.determiners):
        tokens = tokens[:-1]
    begins = (
        tokens[head - sum(w in words.modifiers for w in lead)][0]
        if lead and lead[0] in _CONTRACTED
        else tokens[0][0]
    )
    return begins, tokens[-1][0] + len(tokens[-1][1])


_CONTRACTED = frozenset({"du", "des", "aux", "au"})
