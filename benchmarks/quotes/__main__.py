"""Score the quotations found in annotated articles, and print precision and recall."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import personae

from . import __doc__ as about
from .annotations import ANNOTATIONS, AnnotationsError, read_articles
from .score import Mistake, Scores, Tally


def main(arguments: list[str] | None = None) -> int:
    """Read, find, score and print. Returns the status to exit with."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quotes",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", type=Path, metavar="FOLDER_OR_FILE")
    parser.add_argument(
        "--annotations", type=Path, default=ANNOTATIONS, help="of the pages, instead of those beside this"
    )
    parser.add_argument("--half", choices=["first", "second"], help="only the articles of this half")
    parser.add_argument(
        "--wrong", action="store_true", help="list each wrong and each missed one by its offsets"
    )
    options = parser.parse_args(arguments)
    try:
        articles = read_articles(options.source, options.annotations)
    except AnnotationsError as error:
        print(error, file=sys.stderr)
        return 1
    articles = [a for a in articles if options.half in (None, a.half)]
    if not articles:
        print(f"No article of {options.source} belongs to the {options.half} half.", file=sys.stderr)
        return 1
    scores = Scores()
    for article in articles:
        scores.add(article, personae.find_actors(article.text, title=article.title))
    print(table(scores, len(articles)))
    if options.wrong:
        print(*map(line, scores.mistakes), sep="\n")
    return 0


def table(scores: Scores, articles: int) -> str:
    """Return the figures as a table in Markdown."""
    rows = {"all": scores.overall, "direct": scores.direct, "indirect": scores.indirect}
    head = f"| {articles} articles | precision | | recall | |\n|---|---|---|---|---|"
    return "\n".join([head, *(f"| {name} | {_cells(tally)} |" for name, tally in rows.items())])


def _cells(tally: Tally) -> str:
    shares = [(tally.precision, tally.right, tally.given), (tally.recall, tally.found, tally.wanted)]
    return " | ".join(f"{'-' if s is None else f'{s:.3f}'} | {part} of {whole}" for s, part, whole in shares)


def line(mistake: Mistake) -> str:
    """Return one mistake: where it is, never what it says."""
    start, end = mistake.span
    return f"{mistake.fault:<6} {mistake.kind:<8} {mistake.article} {start}-{end} {mistake.speaker}"


if __name__ == "__main__":
    sys.exit(main())
