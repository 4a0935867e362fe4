"""What is the story's as a whole or not at all: its lists, tables, listings of code, notes, headings.

Each step takes the blocks of a page and the indices of those chosen, and returns more of them.
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are characters and shares; the line that uses one says what it tells
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urldefrag

from lxml.html import HtmlElement

from personae.article.segment.blocks import CONTROLS, HEADINGS, Block, text_of
from personae.article.vocabulary.element_names import bit, kinds_named, names_of

_LISTS = frozenset({"ol", "ul"})
_CHROME = bit(
    "comments", "newsletter", "related", "ranking", "cookie", "footer", "sidebar", "modal", "advert", "share"
)
# How sure a block of a list must be when most of the list is chosen, and a heading right above one.
_LISTED = 0.2
_MOSTLY = 0.6
_LEAST_HEADED = 0.1
# How sure a heading between two of the story's blocks must be.
_BETWEEN = 0.3
_LONGEST_MARK = 6
# How sure the surest of the notes must be.
_NOTED = 0.5


def with_lists(blocks: list[Block], chosen: set[int], sure: dict[int, float]) -> set[int]:
    """Take in the rest of a list or table that is mostly the story's, and the heading right above it."""
    out = set(chosen)
    for members in _within(blocks, _LISTS | {"table"}).values():
        width = sum(b.width for b in members)
        taken = sum(b.width for b in members if b.index in out)
        if taken <= _MOSTLY * width:
            continue
        out |= {b.index for b in members if _is_item(b) and sure.get(b.index, 0.0) > _LISTED}
        out |= _heading_above(blocks, members, sure, _LISTED)
    return out


def with_exhibits(blocks: list[Block], chosen: set[int], sure: dict[int, float]) -> set[int]:
    """Take in the tables and listings that stand among the story's paragraphs, and lists beside its lists."""
    if not chosen:
        return chosen
    first, last = min(chosen), max(chosen)
    beside: defaultdict[HtmlElement | None, list[int]] = defaultdict(list)
    for index in chosen:
        for element in blocks[index].trail[:1]:
            beside[element].append(index)
    listed = {element.getparent() for element in beside if element is not None and element.tag in _LISTS}
    out = set(chosen)
    for element, members in _within(blocks, _LISTS | {"table", "pre"}).items():
        above, below = members[0].index, members[-1].index
        if not first < above <= below < last or _links_away(members) or _is_chrome(element):
            continue
        if element.tag in _LISTS:
            among = element.getparent() in listed
        else:
            near = beside.get(_outside(element, blocks, above, below), [])
            among = any(i < above for i in near) and any(i > below for i in near)
        if among and (element.tag != "table" or _has_data(element, members)):
            out |= {b.index for b in members if b.tag not in CONTROLS}
            out |= _heading_above(blocks, members, sure, _LEAST_HEADED)
    return out


def with_headings(blocks: list[Block], chosen: set[int], sure: dict[int, float], limit: float) -> set[int]:
    """Take in the doubtful headings that stand with the story's blocks, between two of them.

    Those above the limit that are not chosen were dropped by a rule.
    """
    out = set(chosen)
    for above, block, below in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if (
            (block.tag in HEADINGS or _is_bold(block))
            and above.index in chosen
            and below.index in chosen
            and block.linked < 0.5
            and _BETWEEN < sure.get(block.index, 0.0) <= limit
            and above.trail[:1] == block.trail[:1] == below.trail[:1]
        ):
            out.add(block.index)
    return out


def _is_bold(block: Block) -> bool:
    """Tell a short paragraph that is one bold line: a heading by its looks."""
    inner = [e for e in block.element if e.tag in ("b", "strong")]
    return block.tag == "p" and block.width < 120 and len(inner) == 1 and text_of(inner[0]) == block.text


def with_notes(blocks: list[Block], chosen: set[int], sure: dict[int, float]) -> set[int]:
    """Take in the rest of the notes that marks in the story link to, and the heading above them."""
    wanted = {
        fragment
        for index in chosen
        for link in blocks[index].element.iter("a")
        if (fragment := _fragment(link)) and len("".join(link.itertext()).strip()) <= _LONGEST_MARK
    }
    if not wanted:
        return chosen
    notes = [
        b
        for b in blocks
        if b.index > min(chosen)
        and any(e.get("id") in wanted and e.tag in ("li", "p", "dd") for e in (b.element, *b.trail[:2]))
    ]
    if not any(b.index in chosen or sure.get(b.index, 0.0) > _NOTED for b in notes):
        return chosen
    return chosen | {b.index for b in notes} | _heading_above(blocks, notes, sure, _LEAST_HEADED)


def _fragment(link: HtmlElement) -> str:
    address = link.get("href") or ""
    return urldefrag(address).fragment if address.startswith("#") else ""


def _within(blocks: Iterable[Block], tags: frozenset[str]) -> dict[HtmlElement, list[Block]]:
    """Return the blocks in each element of such a tag, in the page's order."""
    found: defaultdict[HtmlElement, list[Block]] = defaultdict(list)
    for block in blocks:
        for element in (block.element, *block.trail):
            if element.tag in tags:
                found[element].append(block)
    return found


def _outside(element: HtmlElement, blocks: list[Block], above: int, below: int) -> HtmlElement | None:
    """Return the element around, past those that hold nothing else but a button or a label.

    above, below: the indices of the first and last block in the element.
    """
    around = element.getparent()
    while around is not None:
        while above and around in blocks[above - 1].trail and _is_label(blocks[above - 1]):
            above -= 1
        while below + 1 < len(blocks) and around in blocks[below + 1].trail and _is_label(blocks[below + 1]):
            below += 1
        beyond = [blocks[i] for i in (above - 1, below + 1) if 0 <= i < len(blocks)]
        if any(around in b.trail for b in beyond):
            break
        around = around.getparent()
    return around


def _is_label(block: Block) -> bool:
    return block.tag in CONTROLS or (block.width < 40 and block.tag not in HEADINGS and block.tag != "p")


def _has_data(table: HtmlElement, members: list[Block]) -> bool:
    """Tell a table of data from one that lays out a picture or a box."""
    if len(members) < 4:
        return False
    return next(table.iter("th"), None) is not None or next(table.iter("img"), None) is None


def _is_item(block: Block) -> bool:
    return block.linked < 0.5 and block.tag in ("li", "td", "th")


def _heading_above(
    blocks: list[Block], members: list[Block], sure: dict[int, float], least: float
) -> set[int]:
    above = members[0].index - 1
    heads = above >= 0 and blocks[above].tag in HEADINGS and blocks[above].linked < 0.5
    return {above} if heads and sure.get(above, 0.0) > least else set()


def _links_away(members: list[Block]) -> bool:
    return sum(b.width * b.linked for b in members) > 0.3 * sum(b.width for b in members)


def _is_chrome(element: HtmlElement) -> bool:
    around = element.getparent()
    names = [names_of(e) for e in (element, around) if e is not None]
    return any(kinds_named(n) & _CHROME for n in names)
