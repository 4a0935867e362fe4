"""What a worker does with one page, a step at a time, so that the cache may stand between the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from personae import actors
from personae.actors import languages, load, model_id
from personae.errors import ModelMissing, PersonaeError, SettingError
from personae.model import Actor, ActorsStatus, Article
from personae.page.parse.parser import Page, fingerprint, parse
from personae.reader import Draft, extract, find_cast, finish, read

DEFAULT_LANGUAGE = "en"
_WARM_UP = f"<html><body><article><h1>Warm-up</h1>{'<p>A first page brings in what is loaded late.</p>' * 20}"


def use_models(models: Mapping[str, str]) -> None:
    """Use, and load, language models of the user's own: language -> folder.

    Raises SettingError when one cannot be used.
    """
    try:
        actors.use_models(models)
        for language in models:
            load(language)
    except ModelMissing as error:
        raise SettingError(f"PERSONAE_MODELS: {error.message}", hint=error.hint) from error


def prepare(*, ahead: bool) -> dict[str, Any]:
    """Load all that every page needs, before workers are forked.

    ahead: also the models of all further languages, which each worker else loads at its first such page.
    Returns "models": language -> id of its model, and "trouble": why a model could not be loaded, or None.
    """
    models: dict[str, str] = {}
    trouble: str | None = None
    for language in languages():
        try:
            if ahead or language == DEFAULT_LANGUAGE:
                load(language)
            models[language] = model_id(language)
        except ModelMissing as error:
            trouble = error.message
    try:
        read(_WARM_UP)
    except PersonaeError as error:
        trouble = trouble or (error.message if isinstance(error, ModelMissing) else None)
    return {"models": models, "trouble": trouble}


class Steps:
    """One page, from its markup to the article. The steps are called in order; see personae.reader."""

    def __init__(self) -> None:
        self._page: Page | None = None
        self._draft: Draft | None = None

    def open(self, html: str, url: str | None) -> bytes:
        """Parse the page; return the fingerprint of what all further steps read."""
        self._draft = None
        self._page = parse(html, url)
        return fingerprint(self._page)

    def extract(self) -> Article:
        """Return the article without actors, not yet sanitised."""
        if self._page is None:
            raise RuntimeError("open() comes first")
        self._draft = extract(self._page)
        self._page = None
        return self._draft.article

    def find_cast(self) -> tuple[list[Actor], ActorsStatus]:
        """Return the actors of the extracted article, and whether anybody looked."""
        return find_cast(self._extracted())

    def finish(self, actors: Sequence[Actor], status: ActorsStatus) -> Article:
        """Return the article with its actors marked, sanitised."""
        return finish(self._extracted().article, actors, status)

    def _extracted(self) -> Draft:
        if self._draft is None:
            raise RuntimeError("extract() comes first")
        return self._draft
