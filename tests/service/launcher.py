"""Start service processes: each a program of its own, or all forked from one that has loaded the modules."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

PROGRAM = str(Path(__file__).with_name("server_program.py"))
Environment = dict[str, str]


def start_program(arguments: list[str], environment: Environment, log: IO[bytes]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, PROGRAM, *arguments], env=environment, stdout=subprocess.PIPE, stderr=log, text=True
    )


class ForkedProcess:
    """What tests use of `subprocess.Popen`, for a process that is a child of the launcher's."""

    def __init__(self, pid: int, stdout: IO[str], bury: Callable[[int], int]) -> None:
        self.pid, self.stdout = pid, stdout
        self._handle = os.pidfd_open(pid)
        self._bury = bury
        self._returncode: int | None = None

    def poll(self) -> int | None:
        try:
            return self.wait(timeout=0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        if self._returncode is None:
            if not select.select([self._handle], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(PROGRAM, timeout or 0)
            os.close(self._handle)
            self._returncode = self._bury(self.pid)
        return self._returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Launcher:
    """The process that services are forked from. It ends, with all of them, when it is closed or its parent ends."""

    def __init__(self, environment: Environment) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, PROGRAM, "--fork", str(theirs.fileno())],
                env=environment,
                pass_fds=[theirs.fileno()],
            )

    def start(self, arguments: list[str], environment: Environment, log: IO[bytes]) -> ForkedProcess:
        read_end, write_end = os.pipe()
        order = {"arguments": arguments, "environment": environment}
        pid = self._order(order, [write_end, log.fileno()])
        os.close(write_end)
        return ForkedProcess(pid, os.fdopen(read_end), lambda pid: self._order({"bury": pid}, []))

    def _order(self, order: Mapping[str, object], descriptors: list[int]) -> int:
        socket.send_fds(self._control, [json.dumps(order).encode()], descriptors)
        return int(json.loads(self._control.recv(100)))

    def close(self) -> None:
        self._control.close()
        self._process.wait(timeout=30)
