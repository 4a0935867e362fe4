"""The languages of tables on invented stories, fed with the annotated names in place of a model's.

A real model misses names and mislabels some, so that these figures are what the tables are worth, not what a
page will have.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.actor_scores import Agent, Scores, read_story

from personae.actors import beyond_doubt
from personae.actors.cast import cast
from personae.actors.names.recogniser import Entity
from personae.actors.registry import language_of, table_of
from personae.actors.text.text_units import text_blocks

FOLDER = Path(__file__).parent / "languages"
# actor, its precision, key, alias, mention, role, its precision, quotations' precision and recall.
NAMES = (
    *("actor", "actor_precision", "key", "alias", "mention", "role", "role_precision"),
    *("quote_precision", "quote_recall"),
)
FLOORS = {
    "de": (0.96, 0.96, 0.86, 0.98, 0.95, 0.89, 1.0, 1.0, 0.86),
    "es": (0.98, 0.98, 0.89, 0.98, 0.98, 0.92, 1.0, 1.0, 0.97),
    "pl": (0.98, 0.98, 0.89, 0.97, 0.97, 0.89, 0.95, 1.0, 0.82),
    "pt": (0.98, 0.98, 0.92, 0.98, 0.98, 0.98, 1.0, 1.0, 0.98),
    "it": (0.98, 0.98, 0.86, 0.97, 0.97, 0.98, 0.92, 1.0, 0.88),
    "nl": (0.98, 0.98, 0.92, 0.98, 0.98, 0.92, 1.0, 1.0, 0.86),
    "sv": (0.96, 0.98, 0.86, 0.98, 0.94, 0.92, 1.0, 1.0, 0.76),
}
STORIES = sorted(FOLDER.glob("*/*.json"))


def story_cast(path):
    """Return the actors of a story whose names are found and labelled as annotated."""
    story = json.loads(path.read_text(encoding="utf-8"))
    blocks = text_blocks(title=story["title"], standfirst="", text=story["text"])
    entities = [
        [
            Entity(start - block.offset, end - block.offset, label)
            for start, end, label in story["entities"][block.field]
            if block.offset <= start and end <= block.offset + len(block.text)
        ]
        for block in blocks
    ]
    return cast(blocks, entities, language_of(path.parent.name))


@pytest.fixture(scope="module")
def figures():
    rows = {code: Scores() for code in FLOORS}
    for path in STORIES:
        rows[path.parent.name].add(read_story(path), [Agent.of(actor) for actor in story_cast(path)])
    return {code: scores.figures for code, scores in rows.items()}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", FLOORS)
def test_no_figure_falls(figures, code, name):
    assert figures[code][name] >= FLOORS[code][NAMES.index(name)]


def test_every_language_of_tables_has_stories():
    assert {path.parent.name for path in STORIES} == set(FLOORS)
    assert all(table_of(code) for code in FLOORS)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_annotations_are_in_the_text(path):
    story = json.loads(path.read_text(encoding="utf-8"))
    everything = f"{story['title']}\n\n{story['text']}"
    for actor in story["actors"]:
        assert actor["name"] in actor["aliases"]
        assert [alias for alias in actor["aliases"] if alias not in everything] == []
        assert actor["role"] is None or actor["role"] in everything
    for quote in story["quotes"]:
        assert story["text"][quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_without_a_model_nobody_is_offered_who_is_none(path):
    story = json.loads(path.read_text(encoding="utf-8"))
    found = beyond_doubt(title=story["title"], standfirst="", text=story["text"], language=path.parent.name)
    annotated = [set(actor["aliases"]) for actor in story["actors"]]
    for actor in found:
        assert any(set(actor.aliases) <= aliases for aliases in annotated)
