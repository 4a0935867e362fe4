"""Time the extension's snapshot of a large page, in the thread of that page.

    python -m benchmarks.snapshot [--megabytes 5] [--rounds 7]

Each round opens the page anew in Chromium and runs the scripts of `extension/snapshot/` once, cold, as a click
does. Beside it stands what the browser itself needs, in the same page and cold as well, for the two
things that any snapshot starts from: `document.documentElement.outerHTML`, and a deep clone of the
document into one that loads nothing. They come after the snapshot in odd rounds and before it in
even ones. What counts is the CPU time of the page's thread, so that other processes disturb little;
where they still do, the ratios to `outerHTML` of the same round are what to compare between two
versions. The page is made here: a story in 2 % of it, then comments, teasers, menus and adverts.
"""

# ruff: noqa: E501 - markup is easier to read in one line
from __future__ import annotations

import argparse
import random
import re
import statistics
from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks.demonstration import CHROMIUM, ROOT
from playwright.sync_api import Browser, Route, sync_playwright

EXTENSION = ROOT / "extension"
FOLDER = EXTENSION / "snapshot"
ADDRESS = "http://large.test/story"
STYLE = """
.menu ul, .offscreen { display: none } .card { display: grid; gap: 1rem } .reply { margin-left: 2rem }
@media (min-width: 1px) { .wide-only { display: block } .narrow-only { display: none } }
"""
WORDS = [
    "the",
    "harbour",
    "council",
    "said",
    "on",
    "Monday",
    "that",
    "a",
    "new",
    "line",
    "between",
    "both",
    "islands",
    "will",
    "open",
    "after",
    "nine",
    "years",
    "of",
    "talks",
    "which",
    "had",
    "failed",
    "twice",
    "over",
    "its",
    "price",
    "and",
    "crews",
    "fear",
    "for",
    "their",
    "grounds",
    "while",
    "ministers",
    "promise",
    "lower",
    "bills",
    "to",
    "every",
    "household",
    "near",
    "the",
    "coast",
    "before",
    "winter",
    "comes",
]
CLONE = 'document.implementation.createHTMLDocument("").importNode(document.documentElement, true)'
COUNT = """({
  elements: document.getElementsByTagName("*").length,
  characters: document.documentElement.outerHTML.length,
})"""


def snapshot_script() -> str:
    """Return the scripts that a click puts into a page, one after the other, as one."""
    reading = (EXTENSION / "reading.js").read_text(encoding="utf-8")
    listed = re.search(r"const SNAPSHOT = \[([^\]]*)\]", reading)
    if listed is None:
        raise RuntimeError("extension/reading.js no longer says which scripts make the snapshot")
    names = re.findall(r'"([^"]+)"', listed[1])
    return "".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in names)


class Round(NamedTuple):
    """CPU time of the page's thread in one round, in milliseconds."""

    snapshot: float
    outer_html: float
    clone: float


