"""The backend as a process that tests start, stop and pause."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

from tests.e2e.programs import end, free_port
from tests.e2e.waiting import wait_until


class Service:
    """The backend as `make run` starts it, on a port that it keeps while it is stopped and started."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = folder / "service.log"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PERSONAE_")},
            "PERSONAE_PORT": str(self.port),
            "PERSONAE_DATA_DIR": str(folder / "data"),
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        if self._process is not None:
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [Path(sys.executable).with_name("personae"), "serve"],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._answers, f"the service on {self.address}:\n{self._log.read_text()}")

    def _answers(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise AssertionError(f"the service ended:\n{self._log.read_text()}")
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            # Where a token is asked for, a page waits until the models are loaded.
            return connection.getresponse().status in (HTTPStatus.OK, HTTPStatus.UNAUTHORIZED)
        except OSError:
            return False
        finally:
            connection.close()

    def forget_all(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("DELETE", "/api/read")
        assert connection.getresponse().status == HTTPStatus.NO_CONTENT
        connection.close()

    def pause(self) -> None:
        """Let requests wait: the port takes them, and nobody answers."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self._process is None:
            raise AssertionError("the service is not running")
        self._process.send_signal(number)

    def stop(self) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None
