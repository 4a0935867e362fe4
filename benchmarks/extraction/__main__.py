"""Compare on the pages of one folder, print the table, and draw the plot when asked to."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

import click

from . import __doc__ as about
from .contest import compare, warm_up
from .node import NodeError, NodePeers
from .pages import PagesError, pages_in
from .peers import Peer, newspaper4k, ours, peers_of, readability_lxml, trafilatura
from .plot import Point, plot
from .table import failures, setting, table

FIXTURES = Path(__file__).resolve().parents[2] / "tests" / "pages"


def main() -> int:
    """Run the whole comparison. Returns the status to exit with."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.extraction", description=about.partition("\n")[0]
    )
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--limit", type=int, help="only the first so many pages")
    parser.add_argument(
        "--rounds", type=int, default=1, help="read each page so often, keep the fastest time"
    )
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw quality against time")
    options = parser.parse_args()
    if options.rounds < 1 or (options.limit is not None and options.limit < 1):
        parser.error("--rounds and --limit must be at least 1")
    try:
        pages = pages_in(options.folder)[: options.limit]
        if options.plot:
            options.plot.parent.mkdir(parents=True, exist_ok=True)
            options.plot.open("a").close()  # fails now, not after all pages were read
    except (PagesError, OSError) as error:
        parser.error(str(error))

    with ExitStack() as stack:
        peers, missing = gather(stack)
        warm_up(peers, pages)
        with click.progressbar(pages, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            scores = compare(peers, bar, rounds=options.rounds)

    unit = scores[0]
    print(*setting(len(pages), options.rounds), "", *table(scores), sep="\n")
    print("", *failures(scores), sep="\n")
    if options.plot:
        points = [
            Point(s.peer.name, s.median / unit.median, s.f1_precision_recall[0], s is scores[-1])
            for s in scores
        ]
        options.plot.write_text(plot(points, unit=unit.peer.name, pages=len(pages)), encoding="utf-8")
    if missing:
        print(
            "",
            "Left out:",
            *missing,
            "`make bench` installs all but Node itself (20.19 or newer).",
            sep="\n",
            file=sys.stderr,
        )
    return 1 if missing else 0


def gather(stack: ExitStack) -> tuple[list[Peer], list[str]]:
    """Return the extractors at hand, the unit first and Personae last, and a line for each that is not.

    stack: ends the Node process.
    """
    peers: list[Peer] = [readability_lxml()]
    missing = []
    for make in (trafilatura, newspaper4k):
        try:
            peers.append(make())
        except ModuleNotFoundError as error:
            missing.append(f"{make.__name__}: {error}")
    try:
        peers += peers_of(stack.enter_context(NodePeers()))
    except NodeError as error:
        missing.append(f"Readability.js and Defuddle: {error}")
    return [*peers, ours()], missing


if __name__ == "__main__":
    sys.exit(main())
