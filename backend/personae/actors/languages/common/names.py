"""Names in a text of any language: the model's entities with their edges repaired, and made consistent."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from personae.actors.languages.common.word_table import NO_WORDS, WordTable
from personae.actors.names.recogniser import Entity
from personae.actors.names.split_entities import join_split_people
from personae.actors.text.found_names import FoundNames, Kind, Name
from personae.actors.text.punctuation import MORE_EDGES
from personae.actors.text.scripts import goes_on, occurrences
from personae.actors.text.text_units import Block

KINDS: Mapping[str, Kind] = {
    "PER": "person",
    "PERSON": "person",
    "PRS": "person",
    "persName": "person",
    "ORG": "organization",
    "orgName": "organization",
    "LOC": "place",
    "GPE": "place",
    "placeName": "place",
    "MISC": "thing",
}
_PEOPLE = frozenset(label for label, kind in KINDS.items() if kind == "person")
_FIRST_WORD = re.compile(r"(\w+)('|\.? )")
_ABBREVIATED = re.compile(r"(?:\b\w\.)+\w?\.?$")


def find(
    blocks: Sequence[Block],
    entities: Sequence[Sequence[Entity]],
    words: WordTable,
    states: Collection[str],
) -> FoundNames:
    """Return the names of an article.

    entities: what the model found in each block; states: what the states of the world are called.
    """
    votes: dict[str, Counter[Kind]] = defaultdict(Counter)
    for block, row in zip(blocks, entities, strict=True):
        # Where names have cases, two in a row are one's owner and his wife, not halves of a name.
        for entity in row if words.forms else join_split_people(row, block.plain, _PEOPLE):
            if entity.label in KINDS:
                start, end = _trimmed(block, entity, words)
                text = block.text[start:end]
                if _is_name(text) and text.lower() not in words.no_names:
                    votes[text][KINDS[entity.label]] += 1
    kinds: dict[str, Kind] = {text: count.most_common(1)[0][0] for text, count in votes.items()}
    for text in states:
        if kinds.get(text) != "person":
            kinds[text] = "place"
    for text in words.seats:
        kinds.setdefault(text, "place")
    everything = "\n".join(block.text for block in blocks)
    for form, text in words.inflection.in_text(everything, kinds).items():
        kinds[form] = kinds[text]
    return repeated(blocks, kinds, words)


def repeated(blocks: Sequence[Block], kinds: Mapping[str, Kind], words: WordTable = NO_WORDS) -> FoundNames:
    """Return every place where one of the strings stands, the longest first where they overlap."""
    everything = "\n".join(block.text for block in blocks)
    texts = sorted((t for t in kinds if t in everything), key=lambda t: (-len(t), t))
    if not texts:
        return FoundNames()
    pattern = occurrences(texts)
    return FoundNames(
        [
            Name(number, match.start(), match.end(), match[0], kinds[match[0]])
            for number, block in enumerate(blocks)
            for match in pattern.finditer(block.text, block.body_start)
            if not _inside_longer(block.text, match, kinds, words)
        ]
    )


def _inside_longer(text: str, match: re.Match[str], kinds: Mapping[str, Kind], words: WordTable) -> bool:
    """Return whether a word is only part of a longer one: "Guinea" in "Guinea-Bissau".

    Where long words have their noun at the end, that goes for every name: a party in "X-leader".
    """
    if goes_on(text, match.end()):
        return True
    if kinds[match[0]] != "place" and not words.compounds:
        return False
    return bool(re.match(r"-\w", text[match.end() : match.end() + 2])) or text[: match.start()].endswith("-")


def _trimmed(block: Block, entity: Entity, words: WordTable) -> tuple[int, int]:
    """Move the edges inward over punctuation, elided words, honorifics and what begins in lower case."""
    text, (start, end) = block.plain, entity[:2]
    before = (-1, -1)
    while before != (start, end) and start < end:
        before = (start, end)
        while start < end and text[start] in MORE_EDGES:
            start += 1
        while start < end and text[end - 1] in MORE_EDGES and not _ABBREVIATED.search(text, start, end):
            end -= 1
        start = _first_word(text, start, end, words, person=entity.label in _PEOPLE)
    return start, end


def _first_word(text: str, start: int, end: int, words: WordTable, *, person: bool) -> int:
    """Return where the name begins once its first word is looked at."""
    match = _FIRST_WORD.match(text, start, end)
    if match is None:
        return start
    word, follows = match[1].lower(), match[2]
    if follows == "'":
        return match.end() if word in words.elided else start
    if word in words.honorifics and match[1][0].isupper():
        return match.end()
    if word in words.bodies and match[1][0].islower():
        return start
    is_role = words.is_noun(word, person=True)
    is_body = words.is_noun(word, person=False)
    drop = match[1][0].islower() and (is_role or is_body or word in words.determiners)
    if not drop and not (person and (is_role or word in words.modifiers)):
        return start
    # "President of the Republic" names nobody, "President Lee" does.
    rest = text[match.end() : end].split(maxsplit=1)[0].lower()
    return end if rest in words.links else match.end()


def _is_name(text: str) -> bool:
    return (
        len(text) > 1
        and any(c.isupper() or (c.isalpha() and c.lower() == c.upper()) for c in text)
        and not text[0].isdigit()
        and not re.search(r"[@<>{}=\\]|https?:|www\.|\n", text)
    )
