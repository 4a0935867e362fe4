"""Who wrote the article: the structured data first, then the meta elements, then the byline on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from lxml.html import HtmlElement

from personae.page.bylines import distinct, names_in, straighten
from personae.page.statements import Statements
from personae.page.structured import types
from personae.page.titles import title_key
from personae.page.words import spaced_text

_META = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "cxenseparse:author", "articleauthor",
    "og:author", "byl", "dc.creator", "dcterms.creator", "citation_author", "creator",
)  # fmt: skip
_INVERTED = frozenset({"dc.creator", "dcterms.creator", "citation_author"})
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|autor|auteur|autore|writer|reporter|contributor)s?(?:$|[\s_-]|name)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"comment|related|bio|about|recommend|teaser|sidebar|popular|more-|newsletter|card", re.IGNORECASE
)
_LONGEST_VISIBLE = 200
_DEEPEST = 4


def read_authors(tree: HtmlElement, said: Statements, sites: Sequence[str]) -> list[str]:
    """Return the names of the authors; persons are preferred to the publisher's own name.

    sites: names of the site; an author that is one of them is only given when nobody else is named.
    """
    own = {title_key(name) for name in sites}
    sources = (
        lambda: _structured(said),
        lambda: _declared(said),
        lambda: distinct(name for value in said.marked("author") for name in names_in(value)),
        lambda: _visible(tree),
    )
    fallback: list[str] = []
    for source in sources:
        names = source()
        if any(title_key(name) not in own for name in names):
            return names
        fallback = fallback or names
    return fallback


def _structured(said: Statements) -> list[str]:
    for item in said.articles:
        names = distinct(name for value in _values(item.get("author"), said) for name in names_in(value))
        if names:
            return names
    return distinct(name for value in _values(said.facts("creator"), said) for name in names_in(value))


def _values(author: Any, said: Statements, depth: int = 0) -> Iterable[str]:
    """Yield the strings that name an author, out of strings, objects, references and lists of these."""
    if isinstance(author, str):
        yield author
    elif isinstance(author, list) and depth < _DEEPEST:
        for one in author:
            yield from _values(one, said, depth + 1)
    elif isinstance(author, dict) and depth < _DEEPEST:
        about = said.graph.resolve(author)
        name = about.get("name") or about.get("byline")
        if not name and (about.get("givenName") or about.get("familyName")):
            name = f"{about.get('givenName') or ''} {about.get('familyName') or ''}"
        if name:
            yield from _values(name, said, depth + 1)


def _declared(said: Statements) -> list[str]:
    for source in _META:
        names = distinct(
            name
            for value in said.meta(source)
            for name in names_in(straighten(value) if source in _INVERTED else value)
        )
        if names:
            return names
    return []


def _visible(tree: HtmlElement) -> list[str]:
    """Return the names in the byline: links with rel=author, else elements whose class says so."""
    linked = [
        spaced_text(link)
        for link in tree.xpath("//a[@rel='author' or contains(@href, '/author/')]")
        if not _is_elsewhere(link)
    ]
    if names := distinct(name for text in linked[:5] for name in names_in(text)):
        return names
    for element in tree.xpath(
        "//*[@class][contains(@class, 'y') or contains(@class, 'u') or contains(@class, 'r')]"
    ):
        if _BYLINE.search(element.get("class")) and not _is_elsewhere(element):
            text = spaced_text(element)
            if 0 < len(text) <= _LONGEST_VISIBLE and (names := names_in(text)):
                return names
    return []


def _is_elsewhere(element: HtmlElement) -> bool:
    return any(
        parent.tag in ("aside", "footer", "nav") or _ELSEWHERE.search(parent.get("class") or "")
        for parent in element.iterancestors()
        if parent.tag not in ("body", "html", "main")
    )


__all__ = ["read_authors", "types"]
