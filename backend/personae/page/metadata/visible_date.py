"""The date that a reader sees: by the headline, at the story's beginning, or where a class says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lxml.html import HtmlElement

from personae.markup.text import spaced_text
from personae.page.metadata.bylines import begins_as_byline
from personae.page.metadata.dates_in_text import DateInText, dates_in, ends_as_update
from personae.page.metadata.head_matter import HeadMatter
from personae.page.metadata.iso_dates import has_time, iso_date, iso_readings
from personae.page.metadata.page_lines import Line
from personae.page.metadata.word_tables import element_pattern

_DATED, _MODIFIED = element_pattern("date"), element_pattern("modified")
_LONGEST, _LONGEST_LINE, _MOST_LOOKED_AT = 160, 120, 400
_STAMPS = ("datetime", "content", "title")
_WRITTEN_OUT = re.compile(r"\d{4}-\d{2}-\d{2}")
# Where a date opens a paragraph: at its start, or after a place, before a dash or the like.
_OPENING, _LONGEST_PLACE, _LABEL_LENGTH = 60, 40, 16
_OPENS = re.compile(r"[.)\]]?\s*[|:/–—-]|[)\]]")
_ENDS = re.compile(r"\)?\.\s")
_UTC = re.compile(r"(?:Z|[+-]00:?00)$")
_EARLIEST_ZONE, _LATEST_ZONE = timedelta(hours=-12), timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date by the headline: iso, with the time where the page says it.

    is_told: the page says that it is the story's date: by a label, an element's name, or a line of its own.
    """

    iso: str
    is_update: bool
    is_told: bool = True


def shown_dates(head: HeadMatter, language: str | None) -> list[ShownDate]:
    """Return the dates by the headline or at the opening of the story, those told first, then the nearest."""
    found: list[ShownDate] = []
    before = ""
    for line in head.lines:
        if len(line.raw) <= 8 * _LONGEST_LINE and len(line.text) <= _LONGEST_LINE:
            found += _in_line(line, language, is_update=ends_as_update(before))
        before = line.text
    for opening in head.openings if not any(one.is_told and not one.is_update for one in found) else ():
        found += _in_opening(opening, language)
    return sorted(found, key=lambda one: not one.is_told)


def _in_line(line: Line, language: str | None, *, is_update: bool) -> list[ShownDate]:
    written = dates_in(line.text, language)
    stamps = list(_stamps(line, language))
    if not written:
        return [ShownDate(iso, changed or is_update) for iso, changed in stamps]
    is_told = written[0].start <= _LONGEST_PLACE and (bool(stamps) or _is_named_date(line))
    return [
        ShownDate(
            _with_time(one, [iso for iso, _ in stamps]),
            one.is_update or (is_update and not place),
            is_told
            or one.is_labelled
            or one.start <= 1
            or len(line.text) - (one.end - one.start) <= _LABEL_LENGTH,
        )
        for place, one in enumerate(written)
    ]


def _is_named_date(line: Line) -> bool:
    holders = (*line.elements, line.element.getparent())
    return any(
        e is not None and _DATED.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in holders
    )


def _stamps(line: Line, language: str | None) -> Iterator[tuple[str, bool]]:
    """Yield the moments in the attributes of a line's elements, and whether each is that of a change."""
    for element in line.elements:
        for name in _STAMPS:
            value = element.get(name)
            if (
                value
                and (element.tag == "time" or _WRITTEN_OUT.match(value))
                and (iso := iso_date(value, language))
            ):
                yield iso, names_a_change(element) or ends_as_update(_text_before(element))
                break


def _text_before(element: HtmlElement) -> str:
    """Return the text right before an element, in its parent."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return (previous.tail or "").strip() or spaced_text(previous, longest=_LONGEST)
    return (parent.text or "").strip() if parent is not None else ""


def names_a_change(element: HtmlElement) -> bool:
    """Return True if an element is named as the date of a change alone."""
    named = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return _MODIFIED.search(named) is not None and "publish" not in named.lower()


def _with_time(one: DateInText, stamps: Iterable[str]) -> str:
    """Return the moment that the line's attributes give for a written day; else the day alone."""
    return next((iso for iso in stamps if iso[:10] == one.iso and has_time(iso)), one.iso)


