"""Tables: which hold data, which only lay out a page, and how one of data is written."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from personae.article.write.footnotes import InternalLinks
from personae.article.write.inline import InlineWriter
from personae.article.write.outline import Outline
from personae.markup.elements import append, trim

_CELL_ATTRIBUTES = ("colspan", "rowspan", "scope")
_CELLS = ("td", "th")
_SECTIONS = ("thead", "tbody", "tfoot")
# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026. A table of
# data has at least so many rows, with two cells each but for one, at least this share of its blocks in the
# article, at most so many blocks for each cell, and no wider block than this.
_FEWEST_ROWS = 2
_CHOSEN_SHARE = 0.5
_BLOCKS_PER_CELL = 1.5
_WIDEST_BLOCK = 500


def data_tables(outline: Outline) -> set[HtmlElement]:
    """Return the tables most of whose cells are the article's and that are tables, not a page's layout."""
    return {e for e in outline.around if e.tag == "table" and _is_data(e, outline)}


def write_table(
    table: HtmlElement, out: HtmlElement, inline: InlineWriter, links: InternalLinks
) -> HtmlElement:
    """Write a table of data at the end of `out`: caption, head, rows, cells; return it.

    What stands in a cell is written as one run, its blocks set off by spaces.
    """
    written = append(out, "table")
    links.carry(table, written)
    caption = table.find("caption")
    if caption is not None:
        inline.write(caption, copy := append(written, "caption"))
        trim(copy)
    headed = table.find("thead/tr") is not None
    section, open_section = written, ""
    for row in _rows(table):
        if headed and (stands_in := _section_of(row)) != open_section:
            section, open_section = append(written, stands_in), stands_in
        line = append(section, "tr")
        for cell in row:
            if cell.tag in _CELLS:
                new = append(line, str(cell.tag))
                for name in _CELL_ATTRIBUTES:
                    if value := cell.get(name):
                        new.set(name, value)
                links.carry(cell, new)
                inline.write(cell, new)
                trim(new)
    return written


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the table's own rows, not those of tables in its cells."""
    return (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)


def _section_of(row: HtmlElement) -> str:
    parent = row.getparent()
    return str(parent.tag) if parent is not None and parent.tag in _SECTIONS else "tbody"


def _is_data(table: HtmlElement, outline: Outline) -> bool:
    inside = outline.within(table)
    rows = [[c for c in row if c.tag in _CELLS] for row in table.iter("tr")]
    cells = sum(map(len, rows))
    if (
        table.get("role") in ("presentation", "none")
        or next(table.iterdescendants("table"), None) is not None
    ):
        return False
    if len(rows) < _FEWEST_ROWS or cells < 2 * len(rows) - 1:
        return False
    chosen = sum(b.element in outline.chosen for b in inside)
    return (
        chosen >= _CHOSEN_SHARE * len(inside)
        and len(inside) <= _BLOCKS_PER_CELL * cells
        and max((b.width for b in inside), default=0) < _WIDEST_BLOCK
    )
