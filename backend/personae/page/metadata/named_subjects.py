"""The article's subjects by the structured data: persons and organisations, but not those who made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from personae.markup.text import clean_text
from personae.model import ActorType
from personae.page.metadata.sites import Sites, name_key
from personae.page.metadata.statements import Statements
from personae.page.metadata.structured import Item, types

# Properties and types of the schema.org vocabulary, without bodies that are places too (shops, hospitals).
_SUBJECTS = ("about", "mentions", "keywords")
_BODIES = frozenset(
    {
        "organization",
        "airline",
        "collegeoruniversity",
        "consortium",
        "corporation",
        "educationalorganization",
        "fundingagency",
        "governmentorganization",
        "medicalorganization",
        "musicgroup",
        "newsmediaorganization",
        "ngo",
        "onlinebusiness",
        "performinggroup",
        "politicalparty",
        "researchorganization",
        "searchrescueorganization",
        "sportsorganization",
        "sportsteam",
        "workersunion",
    }
)
_MAKERS = (
    "publisher",
    "author",
    "creator",
    "contributor",
    "editor",
    "producer",
    "provider",
    "copyrightHolder",
    "sourceOrganization",
    "reviewedBy",
)
_CREDITS = ("creditText", "creator", "author", "contributor", "copyrightHolder", "copyrightNotice")
_LONGEST = 100


def read_named(statements: Statements, sites: Sites, authors: Iterable[str]) -> dict[str, ActorType]:
    """Return the persons and organisations among the article's subjects: name -> type, in the page's order.

    Only what is typed counts, and by one type. Authors, the publisher and those whom a picture is credited
    to are left out.
    """
    found: dict[str, ActorType] = {}
    doubtful: set[str] = set()
    for value in chain.from_iterable(statements.facts(subject) for subject in _SUBJECTS):
        about = statements.graph.resolve(value)
        if not isinstance(about, dict):
            continue
        name = clean_text(about.get("name"), longest=_LONGEST)
        kind = _kind(about)
        if name and kind and found.setdefault(name, kind) != kind:
            doubtful.add(name)
    certain = {name: kind for name, kind in found.items() if name not in doubtful and not sites.owns(name)}
    return without_makers(certain, chain(authors, sites.names, _makers(statements)))


def without_makers(named: Mapping[str, ActorType], makers: Iterable[str]) -> dict[str, ActorType]:
    """Return the subjects that stand in no maker's line.

    makers: names or credits, such as "Photo: Ann Lee / Agency".
    """
    lines = [f" {name_key(line)} " for line in makers]
    return {
        name: kind for name, kind in named.items() if not any(f" {name_key(name)} " in line for line in lines)
    }


def _kind(item: Item) -> ActorType | None:
    """Return what an item is; None when a type of it is neither a person's nor an organisation's."""
    kinds = set(types(item)) - {"thing"}
    if kinds == {"person"}:
        return "person"
    return "organization" if kinds and kinds <= _BODIES else None


def _makers(statements: Statements) -> Iterator[str]:
    """Yield the names of those who made the article or its pictures, and the credits."""
    for role in _MAKERS:
        yield from _names(statements, statements.facts(role))
    for picture in statements.facts("image"):
        about = statements.graph.resolve(picture)
        if isinstance(about, dict):
            for role in _CREDITS:
                yield from _names(statements, [about.get(role)])


def _names(statements: Statements, values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            about = statements.graph.resolve(one)
            text = clean_text(about.get("name") if isinstance(about, dict) else about)
            if text:
                yield text
