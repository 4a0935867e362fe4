"""What strangers cost: how fast /healthz answers, and how much memory is taken, under attack.

    python -m benchmarks.strangers

Starts a service that asks for a token, on a port of its own, and does to it what somebody without the token
can: forms of millions of fields, uploads whose last byte never comes, connections that drip; and, with the
token, JSON of millions of pieces. Prints a line for each: how often /healthz answered in ten seconds, the
median and the slowest answer, and the memory of the main process at its highest.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

TOKEN = "a-token-of-some-length"  # noqa: S105 - of the service that is started here
MEGABYTE = 1_000_000
SECONDS = 10.0


class Service:
    """A running service."""

    def __init__(self, folder: Path) -> None:
        environment = {
            **os.environ,
            "PERSONAE_TOKEN": TOKEN,
            "PERSONAE_PORT": "0",
            "PERSONAE_DATA_DIR": str(folder),
            "PERSONAE_LOG_LEVEL": "error",
        }
        code = "from personae.service.server import serve; from personae.settings import Settings; "
        code += "serve(Settings.from_env(), on_ready=lambda address: print(address, flush=True))"
        self.process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().rpartition(":")[2])

    def memory(self) -> int:
        """Return the bytes that the main process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) * 1024 if found else 0

    def connect(self) -> socket.socket:
        """Return a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def head(self, path: str, kind: str, length: int, *more: str) -> bytes:
        """Return the headers of a POST."""
        origin = f"http://127.0.0.1:{self.port}"
        lines = (
            f"POST {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Origin: {origin}",
            f"Content-Type: {kind}",
        )
        return "\r\n".join((*lines, f"Content-Length: {length}", *more)).encode() + b"\r\n\r\n"


def forms(service: Service) -> Iterator[None]:
    """Send forms of 2.7 million fields, sixteen at once."""
    body = b"a=b&" * 2_700_000
    yield from _together(
        service, 16, service.head("/session", "application/x-www-form-urlencoded", len(body)) + body
    )


def pieces(service: Service) -> Iterator[None]:
    """Send small gzipped JSON of millions of pieces, with the token."""
    body = gzip.compress(b"[" + b"{}," * 6_000_000 + b"{}]")
    more = ("Content-Encoding: gzip", f"Authorization: Bearer {TOKEN}")
    yield from _together(service, 4, service.head("/api/read", "application/json", len(body), *more) + body)


def uploads(service: Service) -> Iterator[None]:
    """Hold eighty uploads of 11.9 MB, all but the last byte."""
    body = b" " * (11_900_000 - 1)
    yield from _held(service, 80, service.head("/api/read", "application/json", len(body) + 1) + body)


def dripping(service: Service) -> Iterator[None]:
    """Hold connections that send a byte of a header now and then."""
    with contextlib.ExitStack() as stack:
        open_ones = [stack.enter_context(service.connect()) for _ in range(150)]
        while True:
            for one in open_ones:
                with contextlib.suppress(OSError):
                    one.sendall(b"a")
            time.sleep(0.2)
            yield


def _together(service: Service, number: int, data: bytes) -> Iterator[None]:
    def send() -> None:
        with contextlib.suppress(OSError), service.connect() as one:
            one.sendall(data)
            one.recv(4096)

    while True:
        threads = [threading.Thread(target=send) for _ in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        yield


def _held(service: Service, number: int, data: bytes) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for _ in range(number):
            one = stack.enter_context(service.connect())
            with contextlib.suppress(OSError):
                one.sendall(data)
            yield
        while True:
            time.sleep(0.05)
            yield


def nothing(_service: Service) -> Iterator[None]:
    """Do nothing: the service at rest."""
    while True:
        time.sleep(0.05)
        yield


ATTACKS: tuple[Callable[[Service], Iterator[None]], ...] = (nothing, forms, pieces, uploads, dripping)


def measure(service: Service, attack: Callable[[Service], Iterator[None]]) -> str:
    """Return a line of the table for one attack."""
    over = threading.Event()

    def run() -> None:
        steps = attack(service)
        while not over.is_set():
            next(steps)
        steps.close()  # type: ignore[attr-defined]

    attacker = threading.Thread(target=run)
    attacker.start()
    times: list[float] = []
    most = 0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        connection.close()
        times.append(time.perf_counter() - start)
        most = max(most, service.memory())
        time.sleep(0.02)
    over.set()
    attacker.join()
    median, slowest = statistics.median(times) * 1000, max(times) * 1000
    return f"{attack.__name__:<10} {len(times):5d} {median:9.1f} {slowest:9.1f} {most / MEGABYTE:9.0f}"


def main() -> None:
    """Measure each attack on one service."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        try:
            print(f"{'attack':<10} {'asked':>5} {'median ms':>9} {'worst ms':>9} {'MB':>9}")
            for attack in ATTACKS:
                print(measure(service, attack), flush=True)
        finally:
            service.process.terminate()
            service.process.wait()


if __name__ == "__main__":
    main()
