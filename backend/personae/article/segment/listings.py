"""Listings of code in one shape: the code, without the numbers of its lines.

Numbers stand in a column of a table, in a box or listing of their own beside the code, or at the beginning of
each line. They are told by what they are: one after another, as many as the code has lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lxml.html import HtmlElement

from personae.markup.content_model import INLINE_ON_PAGES
from personae.markup.shape import remove, swap
from personae.markup.text import short_text

_GUTTERS = ("pre", "div", "td", "th", "span", "ol", "ul", "code")
# The fewest numbers that are told as those of lines by themselves, where nothing calls them so.
_FEWEST = 2
_LONGEST_NUMBER = 6
_CELLS_OF_LINE = 2


def normalise_listings(body: HtmlElement) -> None:
    """Take the columns of line numbers off listings, in place, and the tables that were there for them."""
    for table in list(body.iter("table")):
        _join_lines(table)
    for listing in list(body.iter("pre")):
        if listing.getparent() is None:
            continue
        _drop_inner_gutter(listing)
        if numbers_of(listing) is None:
            _drop_gutter_beside(listing)
    for listing in list(body.iter("pre")):
        _unwrap_table(listing)


def numbers_of(element: HtmlElement) -> list[int] | None:
    """Return the numbers that an element holds when it holds nothing else, and they follow one another."""
    numbers: list[int] = []
    for piece in element.itertext():
        for word in str(piece).split():
            if not (word.isascii() and word.isdecimal() and len(word) <= _LONGEST_NUMBER):
                return None
            numbers.append(int(word))
            if len(numbers) > 1 and numbers[-1] != numbers[-2] + 1:
                return None
    return numbers or None


def _lines_of(listing: HtmlElement) -> int:
    """Return how many lines a listing has, those that are blank at its ends not counted."""
    return sum(1 for _ in _texts_of_lines(listing))


def _texts_of_lines(listing: HtmlElement) -> Iterator[str]:
    pieces: list[str] = []
    stack: list[tuple[HtmlElement, bool]] = [(listing, False)]
    while stack:
        element, leaving = stack.pop()
        is_line = element.tag == "br" or (element.tag not in INLINE_ON_PAGES and element is not listing)
        if leaving:
            pieces.append("\n" if is_line and not (element.tail or "").startswith("\n") else "")
            if element is not listing:
                pieces.append(element.tail or "")
            continue
        if is_line and element.tag != "br" and pieces and not "".join(pieces[-2:]).endswith("\n"):
            pieces.append("\n")
        pieces.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from "".join(pieces).strip("\n").split("\n")


def _drop_gutter_beside(listing: HtmlElement) -> None:
    """Drop the column of numbers beside a listing: before it, in the cell or the box before its own."""
    element = listing
    for _ in range(4):
        before = element.getprevious()
        if before is not None and isinstance(before.tag, str):
            if before.tag in _GUTTERS and _are_its_numbers(before, listing):
                remove(before)
            return
        around = element.getparent()
        if around is None or around.tag in ("body", "article", "main", "table"):
            return
        if around.tag not in ("td", "tr", "tbody", "div", "code", "span", "figure"):
            return
        element = around


def _are_its_numbers(gutter: HtmlElement, listing: HtmlElement) -> bool:
    numbers = numbers_of(gutter)
    if numbers is None:
        return False
    lines = _lines_of(listing)
    return abs(lines - len(numbers)) <= 1 and (len(numbers) >= _FEWEST or lines == 1)


def _drop_inner_gutter(listing: HtmlElement) -> None:
    """Drop the numbers at the beginning of each line of a listing, or those that stand before all lines."""
    numbered = list(_opening_numbers(listing))
    values = [int("".join(element.itertext())) for element in numbered]
    if len(values) >= _FEWEST and all(b == a + 1 for a, b in pairwise(values)):
        lines = [line for line in _texts_of_lines(listing) if line.strip()]
        if len(values) >= len(lines) - 1 and not all(line.strip().isdecimal() for line in lines):
            apart = all((element.tail or "").startswith((" ", "\t")) for element in numbered)
            for element in numbered:
                if apart:
                    element.tail = (element.tail or "")[1:]
                remove(element)
        return
    column = next(
        (e for e in listing.iter("span", "div", "code", "ol") if len(numbers_of(e) or ()) >= _FEWEST), None
    )
    if column is not None and numbers_of(listing) is None:
        count = len(numbers_of(column) or ())
        if count <= _lines_of(listing) <= 2 * count + 1:
            remove(column)


def _opening_numbers(listing: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that hold a number alone and stand first in their line."""
    at_start = True
    stack: list[tuple[HtmlElement, bool]] = [(listing, False)]
    while stack:
        element, leaving = stack.pop()
        if leaving:
            if element.tag == "br" or (element.tag not in INLINE_ON_PAGES and element is not listing):
                at_start = True
            if element is not listing and element.tail:
                at_start = _is_at_start(element.tail, at_start=at_start)
            continue
        if element.tag not in INLINE_ON_PAGES:
            at_start = True
        text = element.text or ""
        if (
            at_start
            and element is not listing
            and not len(element)
            and text.strip().isascii()
            and text.strip().isdecimal()
            and len(text.strip()) <= _LONGEST_NUMBER
            and "\n" not in text.strip()
        ):
            yield element
        at_start = _is_at_start(text, at_start=at_start)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _is_at_start(text: str, *, at_start: bool) -> bool:
    """Return True if what follows a text stands first in its line."""
    head, newline, rest = text.rpartition("\n")
    return not rest.strip() if newline else at_start and not head.strip() and not rest.strip()


def _join_lines(table: HtmlElement) -> None:
    """Put one listing in the place of a table that has a row for each line of code: its number, the line."""
    rows = list(table.iter("tr"))
    if len(rows) < _FEWEST or any(len(row) != _CELLS_OF_LINE for row in rows):
        return
    numbers = [row[0].get("data-line-number") or short_text(row[0], _LONGEST_NUMBER) or "" for row in rows]
    if not numbers[0].isdecimal() or not all(_is_code(row[1]) for row in rows):
        return
    if numbers != [str(int(numbers[0]) + i) for i in range(len(rows))]:
        return
    listing: HtmlElement = table.makeelement("pre")
    listing.text = "\n".join("".join(row[1].itertext()).strip("\n") for row in rows)
    swap(table, listing)


def _is_code(cell: HtmlElement) -> bool:
    return "code" in (cell.get("class") or "").lower() or next(cell.iter("code", "pre"), None) is not None


def _unwrap_table(listing: HtmlElement) -> None:
    """Put a listing in the place of a table that holds nothing else."""
    table = next(listing.iterancestors("table"), None)
    if table is None or sum(1 for _ in table.iter("pre")) > 1:
        return
    if "".join("".join(table.itertext()).split()) == "".join("".join(listing.itertext()).split()):
        swap(table, listing)
