"""A news site: the pages of `site/` under a public name, which the browsers are told where to find."""

from __future__ import annotations

from http.server import SimpleHTTPRequestHandler
from pathlib import Path

SITE = Path(__file__).with_name("site")
# A name that no host permission of the extension covers: only the click itself opens the page to it.
SITE_HOST = "news.test"
# The same site by its longer name, and a sub-domain of it.
WWW_HOST = f"www.{SITE_HOST}"
LIVE_HOST = f"live.{SITE_HOST}"
# Where the publisher's pictures are, as with most publishers: at another name, which allows no script to read them.
PICTURES_HOST = "pictures.test"
HOSTS = (SITE_HOST, WWW_HOST, LIVE_HOST, PICTURES_HOST)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.partition("?")[0] in ("/pixel.svg", "/train.svg"):
            body = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            super().do_GET()
