"""Print a digest of what Personae makes of every page, so that two versions can be compared byte for byte.

    python benchmarks/outputs.py [--jobs N] [--without-actors] CORPUS ... > before.txt
    ... change the code ...
    python benchmarks/outputs.py [--jobs N] [--without-actors] CORPUS ... > after.txt
    diff before.txt after.txt

CORPUS: a `.jsonl.gz` file, a page a line as an object with `id`, `url` and `html`; or a folder whose
sub-folders hold `source.html` and `expected.json`, as tests/pages does. A line of output is the page's id and
the SHA-256 of its article as JSON, or the code of the error that reading raised.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import personae


class Source(NamedTuple):
    """One page: what to call it, where it came from (None: not known), its HTML, whether to find actors."""

    name: str
    url: str | None
    html: str
    actors: bool


def pages_of(corpus: Path, *, actors: bool) -> Iterator[Source]:
    """Yield a corpus's pages. Raises OSError, ValueError, KeyError when it is not of that format."""
    if corpus.is_dir():
        for file in sorted(corpus.glob("*/source.html")):
            expected = json.loads((file.parent / "expected.json").read_text("utf-8"))
            yield Source(file.parent.name, expected.get("url"), file.read_text("utf-8"), actors)
        return
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            page: dict[str, Any] = json.loads(line)
            yield Source(page["id"], page.get("url") or None, page["html"], actors)


def digest_of(page: Source) -> str:
    """Return one line of output."""
    try:
        article = personae.read(page.html, page.url, actors=page.actors)
    except personae.PersonaeError as error:
        return f"{page.name} {error.code}"
    text = json.dumps(article.to_dict(), ensure_ascii=True, sort_keys=True)
    return f"{page.name} {sha256(text.encode()).hexdigest()}"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--without-actors", action="store_true")
    options = parser.parse_args()
    pages = (
        page for corpus in options.corpora for page in pages_of(corpus, actors=not options.without_actors)
    )
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        for line in pool.imap(digest_of, pages, chunksize=4):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
