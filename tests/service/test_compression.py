"""Answers are compressed for whoever takes it, where that is worth it, and are the same once unpacked."""

from __future__ import annotations

import gzip
import re

import pytest

LONG = "<h1>A long story</h1>" + "".join(f"<p>Anna Lark went to town number {n}.</p>" for n in range(300))
GZIP = {"Accept_Encoding": "gzip, deflate, br"}


@pytest.fixture(scope="module")
def view(service):
    return service.read(LONG, url="https://a.example/long").json["view"]


def style(service):
    return re.search(r"/static/\w+/style\.css", service.get("/").text)[0]


@pytest.mark.parametrize("suffix", ["", ".json", ".md", ".txt", ".html"])
def test_a_page_and_its_exports_are_a_fraction_and_the_same_once_unpacked(service, view, suffix):
    plain, packed = service.get(view + suffix), service.get(view + suffix, **GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.body) < len(plain.body) / 4
    assert gzip.decompress(packed.body) == plain.body
    assert plain.headers["Content-Encoding"] is None
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_answer_to_a_read_is_compressed_too(service):
    answer = service.read(LONG, Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b'"title":"A long story"' in gzip.decompress(answer.body)


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "*;q=0", "identity, gzip;q=0.5"])
def test_who_does_not_take_gzip_gets_the_bytes_as_they_are(service, view, accepted):
    answer = service.get(view, Accept_Encoding=accepted)
    assert answer.headers["Content-Encoding"] is None
    assert answer.text.startswith("<!doctype html>")
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_what_is_small_or_packed_already_is_left_as_it_is(service, view):
    paths = ("/api/status", f"{view}.epub", style(service).replace("style.css", "fonts/literata-latin.woff2"))
    answers = [service.get(path, **GZIP) for path in paths]
    assert [(answer.status, answer.headers["Content-Encoding"]) for answer in answers] == [(200, None)] * 3


def test_a_static_file_is_compressed_and_may_still_be_kept_for_ever(service):
    path = style(service)
    plain, packed = service.get(path), service.get(path, **GZIP)
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3
    for answer in (plain, packed):
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert service.get(path, **GZIP).body == packed.body


def test_asking_for_the_head_tells_what_the_answer_would_be(service):
    path = style(service)
    whole = service.get(path, **GZIP)
    head = service.ask("HEAD", path, headers={"Accept-Encoding": "gzip, deflate, br"})
    names = ("Content-Length", "Content-Encoding", "Vary")
    assert [head.headers[name] for name in names] == [whole.headers[name] for name in names]
    assert head.body == b""


def test_a_file_with_an_etag_keeps_it_and_is_not_sent_twice(service):
    path = style(service).replace("style.css", "icon.svg")
    tag = service.get(path, **GZIP).headers["ETag"]
    assert service.get(path, If_None_Match=tag, **GZIP).status == 304


def test_errors_come_in_either_way(service):
    answer = service.get("/read/nobody-knows-this", Accept="text/html", **GZIP)
    assert (answer.status, answer.headers["Content-Encoding"]) == (404, None)
    assert "no-store" in answer.headers["Cache-Control"]
