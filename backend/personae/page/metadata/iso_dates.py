"""Dates as publishers write them, brought to ISO 8601 with the publisher's own offset from UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from dateutil import parser as free_form

_ISO = re.compile(
    r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:\s*T\s*|[\s,]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{1,2}(?!\d))?)?",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(
    r"\s*(\d{1,2})([./-])(\d{1,2})\2\s?((?:19|20)\d{2}|\d{2}(?!\d))"
    r"(?:(?:\s*T\s*|[\s,]+(?:[^\W\d]+\s+)?)(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*([ap]\.?m\b)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_WELL_FORMED = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?\s*$")
_EPOCH = re.compile(r"\s*(\d{10})(\d{3})?(?:\.\d+)?\s*$")
_IN_PATH = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?=[/_-]|\D)")
_IN_PATH_DAY_FIRST = re.compile(r"[/-](\d{2})-(\d{2})-((?:19|20)\d{2})(?=[/_.-]|$)")
_HAS_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_LATEST_YEAR, _EARLIEST_YEAR = 2100, 1990
_LONGEST = 80
MONTHS, _HALF_A_DAY = 12, 12
# Where English is written with the day first.
_DAY_FIRST_ENGLISH = frozenset(
    {"en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za", "en-sg", "en-ng", "en-ke", "en-pk", "en-my"}
)
_LATEST_SHORT_YEAR = 69


def iso_date(value: Any, language: str | None = None) -> str | None:
    """Return a date as ISO 8601, or None when it is no plausible date of a publication.

    A date without time stays a date ("2024-05-16"); a time without offset stays without
    ("2024-05-16T08:00:00"); what is well-formed stays as it is written. Understood: ISO 8601
    and its near misses, RFC 2822, seconds or milliseconds since 1970, day, month and year in digits in the
    order of the language, and English dates in words.
    """
    return next(iter(iso_readings(value, language)), None)


def iso_readings(value: Any, language: str | None = None) -> list[str]:
    """Return all that a date can mean, the likeliest first: two where day and month can change places."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value)) if abs(value) < 10**14 else ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return []
    try:
        if match := _DAY_AND_MONTH.match(value):
            return _by_digits(match, language)
        found = _iso(value) or _epoch(value) or _in_words(value)
    except (ValueError, OverflowError):
        return []
    return [found] if found else []


def month_first(separator: str, language: str | None) -> bool:
    """Return whether a date in digits gives the month first: never with points, else in American English."""
    tongue = (language or "").lower()
    if separator == "." or tongue in _DAY_FIRST_ENGLISH:
        return False
    return tongue.partition("-")[0] == "en" or (not tongue and separator == "/")


def full_year(digits: str) -> int:
    """Return a year of two digits or four: "22" is 2022, "98" is 1998."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year <= _LATEST_SHORT_YEAR else 1900)  # noqa: PLR2004


def date_in_path(url: str | None) -> str | None:
    """Return the date that an article's address carries ("/2024/05/16/…", "/16-05-2024-…"), or None."""
    if match := _IN_PATH.search(url or ""):
        return iso_date("-".join(match.groups()))
    if match := _IN_PATH_DAY_FIRST.search(url or ""):
        return iso_date("-".join(reversed(match.groups())))
    return None


def has_time(value: str | None) -> bool:
    """Return whether an ISO date carries a time of day."""
    return value is not None and "T" in value


def _iso(value: str) -> str | None:
    match = _ISO.match(value) or _COMPACT.match(value)
    if match is None:
        return None
    groups = match.groups()
    year, month, day = (int(part) for part in groups[:3])
    hour, minute, second = groups[3:6]
    zone = groups[-1]
    fraction = groups[6] if match.re is _ISO else None
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    if hour is None:
        return date(year, month, day).isoformat()
    moment = datetime(
        year,
        month,
        day,
        int(hour) % 24,
        int(minute),
        int(second or 0),
        int((fraction or "0").ljust(6, "0")[:6]),
        _zone(zone),
    )
    written = value.strip()
    return written if _WELL_FORMED.fullmatch(written) and hour != "24" else moment.isoformat()


def _by_digits(match: re.Match[str], language: str | None) -> list[str]:
    """Return the readings of a date in digits whose year is last, with its time."""
    first, separator, second, year = int(match[1]), match[2], int(match[3]), full_year(match[4])
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return []
    pairs = (
        [(first, second), (second, first)]
        if month_first(separator, language)
        else [(second, first), (first, second)]
    )
    if separator == ".":
        pairs = pairs[:1]
    time = ""
    if match[5]:
        hour = (
            int(match[5]) % _HALF_A_DAY + _HALF_A_DAY * match[8].lower().startswith("p")
            if match[8]
            else int(match[5])
        )
        zone = _zone(match[9])
        moment = datetime(2000, 1, 1, hour % 24, int(match[6]), int(match[7] or 0), tzinfo=zone)
        time = moment.isoformat()[10:]
    found = []
    for month, day in dict.fromkeys(pairs):
        try:
            found.append(f"{date(year, month, day).isoformat()}{time}")
        except ValueError:
            continue
    return found


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _named_zone(_name: str | None, offset: int | None) -> timezone | None:
    """Take a zone only when its offset is written out: abbreviations are ambiguous."""
    return None if offset is None else timezone(timedelta(seconds=offset))


def _epoch(value: str) -> str | None:
    match = _EPOCH.match(value)
    if match is None:
        return None
    moment = datetime.fromtimestamp(int(match[1]), UTC)
    return moment.isoformat() if _EARLIEST_YEAR <= moment.year <= _LATEST_YEAR else None


def _in_words(value: str) -> str | None:
    """Read RFC 2822 and English dates; only with a year, since a default would be an invention."""
    if not _HAS_YEAR.search(value):
        return None
    try:
        return parsedate_to_datetime(value).isoformat()
    except ValueError:
        pass
    midnight = datetime(2000, 1, 1)  # noqa: DTZ001 - a default without offset, so that none is invented
    other = datetime(2001, 2, 2, 1, 1)  # noqa: DTZ001 - same
    try:
        moment, again = (
            free_form.parse(value, default=default, tzinfos=_named_zone) for default in (midnight, other)
        )
    except (free_form.ParserError, ValueError, TypeError):
        return None
    if moment.date() != again.date() or not _EARLIEST_YEAR <= moment.year <= _LATEST_YEAR:
        return None  # the day was not in the text
    return moment.isoformat() if moment.time() == again.time() else moment.date().isoformat()
