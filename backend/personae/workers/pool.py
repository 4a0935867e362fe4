"""The pool of worker processes: a page that hangs or crashes takes its worker along, and nothing else.

Without Flask: the command line reads with it as well.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import structlog

from personae import errors
from personae.errors import Busy, PersonaeError, ReaderCrashed, SettingError, TookTooLong, TooLarge
from personae.model import Actor, ActorsStatus, Article, actor_from_dict, actor_to_dict
from personae.settings import Settings
from personae.workers import frames
from personae.workers.forkserver import ANSWER, FORK, KILL, ORDER

STEPS_MODULE = "personae.workers.steps"
_START_SECONDS = 120.0
_ORDER_SECONDS = 10.0
_END_SECONDS = 2.0
_MAX_CHARACTERS = frames.MAX_FRAME_BYTES // 4  # UTF-8 takes at most four bytes for one
# One thread a worker: the workers themselves are what runs in parallel, and a fork copies no threads.
_SINGLE_THREADED = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Description:
    """What the workers can do. models: language -> id of its model; trouble: why a model is missing."""

    models: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None


class Nursery:
    """The parent's side of personae.workers.forkserver."""

    def __init__(
        self, steps_module: str, memory_bytes: int, models: Sequence[tuple[str, Path]] = (), *, ahead: bool
    ) -> None:
        own = json.dumps({language: str(folder.absolute()) for language, folder in models})
        self._arguments = (steps_module, str(memory_bytes), "ahead" if ahead else "later", own)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._lock = threading.Lock()
        self.description = Description()

    @property
    def is_alive(self) -> bool:
        """Whether workers can be forked without loading the model first."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process and wait until it has loaded what it needs.

        Raises PersonaeError; SettingError when a model that the settings name cannot be used.
        """
        self.close()
        ours, theirs = socket.socketpair()
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PERSONAE_")}
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "personae.workers.forkserver",
                    str(theirs.fileno()),
                    *self._arguments,
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**environment, **dict.fromkeys(_SINGLE_THREADED, "1")},
                start_new_session=True,  # a terminal's Ctrl+C is for the parent, which ends them in order
            )
        self._control = ours
        try:
            message = frames.receive_json(ours, deadline=time.monotonic() + _START_SECONDS)
        except (TimeoutError, frames.LostError):
            message = {"failed": "it ended, or was not ready in time"}
        if "refused" in message:
            self.close()
            told, hint = message["refused"]
            raise SettingError(told, hint=hint)
        if "ready" not in message:
            self.close()
            _log.error("workers_cannot_start", cause=message.get("failed"))
            raise PersonaeError(f"The processes that read pages cannot start: {message.get('failed')}.")
        self.description = Description(**message["ready"])

    def fork(self) -> WorkerProcess:
        """Return a new worker, starting the nursery again if it is gone. Raises PersonaeError."""
        with self._lock:
            if not self.is_alive:
                _log.warning("nursery_started_again")
                self.start()
            ours, theirs = socket.socketpair()
            with theirs:
                pid = self._order(FORK, 0, theirs)
            return WorkerProcess(ours, pid)

    def bury(self, pid: int) -> int:
        """Kill a worker, dead or alive; return its exit code, negative for a signal."""
        with self._lock:
            return os.waitstatus_to_exitcode(self._order(KILL, pid)) if self.is_alive else 0

    def close(self) -> None:
        """End the process and all its workers."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(timeout=_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None

    def _order(self, order: bytes, pid: int, connection: socket.socket | None = None) -> int:
        control = self._control
        if control is None:
            raise PersonaeError
        try:
            control.settimeout(_ORDER_SECONDS)
            descriptors = [connection.fileno()] if connection else []
            socket.send_fds(control, [ORDER.pack(order, pid)], descriptors)
            (answer,) = ANSWER.unpack(control.recv(ANSWER.size, socket.MSG_WAITALL))
        except (OSError, ValueError) as error:
            # Out of step with each other: only a fresh one can be trusted.
            if self._process is not None:
                self._process.kill()
            raise PersonaeError(
                "The processes that read pages were lost; the next page starts them again."
            ) from error
        return int(answer)


class WorkerProcess:
    """The parent's side of one worker."""

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self.pid = pid
        self.pages = 0
        self._connection = connection

    @property
    def is_idle(self) -> bool:
        """Whether it is alive and owes no answer."""
        return not select.select([self._connection], [], [], 0)[0]

    def ask(self, request: dict[str, Any], html: bytes | None, deadline: float) -> dict[str, Any]:
        """Send one step and return its answer. Raises TimeoutError, LostError."""
        seconds = max(0.0, deadline - time.monotonic())
        frames.send_json(self._connection, {**request, "seconds": seconds}, deadline=deadline)
        if html is not None:
            frames.send(self._connection, html, deadline=deadline)
        return frames.receive_json(self._connection, deadline=deadline)

    def close(self) -> None:
        """Close the connection; a living worker ends."""
        self._connection.close()


