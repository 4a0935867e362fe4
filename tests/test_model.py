"""The nouns survive the trip to JSON and back, and say what they hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personae.model import (
    REMOVAL_KINDS,
    Actor,
    Article,
    Evidence,
    Identity,
    LeadImage,
    Mention,
    Quote,
    Removal,
    actor_from_dict,
    actor_to_dict,
)

words = st.text(min_size=1, max_size=12)
offsets = st.integers(min_value=0, max_value=5000)
mentions = st.builds(
    Mention, st.sampled_from(["title", "standfirst", "text"]), offsets, offsets, words, st.none() | offsets
)
actors = st.builds(
    Actor,
    id=words,
    name=words,
    type=st.sampled_from(["person", "organization", "country"]),
    key=st.booleans(),
    salience=st.floats(0, 1),
    aliases=st.lists(words, max_size=3).map(tuple),
    role=st.none() | words,
    mentions=st.lists(mentions, max_size=3).map(tuple),
    quotes=st.lists(st.builds(Quote, offsets, offsets, words, words), max_size=2).map(tuple),
    why=st.builds(Evidence, st.dictionaries(words, words), st.dictionaries(words, st.floats(0, 1))),
    identity=st.builds(
        Identity,
        st.lists(words, max_size=2).map(tuple),
        st.lists(words, max_size=2).map(tuple),
        st.floats(0, 1),
    ),
)
removals = st.builds(
    Removal, st.sampled_from(REMOVAL_KINDS), words, words, st.booleans(), words, st.none() | offsets
)
articles = st.builds(
    Article,
    title=words,
    content=words,
    text=words,
    authors=st.lists(words, max_size=2).map(tuple),
    lead_image=st.none() | st.builds(LeadImage, words, words, words, words),
    removed=st.lists(removals, max_size=2).map(tuple),
    actors=st.lists(actors, max_size=2).map(tuple),
)


@given(articles)
def test_an_article_comes_back_from_json_as_it_was(article: Article) -> None:
    assert Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article


@given(actors)
def test_an_actor_comes_back_from_json_as_it_was(actor: Actor) -> None:
    assert actor_from_dict(json.loads(json.dumps(actor_to_dict(actor)))) == actor


def test_names_that_a_newer_release_added_are_ignored() -> None:
    data = Article(title="A", content="<p>b</p>", text="b").to_dict()
    assert Article.from_dict({**data, "mood": "calm"}).title == "A"


@pytest.mark.parametrize("missing", ["title", "content", "text"])
def test_an_article_without_a_required_name_is_refused(missing: str) -> None:
    data = Article(title="A", content="<p>b</p>", text="b").to_dict()
    del data[missing]
    with pytest.raises(TypeError, match=missing):
        Article.from_dict(data)


def test_the_json_has_the_names_of_the_contract() -> None:
    assert set(Article(title="", content="", text="").to_dict()) == {
        "schema_version", "id", "url", "canonical_url", "title", "standfirst", "authors", "site",
        "published", "modified", "language", "direction", "lead_image", "content", "text", "word_count",
        "reading_minutes", "page_kind", "access", "access_reason", "removed", "actors", "actors_status",
    }  # fmt: skip


def test_paragraphs_are_what_blank_lines_separate() -> None:
    assert Article(title="", content="", text="One\nline.\n\nTwo.").paragraphs == ["One\nline.", "Two."]
    assert Article(title="", content="", text="").paragraphs == []
