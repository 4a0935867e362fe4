"""The parent's side of the processes: the one that workers are forked from, and each worker."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from personae.errors import PersonaeError, SettingError
from personae.workers import frames
from personae.workers.forkserver_program import ANSWER, FORK, KILL, ORDER
from personae.workers.page_steps import Capabilities

_START_SECONDS = 120.0
_ORDER_SECONDS = 10.0
_END_SECONDS = 2.0
# One thread a worker: the workers themselves are what runs in parallel, and a fork copies no threads.
_SINGLE_THREADED = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_log = structlog.get_logger(__name__)


class Forkserver:
    """The process that workers are forked from: the parent's side of `forkserver_program`.

    models: the user's own, added_models: those that were added, each language -> folder.
    all_languages: load the models of all languages at the start.
    """

    def __init__(
        self,
        steps_module: str,
        memory_bytes: int,
        models: Mapping[str, Path] | None = None,
        added_models: Mapping[str, Path] | None = None,
        *,
        all_languages: bool,
    ) -> None:
        self._arguments = (
            steps_module,
            str(memory_bytes),
            "all" if all_languages else "default",
            _as_json(models or {}),
            _as_json(added_models or {}),
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._lock = threading.Lock()
        self.capabilities = Capabilities()

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
                    "personae.workers.forkserver_program",
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
            cause, hint = message["refused"]
            raise SettingError(cause, hint=hint)
        if "ready" not in message:
            self.close()
            _log.error("workers_cannot_start", cause=message.get("failed"))
            raise PersonaeError(f"The processes that read pages cannot start: {message.get('failed')}.")
        self.capabilities = Capabilities(**message["ready"])

    def fork(self) -> WorkerProcess:
        """Return a new worker, starting the process again if it is gone. Raises PersonaeError."""
        with self._lock:
            if not self.is_alive:
                _log.warning("forkserver_started_again")
                self.start()
            ours, theirs = socket.socketpair()
            with theirs:
                pid = self._order(FORK, 0, theirs)
            return WorkerProcess(ours, pid, self)

    def kill(self, pid: int) -> int:
        """Kill a worker, which may be dead already; return its exit code, negative for a signal."""
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
    """The parent's side of one worker. home: what it was forked from."""

    def __init__(self, connection: socket.socket, pid: int, home: Forkserver) -> None:
        self.pid = pid
        self.home = home
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


def _as_json(models: Mapping[str, Path]) -> str:
    return json.dumps({language: str(folder.absolute()) for language, folder in models.items()})
