"""French: titles, roles, who acts and who speaks, by the tables of the language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.actor_scores import Agent, Scores, read_folder

from personae import find_actors
from personae.actors import analyse
from personae.actors.registry import table_of
from personae.actors.tables.states import states

STORIES = Path(__file__).parent / "french_stories"
FLOOR = {
    "actor": 0.92,
    "actor_precision": 0.97,
    "key": 0.63,
    "alias": 0.97,
    "mention": 0.90,
    "type": 0.97,
    "role": 0.87,
    "role_precision": 0.95,
    "quote_precision": 0.97,
    "quote_recall": 0.88,
}


@pytest.fixture(scope="module")
def figures():
    scores = Scores()
    for story in read_folder(STORIES):
        found = analyse(title=story.title, standfirst="", text=story.text, language="fr")
        scores.add(story, [Agent.of(actor) for actor in found])
    return scores.figures


@pytest.mark.parametrize("figure", FLOOR)
def test_no_figure_falls(figures, figure):
    assert figures[figure] >= FLOOR[figure]


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.json")), ids=lambda path: path.stem)
def test_annotations_are_in_the_text(path):
    story = json.loads(path.read_text(encoding="utf-8"))
    everything = f"{story['title']}\n\n{story['text']}"
    names = [actor["name"] for actor in story["actors"]]
    for actor in story["actors"]:
        assert actor["name"] in actor["aliases"]
        assert [alias for alias in actor["aliases"] if alias not in everything] == []
        assert actor["role"] is None or actor["role"] in everything
    for quote in story["quotes"]:
        assert quote["speaker"] in names
        assert story["text"][quote["start"] : quote["end"]] == quote["text"]


def role(sentence):
    found = {a.name: a.role for a in find_actors(sentence, language="fr")}
    return found["Claire Vasseur"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le président Claire Vasseur a signé la loi.", "président"),
        (
            "La présidente de la Commission du port, Claire Vasseur, a signé.",
            "présidente de la Commission du port",
        ),
        ("L’ancienne Première ministre Claire Vasseur a signé.", "ancienne Première ministre"),
        ("Claire Vasseur, ministre de l’Intérieur, a signé.", "ministre de l’Intérieur"),
        ("Claire Vasseur, 42 ans, boulangère à Nantes, a signé.", "boulangère à Nantes"),
        ("Claire Vasseur, la maire de Rennes, a signé.", "la maire de Rennes"),
        ("Claire Vasseur est une avocate de Lyon.", "une avocate de Lyon"),
        ("Claire Vasseur, général, a signé.", "général"),
        ("Claire Vasseur, ancienne adjointe, a signé.", "ancienne adjointe"),
        ("Son avocate, Me Claire Vasseur, a refusé.", "avocate"),
    ],
)
def test_who_somebody_is(sentence, expected):
    assert role(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "La mère de Claire Vasseur a signé.",
        "Le président a accusé Claire Vasseur hier.",
        "Le maire, qui soutient Claire Vasseur, a signé.",
        "Claire Vasseur, selon le ministre, a signé.",
        "Le patron est parti. Claire Vasseur reste.",
        "Le maire met en garde Claire Vasseur.",
    ],
)
def test_a_description_of_somebody_else_is_no_role(sentence):
    assert role(sentence) is None


def said(text):
    return {a.name: [(q.text, q.cue) for q in a.quotes] for a in find_actors(text, language="fr") if a.quotes}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("« Nous ne céderons pas », a déclaré Claire Vasseur.", "déclaré"),
        ("« Nous ne céderons pas », affirme la maire de Rennes, Claire Vasseur.", "affirme"),
        ("« Nous ne céderons pas », selon Claire Vasseur.", "selon"),
        ("“Nous ne céderons pas”, s’est indignée Claire Vasseur.", "indigné"),
        ("Claire Vasseur a lancé : « Nous ne céderons pas ».", "lancé"),
        ("Claire Vasseur est venue. « Nous ne céderons pas », a-t-elle dit.", "dit"),
        ("Claire Vasseur est venue.\n\n« Nous ne céderons pas », promet-elle.", "promet"),
    ],
)
def test_who_speaks(text, cue):
    assert said(text) == {"Claire Vasseur": [("Nous ne céderons pas", cue)]}


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Claire Vasseur a assuré que le pont serait fini en mai.", "le pont serait fini en mai"),
        ("Selon Claire Vasseur, le pont sera fini en mai.", "le pont sera fini en mai"),
    ],
)
def test_reported_speech(text, clause):
    assert [q[0] for q in said(text)["Claire Vasseur"]] == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "« Nous ne céderons pas », a déclaré un proche de Claire Vasseur.",
        "« Nous ne céderons pas », a déclaré la mère de Claire Vasseur.",
        "Claire Vasseur a vu Paul Roux. « Nous ne céderons pas », a-t-il dit.",
        "Si Claire Vasseur a assuré que le pont serait fini en mai, nul ne la croit.",
    ],
)
def test_words_of_somebody_else(text):
    assert said(text) == {}


def test_a_capital_is_its_government_only_where_it_acts():
    text = "Moscou refuse la trêve avec la Pologne. À Moscou, la neige tombe."
    (russia,) = [a for a in find_actors(text, language="fr") if "Moscou" in a.aliases]
    assert (russia.type, russia.why.aliases["Moscou"], len(russia.mentions)) == (
        "country",
        "seat of government, acting",
        1,
    )


def test_an_office_without_a_name_names_nobody():
    text = "Le président de la République reçoit Claire Vasseur. Le président de la République écoute."
    assert [a.name for a in find_actors(text, language="fr")] == ["Claire Vasseur"]


def test_english_rules_do_not_fire_in_french():
    text = "Claire Vasseur, a nurse, said: « Nous ne céderons pas ». Moscow said no."
    (actor,) = find_actors(text, language="fr")
    assert (actor.role, actor.quotes) == (None, ())


def test_a_language_without_a_table_has_no_words():
    assert table_of("fi") is None
    assert table_of("../languages/fr") is None
    assert states("fi")["Ranska"] == "FR"
    assert "Georgia" not in states("fi")
