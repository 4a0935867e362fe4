"""Real parts for the end-to-end tests: a display, a news site, the service with its Redis, Chromium."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Playwright
from tests.e2e.chromium import Chromium
from tests.e2e.display import Display
from tests.e2e.news_site import SITE, SITE_HOST, Quiet
from tests.e2e.programs import end, free_port
from tests.e2e.publisher import Publish, Publisher
from tests.e2e.service import Service
from tests.installed import binary


@pytest.fixture(scope="session")
def display() -> Iterator[Display]:
    server = Display()
    yield server
    server.close()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a news site under a public name; the browsers are told where that is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{SITE_HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def publish() -> Iterator[Publish]:
    """Start publishers with pictures at another host."""
    publishers: list[Publisher] = []

    def start(pictures: Mapping[str, tuple[str, bytes]]) -> Publisher:
        publishers.append(Publisher(pictures))
        return publishers[-1]

    yield start
    for publisher in publishers:
        publisher.stop()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    command = [
        binary("redis-server"),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        str(folder),
        "--save",
        "",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    end(process)


@pytest.fixture(scope="session")
def _service(tmp_path_factory: pytest.TempPathFactory, redis_url: str) -> Iterator[Service]:
    started = Service(tmp_path_factory.mktemp("service"), PERSONAE_REDIS_URL=redis_url)
    yield started
    started.stop()


@pytest.fixture
def service(_service: Service) -> Service:
    """The running service; a test may stop it, and the next finds it running again."""
    _service.start()
    return _service


@pytest.fixture(scope="session")
def service_with_token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    token = "correct-horse-battery-staple"
    started = Service(tmp_path_factory.mktemp("guarded"), PERSONAE_TOKEN=token)
    yield started, token
    started.stop()


@pytest.fixture
def chromium(playwright: Playwright, display: Display, tmp_path: Path) -> Iterator[Chromium]:
    browser = Chromium(playwright, display, tmp_path / "profile")
    yield browser
    browser.context.close()
