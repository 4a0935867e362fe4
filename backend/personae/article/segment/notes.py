"""The notes of a story: what its calls, such as a number in superscript, lead to.

The name that a call links to may stand on the note, on a sign before it or on a box around it; the notes may
stand at the story's end, in a box after it or beside it. Calls without a link are numbered as their notes
are. Blocks are told by their places in the list that is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from urllib.parse import unquote, urldefrag

from lxml.html import HtmlElement

from personae.article.segment.blocks import Block
from personae.article.vocabulary.element_names import names_of, names_of_kind
from personae.markup.content_model import HEADINGS
from personae.markup.text import short_text

_NOTE_NAMES = names_of_kind("note", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?\s*(?:\d{1,4}|[*†‡§¶#]{1,4}|\w|[ivx]{1,6})\s*[\])]?[.:]?")
_NUMBER = re.compile(r"[\[(]?\s*(\d{1,3})\s*[\])]?")
_OPENING_NUMBER = re.compile(r"[\[(]?(\d{1,3})[\])]?(?:[.:)\]]|(?=\D))")
_CALLS = frozenset({"doc-noteref", "noteref"})
_NOTES = frozenset(
    {"doc-endnote", "doc-footnote", "doc-endnotes", "footnote", "footnotes", "endnote", "endnotes"}
)
_ROLES = ("role", "epub:type", "type")
_BOXES = frozenset({"div", "section", "aside", "footer", "ol", "ul", "dl"})
_SIGNS = frozenset({"sup", "a", "b", "strong", "span"})
_LONGEST_MARK = 8
# The numbers here were chosen by hand in November 2026: the widest note and box of notes, in characters of a
# Latin script; how many elements around a note may be called so; the fewest characters of one besides its
# mark.
_WIDEST_NOTE, _WIDEST_BOX = 3000.0, 40_000.0
_LEVELS, _FEWEST_CHARACTERS = 4, 2


def notes_of(blocks: list[Block], story: Collection[int], sure: Collection[int] = ()) -> set[int]:
    """Return where the notes stand that the story calls, whether they are among its blocks or not.

    story: where its blocks stand; sure: where blocks stand that are article on other evidence. A note that is
    not called so, does not lead back and does not open with its mark is one only when it is among those.
    """
    links, numbers = _calls(blocks, story)
    found = _LinkedNotes(blocks, sure).called_by(links) if links else set()
    return found or (_numbered(blocks, story, numbers) if numbers else set())


def _calls(blocks: list[Block], story: Collection[int]) -> tuple[dict[str, int], list[str]]:
    """Return the names that calls link to, lower case -> where the call stands, and other calls' numbers."""
    links: dict[str, int] = {}
    numbers: dict[str, None] = {}
    for position in sorted(story):
        for element in blocks[position].element.iter("a", "sup"):
            name = _fragment(element) if element.tag == "a" else ""
            if name:
                if _is_mark(element) or _plays(element, _CALLS) or element.get("rel") == "footnote":
                    links.setdefault(name, position)
            elif (number := _NUMBER.fullmatch(short_text(element, _LONGEST_MARK) or "")) and _is_raised(
                element
            ):
                numbers.setdefault(number[1])
    return links, list(numbers)


def _is_raised(element: HtmlElement) -> bool:
    """Return True for a number in superscript that is not the exponent of another one."""
    raised = element if element.tag == "sup" else next(element.iterancestors("sup"), None)
    if raised is None:
        return False
    before, parent = raised.getprevious(), raised.getparent()
    text = before.tail if before is not None else (parent.text if parent is not None else "")
    return not (text or "").rstrip()[-1:].isdigit()


def _fragment(link: HtmlElement) -> str:
    return unquote(urldefrag((link.get("href") or "").strip()).fragment).lower()


def _is_mark(element: HtmlElement) -> bool:
    text = short_text(element, _LONGEST_MARK)
    return bool(text) and _MARK.fullmatch(text or "") is not None


def _plays(element: HtmlElement, roles: frozenset[str]) -> bool:
    return any(not roles.isdisjoint((element.get(name) or "").lower().split()) for name in _ROLES)


def _says_something(text: str | None) -> bool:
    """Return True for a text that is more than the mark of a note; None stands for a long one."""
    if text is None:
        return True
    found = _MARK.match(text)
    rest = text[found.end() :] if found else text
    return sum(c.isalnum() for c in rest) >= _FEWEST_CHARACTERS


