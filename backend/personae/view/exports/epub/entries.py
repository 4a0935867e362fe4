"""The cast page: who each actor is, where the story first names it, and what it said there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from personae.model import Article
from personae.view.i18n.catalogue import Catalogue
from personae.view.page import cast_members
from personae.view.page.cast_members import Context
from personae.view.page.marked_story import Shown
from personae.view.page.places import Places
from personae.view.page.quotations import quotation_line


class First(NamedTuple):
    """The sentence of an actor's first mention, and its address."""

    address: str
    before: str
    name: str
    after: str


class LinkedQuotation(NamedTuple):
    """What an actor said, and the address of its paragraph."""

    words: str
    address: str


class Entry(NamedTuple):
    """One actor on the cast page. number: its place, from 1; first: None when no mention has a mark."""

    number: int
    name: str
    type: str
    key: bool
    role: str | None
    also: tuple[str, ...]
    mentions: int
    first: First | None
    quotations: list[LinkedQuotation]


def entries(
    article: Article, shown: Shown, words: Catalogue, address: Callable[[str], str]
) -> Iterator[Entry]:
    """Yield the cast in its order, most important first.

    address: gives an element's address in the book by the name that it has in `shown`; at worst, its page.
    """
    places = Places(article, shown.paragraphs)
    for member in cast_members.assemble(article, shown.anchors, places, words):
        actor = member.actor
        first = next(((c.anchor, c) for c in member.contexts if c.anchor), None)
        quoted = [(quote, places.of(quote.start, quote.end)) for quote in actor.quotes]
        yield Entry(
            number=member.number,
            name=actor.name,
            type=actor.type,
            key=actor.key,
            role=actor.role,
            also=member.also,
            mentions=member.count,
            first=_first(address, *first) if first else None,
            quotations=[
                LinkedQuotation(
                    quotation_line(article, quote, words).text, address(place.anchor if place else "")
                )
                for quote, place in quoted
            ],
        )


def _first(address: Callable[[str], str], anchor: str, context: Context) -> First:
    return First(address(anchor), context.before, context.name, context.after)
