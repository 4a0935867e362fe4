"""Dates as the article's language writes them, at the publisher's own offset from UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

DATE_ONLY = len("2024-05-01")


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date on the page. iso: for `datetime`; text: "1 May 2024"; full: with weekday, time and offset."""

    iso: str
    text: str
    full: str


def shown(iso: str | None, language: str | None) -> ShownDate | None:
    """Write an ISO 8601 date in a language (English when it is unknown); None when it is no date."""
    moment = _moment(iso)
    if moment is None or iso is None:
        return None
    locale = locale_of(language)
    text = format_date(moment.date(), "long", locale)
    full = format_date(moment.date(), "full", locale)
    if len(iso) > DATE_ONLY:
        full += f", {moment:%H:%M}"
        offset = f"{moment:%z}"
        if offset:
            full += f" (UTC{offset[:3]}:{offset[3:5]})" if moment.utcoffset() else " (UTC)"
    return ShownDate(iso, text, full)


def updated(published: str | None, modified: str | None, language: str | None) -> ShownDate | None:
    """Return the date of the last change, when it is another day than the one of publication."""
    changed, first = _moment(modified), _moment(published)
    if changed is None or (first is not None and changed.date() <= first.date()):
        return None
    return shown(modified, language)


def locale_of(language: str | None) -> Locale:
    """Return the locale that writes this language's dates; English for a code that nobody knows."""
    for candidate in (language or "", (language or "").replace("_", "-").partition("-")[0]):
        try:
            return Locale.parse(candidate.replace("_", "-"), sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


def _moment(iso: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(iso or "")
    except ValueError:
        return None
