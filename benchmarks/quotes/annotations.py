"""The annotated quotations, and the texts that they belong to."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal["direct", "indirect"]
Half = Literal["first", "second"]
Span = tuple[int, int]

ANNOTATIONS = Path(__file__).with_name("annotations.json")
PAGES = ("pages.jsonl.gz", "pages.jsonl")


class AnnotationsError(Exception):
    """What cannot be read, and what to do about it."""


@dataclass(frozen=True)
class Annotated:
    """A quotation as annotated.

    spans: code points of the text, end exclusive, any of which is right.
    speakers: the names of whose words they are, any of which is right; none when nobody who is an actor.
    """

    kind: Kind
    spans: tuple[Span, ...]
    speakers: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True)
class Article:
    """An annotated article; names: speaker -> every name by which the text calls it."""

    id: str
    title: str
    text: str
    names: Mapping[str, tuple[str, ...]]
    quotations: tuple[Annotated, ...]
    half: Half | None = None


def read_articles(source: Path, annotations: Path = ANNOTATIONS) -> list[Article]:
    """Read the articles of a folder of stories, or those of the annotations whose texts a file of pages has.

    Raises AnnotationsError when a file is missing or is not as it should be, or a text is not the one that
    was annotated.
    """
    pages = next((source / name for name in PAGES if (source / name).is_file()), source)
    if not pages.exists():
        raise AnnotationsError(
            f"There is no {pages}. Name a folder of stories or a file of pages (.jsonl.gz)."
        )
    if not pages.is_dir():
        with _reading(pages):
            texts = _texts(pages)
        with _reading(annotations):
            return list(_annotated(annotations, texts, pages))
    stories = sorted(pages.glob("*.json"))
    if not stories:
        raise AnnotationsError(f"{pages} has no stories (*.json) and no {PAGES[0]}.")
    articles = []
    for story in stories:
        with _reading(story):
            articles.append(_story(story))
    return articles


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Say which file it is that cannot be read."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, OSError, EOFError, zlib.error) as error:
        raise AnnotationsError(
            f"{path} cannot be read ({error!r}). GUIDE.md describes the format."
        ) from error


def _story(path: Path) -> Article:
    """Read a story as tests/actors/stories has them."""
    data = json.loads(path.read_text(encoding="utf-8"))
    quotations = tuple(
        Annotated(q["kind"], ((q["start"], q["end"]),), (q["speaker"],)) for q in data["quotes"]
    )
    names = {actor["name"]: tuple(actor["aliases"]) for actor in data["actors"]}
    return Article(path.stem, data["title"], data["text"], names, quotations)


def _texts(pages: Path) -> dict[str, tuple[str, str]]:
    """Return the title and the text of each page, by id."""
    with (
        gzip.open(pages, "rt", encoding="utf-8")
        if pages.suffix == ".gz"
        else pages.open(encoding="utf-8") as file
    ):
        rows = [json.loads(line) for line in file if line.strip()]
    return {row["id"]: (row["gold"].get("title") or "", row["gold"]["body"]) for row in rows}


def _annotated(path: Path, texts: Mapping[str, tuple[str, str]], pages: Path) -> Iterator[Article]:
    """Yield the annotated articles with their texts."""
    for data in json.loads(path.read_text(encoding="utf-8"))["articles"]:
        if data["id"] not in texts:
            raise AnnotationsError(f"{pages} has no page with the id {data['id']}, which is annotated.")
        title, text = texts[data["id"]]
        digest = hashlib.sha256(text.encode()).hexdigest()[: len(data["sha256"])]
        if (len(text), digest) != (data["length"], data["sha256"]):
            raise AnnotationsError(f"The text of {data['id']} in {pages} is not the one that was annotated.")
        names = {speaker: tuple(aliases) for speaker, aliases in data["speakers"].items()}
        quotations = tuple(_quotation(row) for row in data["quotations"])
        yield Article(data["id"], title, text, names, quotations, data["half"])


def _quotation(row: Mapping[str, Any]) -> Annotated:
    speaker = row["speaker"]
    spans = [(row["start"], row["end"])]
    if "whole" in row:
        spans.append((row["whole"][0], row["whole"][1]))
    speakers = () if speaker is None else (speaker,) if isinstance(speaker, str) else tuple(speaker)
    return Annotated(row["kind"], tuple(spans), speakers, row.get("optional", False))