class PageSession:
    """One page in one worker, by one deadline.

    Every step raises what the same step of personae.reader raises, and TookTooLong, ReaderCrashed. After
    one of those two, or when a step ran out of memory, `lost` names the cause and the worker is no more.
    """

    def __init__(self, worker: WorkerProcess, deadline: float) -> None:
        self._worker = worker
        self._deadline = deadline
        self.lost: str | None = None

    def open(self, html: str, url: str | None) -> bytes:
        """Parse the page; return its fingerprint."""
        if len(html) > _MAX_CHARACTERS:
            raise TooLarge
        # A lone surrogate is no character; browsers show U+FFFD for it as well.
        data = html.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode("utf-8")
        return b64decode(self._ask({"step": "open", "url": url}, data))

    def extract(self) -> Article:
        """Return the article without actors, not yet sanitised."""
        return Article.from_dict(self._ask({"step": "extract"}))

    def find_cast(self) -> tuple[list[Actor], ActorsStatus]:
        """Return the extracted article's actors, and whether anybody looked."""
        found = self._ask({"step": "find_cast"})
        return [actor_from_dict(actor) for actor in found["actors"]], found["status"]

    def finish(self, actors: Sequence[Actor], status: ActorsStatus) -> Article:
        """Return the article, marked and sanitised."""
        plain = [actor_to_dict(actor) for actor in actors]
        return Article.from_dict(self._ask({"step": "finish", "actors": plain, "status": status}))

    def _ask(self, request: dict[str, Any], html: bytes | None = None) -> Any:
        try:
            answer = self._worker.ask(request, html, self._deadline)
        except TimeoutError:
            self.lost = "timeout"
            raise TookTooLong from None
        except frames.LostError:
            self.lost = "crash"
            raise ReaderCrashed from None
        if answer.get("spent"):
            self.lost = "memory"
        if "error" in answer:
            told = answer["error"]
            raise getattr(errors, told["type"])(told["message"], hint=told["hint"])
        if "unexpected" in answer:
            _log.error("reader_failed", step=request["step"], **answer["unexpected"])
            raise PersonaeError
        return answer["result"]


class WorkerPool:
    """settings.workers processes, each reading one page at a time; pages beyond that wait in a bounded queue.

    steps_module: module with `prepare()` and `Steps`, as personae.workers.steps is: a seam for tests.
    ahead: load the models of all languages before the first page; it makes the start longer, for a server.
    on_loss: called with "timeout", "crash" or "memory" whenever a worker was lost to a page.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        steps_module: str = STEPS_MODULE,
        ahead: bool = False,
        on_loss: Callable[[str], None] = lambda _cause: None,
    ) -> None:
        self.size = settings.workers
        self._settings = settings
        self._on_loss = on_loss
        self._nursery = Nursery(steps_module, settings.worker_memory_bytes, settings.models, ahead=ahead)
        self._changed = threading.Condition()
        # None stands for a worker that is to be forked when it is next needed.
        self._idle: list[WorkerProcess | None] = []
        self._waiting = 0
        self._closed = True

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
        self._nursery.start()
        with self._changed:
            self._idle = [self._nursery.fork() for _ in range(self.size)]
            self._closed = False

    def close(self) -> None:
        """End all workers, also those that are reading."""
        with self._changed:
            self._closed = True
            for worker in self._idle:
                if worker is not None:
                    worker.close()
            self._idle = []
            self._changed.notify_all()
        self._nursery.close()

    @property
    def description(self) -> Description:
        """What the workers can do."""
        return self._nursery.description

    @property
    def is_ready(self) -> bool:
        """Whether pages can be read now, without loading the model first."""
        return not self._closed and self._nursery.is_alive

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
            self._give_back(worker, session.lost)

    def read(self, html: str, url: str | None = None, *, actors: bool = True) -> Article:
        """Read one page as personae.read does, by the limit in time. Raises PersonaeError, as above."""
        with self.session() as page:
            page.open(html, url)
            page.extract()
            cast, status = page.find_cast() if actors else ([], "not-requested")
            return page.finish(cast, status)

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
        if worker is not None and worker.is_idle:
            return worker
        if worker is not None:
            self._end(worker, "crash")
        try:
            return self._nursery.fork()
        except PersonaeError:
            self._put(None)
            raise

    def _give_back(self, worker: WorkerProcess, lost: str | None) -> None:
        if lost is not None:
            self._on_loss(lost)
        if lost is None and worker.pages < self._settings.worker_pages:
            self._put(worker)
            return
        self._end(worker, lost)
        fresh: WorkerProcess | None = None
        with suppress(PersonaeError):  # the next page tries again, and tells
            fresh = self._nursery.fork() if not self._closed else None
        self._put(fresh)

    def _end(self, worker: WorkerProcess, cause: str | None) -> None:
        worker.close()
        with suppress(PersonaeError):
            code = self._nursery.bury(worker.pid)
            if cause is not None:
                _log.warning("worker_lost", cause=cause, signal=_signal_name(code))

    def _put(self, worker: WorkerProcess | None) -> None:
        with self._changed:
            if self._closed:
                if worker is not None:
                    worker.close()
                return
            self._idle.append(worker)
            self._changed.notify()


def _signal_name(code: int) -> str | None:
    return signal.Signals(-code).name if code < 0 else None
