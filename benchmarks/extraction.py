"""How well, and how fast, the article is taken out of its page: Personae beside its peers.

    python benchmarks/extraction.py                 the invented pages of tests/pages
    python benchmarks/extraction.py FOLDER          ground-truth.json and html/ID.html.gz in FOLDER,
                                                    the layout of the public article-extraction-benchmark
    python benchmarks/extraction.py --limit 50 --rounds 3

The peers are readability-lxml, whose time is the unit, and trafilatura where it is installed
(`pip install trafilatura`; only this benchmark uses it). Nothing is fetched.

The metric is that of Scrapinghub's article-extraction-benchmark, written anew from its description
(https://github.com/scrapinghub/article-extraction-benchmark): texts become bags of four-token shingles; true
positives, false positives and false negatives of a page are shares that sum to one, so that long
pages do not outweigh short ones; precision and recall are averaged over the pages where they are
defined, and F1 is their harmonic mean; `exact` is the share of pages whose tokens are all the same.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import logging
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html
from readability import Document
from readability.readability import Unparseable

import personae
from personae.article.paragraphs import plain_text
from personae.errors import PersonaeError

PAGES = Path(__file__).resolve().parent.parent / "tests" / "pages"
TOKEN = re.compile(r"\w+")
SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One page and the text that a person took to be its article."""

    url: str
    source: str
    gold: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shares of the shingles of two texts: in both, in the prediction only, in the gold only."""

    both: float
    extra: float
    missed: float

    @classmethod
    def between(cls, gold: str, predicted: str) -> Overlap:
        """Compare two texts; two empty ones have nothing in any share."""
        g, p = shingles(gold), shingles(predicted)
        both = (g & p).total()
        extra, missed = p.total() - both, g.total() - both
        whole = (both + extra + missed) or 1
        return cls(both / whole, extra / whole, missed / whole)


@dataclass(slots=True)
class Extractor:
    """A way to take the article's text out of a page, and how it did.

    refusals: the errors by which it says that it cannot read a page; such a page counts as empty.
    """

    name: str
    extract: Callable[[Page], str]
    refusals: tuple[type[Exception], ...] = ()
    overlaps: list[Overlap] = field(default_factory=list)
    exact: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: int = 0

    def run(self, page: Page, *, rounds: int) -> None:
        """Read one page `rounds` times; keep the fastest time and the text of the last."""
        text, best = "", float("inf")
        for _ in range(rounds):
            start = time.perf_counter()
            try:
                text = self.extract(page)
            except self.refusals:
                text = ""
                refused = True
            else:
                refused = False
            best = min(best, time.perf_counter() - start)
        self.refused += refused
        self.seconds.append(best)
        self.overlaps.append(Overlap.between(page.gold, text))
        self.exact.append(tokens(page.gold) == tokens(text))


def tokens(text: str) -> list[str]:
    """Return the runs of word characters."""
    return TOKEN.findall(text)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the bag of four-token shingles; a shorter text is one shingle, an empty one none."""
    words = tokens(text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def f1_precision_recall(overlaps: list[Overlap]) -> tuple[float, float, float]:
    """Average precision where something was predicted, recall where there was something to find."""
    precisions = [o.both / (o.both + o.extra) for o in overlaps if o.both + o.extra]
    recalls = [o.both / (o.both + o.missed) for o in overlaps if o.both + o.missed]
    precision = statistics.mean(precisions) if precisions else 0.0
    recall = statistics.mean(recalls) if recalls else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f1, precision, recall


def public_pages(folder: Path) -> Iterator[Page]:
    """Read the layout of the article-extraction-benchmark."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, item in sorted(truth.items()):
        with gzip.open(folder / "html" / f"{name}.html.gz", "rt", encoding="utf-8") as file:
            yield Page(item.get("url") or "", file.read(), item["articleBody"])


def fixture_pages(folder: Path) -> Iterator[Page]:
    """Read folders of source.html and expected.json; those without paragraphs are passed over."""
    for path in sorted(folder.glob("*/expected.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if "paragraphs" in expected:
            source = (path.parent / "source.html").read_text(encoding="utf-8")
            yield Page(expected.get("url", ""), source, "\n\n".join(expected["paragraphs"]))


def pages_in(folder: Path) -> list[Page]:
    """Read all pages of a folder in either layout."""
    public = (folder / "ground-truth.json").is_file()
    return list(public_pages(folder) if public else fixture_pages(folder))


def by_readability(page: Page) -> str:
    """Take readability-lxml's summary, with no options; its text is read as ours is."""
    return plain_text(html.fromstring(Document(page.source).summary()))


def by_personae(page: Page) -> str:
    """Take the article's text, without looking for actors."""
    return personae.read(page.source, page.url or None, actors=False).text


def extractors() -> list[Extractor]:
    """Return the extractors at hand, new ones each time; the first is the unit of time."""
    at_hand = [
        Extractor("readability-lxml", by_readability, (Unparseable,)),
        Extractor("personae", by_personae, (PersonaeError,)),
    ]
    try:
        trafilatura = importlib.import_module("trafilatura")
    except ModuleNotFoundError:
        return at_hand

    def by_trafilatura(page: Page) -> str:
        return trafilatura.extract(page.source, url=page.url or None, include_comments=False) or ""

    return [*at_hand, Extractor("trafilatura", by_trafilatura)]


def compare(pages: list[Page], *, rounds: int) -> list[Extractor]:
    """Let every extractor read every page, in turn, so that they share the machine's moods."""
    for stranger in extractors():
        stranger.run(pages[0], rounds=1)  # tables are loaded and patterns compiled outside the clock
    contenders = extractors()
    for page in pages:
        for contender in contenders:
            contender.run(page, rounds=rounds)
    return contenders


def report(contenders: list[Extractor]) -> Iterator[str]:
    """Return a table: a line of names, then one for each extractor."""
    unit = statistics.median(contenders[0].seconds)
    yield f"{'':<18}{'F1':>7}{'precision':>11}{'recall':>8}{'exact':>7}{'time':>7}{'refused':>9}"
    for c in contenders:
        f1, precision, recall = f1_precision_recall(c.overlaps)
        exact, ratio = statistics.mean(c.exact), statistics.median(c.seconds) / unit
        yield f"{c.name:<18}{f1:7.3f}{precision:11.3f}{recall:8.3f}{exact:7.3f}{ratio:7.2f}{c.refused:9d}"


def main() -> int:
    """Compare on the pages of one folder and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES)
    parser.add_argument("--limit", type=int, help="only the first so many pages")
    parser.add_argument("--rounds", type=int, default=1, help="time each page so often, keep the fastest")
    options = parser.parse_args()
    pages = pages_in(options.folder)[: options.limit]
    if not pages:
        parser.error("there are no pages in that folder, or none in a layout that this reads")
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    logging.getLogger("readability").setLevel(logging.CRITICAL)  # it logs a traceback before it raises

    contenders = compare(pages, rounds=options.rounds)
    print(f"{len(pages)} pages; time is the median, as a multiple of {contenders[0].name}'s")
    print(*report(contenders), sep="\n")
    if all(c.name != "trafilatura" for c in contenders):
        print("trafilatura is not installed and was left out (pip install trafilatura)", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
