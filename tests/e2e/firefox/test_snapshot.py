"""What arrives from a page in Firefox ESR, and that the page stays as it was."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from lxml import html as lxml_html
from tests.e2e.firefox.browser import Firefox
from tests.e2e.service import Service

WATCH = (Path(__file__).parents[1] / "watch.js").read_text(encoding="utf-8")
# Kept in the page under a name that no list of its names holds.
TOLD = 'window[Symbol.for("told")]'


class Listener:
    """A backend that takes what it is sent, and answers only when it is told to."""

    def __init__(self) -> None:
        self.sent: Queue[dict[str, Any]] = Queue()
        self.answers: Queue[int] = Queue()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.sent.put(json.loads(gzip.decompress(body)))
                self.send_response(listener.answers.get())
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def listener() -> Iterator[Listener]:
    started = Listener()
    yield started
    started.answers.put(503)
    started.server.shutdown()
    started.server.server_close()


def test_frames_shadow_roots_and_late_pictures_arrive_in_the_article(
    firefox: Firefox, service: Service, site: str
) -> None:
    firefox.use(service.address)
    firefox.open(f"{site}/whole.html")
    firefox.press_shortcut()
    firefox.wait_for_article()
    text = firefox.find("article").text
    parts = [
        "after eleven years of work",
        "Said in the shade",
        "Said in the deeper shade",
        "Slotted into the shade",
        "Said in the frame",
        "Finland, which shares the gauge",
        "within sight of the sea ice",
    ]
    assert [part for part in parts if part not in text] == []
    assert sorted(parts, key=text.index) == parts
    pictures = "return [...document.querySelectorAll('article img')].map(image => image.getAttribute('src'))"
    assert firefox.in_page(pictures) == [f"{site}/train.svg?{name}" for name in ("chosen", "waits", "far")]


def test_the_page_is_not_changed_and_what_leaves_it_is_what_is_shown(
    firefox: Firefox, listener: Listener, site: str
) -> None:
    firefox.use(listener.address)
    firefox.open(f"{site}/whole.html")
    firefox.select("article p")
    firefox.in_page(f"{TOLD} = ({WATCH})()")
    firefox.press_shortcut()
    sent = listener.sent.get(timeout=60)
    assert firefox.in_page(f"return {TOLD}()") == [0, [], True]

    assert (sent["url"], sent["private"]) == (f"{site}/whole.html", False)
    tree = lxml_html.document_fromstring(sent["html"])
    images = {image.get("id"): image for image in tree.iter("img")}
    assert images["chosen"].get("src") == f"{site}/train.svg?chosen"
    assert images["far"].get("src") == f"{site}/train.svg?far"
    assert images["waits"].get("data-src") == "/train.svg?waits"
    assert [one.tag for one in tree.find(".//story-part")] == ["p", "inner-part", "p"]
    assert not tree.xpath("//iframe")
    assert "a draft" not in sent["html"]
    loaded = "return performance.getEntriesByName(document.getElementById('far').src).length"
    assert firefox.in_page(loaded) == 0, "what is far away was not loaded for that"