def page(megabytes: float) -> str:
    """Return a page of about so many million characters, always the same one."""
    chance = random.Random(5)  # noqa: S311 (not for secrets)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))

    def paragraph() -> str:
        link = f'<a href="/topic/{chance.randrange(999)}" class="inline-link" data-track="body">{words(2, 4)}</a>'
        return f'<p class="body-text" data-block-index="{chance.randrange(99)}">{words(20, 50)} {link} &amp; {words(5, 20)} <em>{words(1, 3)}</em>.</p>'

    def comment(number: int) -> str:
        return (
            f'<div class="comment{" reply" * (number % 3 == 0)}" id="comment-{number}" data-author="{number * 7}">'
            f'<div class="comment__head"><img class="avatar" loading="lazy" alt="" width="32" height="32" '
            f'src="/avatars/{number % 50}.svg"><span class="comment__name">{words(2, 2)}</span> '
            f'<time datetime="2025-03-04T07:30:00+01:00" class="comment__time">{words(2, 2)}</time></div>'
            f'<div class="comment__body"><p>{words(10, 40)}.</p><p>{words(5, 30)}.</p></div>'
            f'<div class="comment__tools"><button type="button" class="button button--quiet" aria-label="{words(2, 3)}">'
            f"<svg width='16' height='16' viewBox='0 0 16 16'><path d='M0 0h16v16H0z'/></svg>{words(1, 1)}</button>"
            f'<a class="button" href="#comment-{number}">{words(1, 1)}</a><!-- tools --></div></div>'
        )

    def teaser(number: int) -> str:
        return (
            f'<li class="card card--{number % 4}" data-position="{number}"><a class="card__link" href="/story/{number}">'
            f'<picture><source srcset="/t/{number}.webp 1x, /t/{number}@2x.webp 2x" type="image/webp">'
            f'<img class="card__image" loading="lazy" src="/t/{number}.jpg" alt="{words(3, 6)}"></picture>'
            f'<h3 class="card__title">{words(5, 9)}</h3></a><p class="card__teaser narrow-only">{words(8, 15)}</p></li>'
        )

    def pieces() -> Iterator[str]:
        yield (
            f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>A large page</title><style>{STYLE}</style>"
            "</head><body><nav class='menu'>"
        )
        for _ in range(40):
            entries = "".join(f"<li><a href='/{n}'>{words(1, 3)}</a></li>" for n in range(20))
            yield f"<div><a href='/'>{words(1, 2)}</a><ul>{entries}</ul></div>"
        yield "</nav><main><article><h1>A large page</h1>"
        for _ in range(round(megabytes * 60)):
            yield paragraph()
        yield "</article></main><ul class='cards'>"
        for number in range(round(megabytes * 400)):
            yield teaser(number)
        yield "</ul><section class='comments'>"
        length, number = 0, 0
        share = megabytes * 1_000_000 * 0.76
        while length < share:
            written = comment(number)
            length, number = length + len(written), number + 1
            yield written
        yield "</section></body></html>"

    return "".join(pieces())


def measure(browser: Browser, html: str, *, browser_first: bool) -> tuple[Round, dict[str, int]]:
    """Open the page and time one cold snapshot of it; return the round and what the page holds."""

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(
                body='<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>',
                content_type="image/svg+xml",
            )

    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        opened = context.new_page()
        opened.route("**/*", answer)
        opened.goto(ADDRESS)
        opened.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 500)))")
        devtools = context.new_cdp_session(opened)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

        def cpu_time() -> float:
            metrics = devtools.send("Performance.getMetrics")["metrics"]
            return float(next(one["value"] for one in metrics if one["name"] == "ThreadTime")) * 1000

        def timed(script: str) -> tuple[float, dict[str, Any]]:
            # Compiled in the time that counts, as an injected file is; only a length is handed over.
            start = cpu_time()
            answered = devtools.send("Runtime.evaluate", {"expression": script, "awaitPromise": True})
            taken = cpu_time() - start
            if "exceptionDetails" in answered:
                raise RuntimeError(answered["exceptionDetails"])
            return taken, answered["result"]

        def browser_alone() -> tuple[float, float]:
            return timed("document.documentElement.outerHTML.length")[0], timed(f"void {CLONE}")[0]

        of_browser = browser_alone() if browser_first else None
        script = snapshot_script().rstrip().removesuffix(";")
        snapshot, written = timed(f"{script}.then(({{ html }}) => html.length)")
        of_browser = of_browser or browser_alone()
        return Round(snapshot, *of_browser), {**opened.evaluate(COUNT), "written": written["value"]}


def main() -> None:
    """Print medians over the rounds, and the range."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    html = page(chosen.megabytes)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        rounds: list[Round] = []
        counts: dict[str, int] = {}
        for number in range(chosen.rounds):
            one, counts = measure(browser, html, browser_first=number % 2 == 1)
            rounds.append(one)
        print(f"{browser.browser_type.name} {browser.version}, {chosen.rounds} rounds, each in a fresh page")
        browser.close()
    print(
        f"page: {counts['characters']:,} characters, {counts['elements']:,} elements; "
        f"snapshot: {counts['written']:,} characters"
    )
    columns = {
        "snapshot": [one.snapshot for one in rounds],
        "outerHTML": [one.outer_html for one in rounds],
        "deep clone": [one.clone for one in rounds],
        "outerHTML + deep clone": [one.outer_html + one.clone for one in rounds],
    }
    for name, times in columns.items():
        print(f"{name:24}{statistics.median(times):7.0f} ms   ({min(times):.0f} to {max(times):.0f})")
    ratio = statistics.median(one.snapshot / one.outer_html for one in rounds)
    print(f"the snapshot takes {ratio:.1f} times what outerHTML does in the same page")


if __name__ == "__main__":
    main()
