"""Time a click: from the button to the story on the screen, beside Readability.js in the same page.

    python -m benchmarks.paint [--kilobytes 300] [--rounds 9]

Starts a backend and Chromium with the extension. Each round opens the page anew and takes, in turn:

- Readability.js (Mozilla's, from `benchmarks/peers`) injected into that page, parsing a clone of its
  document and showing what it found in place of the page, until the browser has painted that;
- the extension's click on a page that the backend never saw (each round's differs in one sentence);
- the click on that same page once more, which the cache answers;
- the browser alone, told to go from that page to a few bytes of text of the same backend: what no page with
  an address of its own can be quicker than.

A click counts from the event in the extension's worker to the first contentful paint of the reader page,
which holds the headline; Readability.js to the paint of its headline (Element Timing): both are when the
browser showed it, not when a script had done. The page comes from a server, since a browser whose requests
are intercepted keeps no cache; it is made here: a story in 8 % of it, the rest of what news pages carry.
Printed are medians in milliseconds and, as machines are noisy, the ratios within one run.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from benchmarks.demonstration import CHROMIUM, ROOT, backend, free_port
from benchmarks.snapshot import EXTENSION
from benchmarks.snapshot import page as large_page
from playwright.sync_api import BrowserContext, Page, Worker, sync_playwright

READABILITY = ROOT / "benchmarks" / "peers" / "node_modules" / "@mozilla" / "readability" / "Readability.js"
# Chromium's worker may read pages at this host without a click: the default backend's permission.
SITE = "http://localhost:{port}/story"

READABILITY_ROUND = """
async (source) => {
  const start = performance.now();
  (0, eval)(`${source}; globalThis.Readability = Readability`);
  const article = new Readability(document.cloneNode(true)).parse();
  document.documentElement.innerHTML = "<head><style></style></head><body></body>";
  document.querySelector("style").textContent =
    "body { max-width: 40rem; margin: 2rem auto; font: 20px/1.6 serif }";
  const shown = new Promise((seen) => {
    new PerformanceObserver((list) => seen(list.getEntries()[0].renderTime)).observe({ type: "element" });
  });
  const title = document.createElement("h1");
  title.setAttribute("elementtiming", "headline");
  title.textContent = article.title;
  const story = document.createElement("div");
  story.innerHTML = article.content;
  document.body.append(title, story);
  return { ms: (await shown) - start, text: article.textContent.length };
}
"""
CLICK = """
async () => {
  const [tab] = await chrome.tabs.query({ active: true });
  const start = Date.now();
  chrome.action.onClicked.dispatch(tab);
  return start;
}
"""
GO_ELSEWHERE = """
async (url) => {
  const [tab] = await chrome.tabs.query({ active: true });
  const start = Date.now();
  await chrome.tabs.update(tab.id, { url });
  return start;
}
"""
PAINTED = """
new Promise((seen) => {
  const tell = (entries) => {
    const first = entries.find((entry) => entry.name === "first-contentful-paint");
    if (first) seen(performance.timeOrigin + first.startTime);
  };
  new PerformanceObserver((list) => tell(list.getEntries())).observe({ type: "paint", buffered: true });
})
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kilobytes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    html = large_page(given.kilobytes / 1000)
    names = ("Readability.js", "click, not cached", "click, cached", "bare navigation")
    times: dict[str, list[float]] = {name: [] for name in names}
    with backend(free_port()) as origin, publisher() as server, chromium() as (context, worker):
        worker.evaluate("address => chrome.storage.local.set({ address })", origin)
        site = SITE.format(port=server.server_port)
        tab = context.pages[0]
        for number in range(given.rounds + 1):  # the first one warms up
            server.html = html.replace("</article>", f"<p>This is number {number}.</p></article>", 1)
            found = {
                "Readability.js": readability(tab, site),
                "click, not cached": click(tab, worker, site),
                "click, cached": click(tab, worker, site),
                "bare navigation": bare(tab, worker, site, f"{origin}/healthz"),
            }
            if number:
                for name, value in found.items():
                    times[name].append(value)
    print(f"{len(html) / 1000:.0f} kB of HTML, {given.rounds} rounds, medians")
    usual = statistics.median(times["Readability.js"])
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:<20} {median:7.0f} ms  {median / usual:5.2f}  (fastest {min(values):.0f} ms)")


class Publisher(ThreadingHTTPServer):
    """A site of one page, which can be another with each round."""

    html = ""


class Answer(BaseHTTPRequestHandler):
    """Serves that page under every address."""

    server: Publisher

    def do_GET(self) -> None:
        """Answer with the page."""
        body = self.server.html.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def publisher() -> Iterator[Publisher]:
    """Run that site."""
    with Publisher(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@contextmanager
def chromium() -> Iterator[tuple[BrowserContext, Worker]]:
    """Start Chromium with the extension, and give its context and the extension's worker."""
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=CHROMIUM,
            headless=False,
            args=[
                "--headless=new",
                "--no-sandbox",
                "--disable-background-networking",
                f"--disable-extensions-except={EXTENSION}",
                f"--load-extension={EXTENSION}",
            ],
            ignore_default_args=["--disable-extensions"],
        )
        worker = (
            context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        )
        yield context, worker
        context.close()


def open_page(tab: Page, site: str) -> None:
    """Open the page as somebody has it who reads: shown, with nothing left to do."""
    tab.goto(site, wait_until="load")
    tab.evaluate("() => new Promise((idle) => requestIdleCallback(idle))")


def readability(tab: Page, site: str) -> float:
    """Return milliseconds until the page shows what Readability.js found."""
    open_page(tab, site)
    result = tab.evaluate(READABILITY_ROUND, READABILITY.read_text(encoding="utf-8"))
    if result["text"] < 1000:
        raise RuntimeError("Readability.js found no story")
    return float(result["ms"])


def click(tab: Page, worker: Worker, site: str) -> float:
    """Return milliseconds from the click to the first contentful paint of the reader page."""
    open_page(tab, site)
    start = worker.evaluate(CLICK)
    tab.wait_for_url("**/read/**", wait_until="commit")
    painted = tab.evaluate(PAINTED)
    if tab.locator("h1").count() != 1:
        raise RuntimeError("the reader page has no headline")
    return float(painted - start)


def bare(tab: Page, worker: Worker, site: str, address: str) -> float:
    """Return milliseconds from telling the tab to go to a few bytes of text until they are painted."""
    open_page(tab, site)
    start = worker.evaluate(GO_ELSEWHERE, address)
    tab.wait_for_url(address, wait_until="commit")
    return float(tab.evaluate(PAINTED) - start)


if __name__ == "__main__":
    main()
