"""What several rooms' tests share: a real redis-server, a real browser, pages that are read once.

And which tests need more than Python. That follows from the fixtures that they use, so no test is marked by hand.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright
from redis import Redis
from redis.exceptions import AuthenticationError, RedisError
from tests.installed import binary, versions
from tests.page_store import PageStore

# What is generated is the same in every run, so that a failure is the change's; --hypothesis-profile=search goes on
# looking, with other examples each time.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile("steady")

PATIENCE_SECONDS = 15.0
# Marker -> the fixtures that start what it names; a test that uses one of them, however indirectly, has the marker.
NEEDS = {
    "browser": {"playwright", "display"},
    "java": {"epubcheck"},
    "models": {"whole", "personae", "fresh_python"},
    "redis": {"start_redis", "redis_url"},
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        for marker, fixtures in NEEDS.items():
            if used & fixtures:
                item.add_marker(marker)


def pytest_report_header() -> str:
    """Say which programs the tests meet; only the process that reports does."""
    return f"drives: {versions()}"


class RedisServer:
    """A redis-server without persistence on a port of its own, that a test may stop and start again."""

    def __init__(self, folder: Path, *options: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self._command = [
            binary("redis-server"),
            *options,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--dir",
            str(folder),
        ]
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> Redis:
        return Redis(port=self.port, socket_timeout=2)

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                with self.client() as client:
                    client.ping()
            except AuthenticationError:
                return
            except RedisError:
                time.sleep(0.02)
            else:
                return
        self.stop()
        raise RuntimeError(f"redis-server did not start: {' '.join(self._command)}")

    def stop(self) -> None:
        """Kill it as a power cut would: what it held is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture
def start_redis(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., RedisServer]]:
    """Start redis-servers that end with the test; options are those of its command line."""
    if request.node.get_closest_marker("redis") is None:
        raise LookupError("a test that asks for Redis while it runs must carry the marker itself")
    servers: list[RedisServer] = []

    def start(*options: str) -> RedisServer:
        folder = tmp_path_factory.mktemp("redis")
        servers.append(RedisServer(folder, *(options or ("--save", "", "--appendonly", "no"))))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for the whole run: a second one beside it would refuse to start."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def headless_chromium(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=binary("chromium"), args=["--no-sandbox"])
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def fresh_python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run code in a Python of its own; options are those of its command line."""

    def run(code: str, *options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *options, "-c", code]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> PageStore:
    """Read whole pages, each once for all processes of the run."""
    own = tmp_path_factory.getbasetemp()
    of_the_run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return PageStore(of_the_run / "pages")
