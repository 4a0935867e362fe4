"""The peers from npm: one Node process reads all pages, asked one at a time."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Self

SCRIPT = Path(__file__).parent.parent / "peers" / "extract.mjs"
# The Makefile puts Node beside Python, from the lock.
COMMAND = (str(Path(sys.prefix) / "bin" / "node"), str(SCRIPT))
PATIENCE = 60.0  # seconds for one page


class NodeError(Exception):
    """The process cannot start, went away or does not answer; the message says what it said last."""


class NodePeers:
    """A running benchmarks/peers/extract.mjs; a context manager that ends it.

    peers: name -> version of each peer it can ask.
    command: what to run instead, speaking the same protocol. patience: seconds to wait for one page.
    """

    def __init__(self, command: Sequence[str] = COMMAND, *, patience: float = PATIENCE) -> None:
        self._command = command
        self._patience = patience
        self._start()

    def ask(self, peer: str, html: str, url: str) -> tuple[str, float, str]:
        """Let a peer read a page. Returns the article's HTML, the seconds it took, and its error or "".

        A peer that outlasts our patience, or takes the process down, has failed on that page; the process
        starts anew.
        """
        start = time.perf_counter()
        try:
            self._say({"peer": peer, "html": html, "url": url or None})
            answer = self._hear()
        except NodeError as error:
            seconds = time.perf_counter() - start
            self.close()
            self._start()
            return "", seconds, str(error)
        return answer.get("content", ""), answer["milliseconds"] / 1e3, answer.get("error", "")

    def close(self) -> None:
        """End the process, also one that hangs."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            assert stream
            try:
                stream.close()
            except BrokenPipeError:
                continue  # a request that was never read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the command is ours
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                encoding="utf-8",
            )
        except FileNotFoundError:
            self._complaints.close()
            raise NodeError(f"{self._command[0]} is not installed") from None
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._reader = Thread(target=self._listen, daemon=True)
        self._reader.start()
        try:
            hello = self._hear()
        except NodeError:
            self.close()
            raise
        self.peers: dict[str, str] = hello

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def _say(self, request: dict[str, Any]) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._gone() from None

    def _hear(self) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=self._patience)
        except Empty:
            raise NodeError(f"no answer within {self._patience:g} s") from None
        if not line:
            raise self._gone()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _gone(self) -> NodeError:
        self._process.wait()
        self._complaints.seek(0)
        said = self._complaints.read().decode("utf-8", "replace")
        errors = [line.strip() for line in said.splitlines() if "Error" in line]
        return NodeError(errors[0] if errors else f"Node ended with status {self._process.returncode}")
