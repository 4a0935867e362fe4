"""Take the pictures of the documentation from a running backend.

    python benchmarks/screenshots.py

Starts `personae serve` with a store of its own, sends it `tests/pages/demo-story/source.html` as the
extension would, opens the page that it promises in Chromium, and writes the pictures to
`docs/screenshots/`. The story's one picture is answered from its folder; nothing else is asked for.
The interface uses the system's sans: install Inter to get the same pictures.
"""

from __future__ import annotations

import argparse
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
from typing import Literal, NamedTuple
from urllib.error import URLError
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, Route, sync_playwright

ROOT = Path(__file__).parents[1]
STORY = ROOT / "tests" / "pages" / "demo-story"
PICTURES_FOLDER = ROOT / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
PICTURE_HOST = "images.harbourledger.test"
PATIENCE_SECONDS = 60


class Picture(NamedTuple):
    """One picture: its file's name, the device, the theme, which page, and what the reader does first."""

    name: str
    device: str
    scheme: Literal["light", "dark"] = "light"
    page: str = "reader"
    act: str = ""


# Width and height in CSS pixels, and device pixels for each.
DEVICES = {"desktop": (1440, 1100, 1), "phone": (390, 844, 2), "window": (1100, 860, 1)}
PICTURES = [
    Picture("desktop-light", "desktop"),
    Picture("desktop-dark", "desktop", "dark"),
    Picture("desktop-stepping", "desktop", "dark", act="step"),
    Picture("desktop-card", "desktop", act="card"),
    Picture("desktop-why", "desktop", act="why"),
    Picture("desktop-removed", "desktop", act="removed"),
    Picture("phone-light", "phone"),
    Picture("phone-dark", "phone", "dark"),
    Picture("phone-story", "phone", act="read"),
    Picture("phone-card", "phone", act="card"),
    Picture("try", "window", page="try"),
    Picture("gone", "window", page="gone"),
]


def main() -> None:
    """Take all pictures, or those that are named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="only these pictures")
    parser.add_argument("--out", type=Path, default=PICTURES_FOLDER)
    parser.add_argument("--port", type=int, default=0, help="port of the backend; default: a free one")
    given = parser.parse_args()
    with backend(given.port or free_port()) as origin, sync_playwright() as playwright:
        pages = {"reader": origin + read_story(origin), "try": origin, "gone": f"{origin}/read/{'x' * 32}"}
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            if not given.names or picture.name in given.names:
                take(browser, picture, pages[picture.page], given.out / f"{picture.name}.png")
        browser.close()


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


def read_story(origin: str) -> str:
    """Send the demonstration story, and return the path of its page."""
    expected = json.loads((STORY / "expected.json").read_text("utf-8"))
    body = {"url": expected["url"], "html": (STORY / "source.html").read_text("utf-8")}
    headers = {"Content-Type": "application/json"}
    request = Request(f"{origin}/api/read", json.dumps(body).encode(), headers)  # noqa: S310 - our own backend
    with urlopen(request, timeout=PATIENCE_SECONDS) as response:  # noqa: S310 - same
        return str(json.load(response)["view"])


def take(browser: Browser, picture: Picture, address: str, file: Path) -> None:
    """Open a page as the picture says, and write it to a file."""
    width, height, scale = DEVICES[picture.device]
    phone = picture.device == "phone"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme=picture.scheme,
        reduced_motion="reduce",
        is_mobile=phone,
        has_touch=phone,
    )
    context.route(f"https://{PICTURE_HOST}/**", draw)
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.fonts.ready")
    act(page, picture.act)
    page.wait_for_timeout(300)
    page.screenshot(path=file)
    context.close()


def draw(route: Route) -> None:
    """Answer for the story's picture."""
    route.fulfill(path=STORY / "buoys.svg", content_type="image/svg+xml")


def act(page: Page, what: str) -> None:
    """Do what a reader would do before looking."""
    if what == "step":
        for _ in range(2):
            page.locator(".key-actors .person a.name").first.click()
    elif what == "card":
        page.locator(".key-actors .person .count").first.click()
    elif what == "why":
        page.locator(".key-actors .person .count").first.click()
        page.locator(".card:popover-open .why summary").click()
        page.locator(".card:popover-open .why").evaluate("why => why.scrollIntoView({block: 'start'})")
    elif what == "read":
        page.locator(".story").evaluate("story => scrollTo(0, story.offsetTop - 90)")
    elif what == "removed":
        page.locator("details.removed summary").click()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")


if __name__ == "__main__":
    main()
