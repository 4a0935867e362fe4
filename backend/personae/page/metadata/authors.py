"""Who wrote the article: the structured data first, then the meta elements, then the byline on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lxml.html import HtmlElement

from personae.markup.text import spaced_text
from personae.page.metadata.byline_area import lines_below_headline, stands_elsewhere
from personae.page.metadata.bylines import (
    begins_as_byline,
    distinct,
    is_byline_label,
    names_in,
    reads_as_person,
    straighten,
)
from personae.page.metadata.sites import Sites, name_key
from personae.page.metadata.statements import Statements
from personae.page.metadata.word_tables import element_pattern, meta_names

_INVERTED = frozenset({"dc.creator", "dcterms.creator", "citation_author"})
_BYLINE = element_pattern("byline")
_ELSEWHERE = element_pattern("elsewhere", "elsewhere_of_authors")
_LONGEST_VISIBLE = 200
_DEEPEST = 4
_GROUP_DEPTH, _MOST_LINKED = 2, 12


def read_authors(tree: HtmlElement, statements: Statements, sites: Sites) -> list[str]:
    """Return the names of the authors.

    The first source that names anybody wins; when it only names the publisher, a later one that
    names a person does. A byline that names the same persons and more is the fuller one.
    """
    stated = _structured(statements) or _declared(statements, sites) or _marked(statements)
    if stated and not all(sites.owns(name) for name in stated):
        linked = _linked(tree)
        return linked if len(linked) > len(stated) and _same(stated, linked) else stated
    sources: tuple[Callable[[], list[str]], ...] = (
        lambda: _declared(statements, sites),
        lambda: _marked(statements),
        lambda: _linked(tree),
        lambda: _visible(tree),
    )
    for source in sources:
        names = source()
        if any(reads_as_person(name) and not sites.owns(name) for name in names):
            return names
    return stated or _linked(tree)


def _same(few: list[str], many: list[str]) -> bool:
    return {name_key(name) for name in few} < {name_key(name) for name in many}


def _structured(statements: Statements) -> list[str]:
    for item in statements.articles:
        names = distinct(
            name for value in _values(item.get("author"), statements) for name in names_in(value)
        )
        if names:
            return names
    return distinct(
        name for value in _values(statements.facts("creator"), statements) for name in names_in(value)
    )


def _values(author: Any, statements: Statements, depth: int = 0) -> Iterable[str]:
    """Yield the strings that name an author, out of strings, objects, references and lists of these."""
    if isinstance(author, str):
        yield author
    elif isinstance(author, list) and depth < _DEEPEST:
        for one in author:
            yield from _values(one, statements, depth + 1)
    elif isinstance(author, dict) and depth < _DEEPEST:
        about = statements.graph.resolve(author)
        name = about.get("name") or about.get("byline")
        if not name and (about.get("givenName") or about.get("familyName")):
            name = f"{about.get('givenName') or ''} {about.get('familyName') or ''}"
        if name:
            yield from _values(name, statements, depth + 1)


def _declared(statements: Statements, sites: Sites) -> list[str]:
    """Return the names in the first kind of <meta> that has any, without the publisher's if others remain."""
    for source in meta_names("authors"):
        names = distinct(
            name
            for value in statements.meta(source)
            for name in names_in(straighten(value) if source in _INVERTED else value)
        )
        if names:
            return [name for name in names if not sites.owns(name)] or names
    for number in ("1", "2"):
        for label in statements.meta(f"twitter:label{number}"):
            if is_byline_label(label):
                return distinct(
                    name for value in statements.meta(f"twitter:data{number}") for name in names_in(value)
                )
    return []


def _marked(statements: Statements) -> list[str]:
    return distinct(name for value in statements.marked("author") for name in names_in(value))


def _linked(tree: HtmlElement) -> list[str]:
    """Return the names of the first group of links to authors that stand together."""
    links = [
        link
        for link in tree.xpath("//a[@rel='author' or @itemprop='author']")
        if spaced_text(link) and not _is_elsewhere(link)
    ]
    if not links:
        return []
    group = links[0].getparent()
    for _ in range(_GROUP_DEPTH):
        group = (
            group.getparent()
            if group.getparent() is not None and group.tag not in ("body", "article", "main")
            else group
        )
    together = [link for link in links if group in link.iterancestors()][:_MOST_LINKED]
    return distinct(name for link in together for name in names_in(spaced_text(link, between=" | ")))


def _visible(tree: HtmlElement) -> list[str]:
    """Return the persons named by the elements whose class says byline, else by a line that begins "By"."""
    for element in tree.xpath("//*[@class]"):
        if _BYLINE.search(element.get("class")) and not _is_elsewhere(element):
            text = spaced_text(element, between=" | ", longest=_LONGEST_VISIBLE)
            if 0 < len(text) <= _LONGEST_VISIBLE and (
                names := [n for n in names_in(text) if reads_as_person(n)]
            ):
                return names
    for element in lines_below_headline(tree, 60):
        text = spaced_text(element, between=" | ", longest=_LONGEST_VISIBLE)
        if begins_as_byline(text) and not _is_elsewhere(element):
            names = [name for name in names_in(text) if reads_as_person(name)]
            if names:
                return names
    return []


def _is_elsewhere(element: HtmlElement) -> bool:
    return stands_elsewhere(element.iterancestors(), _ELSEWHERE)
