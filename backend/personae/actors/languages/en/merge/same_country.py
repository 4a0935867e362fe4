"""Which names are a country's: those of the table; its seat and its government where they act."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.verbs import follows_verb
from personae.actors.text.found_names import Kind, Name
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block

_DEALT_WITH = re.compile(
    r"(?:\b(?:[Bb]y|[Aa]gainst|[Uu]rged|[Aa]ccused|[Pp]ressed|[Bb]lamed?|[Ww]arned|[Bb]etween|[Mm]uch of)"
    r"|pact|deal|talks with|ties with) (?:the )?$"
)
_MUCH = re.compile(r"\b[Mm]uch of (?:the )?$")
_PLACED = re.compile(
    r"\b(?:in|at|from|near|across|around|outside|inside|into|through|to|over|towards?|of|on|downtown|central)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def in_table(order: Sequence[str], kinds: Mapping[str, Kind]) -> Iterator[tuple[str, str]]:
    """Yield each string that is a country's name, with the country."""
    names = countries().names
    yield from ((text, names[text]) for text in order if text in names and kinds[text] == "place")


def acts(block: Block, name: Name) -> bool:
    """Return whether a capital stands for its government here: it does something, or is dealt with."""
    if normal(name.text) not in countries().seats:
        return False
    before = block.text[max(0, name.start - 40) : name.start]
    if _MUCH.search(before):
        return True
    if _PLACED.search(before):
        return False
    return follows_verb(block.text, name.end) or bool(_DEALT_WITH.search(before))


def governments(
    blocks: Sequence[Block], names: Sequence[Name], named: Collection[str]
) -> Iterator[tuple[str, Name]]:
    """Find "the Swedish government" and "the US government", for the countries that the article names.

    A name that stands within such words is part of them.
    """
    table = countries()
    whose = {called: country for called, country in (table.people | table.names).items() if country in named}
    if not whose:
        return
    taken: dict[int, list[Name]] = {}
    for name in names:
        if name.kind not in {"people", "nothing"}:
            taken.setdefault(name.block, []).append(name)
    called = "|".join(map(re.escape, sorted(whose, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])({called}) (?:[Ff]ederal |[Cc]entral )?[Gg]overnment(?!\w)")
    for number, block in enumerate(blocks):
        for match in pattern.finditer(block.text, block.body_start):
            over = [n for n in taken.get(number, ()) if n.start < match.end() and match.start() < n.end]
            if all(match.start() <= n.start and n.end <= match.end() for n in over):
                yield whose[match[1]], Name(number, match.start(), match.end(), match[0], "place")
