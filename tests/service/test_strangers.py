"""Nothing is buffered, parsed or computed for whoever may not ask, and no request costs more than it may."""

from __future__ import annotations

import gzip
import json
import re
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]

from personae.service.body_budget import BodyBudget
from personae.service.request_parser import RequestParser

TOKEN = "a-token-of-some-length"
PAGE = "<h1>A title</h1><p>John Kerry went to Moscow.</p>"
JSON = {"Content_Type": "application/json"}
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def guarded(start_shared_service):
    """A service that asks for a token, and whose wrong ones are not counted."""
    return start_shared_service(token=TOKEN, wrong_tokens=10_000)


def once(ask, *, status):
    """Ask until the answer has a status, and return it: what was sent may still be on its way."""
    end = time.monotonic() + 20
    while (answer := ask()).status != status:
        assert time.monotonic() < end, f"still {answer.status}"
        time.sleep(0.05)
    return answer


def resident(service):
    """Return the bytes of memory that the service's main process holds."""
    status = Path(f"/proc/{service.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024


def answer_to_headers(service, request_line, **headers):
    """Send headers that promise a body, wait to be told to go on, and return what is told."""
    lines = {"Host": f"127.0.0.1:{service.port}", "Content-Length": "9000000", "Expect": "100-continue"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    sent = f"{request_line} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in lines.items()) + "\r\n"
    with socket.create_connection((service.host, service.port), timeout=30) as connection:
        connection.sendall(sent.encode("latin-1"))
        return int(connection.recv(4096).split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        ("POST /api/read", {}, 401),
        ("POST /api/read", {"Authorization": "Bearer wrong"}, 401),
        ("POST /api/read", {"Authorization": f"Bearer {TOKEN}", "Host": "evil.example"}, 421),
        ("POST /api/read", {"Authorization": f"Bearer {TOKEN}", "Origin": "https://evil.example"}, 403),
        ("POST /api/read", {"Authorization": f"Bearer {TOKEN}", "Content_Type": "text/plain"}, 415),
        ("POST /api/read", {"Authorization": f"Bearer {TOKEN}", "Content_Length": "900000000"}, 413),
        ("POST /nowhere", {"Authorization": f"Bearer {TOKEN}"}, 404),
        ("PATCH /api/read", {"Authorization": f"Bearer {TOKEN}"}, 405),
        ("PUT /api/read/" + "a" * 43 + "/pin", {"Authorization": f"Bearer {TOKEN}"}, 413),
        ("POST /try", {"Origin": "http://evil.example"}, 403),
    ],
)
def test_who_or_what_is_refused_is_refused_by_its_headers(guarded, request_line, headers, status):
    given = {"Content_Type": "application/json", **headers}
    assert answer_to_headers(guarded, request_line, **given) == status


def test_who_may_ask_is_told_to_go_on(guarded):
    headers = {"Authorization": f"Bearer {TOKEN}", "Content_Type": "application/json"}
    assert answer_to_headers(guarded, "POST /api/read", **headers) == 100


def test_a_refused_body_is_read_to_its_end_so_that_the_answer_arrives(guarded):
    answer = guarded.post("/api/read", b"x" * 8 * MEGABYTE, **JSON)
    assert (answer.status, answer.code) == (401, "token_required")


@pytest.mark.parametrize("path", ["/api/read", "/session", "/try", "/read/" + "a" * 43])
def test_uploads_of_strangers_take_no_memory(guarded, path):
    own = f"http://127.0.0.1:{guarded.port}"
    before = resident(guarded)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{guarded.port}\r\nOrigin: {own}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {8 * MEGABYTE}\r\n\r\n"
    ).encode()
    with ExitStack() as stack:
        for _ in range(16):
            one = stack.enter_context(socket.create_connection((guarded.host, guarded.port), timeout=30))
            one.sendall(head + b"a=b&" * (2 * MEGABYTE - 1))  # all but its last bytes
        assert guarded.get("/healthz").status == 200
        assert resident(guarded) - before < 40 * MEGABYTE


def test_a_form_with_a_token_is_small(guarded):
    own = f"http://127.0.0.1:{guarded.port}"
    form = {"Origin": own, "Content_Type": "application/x-www-form-urlencoded"}
    assert guarded.post("/session", b"token=" + b"a" * 9000, **form).status == 413
    assert guarded.post("/session", f"token={TOKEN}".encode(), **form).status == 303


