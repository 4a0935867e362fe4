"""Measure what compressing costs and saves, on the page of a story of some 2,200 words.

    python -m benchmarks.compression

The story is made of the invented stories of `tests/pages`, one after the other. Bytes are exact; processor
time is a share of what making that page and reading that story take on the same machine.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from statistics import median

from benchmarks.demonstration import STORIES, STORY

import personae
from personae.model import Article, StorageStatus
from personae.service.http.compression import LEVEL, packed_once
from personae.view.exports.formats import EXPORTS
from personae.view.page import assets, render

WORDS = 2200
OTHERS = (
    "live-blog",
    "interview",
    "explainer-lists",
    "subscriber-full",
    "meter-overlay",
    "second-story",
    "long-comments",
    "split-sections",
    "repeated-head",
    "end-matter",
    "opinion-column",
    "lazy-images",
)
ROUNDS = 15


def main() -> None:
    """Print the table."""
    html = story()
    article = personae.read(html, "https://long.example/story")
    page = page_of(article)
    data = json.dumps(article.to_dict(), ensure_ascii=False, separators=(",", ":"))
    print(f"{article.word_count} words, {sum(len(one.mentions) for one in article.actors)} mentions\n")
    print("| answer | bytes | compressed |\n|---|---|---|")
    for name, text in (("the reader page", page), ("the article as JSON", data)):
        print(f"| {name} | {len(text.encode()):,} | {len(packed(text)):,} |")
    style = assets.content(assets.STYLE_SHEET)
    print(f"| the style sheet | {len(style):,} | {len(packed_once(style)):,} |\n")
    cost = seconds(lambda: packed(page))
    making = seconds(lambda: page_of(article))
    reading = seconds(lambda: personae.read(html, "https://long.example/story"))
    print(
        f"compressing the page: {cost / making:.0%} of making it, {cost / reading:.1%} of reading the story"
    )


def story() -> str:
    """Return the page of a long story."""
    paragraphs: list[str] = []
    for folder in (STORY, *(STORIES / name for name in OTHERS)):
        source = (folder / "source.html").read_text("utf-8")
        paragraphs += personae.read(source, "https://long.example/story", actors=False).paragraphs
        if sum(len(paragraph.split()) for paragraph in paragraphs) >= WORDS:
            break
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html lang=en><title>A long winter</title><article><h1>A long winter</h1>{text}</article></html>"


def page_of(article: Article) -> str:
    """Return the reader page as its owner gets it."""
    return render.reader_page(article, export_base="/read/x", exports=EXPORTS, storage=StorageStatus())


def packed(text: str) -> bytes:
    """Compress as an answer is."""
    return gzip.compress(text.encode(), LEVEL, mtime=0)


def seconds(work: Callable[[], object]) -> float:
    """Return the median of the processor time that something takes."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return median(taken)


if __name__ == "__main__":
    main()
