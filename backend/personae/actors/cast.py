"""Which way an article's actors are found: English has rules of its own, all others share general ones."""

from __future__ import annotations

from personae.actors.languages.common import clusters as general
from personae.actors.languages.en import language as english
from personae.actors.names.recogniser import base_language
from personae.model import Actor


def analyse(*, title: str, standfirst: str, text: str, language: str | None) -> list[Actor]:
    """Return the actors of an article, most important first.

    text: paragraphs joined by blank lines. Offsets of mentions count code points in the field they name.

    Raises LanguageNotSupported, ModelMissing.
    """
    code = base_language(language)
    way = english.analyse if code == "en" else general.analyse
    return way(title=title, standfirst=standfirst, text=text, language=code)
