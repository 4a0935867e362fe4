"""A string that is a name in one place is that name everywhere: vote on its kind, and find it again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.words.bodies import well_known
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import alternatives
from personae.actors.languages.en.words.sentences import begins_sentence
from personae.actors.tables.name_words import surname
from personae.actors.text.spelling import normal

# After a surname at the beginning of a sentence, where a common noun would want an article: "Hill said".
_SURNAME_ALONE = re.compile(rf"['’]s |, \d\d, | (?:{alternatives('speech')}|was|had|is|has|also|did)(?!\w)")
_SMALL_WORD = re.compile(r"(?<![\w-])[a-z][a-z]+")


def repeat(store: NameStore) -> None:
    """Find each name again wherever the article has the same string."""
    _vote(store)
    _settle_people(store.labels)
    known = _known(store.labels)
    if pattern := _pattern(known):
        _scan(store, known, pattern)


def _vote(store: NameStore) -> None:
    """Count the labels of each string; capitals that the model takes for a people abbreviate a body."""
    for text, start, end, label in store.items():
        name = normal(text[start:end])
        acronym = label == "NORP" and name.isupper()
        store.labels[name]["ORG" if acronym else label] += 1


def _settle_people(labels: Mapping[str, Counter[str]]) -> None:
    """Make "Ishiba" a person where "Shigeru Ishiba" is one, and "Shigeru", whatever the model says."""
    full = [n for n, votes in labels.items() if " " in n and votes.most_common(1)[0][0] == "PERSON"]
    surnames = {surname(n) for n in full}
    parts = {part for n in full for part in _parts(n)} - surnames
    given = {n.partition(" ")[0] for n in full}
    table = countries()
    for name, votes in labels.items():
        place = name in table.names or name in table.states
        if not place and (
            name in surnames
            or (name in given and name not in table.seats and name not in well_known())
            or (name in parts and votes["PERSON"] * 3 >= sum(votes.values()))
        ):
            votes["PERSON"] += 1 + sum(votes.values())


def _parts(name: str) -> Iterator[str]:
    """Yield what a full name may be shortened to: one word of it, or its last words."""
    parts = name.split()
    yield from parts
    for first in range(1, len(parts) - 1):
        yield " ".join(parts[first:])


def _known(labels: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Return the label of each string, and of the surnames of full names."""
    known = {name: votes.most_common(1)[0][0] for name, votes in labels.items()}
    for name in list(known):
        if known[name] == "PERSON" and " " in name:
            known.setdefault(surname(name), "PERSON")
    return known


def _pattern(known: Mapping[str, str]) -> re.Pattern[str] | None:
    """Return what finds the names, the longest first; None when there is none to find."""
    names = sorted((n for n in known if len(n) > 1 and known[n] != "NORP"), key=len, reverse=True)
    strings = "|".join(re.escape(name).replace("'", "['’]") for name in names)
    return (
        re.compile(
            rf"(?<![\w@#/.-])(?:{strings})(?![\w@]|\.\w|-(?!(?:led|backed|based|style|owned|run)\b)\w)"
        )
        if names
        else None
    )


def _scan(store: NameStore, known: Mapping[str, str], pattern: re.Pattern[str]) -> None:
    """Add the names where the pattern finds them and nothing else stands.

    What the text also writes small is not believed where every word has a capital.
    """
    small = {word for block in store.blocks for word in _SMALL_WORD.findall(block.text)}
    surnames = {surname(name) for name, label in known.items() if label == "PERSON" and " " in name}
    for number, block in enumerate(store.blocks):
        for match in pattern.finditer(block.text, block.body_start):
            name = normal(match[0])
            doubtful = name.lower() in small and (
                block.is_heading_case or begins_sentence(block.text, match.start())
            )
            if doubtful and name in surnames and _SURNAME_ALONE.match(block.text, match.end()):
                doubtful = block.is_heading_case
            if name in known and not doubtful and store.is_free(number, *match.span()):
                store.put(number, *match.span(), known[name])
