"""What a story shows beside its prose: tables of data, listings of code, lists, terms, quoted posts."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from personae.article.rules import thresholds
from personae.article.rules.case import Case
from personae.article.rules.lists_and_notes import blocks_within, heading_above
from personae.article.segment.blocks import Block
from personae.article.segment.embeds import is_post, quotes_post
from personae.article.segment.tables import is_data
from personae.article.vocabulary.element_names import bit, kinds_named, names_of
from personae.markup.content_model import CONTROLS, HEADINGS

_LISTS = frozenset({"ol", "ul"})
_EXHIBITS = _LISTS | {"table", "pre", "dl", "blockquote"}
_BESIDE_STORIES = frozenset({"aside", "nav", "footer", "form"})
_CHROME = bit(
    "comments", "newsletter", "related", "ranking", "cookie", "footer", "sidebar", "modal", "advert", "share"
)


def with_exhibits(case: Case, chosen: set[int]) -> set[int]:
    """Take in the tables, listings, terms and quoted posts among or right beside the story, and its lists."""
    if not chosen:
        return chosen
    place = _Place(case, chosen)
    out = set(chosen)
    exhibits = blocks_within(case.blocks, _EXHIBITS)
    for element, members in (*exhibits.items(), *reversed(exhibits.items())):
        if members[0].index in out and members[-1].index in out:
            continue
        if _is_exhibit(element, members, place) and not _is_chrome(element, place.around):
            taken = {b.index for b in members if b.tag not in CONTROLS}
            least = 0.0 if element.tag == "table" else thresholds.HEADED_SCORE
            taken |= heading_above(members, case, least)
            out |= taken
            place.take(taken)
    return out


def _is_exhibit(element: HtmlElement, members: list[Block], place: _Place) -> bool:
    if element.tag == "table":
        return place.stands_by_story(element, members) and is_data(element)
    if element.tag == "blockquote":
        return place.is_among(element, members) and quotes_post(element) and not is_post(element)
    if element.tag in _LISTS:
        return place.lists_more(element, members)
    if element.tag == "dl" and (
        len(members) < thresholds.TERMS or next(element.iter("img"), None) is not None
    ):
        return False
    return place.is_among(element, members) and not _links_away(members)


class _Place:
    """Where the chosen blocks stand, to see what stands among them.

    around: the elements that hold one of them.
    """

    def __init__(self, case: Case, chosen: set[int]) -> None:
        self._case = case
        self._blocks = case.blocks
        self._first, self._last = min(chosen), max(chosen)
        self._chosen = set(chosen)
        self.around = {e for i in chosen for e in case.blocks[i].trail}
        around_last = set(case.blocks[self._last].trail)
        self._area = next((e for e in case.blocks[self._first].trail if e in around_last), None)
        parents = {trail[0] for i in chosen if (trail := case.blocks[i].trail)}
        self._around_lists = {e.getparent() for e in parents if e.tag in _LISTS}
        self._counts: dict[HtmlElement, int] = {}
        for block in case.blocks:
            for element in (block.element, *block.trail):
                self._counts[element] = self._counts.get(element, 0) + 1

    def take(self, taken: Iterable[int]) -> None:
        """Count more blocks among the story's first and last."""
        self._chosen.update(taken)
        self._first, self._last = min(self._first, *taken), max(self._last, *taken)

    def is_among(self, element: HtmlElement, members: list[Block]) -> bool:
        """Return True for what stands between two blocks of the story, with a few labels at most."""
        if not self._first < members[0].index <= members[-1].index < self._last:
            return False
        return self._extra(element, members) <= thresholds.EXHIBIT_LABELS

    def stands_by_story(self, element: HtmlElement, members: list[Block]) -> bool:
        """Return True for what stands among the story's blocks, or right above or below them."""
        if self._extra(element, members) > thresholds.EXHIBIT_LABELS:
            return False
        first, last = members[0].index, members[-1].index
        if self._first < first <= last < self._last:
            return True
        gap = range(self._last + 1, first) if first > self._last else range(last + 1, self._first)
        if len(gap) > thresholds.EXHIBIT_LABELS or any(not _is_label(self._blocks[i]) for i in gap):
            return False
        if self._area is None or any(self._area in b.trail for b in (members[0], members[-1])):
            return True
        above = self._blocks[max(0, first - 1)]
        return max(self._case.score(b) for b in (above, *members)) > thresholds.EXHIBIT_OUTSIDE_SCORE

    def lists_more(self, element: HtmlElement, members: list[Block]) -> bool:
        """Return True for a list beside a list of the story, and for a short one within an item of it."""
        if not self._first < members[0].index <= members[-1].index < self._last + len(members) + 1:
            return False
        parent = element.getparent()
        if parent is not None and parent.tag == "li" and parent in self.around:
            return (
                len(members) <= thresholds.NESTED_ITEMS
                and sum(b.width for b in members) < thresholds.NESTED_WIDTH
                and members[0].index - 1 in self._chosen
            )
        return members[-1].index < self._last and parent in self._around_lists and not _links_away(members)

    def _extra(self, element: HtmlElement, members: list[Block]) -> int:
        """Return how many blocks stand beside an exhibit in the largest box that holds none of the story."""
        outer, parent = element, element.getparent()
        while parent is not None and parent not in self.around and parent.tag != "body":
            outer, parent = parent, parent.getparent()
        return self._counts.get(outer, 0) - len(members)


def _is_label(block: Block) -> bool:
    """Return True for what may stand between the story and its table: a heading, a button, a short line."""
    if block.tag in CONTROLS or (block.tag in HEADINGS and block.linked < thresholds.HALF_LINKED):
        return True
    return block.width < thresholds.LABEL_BESIDE_WIDTH and not block.links


def _links_away(members: list[Block]) -> bool:
    linked = sum(b.width * b.linked for b in members)
    return linked > thresholds.EXHIBIT_LINKED * sum(b.width for b in members)


def _is_chrome(element: HtmlElement, around: set[HtmlElement]) -> bool:
    """Return True if an element, or one around it that holds nothing of the story, is called chrome."""
    named: HtmlElement | None = element
    for _ in range(thresholds.EXHIBIT_LEVELS):
        if named is None or named in around:
            return False
        if named.tag in _BESIDE_STORIES or kinds_named(names_of(named)) & _CHROME:
            return True
        named = named.getparent()
    return False
