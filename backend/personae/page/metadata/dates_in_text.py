"""Dates as readers see them: in digits of any script or with a month's name, and whether of an update."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from personae.markup.word_patterns import alternatives
from personae.page.metadata.iso_dates import MONTHS, full_year, iso_date, month_first
from personae.page.metadata.word_tables import date_pattern, date_words, month_languages

_YEAR = r"((?:19|20|25)\d{2})"
_NUMERIC = re.compile(
    r"(?<![\d.,:/-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?((?:19|20|25)\d{2}|\d{2}(?![.:/-]?\d))(?!\d)"
)
_YEAR_FIRST = re.compile(rf"(?<!\d){_YEAR}\s*[-./年년]\s*(\d{{1,2}})\s*[-./月월]\s*(\d{{1,2}})(?!\d)")
_DIGIT = re.compile(r"[^\x00-\x7f]")
_SHORT = r"(?:[^\W\d_]{1,6}[.'’]?\s?){0,2}"  # the small words that stand between day, month and year
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")
_TIME_OF_DAY = re.compile(r"^[\s\d:時分时()]*")
_BUDDHIST_YEARS = 543
_FIRST_BUDDHIST = 2500
_MOST = 6
_LABEL_REACH = 40
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LONGEST_DATE_LINE, _MOST_DATE_WORDS = 90, 3


@dataclass(frozen=True, slots=True)
class DateInText:
    """One date: iso "2024-05-16"; start and end offsets in the text, the end exclusive.

    is_labelled: a label beside it says what it is the day of; is_update: of a change.
    """

    iso: str
    start: int
    end: int
    is_labelled: bool = False
    is_update: bool = False


def dates_in(text: str, language: str | None) -> list[DateInText]:
    """Return the full dates of a text in order, at most six; language: of its months and order of digits."""
    text = _in_ascii_digits(unicodedata.normalize("NFC", text))
    found: list[DateInText] = []
    taken = 0
    for start, end, iso in sorted(_all(text, language), key=lambda one: (one[0], -one[1])):
        if start >= taken:
            label = _label(text[taken:start], text[end : end + _LABEL_REACH])
            found.append(DateInText(iso, start, end, label is not None, label == "updated"))
            taken = end
    return found[:_MOST]


def is_date_line(text: str, language: str | None) -> bool:
    """Return True if a line says no more than a date, with a weekday, a label or a time of day."""
    if len(text) > _LONGEST_DATE_LINE or not any(character.isdigit() for character in text):
        return False
    dates = dates_in(text, language)
    rest = text
    for one in reversed(dates):
        rest = rest[: one.start] + rest[one.end :]
    return bool(dates) and len(_LETTERS.findall(rest)) <= _MOST_DATE_WORDS * len(dates)


def ends_as_update(text: str) -> bool:
    """Return True if a short line is no more than the label of a change's date ("Updated:")."""
    is_bare = len(text) <= _LABEL_REACH and not any(character.isdigit() for character in text)
    return is_bare and _label(text, "") == "updated"


def _label(before: str, after: str) -> str | None:
    """Return the kind of the last label before a date, "updated" or "published", or of the next one."""
    last = {
        kind: max((m.end() for m in _labels(kind).finditer(before)), default=-1)
        for kind in ("updated", "published")
    }
    if max(last.values()) >= 0:
        return max(last, key=lambda kind: last[kind])
    return "updated" if _labels("updated_after").match(_TIME_OF_DAY.sub("", after, count=1)) else None


@lru_cache(maxsize=4)
def _labels(kind: str) -> re.Pattern[str]:
    """Return what finds the labels of a kind: whole words, but anywhere in scripts that write no spaces."""
    words = sorted(date_words(kind), key=len, reverse=True)
    joined = [re.escape(word) for word in words if _UNSPACED.search(word)]
    spaced = [re.escape(word) for word in words if not _UNSPACED.search(word)]
    either = [rf"(?<!\w){alternatives(spaced)}(?!\w)"] if spaced else []
    return re.compile(alternatives([*either, *joined]), re.IGNORECASE)


