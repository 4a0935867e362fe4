"""Who wrote the article: what the page states, and what stands beside its headline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from typing import Any

from lxml.html import HtmlElement

from personae.markup.text import spaced_text
from personae.page.metadata.bylines import (
    begins_as_byline,
    distinct,
    is_account,
    is_byline_label,
    names_in,
    reads_as_person,
    straighten,
)
from personae.page.metadata.head_matter import HeadMatter, names_of_element
from personae.page.metadata.page_lines import Line, lines_below
from personae.page.metadata.sites import Sites, name_key
from personae.page.metadata.statements import Statements
from personae.page.metadata.structured import types
from personae.page.metadata.word_tables import element_pattern, meta_names

_NAMED_BY = ("class", "id", "rel", "itemprop")
_INVERTED = frozenset(
    {"dc.creator", "dcterms.creator", "citation_author", "parsely-author", "sailthru.author"}
)
_BYLINE, _AUTHOR_PAGE = element_pattern("byline"), element_pattern("author_page")
_CARD = element_pattern("card_of_author")
_LIFE = element_pattern("elsewhere", "elsewhere_further_down", "elsewhere_of_authors")
_LONGEST_VISIBLE, _LONGEST_HANDLE, _MOST_HANDLE_WORDS = 200, 40, 2
_DEEPEST = 4
_BODIES = frozenset({"organization", "newsmediaorganization", "corporation"})
_MOST_LOOKED_AT, _MOST_LINKS = 200, 400


def read_authors(tree: HtmlElement, head: HeadMatter, statements: Statements, sites: Sites) -> list[str]:
    """Return the names of the authors.

    The structured data come first, then the meta elements, then microdata; when they only name the publisher
    or an account, or leave out a part of what the byline at the headline says, that byline does.
    """
    structured = _structured(statements)
    stated = structured or _declared(statements, sites) or _marked(statements)
    beside = _beside_headline(head, sites)
    persons = [name for name in stated if reads_as_person(name) and not sites.owns(name)]
    if structured and beside and _are_bodies(statements):
        return beside
    if persons:
        is_fuller = _are_same(stated, beside) and (
            len(beside) > len(stated)
            or (len(beside) == len(stated) and any(" " not in name for name in stated))
        )
        is_other = not structured and beside and not _share_a_name(stated, beside)
        return beside if is_fuller or is_other else stated
    sources: tuple[Callable[[], list[str]], ...] = (
        lambda: beside,
        lambda: _declared(statements, sites),
        lambda: _marked(statements),
    )
    for source in sources:
        names = [name for name in source() if not sites.owns(name)]
        if any(reads_as_person(name) for name in names):
            return names
    if stated and all(" " in name for name in stated):
        return stated
    near = [element for line in head.lines for element in line.elements]
    further = _further_down(tree, head)
    links = _first_links(tree)
    persons = [name for name in further if not sites.owns(name)]
    if persons and (_are_same(stated, persons) or all(sites.owns(name) for name in stated)):
        return persons
    return (
        stated
        or _handle(near)
        or persons
        or _of_card(statements)
        or further
        or _handle(link for link in links if _is_author_link(link) and not head.is_elsewhere(link))
    )


def _are_same(few: list[str], many: list[str]) -> bool:
    """Return True if each of a few names is one of many, or a part of one."""
    words = [set(name_key(name).split()) for name in many]
    return (
        bool(few)
        and {name_key(n) for n in few} != {name_key(n) for n in many}
        and all(any(set(name_key(name).split()) <= other for other in words) for name in few)
    )


def _share_a_name(some: list[str], others: list[str]) -> bool:
    words = {word for name in others for word in name_key(name).split()}
    return any(set(name_key(name).split()) & words for name in some)


def _structured(statements: Statements) -> list[str]:
    for item in statements.articles:
        names = distinct(
            name for value in _values(item.get("author"), statements) for name in names_in(straighten(value))
        )
        if names:
            return names
    return distinct(
        name for value in _values(statements.facts("creator"), statements) for name in names_in(value)
    )


def _are_bodies(statements: Statements) -> bool:
    """Return True if the article's authors are organisations by their types."""
    authors = statements.articles[0].get("author") if statements.articles else None
    about = [statements.graph.resolve(one) for one in (authors if isinstance(authors, list) else [authors])]
    return all(isinstance(one, dict) and _BODIES & set(types(one)) for one in about)


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
    """Return the names in the first kind of <meta> that has a person's, else in the first that has any."""
    first: list[str] = []
    for source in meta_names("authors"):
        names = distinct(
            name
            for value in statements.meta(source)
            for name in names_in(straighten(value, also_longer=source in _INVERTED))
        )
        if any(reads_as_person(name) and not sites.owns(name) for name in names):
            return [name for name in names if not sites.owns(name)]
        first = first or names
    return first


def _of_card(statements: Statements) -> list[str]:
    """Return the names on the card for a network, which the publishing system fills with the account's."""
    for number in ("1", "2"):
        for label in statements.meta(f"twitter:label{number}"):
            if is_byline_label(label):
                return distinct(
                    name for value in statements.meta(f"twitter:data{number}") for name in names_in(value)
                )
    return []