def _in_opening(line: Line, language: str | None) -> list[ShownDate]:
    for one in dates_in(line.text[:_OPENING], language)[:1]:
        before, after = line.text[: one.start].strip(), line.text[one.end :]
        is_alone = not before or before[-1] in ",("
        if one.start <= _LONGEST_PLACE and (_OPENS.match(after) or (is_alone and _ENDS.match(after))):
            return [ShownDate(one.iso, one.is_update)]
    return []


def published_of(shown: Iterable[ShownDate]) -> str | None:
    """Return the first date that is not that of a change."""
    return next((one.iso for one in shown if not one.is_update), None)


def as_shown(declared: str, value: object, shown: Iterable[ShownDate], language: str | None) -> str:
    """Return a declared date with the day that the page shows, where it can be the same.

    declared: ISO 8601, read from value. A moment in UTC may be another day where the publisher is;
    "03-04-2024" may be of March or April.
    """
    dates = [one for one in shown if not one.is_update]
    if any(one.iso[:10] == declared[:10] for one in dates):
        return declared
    for one in dates:
        if one.iso[:10] in {reading[:10] for reading in iso_readings(value, language)[1:]}:
            return next(r for r in iso_readings(value, language) if r[:10] == one.iso[:10])
        if _is_same_moment(declared, one.iso):
            return one.iso
    return declared


def _is_same_moment(declared: str, shown: str) -> bool:
    """Return True if a moment in UTC falls on the shown day somewhere, or is the shown moment."""
    if not (has_time(declared) and _UTC.search(declared)):
        return False
    moment = datetime.fromisoformat(declared)
    if has_time(shown):
        other = datetime.fromisoformat(shown)
        if other.utcoffset() is not None:
            return abs(other - moment) < timedelta(minutes=10)
    day = date.fromisoformat(shown[:10])
    return (moment + _EARLIEST_ZONE).date() <= day <= (moment + _LATEST_ZONE).date()


def labelled_date(lines: Iterable[Line], head: HeadMatter, language: str | None) -> str | None:
    """Return the day that short lines anywhere on the page give as the story's own, or None.

    A label says so ("Published on …"), or the line is a byline. Where several days are given, none is; that
    of a change counts where there is no other.
    """
    found: dict[bool, set[str]] = {False: set(), True: set()}
    looked = 0
    for line in lines:
        if len(line.raw) > 2 * _LONGEST_LINE or len(line.text) > _LONGEST_LINE or not _has_digits(line.text):
            continue
        looked += 1
        if looked > _MOST_LOOKED_AT:
            break
        is_byline = begins_as_byline(line.text)
        for one in dates_in(line.text, language):
            if (one.is_labelled or is_byline) and not head.is_elsewhere(line.element):
                found[one.is_update].add(one.iso)
    return next((next(iter(days)) for days in found.values() if len(days) == 1), None)


def _has_digits(text: str) -> bool:
    return any(character.isdecimal() for character in text)


def visible_date(tree: HtmlElement, head: HeadMatter, language: str | None) -> str | None:
    """Return the first date in an element of the article whose class says that it holds one, or None."""
    changed: str | None = None
    looked = 0
    body = tree.find("body")
    for element in () if body is None else body.iter("*"):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag != "time" and not _DATED.search(named):
            continue
        looked += 1
        if looked > _MOST_LOOKED_AT:
            break
        text = spaced_text(element, longest=_LONGEST)
        stamp = iso_date(element.get("datetime"), language) if element.tag == "time" else None
        if (stamp is None and not any(c.isdigit() for c in text)) or head.is_elsewhere(element):
            continue
        dates = dates_in(text, language) if text else []
        own = next((one for one in dates if not one.is_update), None)
        if own is not None:
            return stamp if stamp and stamp[:10] == own.iso else own.iso
        if stamp and not dates and not names_a_change(element):
            return stamp
        changed = changed or (dates[0].iso if dates else stamp)
    return changed
