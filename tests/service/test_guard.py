"""Who may ask: by Host, by Origin, by token, ticket and cookie."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import quote, urlsplit

import pytest

PAGE = "<h1>A title</h1><p>John Kerry went to Moscow.</p>"
BODY = json.dumps({"url": "", "html": PAGE}).encode()
JSON = {"Content_Type": "application/json"}
UNKNOWN = "u" * 43  # has the form of an id
TOKEN, OTHER = "the-token-of-one-reader", "the-token-of-another"
EXTENSIONS = [
    "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    "moz-extension://6f4b2f0e-0000-4000-8000-000000000000",
    "safari-web-extension://6F4B2F0E-0000-4000-8000-000000000000",
]


# ---------------------------------------------------------------- Host


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "LOCALHOST:80", "[::1]", "[::1]:8765", "127.0.0.1:1"]
)
def test_loopback_names_are_answered_under_any_port(service, host):
    assert service.get("/healthz", Host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "", "192.168.1.5",
        "127.0.0.1:port", "localhost, evil.example", "evil.example:8765", "[::1", "2130706433", "0.0.0.0", "localhost.",  # noqa: S104
    ],
)  # fmt: skip
def test_any_other_host_is_refused_whatever_it_asks(service, host):
    for answer in (
        service.get("/healthz", Host=host),
        service.get("/static/x/style/page.css", Host=host),
        service.post("/api/read", BODY, Host=host, **JSON),
    ):
        assert (answer.status, answer.code) == (421, "host_not_allowed")


def test_a_request_without_a_host_is_refused(service):
    assert service.raw(b"GET /healthz HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.0 421")


def test_a_host_of_the_settings_is_answered(start_service):
    service = start_service(hosts="reader.example,other.example:8443", token=TOKEN)
    assert service.get("/healthz", Host="reader.example").status == 200
    assert service.get("/healthz", Host="Reader.Example:443").status == 200
    assert service.get("/healthz", Host="other.example:8443").status == 200
    assert service.get("/healthz", Host="other.example").status == 421


def test_a_refused_host_gets_a_page_in_a_browser(service):
    answer = service.get("/", Host="evil.example", Accept="text/html")
    assert answer.status == 421
    assert "PERSONAE_HOSTS" in answer.text


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Via"]
)
def test_a_proxy_that_nobody_told_of_does_not_open_a_backend_without_a_token(service, header):
    answer = service.ask("GET", "/", headers={header: "1.2.3.4"})
    assert (answer.status, answer.code) == (403, "refused")
    assert "PERSONAE_TRUSTED_PROXIES" in answer.json["error"]["hint"]


# ---------------------------------------------------------------- Origin


@pytest.mark.parametrize("origin", EXTENSIONS)
def test_extensions_may_read_and_see_the_answer(service, origin):
    answer = service.post("/api/read", BODY, Origin=origin, **JSON)
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Origin" in answer.headers["Vary"]


def test_our_own_pages_may(service):
    assert service.post("/api/read", BODY, Origin=service.address, **JSON).status == 200
    assert (
        service.post("/api/read", BODY, Origin="http://localhost:99", Host="localhost:99", **JSON).status
        == 200
    )


def test_a_client_that_is_no_browser_may(service):
    assert service.post("/api/read", BODY, **JSON).status == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "http://127.0.0.1:1", "http://localhost", "null", "", "file://",
        "http://127.0.0.1.evil.example", "chrome-extension://", "chrome-extension://a/b", "evil-extension://abc",
        "https://evil.example chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    ],
)  # fmt: skip
def test_pages_of_other_origins_may_change_nothing(service, origin):
    view = service.post("/api/read", BODY, **JSON).json["view"]
    for answer in (
        service.post("/api/read", BODY, Origin=origin, **JSON),
        service.delete(f"/api{view}", Origin=origin),
        service.post("/try", b"html=x", Origin=origin, Content_Type="application/x-www-form-urlencoded"),
        service.post("/session", b"token=x", Origin=origin, Content_Type="application/x-www-form-urlencoded"),
        service.post("/session/end", Origin=origin),
    ):
        assert (answer.status, answer.code) == (403, "origin_not_allowed")
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert service.get(view).status == 200


@pytest.mark.parametrize("path", ["/try", "/session", "/session/end"])
def test_a_form_that_hides_where_it_comes_from_is_refused(service, path):
    answer = service.post(path, b"html=x", Content_Type="application/x-www-form-urlencoded")
    assert (answer.status, answer.code) == (403, "origin_not_allowed")


def test_preflights_are_answered_for_extensions_only(service):
    ask = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-encoding,content-type",
    }
    answer = service.ask("OPTIONS", "/api/read", headers={"Origin": EXTENSIONS[1], **ask})
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == EXTENSIONS[1]
    assert "Content-Encoding" in answer.headers["Access-Control-Allow-Headers"]
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        answer = service.ask("OPTIONS", "/api/read", headers={"Origin": origin, **ask})
        assert answer.status == 403
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_other_sites_cannot_read_or_embed_what_we_show(service):
    view = service.post("/api/read", BODY, **JSON).json["view"]
    for path in (view, f"{view}.json", f"{view}.md", "/", "/api/status"):
        headers = service.get(path, Origin="https://evil.example", Accept="text/html").headers
        assert "Access-Control-Allow-Origin" not in headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"


def test_the_reader_page_tells_nobody_where_it_is_and_runs_no_inline_code_but_ours(service):
    view = service.post("/api/read", BODY, **JSON).json["view"]
    page = service.get(view, Accept="text/html")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=", page.text)
    inline = re.findall(
        r'<script(?! type="application/json")(?![^>]*src=)[^>]*>(.*?)</script>', page.text, re.DOTALL
    )
    digests = {f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" for code in inline}
    allowed = re.search(r"script-src 'self' ([^;]*);", page.headers["Content-Security-Policy"])
    assert digests == set(allowed[1].split())


# ---------------------------------------------------------------- tokens


@pytest.fixture(scope="module")
def guarded(start_shared_service):
    return start_shared_service(token=f"{TOKEN},{OTHER}")


def bearer(token=TOKEN):
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    "path", ["/", "/read/x", "/read/x.json", "/api/status", "/readyz", "/metrics", "/openapi.json", "/nope"]
)
def test_with_a_token_everything_needs_it(guarded, path):
    for headers, code in (({}, "token_required"), (bearer("a-wrong-token-indeed"), "token_wrong")):
        answer = guarded.get(path, **headers)
        assert (answer.status, answer.code) == (401, code)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert guarded.get(path, **bearer()).status in (200, 404)


def test_with_a_token_reading_and_forgetting_need_it(guarded):
    assert guarded.post("/api/read", BODY, **JSON).status == 401
    assert guarded.delete("/api/read/x").status == 401
    assert guarded.post("/api/read", BODY, **JSON, Origin=EXTENSIONS[0]).status == 401


@pytest.mark.parametrize("path", ["/healthz", "/static/x/style/page.css"])
def test_health_and_static_files_need_no_token(guarded, path):
    assert guarded.get(path).status == 200


@pytest.mark.parametrize(
    "value", ["Bearer", "Bearer ", "Basic eDp5", f"bearer{TOKEN}", TOKEN, "Bearer \u00e9"]
)
def test_a_malformed_authorization_is_refused(guarded, value):
    assert guarded.get("/api/status", Authorization=value.encode("latin-1")).status == 401


def test_another_readers_article_is_gone_for_whoever_asks(guarded):
    mine = guarded.post("/api/read", BODY, **JSON, **bearer()).json["id"]
    theirs = guarded.post("/api/read", BODY, **JSON, **bearer(OTHER)).json["id"]
    assert mine != theirs
    assert guarded.get(f"/read/{mine}", **bearer()).status == 200
    assert guarded.get(f"/read/{mine}", **bearer(OTHER)).code == "article_gone"
    guarded.delete(f"/api/read/{mine}", **bearer(OTHER))
    assert guarded.get(f"/read/{mine}", **bearer()).status == 200


def test_a_ticket_is_traded_once_for_a_cookie_that_opens_the_page(guarded):
    view = guarded.post("/api/read", BODY, **JSON, **bearer()).json["view"]
    assert "?ticket=" in view
    answer = guarded.get(view, Accept="text/html")
    assert answer.status == 303
    assert answer.headers["Location"] == urlsplit(view).path
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert TOKEN not in cookie
    page = guarded.get(urlsplit(view).path, Cookie=cookie.partition(";")[0], Accept="text/html")
    assert (page.status, "A title" in page.text) == (200, True)
    again = guarded.get(view, Accept="text/html")
    assert "Set-Cookie" not in again.headers


def test_a_ticket_is_used_up_on_every_node_and_after_a_restart(start_service):
    service = start_service(token=TOKEN, secret="s" * 32)
    view = service.post("/api/read", BODY, **JSON, **bearer()).json["view"]
    assert "Set-Cookie" in service.get(view).headers
    service.stop()
    again = start_service(token=TOKEN, secret="s" * 32)
    assert "Set-Cookie" not in again.get(view).headers


def test_a_ticket_of_somebody_else_does_not_take_the_place_of_ones_cookie(guarded):
    theirs = guarded.post("/api/read", BODY, **JSON, **bearer(OTHER)).json["view"]
    answer = guarded.get(theirs, Cookie=signed_in(guarded))
    assert (answer.status, "Set-Cookie" in answer.headers) == (303, False)


def test_signing_out_ends_the_session_wherever_its_cookie_was_copied_to(guarded):
    cookie, other = signed_in(guarded), signed_in(guarded)
    assert guarded.get("/api/status", Cookie=cookie).status == 200
    assert guarded.delete("/session", Origin=guarded.address, Cookie=cookie).status == 204
    assert guarded.get("/api/status", Cookie=cookie).status == 401
    assert guarded.get("/api/status", Cookie=other).status == 200


@pytest.mark.parametrize("name", ["X-Real-IP", "CF-Connecting-IP", "X-Forwarded-Server", "X-Original-URL"])
def test_a_request_that_says_it_came_through_a_proxy_is_refused_without_a_token(service, name):
    answer = service.ask("GET", "/api/status", headers={name: "192.0.2.7"})
    assert (answer.status, answer.code) == (403, "refused")


def test_a_look_at_the_headers_does_not_use_up_a_ticket(guarded):
    view = guarded.post("/api/read", BODY, **JSON, **bearer()).json["view"]
    assert "Set-Cookie" not in guarded.ask("HEAD", view).headers
    assert "Set-Cookie" in guarded.get(view).headers


def test_a_ticket_opens_no_other_article(guarded):
    view = guarded.post("/api/read", BODY, **JSON, **bearer()).json["view"]
    other = guarded.get(f"/read/{UNKNOWN}?" + urlsplit(view).query)
    assert "Set-Cookie" not in other.headers


@pytest.mark.parametrize("ticket", ["", "x", "WyJhIiwiYiIsImMiXQ.x.y", "\u00e9"])
def test_a_forged_ticket_opens_nothing(guarded, ticket):
    answer = guarded.get(f"/read/{UNKNOWN}?ticket={quote(ticket)}")
    assert answer.status == 303
    assert "Set-Cookie" not in answer.headers


def test_a_cookie_is_bound_to_its_reader(guarded):
    theirs = guarded.post("/api/read", BODY, **JSON, **bearer(OTHER)).json["id"]
    assert guarded.get(f"/read/{theirs}", Cookie=signed_in(guarded)).code == "article_gone"


@pytest.mark.parametrize(
    "change", [lambda c: c[:-2], lambda c: c.partition("=")[0] + "=x", lambda c: c + "x"]
)
def test_a_forged_cookie_opens_nothing(guarded, change):
    assert guarded.get("/api/status", Cookie=change(signed_in(guarded))).status == 401


def test_a_cookie_of_a_token_that_was_revoked_opens_nothing(start_service):
    first = start_service(token=f"{TOKEN},{OTHER}")
    cookie = signed_in(first)
    first.stop()
    assert start_service(token=OTHER).get("/api/status", Cookie=cookie).status == 401


def signed_in(service, **headers):
    answer = service.post(
        "/session",
        f"token={TOKEN}&next=/".encode(),
        Content_Type="application/x-www-form-urlencoded",
        Origin=service.address,
        **headers,
    )
    assert answer.status == 303
    return answer.headers["Set-Cookie"].partition(";")[0]


def test_a_browser_without_cookie_gets_a_form_that_leads_back(guarded):
    answer = guarded.get("/read/abc", Accept="text/html")
    assert answer.status == 401
    assert 'action="/session"' in answer.text
    assert 'value="/read/abc"' in answer.text
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/read/abc", "/read/abc"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
        ("/%0d%0aX:y", "/"),
    ],
)
def test_signing_in_leads_nowhere_else(guarded, path, leads_to):
    answer = guarded.post(
        "/session",
        f"token={TOKEN}&next={path}".encode(),
        Content_Type="application/x-www-form-urlencoded",
        Origin=guarded.address,
    )
    assert (answer.status, answer.headers["Location"]) == (303, leads_to)


def test_signing_in_with_a_wrong_token_shows_the_form_again(guarded):
    answer = guarded.post(
        "/session",
        b"token=a-wrong-token-indeed&next=/read/abc",
        Content_Type="application/x-www-form-urlencoded",
        Origin=guarded.address,
    )
    assert answer.status == 401
    assert "not the one" in answer.text
    assert 'value="/read/abc"' in answer.text


def test_signing_out_takes_the_cookie_back(guarded):
    answer = guarded.post("/session/end", Origin=guarded.address)
    assert answer.status == 303
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert guarded.delete("/session", Origin=guarded.address).status == 204


def test_the_cookie_is_secure_when_the_request_came_over_tls(start_service):
    service = start_service(token=TOKEN, hosts="reader.example", trusted_proxies="1")
    answer = service.post(
        "/session",
        f"token={TOKEN}&next=/".encode(),
        Content_Type="application/x-www-form-urlencoded",
        Origin="https://reader.example",
        X_Forwarded_Proto="https",
        X_Forwarded_Host="reader.example",
        X_Forwarded_For="203.0.113.9",
    )
    assert answer.status == 303
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_forged_forwarded_host_is_refused_as_a_forged_host_is(start_service):
    service = start_service(token=TOKEN, hosts="reader.example", trusted_proxies="1")
    assert service.get("/healthz", X_Forwarded_Host="evil.example").status == 421


def test_many_wrong_tokens_from_one_address_are_slowed_down(start_service):
    service = start_service(token=TOKEN)
    cookie = signed_in(service)
    codes = [service.get("/api/status", **bearer(f"a-wrong-token-{n:04}")).code for n in range(25)]
    assert codes[0] == "token_wrong"
    assert codes[-1] == "too_many_attempts"
    blocked = service.get("/api/status", **bearer("a-wrong-token-more"))
    assert (blocked.status, blocked.headers["Retry-After"]) == (429, "60")
    # Others share the address: who has the right token or a cookie is not locked out with whoever guesses.
    assert service.get("/api/status", **bearer()).status == 200
    assert service.get("/api/status", Cookie=cookie).status == 200


def test_without_a_token_none_is_looked_at(service):
    assert service.get("/api/status", **bearer("whatever-it-may-be")).status == 200
