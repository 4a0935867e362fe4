"""The date that a reader sees, for pages that tell machines none."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from lxml.html import HtmlElement

from personae.markup.text import spaced_text
from personae.page.metadata.byline_area import lines_below_headline, stands_elsewhere
from personae.page.metadata.iso_dates import iso_date
from personae.page.metadata.word_tables import date_pattern, element_pattern

_DATED = element_pattern("date")
_ELSEWHERE = element_pattern("elsewhere", "elsewhere_of_dates")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}}){date_pattern('ordinals')}?\.?\s+(?:{date_pattern('before_month')}\s+)?([^\W\d_]{{3,12}})"
    rf"\.?,?\s+(?:{date_pattern('before_year')}\s+)?((?:19|20)\d{{2}})(?!\d)"
)
_MONTH_DAY = re.compile(
    rf"([^\W\d_]{{3,12}})\.?\s+(\d{{1,2}}){date_pattern('ordinals', 'en')}?,?\s+((?:19|20)\d{{2}})(?!\d)"
)
_MONTH_FIRST = frozenset({"en", "en-us"})
_LONGEST, _MOST_LOOKED_AT = 160, 400
_LONGEST_LINE, _PARAGRAPH, _MOST_BELOW = 80, 2000, 40
_MONTHS = 12


def visible_date(tree: HtmlElement, language: str | None) -> str | None:
    """Return the first date ("2024-05-16") in an element whose class says that it holds one, or None.

    Where no class says so, a short line right below the headline may hold it.
    """
    looked = 0
    for element in tree.xpath("//body//time | //body//*[@class or @id]"):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag != "time" and not _DATED.search(named):
            continue
        looked += 1
        if looked > _MOST_LOOKED_AT:
            break
        text = spaced_text(element, longest=_LONGEST)
        if any(c.isdigit() for c in text) and not _is_elsewhere(element):
            found = date_in_text(text, language)
            if found:
                return found
    return _date_below_headline(tree, language)


def _date_below_headline(tree: HtmlElement, language: str | None) -> str | None:
    """Return the date in the first short line below the headline that has one, above the first paragraph."""
    for element in lines_below_headline(tree, _MOST_BELOW):
        text = spaced_text(element, longest=_PARAGRAPH)
        if element.tag == "p" and (not text or len(text) > _LONGEST):
            return None
        if 0 < len(text) <= _LONGEST_LINE and not _is_elsewhere(element):
            found = date_in_text(text, language)
            if found:
                return found
    return None


def date_in_text(text: str, language: str | None) -> str | None:
    """Return the first full date in a text, in digits or with a month's name in this language or English."""
    if match := _YEAR_FIRST.search(text):
        return iso_date(f"{match[1]}-{match[2]}-{match[3]}")
    if match := _NUMERIC.search(text):
        first, second = int(match[1]), int(match[3])
        month_first = match[2] == "/" and (language or "en") in _MONTH_FIRST and first <= _MONTHS
        day, month = (second, first) if month_first or second > _MONTHS else (first, second)
        return iso_date(f"{match[4]}-{month}-{day}")
    for pattern, day_at, name_at in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        for match in pattern.finditer(text):
            named = month_number(match[name_at], language)
            if named:
                return iso_date(f"{match[3]}-{named}-{match[day_at]}")
    return None


def month_number(name: str, language: str | None) -> int | None:
    """Return 1 to 12 for a month's name or its abbreviation in the language or in English, else None."""
    key = name.casefold().rstrip(".")
    primary = (language or "en").partition("-")[0]
    return _month_names(primary).get(key) or _month_names("en").get(key)


@lru_cache(maxsize=32)
def _month_names(language: str) -> dict[str, int]:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[form][width].items():
                names.setdefault(str(name).casefold().rstrip("."), int(number))
    return names


def _is_elsewhere(element: HtmlElement) -> bool:
    return stands_elsewhere((element, *element.iterancestors()), _ELSEWHERE)
