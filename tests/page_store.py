"""The pages of `tests/pages`, each read once in a test run, whichever of its processes asks first."""

from __future__ import annotations

import json
import os
import pickle
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import personae
from personae.model import Article
from personae.version import pipeline_version

PAGES = Path(__file__).parent / "pages"


@cache
def expectation(name: str) -> dict[str, Any]:
    """Return what must come out of a page, by the name of its folder."""
    expected: dict[str, Any] = json.loads((PAGES / name / "expected.json").read_text(encoding="utf-8"))
    return expected


@cache
def source(name: str) -> str:
    return (PAGES / name / "source.html").read_text(encoding="utf-8")


NAMES = sorted(folder.parent.name for folder in PAGES.glob("*/expected.json"))
ARTICLES = [name for name in NAMES if "error" not in expectation(name)]


class PageStore:
    """Articles in a folder that lives as long as the test run.

    A key is all that shapes an article, so a change of the pipeline while the tests run is seen too. Processes
    that store the same article at once replace each other's whole file. Values are pickled, not JSON: that JSON
    loses nothing of an article is for a test to find out.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(exist_ok=True)
        self._articles: dict[str, Article] = {}

    def read(self, html: str, url: str | None = None, *, actors: bool = True) -> Article:
        """Return what `personae.read` returns. What is refused raises its error, each time anew."""
        key = sha256(json.dumps([pipeline_version(), html, url, actors]).encode()).hexdigest()
        if key not in self._articles:
            self._articles[key] = self._stored(self._folder / key) or self._store(
                self._folder / key, personae.read(html, url, actors=actors)
            )
        return self._articles[key]

    def page(self, name: str) -> Article:
        """Return a page of `tests/pages`, with its actors when something is expected of them."""
        expected = expectation(name)
        return self.read(source(name), expected.get("url"), actors="actors" in expected)

    @staticmethod
    def _stored(file: Path) -> Article | None:
        try:
            article: Article = pickle.loads(file.read_bytes())  # noqa: S301 - written by this run
        except FileNotFoundError:
            return None
        return article

    @staticmethod
    def _store(file: Path, article: Article) -> Article:
        partial = file.with_name(f"{file.name}.{os.getpid()}")
        partial.write_bytes(pickle.dumps(article))
        partial.replace(file)
        return article
