"""Whatever is sent gets an answer of the one error shape, and the service goes on."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import zlib

import pytest

PAGE = "<h1>A title</h1><p>John Kerry went to Moscow.</p>"
JSON = {"Content_Type": "application/json"}


@pytest.fixture(autouse=True)
def _the_service_goes_on(service):
    yield
    assert service.read(PAGE).status == 200


def assert_error(answer, status, code):
    assert (answer.status, answer.code) == (status, code)
    assert answer.headers["Content-Type"] == "application/json"
    assert set(answer.json) == {"error"}
    assert set(answer.json["error"]) == {"code", "message", "hint"}
    assert all(answer.json["error"].values())
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b'"text"', b"\xff\xfe", b'{"url": "", "html": NaN}', b"[" * 100_000,
        b'{"a":' * 50_000, '{"url": "", "html": ""}'.encode("utf-16"), b"\xef\xbb\xbf{}", b'{"html": "\xe9"}',
        b"9" * 10_000,
    ],
)  # fmt: skip
def test_what_is_not_a_json_object_is_invalid_json(service, body):
    assert_error(service.post("/api/read", body, **JSON), 400, "invalid_json")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": ""},
        {"html": PAGE},
        {"url": "", "html": 5},
        {"url": "", "html": None},
        {"url": "", "html": ["<p>"]},
        {"url": [], "html": PAGE},
        {"url": None, "html": PAGE},
        {"url": {}, "html": PAGE},
        {"url": "", "html": PAGE, "private": "yes"},
        {"url": "", "html": PAGE, "private": None},
        {"url": "", "html": PAGE, "actors": 1},
        {"url": "javascript:alert(1)", "html": PAGE},
        {"url": "no address", "html": PAGE},
        {"url": "https://a.example/\ud800", "html": PAGE},
        {"url": "https://a.example/" + "x" * 9000, "html": PAGE},
        {"url": "https://[broken", "html": PAGE},
        {"url": "https://a.example/\nX: y", "html": PAGE},
    ],
)
def test_a_missing_field_or_a_wrong_type_is_named(service, body):
    answer = service.post("/api/read", json.dumps(body).encode(), **JSON)
    assert_error(answer, 400, "invalid_field")
    assert any(
        f'"{name}"' in answer.json["error"]["message"] for name in ("url", "html", "private", "actors")
    )


def test_an_unknown_field_is_no_error(service):
    assert service.read(PAGE, fields={"colour": "blue"}).status == 200


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_what_a_form_can_send_is_not_taken(service, kind):
    answer = service.post("/api/read", json.dumps({"url": "", "html": PAGE}).encode(), Content_Type=kind)
    assert_error(answer, 415, "unsupported_media")


def test_lone_surrogates_are_read(service):
    answer = service.post("/api/read", b'{"url": "", "html": "<h1>A \\ud800 B</h1>"}', **JSON)
    assert answer.status == 200
    assert answer.json["title"].startswith("A \ufffd")
    assert service.get(answer.json["view"], Accept="text/html").status == 200


def test_thirty_megabytes_get_an_answer_and_not_a_broken_connection(service):
    answer = service.read("x" * 30_000_000)
    assert_error(answer, 413, "too_large")
    assert "PERSONAE_MAX_BODY_BYTES" in answer.json["error"]["hint"]


def test_thirty_megabytes_gzipped_are_too_large_once_unpacked(service):
    body = gzip.compress(json.dumps({"url": "", "html": "x" * 30_000_000}).encode())
    answer = service.post("/api/read", body, **JSON, Content_Encoding="gzip")
    assert_error(answer, 413, "too_large")
    assert "PERSONAE_MAX_HTML_BYTES" in answer.json["error"]["hint"]


def test_a_gzip_bomb_is_given_up_before_its_end(service):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 10_000_000) for _ in range(12)) + packer.flush(zlib.Z_SYNC_FLUSH)
    # Its end is damaged: whoever unpacked all of it would say so.
    answer = service.post("/api/read", bomb + b"\xff" * 100_000, **JSON, Content_Encoding="gzip")
    assert_error(answer, 413, "too_large")


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b[:-20],
        lambda b: b[:10],
        lambda b: b + b"more",
        lambda b: b"\0" + b,
        lambda b: b"",
        lambda b: b + b,
    ],
)
def test_damaged_gzip_is_named(service, damage):
    body = damage(gzip.compress(json.dumps({"url": "", "html": PAGE}).encode()))
    assert_error(service.post("/api/read", body, **JSON, Content_Encoding="gzip"), 400, "bad_encoding")


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "nonsense"])
def test_another_encoding_is_named(service, encoding):
    assert_error(service.post("/api/read", b"x", **JSON, Content_Encoding=encoding), 400, "bad_encoding")


def test_a_chunked_body_is_read(service):
    body = json.dumps({"url": "", "html": PAGE}).encode()
    answer = service.raw(request("Transfer-Encoding: chunked") + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
    assert answer.startswith(b"HTTP/1.1 200")


def test_a_chunked_body_without_end_is_cut_off_at_the_limit(service):
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    answer = service.raw(request("Transfer-Encoding: chunked") + chunk * 14 + b"0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"code":"too_large"' in answer


def test_a_client_that_asks_before_it_sends_too_much_is_told_at_once(service):
    answer = service.raw(request("Content-Length: 30000000", "Expect: 100-continue"))
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"code":"too_large"' in answer


def test_more_than_was_announced_is_no_second_request(service):
    body = json.dumps({"url": "", "html": PAGE}).encode()
    answer = service.raw(request(f"Content-Length: {len(body)}") + body + b"more of it\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.count(b"HTTP/1.") == 1


def test_a_client_that_goes_away_in_the_middle_harms_nobody(service):
    with socket.create_connection((service.host, service.port)) as connection:
        connection.sendall(request("Content-Length: 1000") + b'{"url": "')
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert service.get("/healthz").status == 200


@pytest.mark.parametrize(
    "data",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
        b"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: many\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ".ljust(64 * 1024, b"x"),
        (
            b"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\nnot hex\r\n"
        ),
    ],
)
def test_what_is_not_http_gets_the_same_error_shape(service, data):
    head, _, body = service.raw(data).partition(b"\r\n\r\n")
    assert b" 400 " in head
    assert b"nosniff" in head
    assert set(json.loads(body)["error"]) == {"code", "message", "hint"}


def request(*headers):
    lines = [
        "POST /api/read HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


@pytest.mark.parametrize("page", ["hang in Python", "hang in C"])
def test_a_page_that_hangs_gets_an_error_and_the_next_one_is_read(service, page):
    assert_error(service.read(page), 422, "took_too_long")


@pytest.mark.parametrize("page", ["segfault", "exit", "memory"])
def test_a_page_that_kills_its_worker_gets_an_error(service, page):
    assert_error(service.read(page), 422, "reader_crashed")


def test_a_page_without_an_article_gets_an_error(service):
    assert_error(service.read("no article"), 422, "no_article")


def test_an_error_that_nobody_foresaw_is_no_trace(service):
    answer = service.read("raise")
    assert_error(answer, 500, "internal")
    assert "own words" not in answer.text + service.log


def test_losses_are_counted(service):
    service.read("exit")
    assert 'personae_workers_lost_total{cause="crash"}' in service.get("/metrics").text


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nope"), ("GET", "/api"), ("GET", "/nope//x"), ("POST", "/api/nope")]
)
def test_an_unknown_address_gets_the_same_error_shape(service, method, path):
    assert_error(service.ask(method, path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/read", "POST"),
        ("PUT", "/api/read", "POST"),
        ("DELETE", "/api/status", "GET"),
        ("BREW", "/healthz", "GET"),
    ],
)
def test_another_method_is_told_which_ones_there_are(service, method, path, allowed):
    answer = service.ask(method, path)
    assert_error(answer, 405, "method_not_allowed")
    assert allowed in answer.headers["Allow"]


def test_a_browser_gets_its_errors_as_pages(service):
    for answer in (
        service.get("/nope", Accept="text/html"),
        service.ask("PUT", "/api/read", headers={"Accept": "text/html"}),
        service.read("no article", Accept="text/html"),
    ):
        assert answer.status in (404, 405, 422)
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "<!doctype html>" in answer.text
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("trouble", ["cast hangs", "cast crashes"])
def test_a_story_whose_actors_cannot_be_found_is_shown_without_them(service, trouble):
    page = f"{PAGE}<p>A story of which the {trouble}.</p>"
    answer = service.read(page)
    assert (answer.status, answer.json["title"]) == (200, "A title")
    assert (answer.json["actors"], answer.json["actors_status"]) == ([], "unavailable")
    assert service.get(answer.json["view"]).status == 200
    # It is no answer for good: the next time they are looked for again.
    assert service.read(page).json["cache"] == "miss"
