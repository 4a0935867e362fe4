"""The figures of the stories in this folder do not fall; they are not those of real news, which are lower."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.actor_scores import Agent, QuoteSpan, Scores, Story, read_folder, read_story, same_words

from personae.actors import analyse

STORIES = Path(__file__).parent / "stories"
FLOOR = {
    "actor": 0.89,
    "key": 0.75,
    "r_precision": 0.76,
    "alias": 0.94,
    "mention": 0.88,
    "type": 0.96,
    "role": 0.85,
    "role_precision": 0.95,
    "quote_precision": 0.98,
    "quote_recall": 0.84,
}
NAMES = sorted(path.name for path in STORIES.glob("*.json"))


@pytest.fixture(scope="module")
def figures():
    scores = Scores()
    for story in read_folder(STORIES):
        found = analyse(title=story.title, standfirst="", text=story.text, language="en")
        scores.add(story, [Agent.of(actor) for actor in found])
    return scores.figures


@pytest.mark.parametrize("figure", FLOOR)
def test_no_figure_falls(figures, figure):
    assert figures[figure] >= FLOOR[figure]


@pytest.mark.parametrize("name", NAMES)
def test_annotations_are_in_the_text(name):
    story = json.loads((STORIES / name).read_text(encoding="utf-8"))
    everything = f"{story['title']}\n\n{story['text']}"
    names = [actor["name"] for actor in story["actors"]]
    assert len(set(names)) == len(names)
    for actor in story["actors"]:
        assert actor["name"] in actor["aliases"]
        assert actor["type"] in {"person", "organization", "country"}
        assert [alias for alias in actor["aliases"] if alias not in everything] == []
        assert actor["role"] is None or actor["role"] in everything
    for quote in story["quotes"]:
        assert quote["speaker"] in names
        assert quote["kind"] in {"direct", "indirect"}
        assert story["text"][quote["start"] : quote["end"]] == quote["text"]


def agent(name, *aliases, key=False, role=None, quotes=()):
    return Agent(name, "person", key, (name, *aliases), role, tuple(QuoteSpan(*s) for s in quotes))


def score(wanted, found, text="Ann Lee left. Lee said no, and Tom Fox too."):
    total = Scores()
    total.add(Story("one", "", text, tuple(wanted)), found)
    return total


def test_scores_of_the_same_actors_are_whole():
    actors = [agent("Ann Lee", "Lee", key=True, role="a nurse", quotes=[(0, 10)]), agent("Tom Fox")]
    total = score(actors, actors)
    rates = (total.actor, total.key, total.alias, total.mention, total.quote)
    assert [rate.f1 for rate in rates] == [1.0] * 5
    assert (total.type, total.role, total.role_precision, total.r_precision) == (1.0, 1.0, 1.0, 1.0)


def test_a_merge_of_two_people_costs_an_actor_an_alias_and_a_mention():
    total = score([agent("Ann Lee", "Lee"), agent("Tom Fox")], [agent("Ann Lee", "Lee", "Tom Fox")])
    assert (total.actor.right, total.actor.given, total.actor.wanted) == (1, 1, 2)
    assert (total.alias.right, total.alias.given, total.alias.wanted) == (2, 3, 2)
    assert (total.mention.right, total.mention.given, total.mention.wanted) == (2, 3, 3)


def test_a_quotation_is_right_only_with_its_speaker_and_its_words():
    wanted = [agent("Ann Lee", quotes=[(0, 10)]), agent("Tom Fox")]
    for said, right in (((0, 9), 1), ((0, 30), 0), ((10, 20), 0)):
        assert score(wanted, [agent("Ann Lee", quotes=[said])]).quote.right == right
    assert score(wanted, [agent("Tom Fox", quotes=[(0, 10)])]).quote.right == 0


def test_a_role_is_right_when_it_shares_half_of_its_words():
    assert same_words("chief executive of Halden", "Halden's chief executive")
    assert not same_words("chief executive", "a nurse")
    assert not same_words(None, None)


def test_a_quotation_of_nobody_annotated_is_refused(tmp_path):
    story = {"title": "", "text": "x", "actors": [], "quotes": [{"speaker": "Lee", "start": 0, "end": 1}]}
    path = tmp_path / "one.json"
    path.write_text(json.dumps(story), encoding="utf-8")
    with pytest.raises(ValueError, match="no actor is called Lee"):
        read_story(path)