@pytest.mark.parametrize(
    "pieces",
    [
        "{" + ",".join(f'"{n}":1' for n in range(3000)) + "}",
        "[" + ",".join("1" for _ in range(40_000)) + "]",
        "[" + ",".join("{}" for _ in range(40_000)) + "]",
        "[" + "9" * 70_000 + "]",
        '{"html": "' + "x" * 1000 + '", "more": [' + "1.5," * 20_000 + "1]}",
    ],
    ids=["keys", "numbers", "objects", "digits", "beside a page"],
)
@pytest.mark.parametrize("zipped", [False, True])
def test_json_of_too_many_pieces_is_refused_before_it_is_built(service, pieces, zipped):
    body = gzip.compress(pieces.encode()) if zipped else pieces.encode()
    answer = service.post("/api/read", body, **JSON, **({"Content_Encoding": "gzip"} if zipped else {}))
    assert (answer.status, answer.code) == (400, "invalid_json")
    assert "pieces" in answer.json["error"]["message"]


def test_a_page_full_of_quotation_marks_and_brackets_is_one_piece(service):
    html = PAGE + '<script>{"a": [1, 2, "\\"", {}]}</script>' * 20_000
    assert service.read(html).status == 200


@pytest.mark.parametrize("kind", ["plain", "multipart"])
def test_a_form_of_too_many_fields_is_refused(service, kind):
    own = f"http://127.0.0.1:{service.port}"
    if kind == "plain":
        content, body = "application/x-www-form-urlencoded", b"&".join([b"a=b"] * 100_000)
    else:
        content = "multipart/form-data; boundary=x"
        part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'
        body = part * 5000 + b"--x--\r\n"
    answer = service.post("/try", body, Origin=own, Content_Type=content, Accept="application/json")
    assert 400 <= answer.status < 500


def test_corrections_are_no_page(service):
    own = f"http://127.0.0.1:{service.port}"
    view = service.read(PAGE).json["view"]
    body = json.dumps({"corrections": [], "more": "x" * MEGABYTE}).encode()
    assert service.post(view, body, Origin=own, **JSON).status == 413
    assert service.post(view, gzip.compress(body), Origin=own, Content_Encoding="gzip", **JSON).status == 413


def test_bodies_share_a_budget_and_a_closed_connection_gives_its_part_back(start_service):
    service = start_service(max_body_bytes=str(MEGABYTE))
    head = (
        f"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {MEGABYTE}\r\n\r\n"
    ).encode()
    with ExitStack() as stack:
        for _ in range(8):  # for six there is room
            one = stack.enter_context(socket.create_connection((service.host, service.port), timeout=30))
            one.sendall(head + b" " * (MEGABYTE - 1))
        answer = once(lambda: service.post("/api/read", b" " * (MEGABYTE // 10), **JSON), status=503)
        assert answer.code == "busy"
        assert answer.headers["Retry-After"]
    once(lambda: service.read(PAGE + " " * (MEGABYTE // 2)), status=200)


def test_a_budget_is_bounded_for_each_address_and_for_all():
    budget = BodyBudget(10, 6)
    assert budget.take("a", 6)
    assert not budget.take("a", 1)
    assert budget.take("b", 4)
    assert not budget.take("c", 1)
    budget.give_back("a", 6)
    assert budget.take("c", 6)
    assert budget.taken == 10


class TestDeadlines:
    @pytest.fixture
    def clock(self, monkeypatch):
        now = [1000.0]
        monkeypatch.setattr("personae.service.request_parser.time.monotonic", lambda: now[0])
        return now

    @pytest.fixture
    def parser(self, clock):
        adj = Adjustments()
        budget = BodyBudget(MEGABYTE, MEGABYTE)
        parser = RequestParser(
            adj, address="192.0.2.1", judge=lambda _: None, budget=budget, max_body=MEGABYTE
        )
        yield parser
        parser.close()
        adj.listen.clear()

    def test_headers_that_drip_are_overdue(self, parser, clock):
        for _ in range(10):
            parser.received(b"a")
            clock[0] += 1
        assert not parser.is_overdue()
        clock[0] += 10
        parser.received(b"a")
        assert parser.is_overdue()

    def test_a_body_that_drips_is_overdue_and_a_slow_one_is_not(self, parser, clock):
        parser.received(b"POST /api/read HTTP/1.1\r\nContent-Length: 900000\r\n\r\n")
        for _ in range(60):
            parser.received(b" " * 10_000)
            clock[0] += 1
        assert not parser.is_overdue()
        clock[0] += 60
        assert parser.is_overdue()


@pytest.mark.parametrize("name", ["x/%00.js", "a%00.js", "a%00.woff2"])
def test_a_name_that_no_file_can_have_is_not_found(service, name):
    assert service.get(f"/static/x/{name}").status == 404


@pytest.mark.parametrize("coding", ["xchunked", "chunked, identity", "gzip, chunked"])
def test_a_transfer_coding_that_is_not_known_is_named(service, coding):
    answer = service.raw(
        f"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\n"
        f"Transfer-Encoding: {coding}\r\n\r\n".encode()
    )
    assert answer.startswith(b"HTTP/1.1 501 ")
    assert b"Transfer-Encoding" in answer