def _all(text: str, language: str | None) -> Iterator[tuple[int, int, str]]:
    for match in _YEAR_FIRST.finditer(text):
        if found := _iso(match[1], match[2], match[3]):
            yield match.start(), match.end(), found
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), full_year(match[4])
        readings = [(second, first), (first, second)]
        if month_first(match[2], language):
            readings.reverse()
        isos = [iso for month, day in readings if month <= MONTHS and (iso := _iso(str(year), month, day))]
        if isos:
            yield match.start(), match.end(), isos[0]
    if any(character.isalpha() for character in text) and re.search(_YEAR, text):
        yield from _with_names(text, language)


def _with_names(text: str, language: str | None) -> Iterator[tuple[int, int, str]]:
    """Yield the dates with names of months: of the language, else of English, else of the script's others."""
    for tongue in _tongues(text, language):
        names, patterns = _months(tongue)
        found = False
        for pattern, (day, month, year) in patterns:
            for match in pattern.finditer(text):
                number = names.get(_folded(match[month]))
                if number and (iso := _iso(match[year], number, match[day])):
                    found = True
                    yield match.start(), match.end(), iso
        if found:
            return


def _tongues(text: str, language: str | None) -> Iterator[str]:
    primary = (language or "en").partition("-")[0]
    yield primary
    if primary != "en":
        yield "en"
    scripts = {unicodedata.name(c, " ").partition(" ")[0].lower() for c in text if c.isalpha()}
    for script in sorted(scripts):
        yield from (tongue for tongue in month_languages(script) if tongue not in (primary, "en"))


@lru_cache(maxsize=128)
def _months(language: str) -> tuple[dict[str, int], list[tuple[re.Pattern[str], tuple[int, int, int]]]]:
    """Return the names of months, and patterns of dates with the groups of day, month and year in each."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}, []
    names: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[form][width].items():
                key = _folded(str(name))
                if any(character.isalpha() for character in key) and key[0].isalpha():
                    names.setdefault(key, int(number))
    if not names:
        return {}, []
    month = f"({alternatives([re.escape(n) for n in sorted(names, key=len, reverse=True)])})(?![^\\W\\d_])"
    day = rf"(?<!\d)(\d{{1,2}})(?!\d){date_pattern('ordinals')}?"
    gap = r"[\s.,/()-]{0,4}"
    forms = (
        (rf"{day}{gap}{_SHORT}{month}{gap}{_SHORT}{_YEAR}(?!\d)", (1, 2, 3)),
        (rf"(?<![^\W\d_]){month}{gap}{day}{gap}{_SHORT}{_YEAR}(?!\d)", (2, 1, 3)),
        (rf"(?<!\d){_YEAR}(?!\d){gap}{_SHORT}{month}{gap}(\d{{1,2}})(?!\d)", (3, 2, 1)),
        (rf"(?<!\d){_YEAR}(?!\d){gap}{_SHORT}(\d{{1,2}})(?!\d){gap}{month}", (2, 3, 1)),
    )
    return names, [(re.compile(form, re.IGNORECASE), groups) for form, groups in forms]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower().strip(". ")


def _iso(year: str, month: str | int, day: str | int) -> str | None:
    number = int(year)
    if number >= _FIRST_BUDDHIST:
        number -= _BUDDHIST_YEARS
    return iso_date(f"{number}-{month}-{day}")


def _in_ascii_digits(text: str) -> str:
    """Return a text of the same length whose digits of other scripts are ASCII's."""
    return text if text.isascii() else _DIGIT.sub(_ascii_digit, text)


def _ascii_digit(match: re.Match[str]) -> str:
    number = unicodedata.decimal(match[0], None)
    return match[0] if number is None else str(number)
