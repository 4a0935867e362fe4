"""The pool of worker processes: a page that hangs or crashes takes its worker along, and nothing else.

Without Flask: the command line reads with it as well.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self, TypeVar

import structlog

from personae.errors import Busy, PersonaeError, ReaderCrashed
from personae.model import Article
from personae.models.added import folders_of
from personae.settings import Settings
from personae.workers.forkserver import Forkserver, WorkerProcess
from personae.workers.page_steps import Capabilities
from personae.workers.session import PageSession

STEPS_MODULE = "personae.workers.steps"
_log = structlog.get_logger(__name__)
T = TypeVar("T")


class WorkerPool:
    """settings.workers processes, each reading one page at a time; pages beyond that wait in a bounded queue.

    steps_module: name of a `StepsModule`.
    all_languages: load the models of all languages before the first page; a server does, at a longer start.
    on_loss: called with "timeout", "crash" or "memory" whenever a worker was lost to a page.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        steps_module: str = STEPS_MODULE,
        all_languages: bool = False,
        on_loss: Callable[[str], None] = lambda _cause: None,
    ) -> None:
        self.size = settings.workers
        self._settings = settings
        self._on_loss = on_loss
        self._steps_module = steps_module
        self._all_languages = all_languages
        self._forkserver = self._new_forkserver()
        self._changed = threading.Condition()
        # How many pages, and workers in the making, need each forkserver: one that was replaced ends at 0.
        self._uses: Counter[Forkserver] = Counter()
        # None stands for a worker that is to be forked when it is next needed.
        self._idle: list[WorkerProcess | None] = []
        self._waiting = 0
        # Pages that come while the models are loaded wait for them, no longer than for a worker.
        self._started = self._closed = False

    def __enter__(self) -> Self:
        """Start the workers."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers."""
        self.close()

    def start(self) -> None:
        """Load the model and fork the workers. Raises PersonaeError when that is not possible."""
        self._forkserver.start()
        with self._changed:
            self._idle = [self._forkserver.fork() for _ in range(self.size)]
            self._started, self._closed = True, False
            self._changed.notify_all()

    def close(self) -> None:
        """End all workers, also those that are reading."""
        with self._changed:
            self._closed = True
            for worker in self._idle:
                if worker is not None:
                    worker.close()
            self._idle = []
            self._changed.notify_all()
            forkservers = {self._forkserver, *self._uses}
        for forkserver in forkservers:
            forkserver.close()

    def take_in_added_models(self) -> None:
        """Load the models again, those that were added since among them, and use them from the next page on.

        Pages are read meanwhile; those that are being read are finished as they began. Raises PersonaeError
        when the models do not load; then all goes on as before.
        """
        fresh = self._new_forkserver()
        fresh.start()
        with self._changed:
            if self._closed:
                old, idle = fresh, []
            else:
                old, self._forkserver = self._forkserver, fresh
                idle, self._idle = self._idle, [None] * len(self._idle)
            unused = not self._uses[old]
            if unused:
                self._uses.pop(old, None)
        for worker in idle:
            if worker is not None:
                self._end(worker, None)
        if unused:
            old.close()

    def _new_forkserver(self) -> Forkserver:
        return Forkserver(
            self._steps_module,
            self._settings.worker_memory_bytes,
            dict(self._settings.models),
            folders_of(self._settings.data_dir),
            all_languages=self._all_languages,
        )

    @property
    def capabilities(self) -> Capabilities:
        """What the workers can do."""
        return self._forkserver.capabilities

    @property
    def is_ready(self) -> bool:
        """Whether pages can be read now, without loading the model first."""
        return self._started and not self._closed and self._forkserver.is_alive

    @property
    def waiting(self) -> int:
        """How many pages wait for a worker."""
        return self._waiting

    @contextmanager
    def session(self) -> Iterator[PageSession]:
        """Take a worker for one page. Raises Busy when none becomes free in time or the queue is full."""
        worker = self._take()
        session = PageSession(worker, time.monotonic() + self._settings.read_timeout)
        try:
            yield session
        finally:
            worker.pages += 1
            code = self._give_back(worker, session.lost)
            session.was_killed = session.lost == "crash" and code == -signal.SIGKILL

    def read(self, html: str, url: str | None = None, *, actors: bool = True) -> Article:
        """Read one page as personae.read does, by the limit in time. Raises PersonaeError, as above."""

        def work(page: PageSession) -> Article:
            page.open(html, url)
            page.extract()
            cast, status = page.find_cast() if actors else ([], "not-requested")
            return page.finish(cast, status)

        return self.run(work)

    def run(self, work: Callable[[PageSession], T]) -> T:
        """Do what is to be done with one page; once more when its worker was killed by somebody outside.

        Raises what `session` and the work raise.
        """
        session: PageSession | None = None
        try:
            with self.session() as session:
                return work(session)
        except ReaderCrashed:
            if session is None or not session.was_killed:
                raise
        with self.session() as session:
            return work(session)

    def _take(self) -> WorkerProcess:
        give_up = time.monotonic() + self._settings.read_timeout
        with self._changed:
            if not self._idle and self._waiting >= self._settings.queue_limit:
                raise Busy
            self._waiting += 1
            try:
                while not self._idle:
                    if self._closed or not self._changed.wait(give_up - time.monotonic()):
                        raise Busy
            finally:
                self._waiting -= 1
            worker = self._idle.pop()
            home = self._forkserver if worker is None else worker.home
            self._uses[home] += 1
        if worker is not None and worker.is_idle:
            return worker
        if worker is not None:
            self._end(worker, "crash")
        try:
            return home.fork()
        except PersonaeError:
            self._put(None)
            self._leave(home)
            raise

    def _give_back(self, worker: WorkerProcess, lost: str | None) -> int:
        """Take a worker back; return the exit code of one that was lost to its page, else 0."""
        if lost is not None:
            self._on_loss(lost)
        if lost is None and worker.pages < self._settings.worker_pages:
            self._put(worker)
            self._leave(worker.home)
            return 0
        code = self._end(worker, lost)
        if worker.home.is_alive:
            self._replace(worker.home)
        else:  # its models have to be loaded again: the page's answer does not wait for that
            threading.Thread(target=self._replace, args=(worker.home,), daemon=True).start()
        return code if lost is not None else 0

    def _replace(self, home: Forkserver) -> None:
        """Fork a worker in place of one that has ended."""
        fresh: WorkerProcess | None = None
        with suppress(PersonaeError):  # the next page tries again, and raises
            fresh = home.fork() if not self._closed else None
        self._put(fresh)
        self._leave(home)

    def _leave(self, home: Forkserver) -> None:
        """Count one use of a forkserver less; the last one of a replaced forkserver ends it."""
        with self._changed:
            self._uses[home] -= 1
            over = not self._uses[home] and home is not self._forkserver
            if over:
                del self._uses[home]
        if over:
            home.close()

    def _end(self, worker: WorkerProcess, cause: str | None) -> int:
        """End a worker; return its exit code, 0 when that cannot be known."""
        worker.close()
        code = 0
        with suppress(PersonaeError):
            code = worker.home.kill(worker.pid)
            if cause is not None:
                _log.warning("worker_lost", cause=cause, signal=_signal_name(code))
        return code

    def _put(self, worker: WorkerProcess | None) -> None:
        with self._changed:
            if self._closed:
                if worker is not None:
                    worker.close()
                return
            stale = worker if worker is not None and worker.home is not self._forkserver else None
            self._idle.append(None if stale else worker)
            self._changed.notify()
        if stale is not None:
            self._end(stale, None)


def _signal_name(code: int) -> str | None:
    return signal.Signals(-code).name if code < 0 else None
