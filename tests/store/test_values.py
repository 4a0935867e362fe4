"""Values: what is not exactly ours is a miss, never a crash."""

from __future__ import annotations

import json
import pickle
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personae.store.cache import values
from personae.store.cache.values import decode, encode


def test_a_record_comes_back():
    record = {"title": "Ünï", "numbers": [1, 2.5, None], "lone": "\ud800"}
    assert decode("article", encode("article", record)) == record


def test_a_record_of_another_kind_is_a_miss():
    assert decode("cast", encode("article", {})) is None


def test_a_record_of_another_schema_version_is_a_miss(monkeypatch):
    value = encode("article", {})
    monkeypatch.setattr(values, "SCHEMA_VERSION", 999)
    assert decode("article", value) is None


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"no zlib",
        zlib.compress(b"no json"),
        zlib.compress(b"[]"),
        zlib.compress(b"{}"),
        zlib.compress(json.dumps({"kind": "article", "schema": 1, "record": []}).encode()),
        encode("article", {"a": "b" * 100})[:-10],
        pickle.dumps({"kind": "article"}),
        zlib.compress(b"[" * 100_000),
    ],
)
def test_a_broken_value_is_a_miss(value):
    assert decode("article", value) is None


def test_a_value_that_unpacks_to_more_than_any_record_is_a_miss(monkeypatch):
    monkeypatch.setattr(values, "MAX_DECODED_BYTES", 1000)
    assert decode("article", encode("article", {"a": "b" * 2000})) is None


@given(st.binary())
def test_no_bytes_whatever_raise(value):
    assert decode("article", value) is None