class _LinkedNotes:
    """The notes that links lead to."""

    def __init__(self, blocks: list[Block], sure: Collection[int]) -> None:
        self._blocks = blocks
        self._sure = sure
        self._first: dict[HtmlElement, int] = {}
        self._last: dict[HtmlElement, int] = {}
        for position, block in enumerate(blocks):
            for element in (block.element, *block.trail):
                self._first.setdefault(element, position)
                self._last[element] = position

    def called_by(self, links: dict[str, int]) -> set[int]:
        """Return where the notes stand. links: name -> where the block stands that links to it."""
        targets = self._targets(links)
        holding = Counter(around for element, _ in targets for around in element.iterancestors())
        calling = set(links.values())
        units = [
            (element, *unit)
            for element, position in targets
            if (unit := self._unit(element, position, holding, calling))
        ]
        if not any(self._is_credible(*unit) for unit in units):
            return set()
        return {position for _, first, last in units for position in range(first, last + 1)}

    def _targets(self, links: dict[str, int]) -> list[tuple[HtmlElement, int]]:
        """Return the elements that bear the names, with their places, when they stand after their calls."""
        found: dict[str, tuple[HtmlElement, int]] = {}
        for element, position in self._elements():
            for name in (element.get("id"), element.get("name")):
                key = (name or "").lower()
                if key in links and key not in found and position > links[key]:
                    found[key] = (element, position)
        return list(found.values())

    def _elements(self) -> Iterator[tuple[HtmlElement, int]]:
        """Yield the elements in, around and right before the page's blocks, with the first block of each."""
        met: set[HtmlElement] = set()
        for position, block in enumerate(self._blocks):
            for element in (*reversed(block.trail), block.element):
                if element in met:
                    continue
                met.add(element)
                yield element, position
                before = element.getprevious()
                if before is not None and before not in self._first:
                    yield before, position
            yield from ((element, position) for element in block.element.iterdescendants())

    def _unit(
        self, target: HtmlElement, position: int, holding: Counter[HtmlElement], calling: set[int]
    ) -> tuple[int, int] | None:
        """Return a note's first and last block: the least around its name that says more than its mark."""
        element: HtmlElement | None = target
        while element is not None and not _says_something(short_text(element, int(_WIDEST_NOTE))):
            element = element.getparent()
            if element is not None and holding[element] > 1:
                element = None
        if element is None:
            return self._following(position)
        while element is not None and element not in self._first:
            element = element.getparent()
        if element is None:
            return None
        first, last = self._first[element], self._last[element]
        if first < position or not calling.isdisjoint(range(first, last + 1)):
            return self._following(position)
        blocks = self._blocks[first : last + 1]
        if sum(b.width for b in blocks) > _WIDEST_NOTE or any(b.tag in HEADINGS for b in blocks):
            return None
        return first, last

    def _following(self, first: int) -> tuple[int, int] | None:
        """Return the blocks from the first of a name that stands by itself to one that says something."""
        for position in range(first, min(first + 2, len(self._blocks))):
            block = self._blocks[position]
            if _says_something(block.text) and block.tag not in HEADINGS:
                return (first, position) if block.width <= _WIDEST_NOTE else None
        return None

    def _is_credible(self, target: HtmlElement, first: int, last: int) -> bool:
        """Return True if what a call links to is called a note, leads back, or opens with a number."""
        around = [target, *islice(target.iterancestors(), _LEVELS)]
        if any(_plays(e, _NOTES) or _NOTE_NAMES.search(names_of(e)) for e in around):
            return True
        blocks = self._blocks[first : last + 1]
        if any(i in self._sure for i in range(first, last + 1)) or _OPENING_NUMBER.match(blocks[0].text):
            return True
        return any((a.get("href") or "").startswith("#") for b in blocks for a in b.element.iter("a"))


def _numbered(blocks: list[Block], story: Collection[int], numbers: list[str]) -> set[int]:
    """Return the notes that bear the numbers of the story's calls, in a box called so or by themselves."""
    first = min(story)
    boxes: dict[HtmlElement, list[int]] = {}
    for position, block in enumerate(blocks[first:], start=first):
        outermost = next((e for e in reversed(block.trail) if _is_box_of_notes(e)), None)
        if outermost is not None:
            boxes.setdefault(outermost, []).append(position)
    for members in boxes.values():
        notes = [blocks[i] for i in members if blocks[i].tag not in HEADINGS]
        width = sum(b.width for b in notes)
        if members[0] > first and len(numbers) <= len(notes) and width < _WIDEST_BOX:
            return set(members)
    return _opening_with(blocks, max(story), numbers)


def _is_box_of_notes(element: HtmlElement) -> bool:
    return element.tag in _BOXES and (
        _plays(element, _NOTES) or _NOTE_NAMES.search(names_of(element)) is not None
    )


def _opening_with(blocks: list[Block], last: int, numbers: list[str]) -> set[int]:
    """Return the blocks right below the story that open with its numbers in order, all or none."""
    start = last
    while start >= 0 and _opens(blocks[start], numbers):
        start -= 1
    below = range(start + 1, min(start + 2 + 2 * len(numbers), len(blocks)))
    found = [i for i in below if _opens(blocks[i], numbers)]
    opened = [m[1] for i in found if (m := _OPENING_NUMBER.match(blocks[i].text))]
    return set(found) if opened == numbers else set()


def _opens(block: Block, numbers: list[str]) -> bool:
    """Return True for a block that opens with one of the numbers, set apart as a mark."""
    found = _OPENING_NUMBER.match(block.text)
    if found is None or found[1] not in numbers or block.tag in HEADINGS:
        return False
    head = next(iter(block.element), None)
    is_marked = head is not None and head.tag in _SIGNS and _is_mark(head)
    return is_marked or not found[0].isdecimal()
