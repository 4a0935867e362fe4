"""Adding a language model from the reader page: for whoever sits at the machine that the backend serves."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import structlog

from personae.errors import ModelBusy, ModelNotListed, PersonaeError, Refused
from personae.models.change import add
from personae.models.releases import Release, release_of, releases
from personae.settings import Settings
from personae.workers.pool import WorkerPool

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Adding:
    """How far the adding of a model is. done: bytes that are there, of `length` (0: nobody knows).

    error: why it failed; over: it is not at work any more.
    """

    release: Release
    done: int = 0
    length: int = 0
    over: bool = False
    error: PersonaeError | None = None


class ModelAdding:
    """Adds one model at a time, in the background, and has the workers take it in. Safe with threads."""

    def __init__(self, settings: Settings, pool: WorkerPool) -> None:
        self._settings = settings
        self._pool = pool
        self._lock = threading.Lock()
        self._latest: dict[str, Adding] = {}

    @property
    def is_allowed(self) -> bool:
        """Whether this backend serves its own machine alone, so that whoever reads may change it."""
        settings = self._settings
        return settings.is_loopback and not settings.hosts and not settings.trusted_proxies

    def offered(self, language: str | None) -> Release | None:
        """Return the model that could be added for an article's language; None when there is one, or none."""
        code = (language or "").partition("-")[0].lower()
        return None if code in self._pool.capabilities.models else releases().get(code)

    def begin(self, language: str) -> None:
        """Begin to add the model of a language; one that is being added, or is there, stays as it is.

        Raises ModelNotListed, Refused, ModelBusy when another one is being added.
        """
        release = release_of(language)
        if not self.is_allowed:
            raise Refused(
                "Models are added here by whoever runs this backend.",
                hint=f"On its machine: `personae models add {language}`, then start it again.",
            )
        with self._lock:
            at_work = [one.release.language for one in self._latest.values() if not one.over]
            if language in at_work or language in self._pool.capabilities.models:
                return
            if at_work:
                raise ModelBusy(hint="One model is added at a time: try again when the other one is there.")
            self._latest[language] = Adding(release)
        threading.Thread(target=self._add, args=(release,), name="add-model", daemon=True).start()

    def state(self, language: str) -> Adding:
        """Return how far the adding of a model is. Raises ModelNotListed when nobody began it."""
        found = self._latest.get(language)
        if found is None:
            raise ModelNotListed
        return found

    def _add(self, release: Release) -> None:
        error: PersonaeError | None = None
        try:
            mirror = self._settings.model_mirror
            add(
                self._settings.data_dir,
                release.language,
                mirror=mirror,
                progress=lambda done, length: self._note(Adding(release, done, length)),
            )
            self._pool.take_in_added_models()
            if release.language not in self._pool.capabilities.models:
                error = PersonaeError("The language model was added, and cannot be loaded.")
        except PersonaeError as caught:
            error = caught
        except Exception as unexpected:  # noqa: BLE001 - nobody else hears of it: the page has to say that it is over
            _log.error("model_adding_failed", type=type(unexpected).__name__)
            error = PersonaeError()
        _log.info("model_added" if error is None else "model_not_added", language=release.language)
        self._note(Adding(release, over=True, error=error))

    def _note(self, state: Adding) -> None:
        self._latest[state.release.language] = state
