"""The steps of a page as a worker does them: those of `personae.reader`, one at a time."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping, Sequence

from personae import actors
from personae.actors import languages, load, model_id
from personae.errors import ModelMissing, PersonaeError, SettingError
from personae.model import Actor, ActorsStatus, Article
from personae.page.parse.parser import Page, fingerprint, parse
from personae.reader import Draft, extract, find_cast, finish, read
from personae.workers.page_steps import Capabilities, Steps

_log = logging.getLogger(__name__)
DEFAULT_LANGUAGE = "en"
_WARM_UP = f"<html><body><article><h1>Warm-up</h1>{'<p>A first page brings in what is loaded late.</p>' * 20}"


def use_models(own: Mapping[str, str], added: Mapping[str, str]) -> None:
    """Use language models of the user's own, which are loaded, and those that were added: language -> folder.

    Raises SettingError when one of the user's own cannot be used.
    """
    try:
        actors.use_models(own, added)
        for language in own:
            load(language)
    except ModelMissing as error:
        raise SettingError(f"PERSONAE_MODELS: {error.message}", hint=error.hint) from error


def prepare(*, all_languages: bool) -> Capabilities:
    """Load all that every page needs, before workers are forked.

    all_languages: also the models of all further languages, which each worker else loads at its first such
    page.
    """
    models: dict[str, str] = {}
    trouble: str | None = None
    for language in languages():
        try:
            if all_languages or language == DEFAULT_LANGUAGE:
                load(language)
            models[language] = model_id(language)
        except ModelMissing as error:
            if actors.leave_out(language):
                _log.warning("an added model does not load: %s", error.message)
            else:
                trouble = error.message
    try:
        read(_WARM_UP)
    except PersonaeError as error:
        trouble = trouble or (error.message if isinstance(error, ModelMissing) else None)
    return Capabilities(models, trouble)


def new_page() -> Steps:
    """Return the steps of another page."""
    return PipelineSteps()


class PipelineSteps(Steps):
    """One page, from its markup to the article."""

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
        """Return the actors of the extracted article, and whether anybody looked.

        Whatever goes wrong, the article stays, and says that its actors are unavailable.
        """
        draft = self._extracted()
        try:
            return find_cast(draft)
        except MemoryError:
            raise  # the worker is of no more use
        except Exception as error:  # noqa: BLE001 - a fault in looking for actors must not cost the story
            place = traceback.extract_tb(error.__traceback__)[-1]
            # Its message may quote the page.
            _log.error(
                "looking for actors failed: %s in %s:%s", type(error).__name__, place.name, place.lineno
            )
            return [], "unavailable"

    def finish(self, actors: Sequence[Actor], status: ActorsStatus) -> Article:
        """Return the article with its actors marked, sanitised."""
        return finish(self._extracted().article, actors, status)

    def _extracted(self) -> Draft:
        if self._draft is None:
            raise RuntimeError("extract() comes first")
        return self._draft
