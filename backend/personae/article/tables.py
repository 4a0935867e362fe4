"""Tables: which hold data, which only lay out a page, and how one of data is written."""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are rows, cells and characters; the line that uses one says what it tells
from lxml.html import HtmlElement

from personae.article.elements import append, trim
from personae.article.inline import InlineWriter
from personae.article.outline import Outline

_CELL_ATTRIBUTES = ("colspan", "rowspan", "scope")


def data_tables(outline: Outline) -> set[HtmlElement]:
    """Return the tables most of whose cells are the article's and that are tables, not a page's layout."""
    return {e for e in outline.around if e.tag == "table" and _is_data(e, outline)}


def write_table(table: HtmlElement, out: HtmlElement, inline: InlineWriter) -> HtmlElement:
    """Write a table of data at the end of `out`; return it."""
    written = append(out, "table")
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        line = append(written, "tr")
        for cell in row:
            if cell.tag in ("td", "th"):
                new = append(line, str(cell.tag))
                for name in _CELL_ATTRIBUTES:
                    if value := cell.get(name):
                        new.set(name, value)
                inline.write(cell, new)
                trim(new)
    return written


def _is_data(table: HtmlElement, outline: Outline) -> bool:
    inside = outline.within(table)
    rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
    cells = sum(map(len, rows))
    if next(table.iterdescendants("table"), None) is not None or len(rows) < 2 or cells < 2 * len(rows) - 1:
        return False
    chosen = sum(b.element in outline.chosen for b in inside)
    return (
        chosen * 2 >= len(inside)
        and len(inside) <= 1.5 * cells
        and max((b.width for b in inside), default=0) < 500
    )
