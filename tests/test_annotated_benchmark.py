"""The annotated articles: texts that lie elsewhere are found by their digest, or said to be others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.annotated import __main__ as annotated

LINE = "The ferry was late. " * 8 + "Ebba Lund said so."


@pytest.fixture
def lee(tmp_path: Path) -> Path:
    (tmp_path / "lee.cor").write_text(f"{LINE}\n", encoding="latin-1")
    (tmp_path / "lee_background.cor").write_text("", encoding="latin-1")
    return tmp_path


def run(monkeypatch, capsys, tmp_path: Path, entries: list[dict], *arguments: str) -> tuple[list[dict], str]:
    (tmp_path / "articles.json").write_text(json.dumps(entries))
    monkeypatch.setattr(annotated, "HERE", tmp_path)
    assert annotated.main([*arguments]) == 0
    printed = capsys.readouterr()
    return json.loads(printed.out), printed.err


def test_a_text_joins_its_actors_by_digest(monkeypatch, capsys, tmp_path, lee):
    [(key, _, text)] = annotated.of_lee(lee)
    assert (key, len(text.split("\n\n"))) == ("lee.cor:0", 2)
    actors = [{"name": "Ebba Lund", "type": "person", "key": True, "aliases": ["Ebba Lund"]}]
    entry = {"id": key, "sha256": annotated.digest(text), "title": "Lund waits", "actors": actors}
    articles, _ = run(monkeypatch, capsys, tmp_path, [entry], "--lee", str(lee))
    assert {"title": "Lund waits", "text": text, "actors": actors} in articles


def test_another_text_is_left_out_and_told(monkeypatch, capsys, tmp_path, lee):
    entry = {"id": "lee.cor:0", "sha256": "0" * 16, "actors": []}
    with_it, told = run(monkeypatch, capsys, tmp_path, [entry], "--lee", str(lee))
    stories, _ = run(monkeypatch, capsys, tmp_path, [entry])
    assert with_it == stories != []
    assert "lee.cor:0" in told


def test_a_folder_without_the_texts_is_named(capsys, tmp_path):
    assert annotated.main(["--lee", str(tmp_path)]) == 1
    assert "lee.cor" in capsys.readouterr().err


def test_the_annotations_are_whole():
    entries = json.loads((annotated.HERE / "articles.json").read_text(encoding="utf-8"))
    assert len({entry["id"] for entry in entries}) == len(entries)
    for actor in (actor for entry in entries for actor in entry["actors"]):
        assert actor["name"] in actor["aliases"]
        assert actor["type"] in {"person", "organization", "country"}
