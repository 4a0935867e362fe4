"""Names in a text of any language: the model's entities with their edges repaired, and made consistent."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from personae.actors.languages.common.words import Lexicon
from personae.actors.languages.en.names.find import Kind, Name
from personae.actors.names.recogniser import Entity, Recogniser
from personae.actors.text.scripts import goes_on, occurrences
from personae.actors.text.text_units import Block

KINDS: dict[str, Kind] = {
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
_EDGES = " \t\n\"“”„‟‘’',;:()[]{}«»‹›–—-*•…!?@#|/."
_FIRST_WORD = re.compile(r"(\w+)('|\.? )")
_ABBREVIATED = re.compile(r"(?:\b\w\.)+\w?\.?$")


def find(
    blocks: Sequence[Block], recogniser: Recogniser, words: Lexicon | None, known: dict[str, str]
) -> list[Name]:
    """Return the names of an article in reading order. known: the states' names."""
    votes: dict[str, Counter[Kind]] = defaultdict(Counter)
    for block, entities in zip(blocks, recogniser.entities([b.plain for b in blocks]), strict=True):
        for entity in _joined(entities, block.plain):
            if entity.label in KINDS:
                start, end = _trimmed(block, entity, words)
                text = block.text[start:end]
                if _is_name(text) and not (words and text.lower() in words.no_names):
                    votes[text][KINDS[entity.label]] += 1
    kinds: dict[str, Kind] = {text: count.most_common(1)[0][0] for text, count in votes.items()}
    for text in known:
        if kinds.get(text) != "person":
            kinds[text] = "place"
    for text in words.seats if words else ():
        kinds.setdefault(text, "place")
    return repeated(blocks, kinds)


def repeated(blocks: Sequence[Block], kinds: dict[str, Kind]) -> list[Name]:
    """Return every place where one of the strings stands, the longest first where they overlap."""
    everything = "\n".join(block.text for block in blocks)
    texts = sorted((t for t in kinds if t in everything), key=lambda t: (-len(t), t))
    if not texts:
        return []
    pattern = occurrences(texts)
    return [
        Name(number, match.start(), match.end(), match[0], kinds[match[0]])
        for number, block in enumerate(blocks)
        for match in pattern.finditer(block.text, block.body_start)
        if not _inside_longer(block.text, match, kinds)
    ]


def _inside_longer(text: str, match: re.Match[str], kinds: dict[str, Kind]) -> bool:
    """Say whether a word is only part of a longer one: "Guinée" in "Guinée-Bissau"."""
    if goes_on(text, match.end()):
        return True
    if kinds[match[0]] != "place":
        return False
    return bool(re.match(r"-\w", text[match.end() : match.end() + 2])) or text[: match.start()].endswith("-")


def _joined(entities: Sequence[Entity], plain: str) -> Iterator[Entity]:
    """Join people's names that the model cut in two."""
    waiting: Entity | None = None
    for entity in entities:
        if waiting is None:
            waiting = entity
        elif (
            KINDS.get(waiting.label) == KINDS.get(entity.label) == "person"
            and plain[waiting.end : entity.start] == " "
        ):
            waiting = Entity(waiting.start, entity.end, waiting.label)
        else:
            yield waiting
            waiting = entity
    if waiting is not None:
        yield waiting


def _trimmed(block: Block, entity: Entity, words: Lexicon | None) -> tuple[int, int]:
    """Move the edges inward over punctuation, elided words, honorifics and what begins in lower case."""
    text, (start, end) = block.plain, entity[:2]
    before = (-1, -1)
    while before != (start, end) and start < end:
        before = (start, end)
        while start < end and text[start] in _EDGES:
            start += 1
        while start < end and text[end - 1] in _EDGES and not _ABBREVIATED.search(text, start, end):
            end -= 1
        start = _first_word(text, start, end, words)
    return start, end


def _first_word(text: str, start: int, end: int, words: Lexicon | None) -> int:
    """Return where the name begins once its first word is looked at."""
    match = _FIRST_WORD.match(text, start, end)
    if match is None or words is None:
        return start
    word, follows = match[1].lower(), match[2]
    if follows == "'":
        return match.end() if word in words.elided else start
    if word in words.honorifics and match[1][0].isupper():
        return match.end()
    if word in words.bodies and match[1][0].islower():
        return start
    drop = match[1][0].islower() and (word in words.body_roles | words.roles | words.determiners)
    if not drop and word not in words.modifiers | words.roles:
        return start
    # "président de la République" names nobody, "président Le Gall" does.
    rest = text[match.end() : end].split(maxsplit=1)[0].lower()
    return end if rest in words.links else match.end()


def _is_name(text: str) -> bool:
    return (
        len(text) > 1
        and any(c.isupper() or (c.isalpha() and c.lower() == c.upper()) for c in text)
        and not text[0].isdigit()
        and not re.search(r"[@<>{}=\\]|https?:|www\.|\n", text)
    )


def before(names: Sequence[Name], block: int, start: int) -> list[Name]:
    """Return the names of a block that end at `start` or earlier; names: in reading order."""
    first = bisect_left(names, (block, 0), key=lambda n: (n.block, n.start))
    return [n for n in names[first:] if n.block == block and n.end <= start]
