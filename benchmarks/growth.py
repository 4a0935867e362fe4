"""How the time of reading grows with a page: each kind of page at one size, twice and four times that.

    python -m benchmarks.growth [--blocks N] [KIND ...]

A step is linear when twice the page takes twice the time. What is printed is CPU time without actors, and the
ratios between the sizes, so that the machine's speed does not matter. The pages are invented (SHAPES).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping

import personae

STORY = "<p>The harbour council said on Monday that a new line will open after nine years of talks.</p>" * 8
_SENTENCE = "I do not agree with what was said here at all, number {}."
_HEADLINE = "Bakery number {} on Mill Street shuts its doors"


def _comments(count: int) -> str:
    one = '<div class="comment"><span class="comment__name author">Some One</span><p>{}</p></div>'
    return STORY + f"<section>{''.join(one.format(_SENTENCE.format(n)) for n in range(count))}</section>"


def _unnamed_comments(count: int) -> str:
    one = "<div><div>Some One, 12.05.2026 14:02</div><div>{}</div></div>"
    return STORY + f"<div>{''.join(one.format(_SENTENCE.format(n)) for n in range(count))}</div>"


def _nested_comments(count: int) -> str:
    """Threads of eight answers, each within the one before."""
    one = f"<div class='answer'><p>{_SENTENCE.format(1)}</p>"
    return STORY + (one * 8 + "</div>" * 8) * (count // 8)


def _teasers(count: int) -> str:
    one = '<div class="teaser"><h3><a href="/s/{0}">{1}</a></h3><time>12:05</time></div>'
    return STORY + "".join(one.format(n, _HEADLINE.format(n)) for n in range(count))


def _paragraphs(count: int) -> str:
    return "".join(f"<p>{_SENTENCE.format(n)} And so it went on.</p>" for n in range(count))


def _breaks(count: int) -> str:
    return f"<div>{''.join(f'{_SENTENCE.format(n)} And so it went on.<br><br>' for n in range(count))}</div>"


def _list(count: int) -> str:
    return f"{STORY}<ul>{''.join(f'<li>{_SENTENCE.format(n)}</li>' for n in range(count))}</ul>{STORY}"


def _table(count: int) -> str:
    rows = "".join(f"<tr><td>Town {n}</td><td>{n}</td><td>{n * 7}</td></tr>" for n in range(count // 3))
    return f"{STORY}<table><tr><th>Town</th><th>Boats</th><th>Fish</th></tr>{rows}</table>{STORY}"


def _pictures(count: int) -> str:
    picture = '<img src="/p/{0}.jpg" width="600"><figcaption>Boats in the harbour, {0}</figcaption>'
    one = f"<figure>{picture}</figure><p>{_SENTENCE.format('{0}')}</p>"
    return STORY + "".join(one.format(n) for n in range(count // 2))


def _notes(count: int) -> str:
    calls = "".join(f'<p>{_SENTENCE.format(n)}<a href="#n{n}">{n}</a></p>' for n in range(count // 2))
    notes = "".join(f'<li id="n{n}">{_SENTENCE.format(n)}</li>' for n in range(count // 2))
    return f"{calls}<ol>{notes}</ol>"


def _links(count: int) -> str:
    one = '<p>See <a class="x" href="/s/{0}">{1}</a> too.</p>'
    return STORY + "".join(one.format(n, _HEADLINE.format(n)) for n in range(count))


SHAPES: Mapping[str, Callable[[int], str]] = {
    "comments": _comments,
    "unnamed comments": _unnamed_comments,
    "nested comments": _nested_comments,
    "teasers": _teasers,
    "paragraphs": _paragraphs,
    "breaks": _breaks,
    "list": _list,
    "table": _table,
    "pictures": _pictures,
    "notes": _notes,
    "links": _links,
}


def page(shape: str, count: int) -> str:
    """Return a page of a kind with so many blocks besides its story."""
    head = "<head><title>A story of some length</title></head>"
    body = f"<article><h1>A story of some length</h1>{SHAPES[shape](count)}</article>"
    return f'<html lang="en">{head}<body>{body}</body></html>'


def seconds(html: str) -> float:
    """Return the CPU time of reading a page without actors."""
    start = time.process_time()
    personae.read(html, "https://paper.example/2026/a-story-of-some-length", actors=False)
    return time.process_time() - start


def main() -> None:
    """Read each kind at three sizes, and print times and ratios."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("shapes", nargs="*", default=list(SHAPES), choices=list(SHAPES), metavar="KIND")
    arguments.add_argument("--blocks", type=int, default=2000)
    options = arguments.parse_args()
    seconds(page("comments", 100))
    print("| page | blocks | kB | seconds | to twice | to four times |")
    print("|---|--:|--:|--:|--:|--:|")
    for shape in options.shapes:
        pages = [page(shape, options.blocks * factor) for factor in (1, 2, 4)]
        times = [seconds(html) for html in pages]
        cells = [shape, options.blocks, len(pages[0]) // 1000, f"{times[0]:.2f}"]
        cells += [f"{later / times[0]:.1f}" for later in times[1:]]
        print(f"| {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    main()
