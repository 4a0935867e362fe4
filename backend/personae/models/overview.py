"""Which languages have a model here or could have one: what `personae models list` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from babel import Locale

from personae import actors
from personae.actors.languages.none.without_table import WithoutTable
from personae.actors.registry import language_of
from personae.errors import PersonaeError
from personae.models.added import added, folders_of
from personae.models.change import outdated
from personae.models.releases import releases
from personae.settings import Settings

State = Literal["packaged", "installed", "outdated", "yours", "available", "broken"]
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """A language and its model. has_words: whether Personae has tables of its words, which tell roles."""

    language: str
    state: State
    model: str
    version: str
    licence: str
    megabytes: int
    has_words: bool

    @property
    def name(self) -> str:
        """The language's name in English, or its code."""
        return language_name(self.language)


def overview(settings: Settings) -> list[Row]:
    """Return a row for every language with a model here and every one that can be added, by their codes.

    Raises ModelMissing when a model of PERSONAE_MODELS cannot be used.
    """
    actors.use_models(dict(settings.models), folders_of(settings.data_dir))
    here = {row.language: row for row in _here(settings)}
    there = {
        code: Row(code, "available", one.name, one.version, one.licence, one.megabytes, has_words(code))
        for code, one in releases().items()
    }
    return [row for _, row in sorted({**there, **here}.items())]


def has_words(language: str) -> bool:
    """Return whether Personae has tables of words for a language."""
    return not isinstance(language_of(language), WithoutTable)


def language_name(language: str) -> str:
    """Return a language's name in English, or its code when it has none."""
    return str(Locale("en").languages.get(language, language))


def _here(settings: Settings) -> Iterator[Row]:
    old = outdated(settings.data_dir)
    usable = actors.languages()
    for language in usable:
        try:
            model = actors.model_info(language)
        except PersonaeError:
            yield Row(language, "broken", "", "", "", 0, has_words(language))
            continue
        state: State = "packaged"
        if model.origin != "packaged":
            state = "yours" if model.own else "outdated" if language in old else "installed"
        size = round(sum(f.stat().st_size for f in _files(model.folder)) / _MEGABYTE)
        yield Row(language, state, model.name, model.version, model.licence, size, has_words(language))
    for language, lost in added(settings.data_dir).items():
        if language not in usable:
            yield Row(language, "broken", lost.name, lost.version, lost.licence, 0, has_words(language))


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())