def _marked(statements: Statements) -> list[str]:
    return distinct(name for value in statements.marked("author") for name in names_in(value))


def _beside_headline(head: HeadMatter, sites: Sites) -> list[str]:
    """Return the persons whom the lines by the headline name: in links to authors, in bylines, after "By"."""
    for read in (_linked, _named_so, _introduced):
        for place, line in enumerate(head.lines):
            names = [n for n in read(line) if reads_as_person(n) and not sites.owns(n)]
            if names:
                more = [
                    n
                    for other in lines_below(head.lines, place)
                    for n in read(other)
                    if reads_as_person(n) and not sites.owns(n)
                ]
                return distinct([*names, *more])
    return _labelled(head.lines)


def _linked(line: Line) -> list[str]:
    """Return the names in a line's links to authors, with those that stand between them."""
    links = [e for e in line.elements if _is_author_link(e)]
    names = distinct(
        n for link in links for n in names_in(spaced_text(link, between=" | ", longest=_LONGEST_VISIBLE))
    )
    if not names or len(line.raw) > _LONGEST_VISIBLE * 4:
        return names
    whole = [name for name in names_in(line.parts) if reads_as_person(name)]
    return (
        whole
        if len(whole) > len(names) and _are_same(names, whole) and begins_as_byline(line.text)
        else names
    )


def _is_author_link(element: HtmlElement) -> bool:
    return "author" in (element.get("rel") or "").lower().split() or (
        element.tag == "a"
        and (
            "author" in (element.get("itemprop") or "").lower().split()
            or _AUTHOR_PAGE.search(element.get("href") or "") is not None
        )
    )


def _named_so(line: Line) -> list[str]:
    """Return the names in a line whose element, or one around it alone, is called a byline."""
    for element in line.elements:
        if _is_called_byline(element):
            text = line.parts if element is line.element else _apart(element)
            if 0 < len(text) <= _LONGEST_VISIBLE and (names := names_in(text)):
                return names
    for holder in _holders(line.element):
        if _is_called_byline(holder) and 0 < len(line.parts) <= _LONGEST_VISIBLE:
            return names_in(line.parts)
    return []


def _apart(element: HtmlElement) -> str:
    """Return an inline element's text, its own inline elements set apart."""
    return " | ".join(text for line in Line.within(element) if (text := line.parts))


def _holders(element: HtmlElement) -> Iterator[HtmlElement]:
    holder = element.getparent()
    for _ in range(2):
        if holder is None or holder.tag in ("body", "article", "main", "section"):
            return
        yield holder
        holder = holder.getparent()


def _is_called_byline(element: HtmlElement) -> bool:
    return (
        _BYLINE.search(f"{names_of_element(element)} {element.get('rel') or ''}") is not None
        or "author" in (element.get("itemprop") or "").lower().split()
        or element.tag == "address"
    )


def _introduced(line: Line) -> list[str]:
    """Return the names in a line that begins with "By" or the like."""
    text = line.parts
    if len(text) > _LONGEST_VISIBLE or not begins_as_byline(text):
        return []
    return names_in(text.title() if text.isupper() else text)


def _labelled(lines: list[Line]) -> list[str]:
    """Return the persons in the first line that follows a line with no more than a byline's label."""
    for label, line in pairwise(lines):
        if is_byline_label(label.text) and len(line.parts) <= _LONGEST_VISIBLE:
            names = [name for name in names_in(line.parts) if reads_as_person(name)]
            if names:
                return names
    return []


def _handle(elements: Iterable[HtmlElement]) -> list[str]:
    """Return the one word by which a blog's byline names its author: in a link to an author, or an hCard."""
    for element in elements:
        is_card = _CARD.search(element.get("class") or "") is not None
        if is_card or _is_author_link(element):
            text = " | ".join(line.parts for line in Line.within(element))
            names = [name for name in names_in(text) if not is_account(name)] if text else []
            if names and len(names[0]) <= _LONGEST_HANDLE and len(names[0].split()) <= _MOST_HANDLE_WORDS:
                return names[:1]
    return []


def _first_links(tree: HtmlElement) -> list[HtmlElement]:
    body = tree.find("body")
    links = () if body is None else (a for a in body.iter("a") if a.get("rel") or a.get("href"))
    return list(islice(links, _MOST_LINKS))


def _further_down(tree: HtmlElement, head: HeadMatter) -> list[str]:
    """Return the persons named by the first byline elsewhere in the article: its end, or its margin."""
    looked = 0
    body = tree.find("body")
    for element in () if body is None else body.iter("*"):
        if not any(element.get(name) for name in _NAMED_BY):
            continue
        if not (_is_called_byline(element) or _is_author_link(element)):
            continue
        looked += 1
        if looked > _MOST_LOOKED_AT:
            break
        if head.is_elsewhere(element, _LIFE):
            continue
        text = _apart(element) if len(spaced_text(element, longest=_LONGEST_VISIBLE)) else ""
        if 0 < len(text) <= _LONGEST_VISIBLE and (names := [n for n in names_in(text) if reads_as_person(n)]):
            return names
    return []
