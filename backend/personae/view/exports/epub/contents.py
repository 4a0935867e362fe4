"""The table of contents: title page, story with its sub-headings, cast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from personae.view.exports.epub.xhtml import Heading
from personae.view.i18n.catalogue import Catalogue


@dataclass(slots=True)
class Point:
    """One line of the contents. number: in reading order, from 1; ours: its text is not the article's."""

    number: int
    text: str
    address: str
    ours: bool = False
    inner: list[Point] = field(default_factory=list)


def contents(title: str, headings: Sequence[Heading], words: Catalogue, *, has_cast: bool) -> list[Point]:
    """Return the contents; each sub-heading stands within the last one of a higher level."""
    story = Point(2, words.text("book_story"), "story.xhtml", ours=True)
    above = [(1, story)]
    for number, heading in enumerate(headings, start=3):
        point = Point(number, heading.text, f"story.xhtml#{heading.place}")
        while above[-1][0] >= heading.level:
            above.pop()
        above[-1][1].inner.append(point)
        above.append((heading.level, point))
    points = [Point(1, title, "title.xhtml"), story]
    if has_cast:
        points.append(Point(len(headings) + 3, words.text("cast"), "cast.xhtml", ours=True))
    return points


def depth(points: list[Point]) -> int:
    """Return how many levels the contents have."""
    return 1 + max((depth(point.inner) for point in points if point.inner), default=0)
