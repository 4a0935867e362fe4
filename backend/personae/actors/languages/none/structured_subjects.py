"""Whom the page's structured data name as its subjects, where title, standfirst or text bear them out.

The names come typed by the page. Still a site may call a city an organisation, or tag what a story hardly
touches: so a name must stand in the article to the letter, and where that is little to go by (one word, a
body named in passing) it must stand in two of its texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from babel import Locale, UnknownLocaleError

from personae.actors.languages.common.names import repeated
from personae.actors.languages.common.words import states
from personae.actors.languages.en.names.find import Kind
from personae.actors.languages.en.names.name_store import surname
from personae.actors.languages.en.words.tables import countries
from personae.actors.names.recogniser import base_language
from personae.actors.text.scripts import is_full_name
from personae.actors.text.text_units import Block
from personae.model import ActorType

RULE = "structured data"
_SHORTEST = 2  # characters of a name
_AGAIN = 2  # texts (title, standfirst, paragraphs) in which a name stands that is little to go by
# The family's name comes first, so that the last one alone may be anybody's.
_FAMILY_FIRST = frozenset({"hu", "ja", "ko", "vi", "zh"})
# Every noun has a capital: a surname may be a trade.
_NOUNS_IN_CAPITALS = frozenset({"de", "lb"})


def borne_out(
    parts: Sequence[Block], named: Mapping[str, ActorType], language: str | None
) -> dict[str, Kind]:
    """Return the names that the article bears out, and the surnames that can mean one of the people only.

    named: persons and organisations; language: its tag, or None.
    """
    code = base_language(language)
    kinds: dict[str, Kind] = {
        name: "person" if kind == "person" else "organization"
        for name, kind in named.items()
        if len(name) >= _SHORTEST and (kind == "person" or name not in _places(code))
    }
    texts: dict[str, set[int]] = {}
    for found in repeated(parts, kinds):
        texts.setdefault(found.text, set()).add(found.block)
    sure = {
        name: kinds[name]
        for name, numbers in texts.items()
        if len(numbers) >= _AGAIN or (kinds[name] == "person" and is_full_name(name))
    }
    people = [name for name, kind in sure.items() if kind == "person" and " " in name]
    if code and code not in _FAMILY_FIRST | _NOUNS_IN_CAPITALS:
        sure |= dict.fromkeys(_surnames(parts, people), "person")
    return sure


def _surnames(parts: Sequence[Block], people: Sequence[str]) -> list[str]:
    """Return the surnames that one of these people alone has, and nobody else in the article."""
    text = "\n".join(part.text for part in parts)
    for name in sorted(people, key=len, reverse=True):
        text = text.replace(name, "\n")
    shorts = [surname(name) for name in people]
    return [s for s in shorts if shorts.count(s) == 1 and s[-1:].islower() and not _has_bearer(text, s)]


def _has_bearer(text: str, short: str) -> bool:
    """Say whether a capitalised word stands before a surname: it may be somebody else's first name."""
    return any(m[1][0].isupper() for m in re.finditer(rf"([^\W\d_][\w.’'-]*) {re.escape(short)}(?!\w)", text))


@cache
def _places(code: str) -> frozenset[str]:
    """Return what no organisation is called: states, seats of government, and CLDR's cities of time zones."""
    table = countries()
    known = {*states(code), *table.names, *table.seats}
    try:
        zones = Locale.parse(code).time_zones if code else {}
    except (UnknownLocaleError, ValueError):
        zones = {}
    known.update(zone.rpartition("/")[2].replace("_", " ") for zone in zones)
    known.update(city for zone in zones.values() if (city := zone.get("city")))
    return frozenset(known)
