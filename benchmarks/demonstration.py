"""A running backend with the demonstration story: what pictures and measurements of the reader begin with.

The story is `tests/pages/demo-story`, by a publisher that we invented. Its one picture is answered from
its folder; nothing else is asked for.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from playwright.sync_api import Route

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "tests" / "pages"
STORY = STORIES / "demo-story"
JAPANESE = Path(__file__).parent / "japanese-story"
CHROMIUM = "/usr/bin/chromium"
EXTENSION = f"chrome-extension://{'a' * 32}"
PICTURE_HOST = "images.harbourledger.test"
PATIENCE_SECONDS = 60


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def backend(port: int) -> Iterator[str]:
    """Run `personae serve` with a store of its own, and give its origin."""
    origin = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as store:
        settings = {"PERSONAE_DATA_DIR": store, "PERSONAE_LOG_LEVEL": "warning"}
        command = [str(Path(sys.executable).with_name("personae")), "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        try:
            wait_for(f"{origin}/readyz")
            yield origin
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def wait_for(address: str) -> None:
    """Wait until an address answers. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own backend
                return
        except (URLError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer")


def read_story(origin: str, story: Path = STORY) -> str:
    """Send a story (its page and address in a folder) as the extension would; return the path of its page."""
    expected = json.loads((story / "expected.json").read_text("utf-8"))
    body = {"url": expected["url"], "html": (story / "source.html").read_text("utf-8")}
    headers = {"Content-Type": "application/json", "Origin": EXTENSION}
    request = Request(f"{origin}/api/read", json.dumps(body).encode(), headers)  # noqa: S310 - our own backend
    with urlopen(request, timeout=PATIENCE_SECONDS) as response:  # noqa: S310 - same
        return str(json.load(response)["view"])


def draw(route: Route) -> None:
    """Answer for a story's picture."""
    route.fulfill(path=STORY / "buoys.svg", content_type="image/svg+xml")
