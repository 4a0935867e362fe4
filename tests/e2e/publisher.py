"""A publisher with pictures at another host than its pages, as most have them: no script of the page may read those."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.e2e.news_site import PICTURES_HOST, SITE, SITE_HOST
from tests.picture_files import png

# How a request of the extension for a picture begins to say what it takes.
ACCEPTED = "image/jpeg,"


class Publisher:
    """Serves one story, and pictures beside its paragraphs.

    requests: path and headers of each request so far.
    """

    def __init__(self, pictures: Mapping[str, tuple[str, bytes]]) -> None:
        """pictures: name -> content type and content that the extension gets; refused when that is empty.

        A page always gets a sound one: a picture that is not shown does not come into the article.
        """
        self._pictures = pictures
        self.requests: list[tuple[str, dict[str, str]]] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                publisher.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                by_extension = self.headers["Accept"].startswith(ACCEPTED)
                kind, content = publisher.content_of(self.path.removeprefix("/"), by_extension=by_extension)
                self.send_response(200 if content else 403)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Set-Cookie", "who=reader; Path=/")
                self.end_headers()
                self.wfile.write(content)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()
        self._is_stopped = False
        self.story = f"http://{SITE_HOST}:{self._server.server_port}/story.html"

    def content_of(self, name: str, *, by_extension: bool) -> tuple[str, bytes]:
        if name == "story.html":
            return "text/html; charset=utf-8", self._story().encode()
        if name in self._pictures and not by_extension:
            return "image/png", png(600, 400)
        return self._pictures.get(name, ("text/plain", b""))

    def _story(self) -> str:
        head, *paragraphs = (SITE / "article.html").read_text(encoding="utf-8").split("\n<p>")
        figures = [self._figure(number, name) for number, name in enumerate(self._pictures)]
        figures += [""] * (len(paragraphs) - len(figures))
        return head + "".join(f"\n<p>{p}{figure}" for p, figure in zip(paragraphs, figures, strict=True))

    def _figure(self, number: int, name: str) -> str:
        address = f"http://{PICTURES_HOST}:{self._server.server_port}/{name}"
        return (
            f'\n<figure><img src="{address}" width="600" height="400" alt="Picture {number}">'
            f"<figcaption>What is seen in picture {number} of the story</figcaption></figure>"
        )

    def fetched_by_extension(self) -> list[dict[str, str]]:
        """Return the headers of the requests for pictures that no page made."""
        return [
            headers
            for path, headers in self.requests
            if path != "/story.html" and headers["accept"].startswith(ACCEPTED)
        ]

    def stop(self) -> None:
        if not self._is_stopped:
            self._is_stopped = True
            self._server.shutdown()
            self._server.server_close()


Publish = Callable[[Mapping[str, tuple[str, bytes]]], Publisher]
