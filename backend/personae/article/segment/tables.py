"""Tables: which hold data, and which lay out a page, a picture, other stories.

What a table is, is told by its shape alone: rows of as many cells, short, some of them numbers or heads of
columns. Names in it may be links, as in the table of a league; headlines in it are other stories.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml.html import HtmlElement

from personae.markup.content_model import CONTROLS
from personae.markup.text import text_of, width_of, words

_CELLS = ("td", "th")
_PARTS_OF_LAYOUT = ("table", "article", "form", "iframe", "h1", "h2", "h3", "nav", "aside")
_NUMBER = re.compile(r"[^\w]*\d[\d\s.,:;/%°+*()\u2013\u2212-]*\w{0,4}[^\w]*")
# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026. A table of
# data has so many rows and columns; of its rows, this share has as many cells as most; no cell is wider than
# this, in characters of a Latin script.
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 2
_EVEN_SHARE = 0.6
_WIDEST_CELL = 500.0
# A link that is wider, and of more words, reads like a headline; a table with this share of them leads away,
# and so does one without heads of columns that has less than this share of numbers and of cells without a
# link.
_HEADLINE_WIDTH, _HEADLINE_WORDS = 32.0, 5
_HEADLINES_SHARE, _PICTURES_SHARE = 0.2, 0.5
_NUMBERS_SHARE, _UNLINKED_SHARE = 0.15, 0.5


def is_data(table: HtmlElement) -> bool:
    """Return True for a table of data, by its shape."""
    if table.get("role") in ("presentation", "none"):
        return False
    if next(table.iterdescendants(*_PARTS_OF_LAYOUT, *CONTROLS), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in _CELLS] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if len(rows) < _FEWEST_ROWS:
        return False
    lengths = Counter(len(row) for row in rows if len(row) >= _FEWEST_COLUMNS)
    if max(lengths.values(), default=0) < max(_FEWEST_ROWS - 1, _EVEN_SHARE * len(rows) - 1):
        return False
    return _holds_data([cell for row in rows for cell in row])


def _holds_data(cells: list[HtmlElement]) -> bool:
    texts = [text_of(cell) for cell in cells]
    filled = sum(1 for text in texts if text)
    if not filled or max(map(width_of, texts)) >= _WIDEST_CELL:
        return False
    headlines = sum(_is_headline(cell, text) for cell, text in zip(cells, texts, strict=True))
    if headlines > _HEADLINES_SHARE * filled:
        return False
    numbers = sum(_NUMBER.fullmatch(text) is not None for text in texts)
    if any(cell.tag == "th" for cell in cells) or numbers >= _NUMBERS_SHARE * filled:
        return True
    pictures = sum(next(cell.iter("img"), None) is not None for cell in cells)
    linked = sum(bool(text) and _is_linked(cell) for cell, text in zip(cells, texts, strict=True))
    return pictures < _PICTURES_SHARE * len(cells) and filled - linked >= _UNLINKED_SHARE * filled


def _is_linked(cell: HtmlElement) -> bool:
    return next(cell.iter("a"), None) is not None


def _is_headline(cell: HtmlElement, text: str) -> bool:
    if width_of(text) < _HEADLINE_WIDTH:
        return False
    linked = " ".join(text_of(link) for link in cell.iter("a"))
    is_long = len(words(linked)) >= _HEADLINE_WORDS or not linked.isascii()
    return width_of(linked) >= _HEADLINE_WIDTH and is_long
