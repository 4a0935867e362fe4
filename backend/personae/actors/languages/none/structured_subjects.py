"""Those whom the page's structured data name as its subjects, where title, standfirst or text bear them out.

The names come typed by the page. Still a site may call a city an organisation, or tag what a story hardly
touches: so a name must stand in the article to the letter, and where that is little to go by (one word, a
body named in passing) it must stand in two of its texts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from personae.actors.languages.common.names import repeated
from personae.actors.languages.en.words.countries import countries
from personae.actors.tables.name_words import surname
from personae.actors.tables.states import time_zone_cities
from personae.actors.text.found_names import Kind
from personae.actors.text.scripts import is_full_name
from personae.actors.text.text_units import Block
from personae.model import ActorType

RULE = "structured data"
_SHORTEST = 2  # characters of a name
_AGAIN = 2  # texts (title, standfirst, paragraphs) in which a name stands that is little to go by
# The family's name comes first, so that the last one alone may be anybody's.
_FAMILY_FIRST = frozenset({"hu", "ja", "ko", "vi", "zh"})
# Every noun has a capital: a surname may be a trade.
NOUNS_IN_CAPITALS = frozenset({"de", "lb"})


def borne_out(
    blocks: Sequence[Block], named: Mapping[str, ActorType], code: str, states: Collection[str]
) -> dict[str, Kind]:
    """Return the names that the article bears out, and the surnames that can mean one of the people only.

    named: persons and organisations; code: of the article's language, or ""; states: their names in it.
    """
    kinds: dict[str, Kind] = {
        name: "person" if kind == "person" else "organization"
        for name, kind in named.items()
        if len(name) >= _SHORTEST and (kind == "person" or not _is_place(name, code, states))
    }
    texts: dict[str, set[int]] = {}
    for found in repeated(blocks, kinds).names:
        texts.setdefault(found.text, set()).add(found.block)
    believed = {
        name: kinds[name]
        for name, numbers in texts.items()
        if len(numbers) >= _AGAIN or (kinds[name] == "person" and is_full_name(name))
    }
    people = [name for name, kind in believed.items() if kind == "person" and " " in name]
    if code and code not in _FAMILY_FIRST | NOUNS_IN_CAPITALS:
        believed |= dict.fromkeys(_surnames(blocks, people), "person")
    return believed


def _is_place(name: str, code: str, states: Collection[str]) -> bool:
    """Return whether no organisation is called so: a state, a seat of government, a city of a time zone."""
    table = countries()
    return name in states or name in table.names or name in table.seats or name in time_zone_cities(code)


def _surnames(blocks: Sequence[Block], people: Sequence[str]) -> list[str]:
    """Return the surnames that one of these people alone has, and nobody else in the article."""
    text = "\n".join(block.text for block in blocks)
    for name in sorted(people, key=len, reverse=True):
        text = text.replace(name, "\n")
    shorts = [surname(name) for name in people]
    return [s for s in shorts if shorts.count(s) == 1 and s[-1:].islower() and not _has_bearer(text, s)]


def _has_bearer(text: str, short: str) -> bool:
    """Return whether a capitalised word stands before a surname: it may be somebody else's first name."""
    return any(m[1][0].isupper() for m in re.finditer(rf"([^\W\d_][\w.’'-]*) {re.escape(short)}(?!\w)", text))
