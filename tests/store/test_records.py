"""Values: what is not exactly ours is a miss, never a crash."""

from __future__ import annotations

import json
import pickle
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personae.model import Actor, Article
from personae.store import records
from personae.store.records import ARTICLE, CAST, LINK, SHARED, TRACE, KeptArticle, Link, linked

KEPT = KeptArticle(Article(title="Ünï", content="<p>x</p>", text="lone \ud800"), "a life", private=True)
CAST_OF_ONE = [
    Actor(id="a", name="A", type="person", key=True, salience=0.5, aliases=("A",), role="the \ud800 chair")
]


@pytest.mark.parametrize(
    ("codec", "record"),
    [
        (ARTICLE, KEPT),
        (CAST, CAST_OF_ONE),
        (TRACE, "https://a.example/ü"),
        (TRACE, ""),
        (LINK, Link("an id", "a life")),
        (SHARED, "an id"),
    ],
)
def test_a_record_comes_back_with_what_is_to_be_forgotten_with_it(codec, record):
    value = codec.encode(record, links=["one", "another"])
    assert codec.decode(value) == record
    assert linked(value) == ["one", "another"]


def test_a_record_of_another_kind_is_a_miss():
    assert CAST.decode(ARTICLE.encode(KEPT)) is None


def test_a_record_of_another_schema_version_is_a_miss(monkeypatch):
    value = ARTICLE.encode(KEPT)
    monkeypatch.setattr(records, "SCHEMA_VERSION", 999)
    assert ARTICLE.decode(value) is None


def packed(**envelope):
    return zlib.compress(json.dumps({"kind": "article", "schema": 1, "links": [], **envelope}).encode())


WHOLE = json.loads(zlib.decompress(ARTICLE.encode(KEPT)))["record"]


def test_the_broken_values_below_are_broken_in_one_point_only():
    assert ARTICLE.decode(packed(record=WHOLE)) == KEPT


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"no zlib",
        zlib.compress(b"no json"),
        zlib.compress(b"[]"),
        zlib.compress(b"{}"),
        packed(record=[]),
        packed(record={}),
        packed(record={**WHOLE, "article": None}),
        packed(record={**WHOLE, "article": {"title": "no text"}}),
        packed(record={**WHOLE, "article": {**WHOLE["article"], "actors": ["no actor"]}}),
        ARTICLE.encode(KEPT)[:-10],
        pickle.dumps({"kind": "article"}),
        zlib.compress(b"[" * 100_000),
    ],
)
def test_a_broken_value_is_a_miss_and_links_to_nothing(value):
    assert ARTICLE.decode(value) is None
    assert linked(value) == []


@pytest.mark.parametrize("codec", [CAST, TRACE, LINK, SHARED])
def test_a_record_that_lacks_what_it_is_about_is_a_miss(codec):
    assert codec.decode(packed(kind=codec.kind, record={})) is None


def test_a_value_that_unpacks_to_more_than_any_record_is_a_miss(monkeypatch):
    monkeypatch.setattr(records, "MAX_DECODED_BYTES", 1000)
    assert TRACE.decode(TRACE.encode("b" * 2000)) is None
    assert TRACE.decode(TRACE.encode("b" * 200)) == "b" * 200


@given(st.binary())
def test_no_bytes_whatever_raise(value):
    assert ARTICLE.decode(value) is None
    assert linked(value) == []
