"""The words of the pages, in the languages of the interface.

One file a language, `locales/LANGUAGE/messages.json`, in the format of WebExtensions (the same as the
extension's own `_locales`): key -> {"message", "description", "placeholders": {"name": {"content": "$1"}}};
a message holds its placeholders as $NAME$. What depends on a number has a key for each of the language's
plural categories (Unicode CLDR), KEY_one to KEY_other, with the number as $COUNT$.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from markupsafe import Markup, escape

LOCALES = Path(__file__).parent / "locales"
# English stands in for whatever another language lacks, and comes first.
LANGUAGES = tuple(
    sorted((file.parent.name for file in LOCALES.glob("*/messages.json")), key=lambda tag: (tag != "en", tag))
)
_PLACEHOLDER = re.compile(r"\$(\w+)\$")


@dataclass(frozen=True)
class Catalogue:
    """The messages of one language. tag: its BCP 47 tag; direction: "ltr" or "rtl"."""

    tag: str
    direction: str
    messages: dict[str, str]

    def text(self, key: str, **values: Any) -> str:
        """Return a message with its placeholders filled; `Markup` when one of the values is.

        Raises KeyError when there is no such message, or a placeholder has no value.
        """
        message = self.messages[key]
        if any(isinstance(value, Markup) for value in values.values()):
            filled = _PLACEHOLDER.sub(lambda m: str(escape(values[m[1].lower()])), str(escape(message)))
            return Markup(filled)  # noqa: S704 - message and values are escaped
        return _PLACEHOLDER.sub(lambda m: str(values[m[1].lower()]), message)

    def counted(self, key: str, count: int, **values: Any) -> str:
        """Return the form of a message for a number, which stands in it as this language writes it."""
        category = self._locale.plural_form(count)
        exact = f"{key}_{category}"
        number = format_decimal(count, locale=self._locale)
        return self.text(exact if exact in self.messages else f"{key}_other", count=number, **values)

    def decimal(self, value: float, places: int) -> str:
        """Return a number with this many decimal places, as this language writes it ("0,86")."""
        return format_decimal(value, format=f"0.{'0' * places}", locale=self._locale)

    def has(self, key: str) -> bool:
        """Whether there is such a message."""
        return key in self.messages

    def listed(self, items: list[str]) -> str:
        """Return "a, b" as this language separates what it lists."""
        return self.text("list_separator").join(items)

    def language_name(self, code: str | None) -> str | None:
        """Return what this language calls another ("Finnish"); None for a code that nobody knows."""
        try:
            locale = Locale.parse((code or "").replace("_", "-"), sep="-")
        except (ValueError, UnknownLocaleError):
            return None
        return locale.get_language_name(self.tag)

    @property
    def _locale(self) -> Locale:
        return _locale(self.tag)


@cache
def catalogue(language: str) -> Catalogue:
    """Return the words of one of `LANGUAGES`; where it lacks one, English stands in.

    Raises FileNotFoundError for any other language.
    """
    messages = {**_messages("en"), **_messages(language)}
    return Catalogue(language, messages["language_direction"], messages)


@cache
def _messages(language: str) -> dict[str, str]:
    text = (LOCALES / language / "messages.json").read_text(encoding="utf-8")
    return {key: entry["message"] for key, entry in json.loads(text).items()}


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag)
