"""The story map: a lane for each actor, a column for each paragraph, so that one sees who enters when.

Drawn as the lanes of the cast are: headline and standfirst first, a gap, then the text from end to end, so a
column is as wide as its paragraph is long. A long story has paragraphs share a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from personae.model import Actor, Article
from personae.view.i18n.catalogue import Catalogue
from personae.view.page.cast_members import LANE_TEXT, Member
from personae.view.page.places import Places

WIDTH = 1000  # units of the drawing; a lane is HEIGHT of them high, whatever the page makes of both
HEIGHT = 16
MAX_COLUMNS = 80
MIN_PARAGRAPHS = 3  # fewer are seen at a glance without a map
MAX_NAMES = 6  # that a column's tooltip tells
TITLE, STANDFIRST = (0.0, 22.0), (24.0, 46.0)  # as the cast's lanes have them
GAP = 2.0  # between columns, at most
NAMED, SAID = (5, 6), (1, 14)  # top and height of a bar: one who speaks stands taller


@dataclass(frozen=True, slots=True)
class Column:
    """One paragraph, or some of a long story. anchor: where its link leads; label: its tooltip."""

    x: float
    width: float
    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One actor's row. named, said: paths of bars; the others tell the same in words, for a table's cells."""

    member: Member
    named: str
    said: str
    paragraphs: str
    quotations: str


@dataclass(frozen=True, slots=True)
class StoryMap:
    """key, others: the lanes, in the order of the cast."""

    columns: tuple[Column, ...]
    key: tuple[Lane, ...]
    others: tuple[Lane, ...]


def draw(article: Article, members: Sequence[Member], places: Places, words: Catalogue) -> StoryMap | None:
    """Return the map; None when there is nobody to show, or hardly a paragraph."""
    if not members or len(places.starts) < MIN_PARAGRAPHS:
        return None
    edges = _edges(article, places)
    lanes = [_lane(member, edges, places, words) for member in members]
    return StoryMap(
        columns=tuple(_columns(members, edges, places, words)),
        key=tuple(lane for lane in lanes if lane.member.actor.key),
        others=tuple(lane for lane in lanes if not lane.member.actor.key),
    )


@dataclass(frozen=True, slots=True)
class _Edges:
    """xs: where columns begin, and where the last ends; share: paragraphs in a column."""

    xs: tuple[float, ...]
    share: int

    def column(self, paragraph: int) -> int:
        return paragraph // self.share

    def span(self, column: int) -> tuple[float, float]:
        return self.xs[column], self.xs[column + 1]


def _edges(article: Article, places: Places) -> _Edges:
    left, right = (WIDTH * share / 100 for share in LANE_TEXT)
    share = ceil(len(places.starts) / MAX_COLUMNS)
    offsets = [*places.starts[::share], len(article.text)]
    return _Edges(tuple(left + (right - left) * offset / len(article.text) for offset in offsets), share)


def _columns(members: Sequence[Member], edges: _Edges, places: Places, words: Catalogue) -> Iterator[Column]:
    present: dict[int, list[str]] = {}
    for member in members:
        for column in {edges.column(p) for p in _named_in(member.actor)}:
            present.setdefault(column, []).append(member.actor.name)
    last_paragraph = len(places.starts)
    for column, (start, end) in enumerate(pairwise(edges.xs)):
        first = column * edges.share
        anchor = places.anchor(first)
        if anchor is None:
            continue
        label = _label(first + 1, min(first + edges.share, last_paragraph), words)
        names = present.get(column, [])
        if names:
            shown = words.listed(names[:MAX_NAMES]) + (" …" if len(names) > MAX_NAMES else "")
            label = words.text("map_column", where=label, names=shown)
        yield Column(round(start, 1), round(end - start, 1), anchor, label)


def _label(first: int, last: int, words: Catalogue) -> str:
    if first == last:
        return words.text("map_paragraph", place=first)
    return words.text("map_paragraphs", first=first, last=last)


def _lane(member: Member, edges: _Edges, places: Places, words: Catalogue) -> Lane:
    actor = member.actor
    named, quoted = _named_in(actor), {places.paragraph(quote.start) for quote in actor.quotes}
    said_columns = {edges.column(p) for p in quoted}
    named_columns = {edges.column(p) for p in named} - said_columns
    fields = {mention.field for mention in actor.mentions}
    heads = [span for field, span in (("title", TITLE), ("standfirst", STANDFIRST)) if field in fields]
    heads_named = [words.text(f"in_{field}") for field in ("title", "standfirst") if field in fields]
    return Lane(
        member=member,
        named=_bars([*heads, *(edges.span(c) for c in sorted(named_columns))], NAMED),
        said=_bars((edges.span(c) for c in sorted(said_columns)), SAID),
        paragraphs=words.listed([*heads_named, *_ranges(sorted(named | quoted))]),
        quotations=words.listed(list(_ranges(sorted(quoted)))),
    )


def _named_in(actor: Actor) -> set[int]:
    """Return the indexes of the paragraphs in which an actor is named."""
    return {mention.paragraph for mention in actor.mentions if mention.paragraph is not None}


def _bars(spans: Iterable[tuple[float, float]], shape: tuple[int, int]) -> str:
    """Return a path of rectangles."""
    top, height = shape
    return "".join(
        f"M{start:.1f} {top}h{max(end - start - min(GAP, (end - start) / 4), 1):.1f}v{height}H{start:.1f}z"
        for start, end in spans
    )


def _ranges(paragraphs: Sequence[int]) -> Iterator[str]:
    """Yield "1–3", "5" for the indexes 0, 1, 2, 4."""
    run: list[int] = []
    for number in [*(p + 1 for p in paragraphs), None]:
        if run and (number is None or number != run[-1] + 1):
            yield f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}"
            run = []
        if number is not None:
            run.append(number)
