"""Read the texts, check each against its digest, and print texts and actors together."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import __doc__ as about

HERE = Path(__file__).parent
STORIES = HERE.parents[1] / "tests" / "actors" / "stories"
# The Lee corpus has a whole article in a line: a paragraph ends with the sentence that passes so many words.
LEE_PARAGRAPH = 22
_SENTENCE = re.compile(r'(?<=[a-z)"][.?!]) (?=["A-Z])')

Articles = list[dict[str, Any]]


def corpus(folder: Path) -> Articles:
    """Return the annotated pages of the development corpus, each with its own annotation."""
    pages = _lines(folder / "pages.jsonl.gz")
    annotated = json.loads((folder / "actors.json").read_text(encoding="utf-8"))
    return [
        {"title": pages[one["id"]]["title"], "text": pages[one["id"]]["body"], "actors": one["actors"]}
        for one in annotated
    ]


def of_corpus(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield key, title and text of all pages of the development corpus."""
    for name, prefix in (("pages.jsonl.gz", "dev:"), ("wcxb.jsonl.gz", "wcxb:")):
        for key, gold in _lines(folder / name).items():
            paragraphs = (line.strip() for line in re.split(r"\n+", gold["body"] or ""))
            yield (
                prefix + key.removeprefix("wcxb/"),
                gold["title"] or "",
                "\n\n".join(p for p in paragraphs if p),
            )


def of_lee(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the articles of the Lee corpus, which have no headline."""
    for name in ("lee.cor", "lee_background.cor"):
        for number, line in enumerate((folder / name).read_text(encoding="latin-1").splitlines()):
            paragraphs, current = [], ""
            for sentence in _SENTENCE.split(line.strip()):
                current = f"{current} {sentence}".strip()
                if len(current.split()) > LEE_PARAGRAPH:
                    paragraphs.append(current)
                    current = ""
            yield f"{name}:{number}", "", "\n\n".join([*paragraphs, *([current] if current else [])])


def of_newspaper(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the articles among the test data of newspaper4k."""
    for file in sorted((folder / "txt").glob("*.txt")):
        text = re.sub(r"\n\s*\n", "\n\n", file.read_text(encoding="utf-8")).strip()
        paragraphs = (line.strip() for line in re.split(r"\n+", text))
        yield (
            f"newspaper4k:{file.stem}",
            _title(folder / "html" / f"{file.stem}.html"),
            "\n\n".join(p for p in paragraphs if p),
        )


def _title(page: Path) -> str:
    """Return the title that a page gives itself for sharing, else that of its head."""
    text = page.read_text(encoding="utf-8", errors="replace") if page.is_file() else ""
    found = re.search(r'<meta[^>]*property="og:title"[^>]*content="([^"]*)"', text) or re.search(
        r"<title[^>]*>([^<]*)", text
    )
    return html.unescape(found[1]) if found else ""


def _lines(file: Path) -> dict[str, dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return {page["id"]: page["gold"] for page in map(json.loads, lines)}


def digest(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def main(arguments: list[str] | None = None) -> int:
    """Print the articles. Returns the status to exit with."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.annotated",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name in ("corpus", "lee", "newspaper"):
        parser.add_argument(f"--{name}", type=Path, metavar="FOLDER")
    options = parser.parse_args(arguments)
    articles: Articles = [
        {key: story[key] for key in ("title", "text", "actors")}
        for story in (json.loads(f.read_text(encoding="utf-8")) for f in sorted(STORIES.glob("*.json")))
    ]
    texts: dict[str, tuple[str, str]] = {}
    try:
        if options.corpus:
            articles += corpus(options.corpus)
            texts |= {key: (title, text) for key, title, text in of_corpus(options.corpus)}
        if options.lee:
            texts |= {key: (title, text) for key, title, text in of_lee(options.lee)}
        if options.newspaper:
            texts |= {key: (title, text) for key, title, text in of_newspaper(options.newspaper)}
    except OSError as error:
        print(f"{error.filename} cannot be read; see benchmarks/annotated/README.md.", file=sys.stderr)
        return 1
    left = []
    for one in json.loads((HERE / "articles.json").read_text(encoding="utf-8")):
        title, text = texts.get(one["id"], ("", ""))
        if digest(text) == one["sha256"]:
            articles.append({"title": one.get("title", title), "text": text, "actors": one["actors"]})
        elif text:
            left.append(one["id"])
    json.dump(articles, sys.stdout, ensure_ascii=False)
    print(f"{len(articles)} articles", file=sys.stderr)
    if left:
        print("Not the text that was annotated, left out:", *left, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
