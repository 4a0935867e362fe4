"""One page in a worker, as the parent sees it."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from personae import errors
from personae.errors import PersonaeError, ReaderCrashed, TookTooLong, TooLarge
from personae.model import Actor, ActorsStatus, Article, actor_from_dict, actor_to_dict
from personae.workers import frames
from personae.workers.forkserver import WorkerProcess
from personae.workers.page_steps import Step, Steps

_MAX_CHARACTERS = frames.MAX_FRAME_BYTES // 4  # UTF-8 takes at most four bytes for one
_log = structlog.get_logger(__name__)


class PageSession(Steps):
    """One page in one worker, by one deadline.

    Every step raises what the same step of personae.reader raises, and TookTooLong, ReaderCrashed. After
    one of those two, or when a step ran out of memory, `lost` names the cause and the worker is no more;
    `was_killed` says, once it was taken back, that somebody outside killed it: the page is not at fault.
    """

    def __init__(self, worker: WorkerProcess, deadline: float) -> None:
        self._worker = worker
        self._deadline = deadline
        self.lost: str | None = None
        self.was_killed = False

    @property
    def models(self) -> Mapping[str, str]:
        """The language models of the worker that reads this page: language -> id."""
        return self._worker.home.capabilities.models

    def open(self, html: str, url: str | None) -> bytes:
        """Parse the page; return its fingerprint."""
        if len(html) > _MAX_CHARACTERS:
            raise TooLarge
        # A lone surrogate is no character; browsers show U+FFFD for it as well.
        data = html.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode("utf-8")
        return b64decode(self._ask(Step.OPEN, {"url": url}, data))

    def extract(self) -> Article:
        """Return the article without actors, not yet sanitised."""
        return Article.from_dict(self._ask(Step.EXTRACT))

    def find_cast(self) -> tuple[list[Actor], ActorsStatus]:
        """Return the extracted article's actors, and whether anybody looked."""
        found = self._ask(Step.FIND_CAST)
        return [actor_from_dict(actor) for actor in found["actors"]], found["status"]

    def finish(self, actors: Sequence[Actor], status: ActorsStatus) -> Article:
        """Return the article, marked and sanitised."""
        plain = [actor_to_dict(actor) for actor in actors]
        return Article.from_dict(self._ask(Step.FINISH, {"actors": plain, "status": status}))

    def _ask(self, step: Step, arguments: Mapping[str, Any] | None = None, html: bytes | None = None) -> Any:
        try:
            answer = self._worker.ask({"step": step, **(arguments or {})}, html, self._deadline)
        except TimeoutError:
            self.lost = "timeout"
            raise TookTooLong from None
        except frames.LostError:
            self.lost = "crash"
            raise ReaderCrashed from None
        if answer.get("out_of_memory"):
            self.lost = "memory"
        if "error" in answer:
            error = answer["error"]
            raise getattr(errors, error["type"])(error["message"], hint=error["hint"])
        if "unexpected" in answer:
            _log.error("reader_failed", step=step.value, **answer["unexpected"])
            raise PersonaeError
        return answer["result"]
