"""A page is read once in a test run, and never is an article given for another page or another pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import page_store
from tests.page_store import PageStore

import personae
from personae.errors import EmptyPage
from personae.model import Article

URL = "https://herald.example/a"


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What was read in earnest, instead of which a made article is given."""
    made: list[tuple[Any, ...]] = []

    def read(html: str, url: str | None = None, *, actors: bool = True) -> Article:
        if not html:
            raise EmptyPage
        made.append((html, url, actors))
        return Article(title=html, content=f"<p>{html}</p>", text=html, url=url, authors=("A", "B"))

    monkeypatch.setattr(personae, "read", read)
    return made


def test_what_one_process_read_another_finds(tmp_path: Path, readings: list[tuple[Any, ...]]) -> None:
    one, other = PageStore(tmp_path / "pages"), PageStore(tmp_path / "pages")
    first = one.read("a\ud800", URL)
    assert one.read("a\ud800", URL) == other.read("a\ud800", URL) == first
    assert readings == [("a\ud800", URL, True)]


def test_another_page_address_or_option_is_read_anew(tmp_path: Path, readings: list[tuple[Any, ...]]) -> None:
    store = PageStore(tmp_path / "pages")
    store.read("a", URL)
    store.read("b", URL)
    store.read("a")
    store.read("a", URL, actors=False)
    assert readings == [("a", URL, True), ("b", URL, True), ("a", None, True), ("a", URL, False)]


def test_another_pipeline_reads_anew(
    tmp_path: Path, readings: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("one", "two"):
        monkeypatch.setattr(page_store, "pipeline_version", lambda version=version: version)
        PageStore(tmp_path / "pages").read("a")
    assert len(readings) == 2


def test_a_refused_page_is_refused_each_time(tmp_path: Path, readings: list[tuple[Any, ...]]) -> None:
    for _ in range(2):
        with pytest.raises(EmptyPage):
            PageStore(tmp_path / "pages").read("")
