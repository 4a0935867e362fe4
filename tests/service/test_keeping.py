"""Pinning, sharing and forgetting, through a real service process and a real Redis."""

from __future__ import annotations

import re
import sqlite3
import time

import pytest

TOKEN, OTHER = "the-token-of-one-reader", "the-token-of-another"
UNKNOWN, UNKNOWN_LINK = "u" * 43, "u" * 44
EXTENSION = "moz-extension://6f4b2f0e-0000-4000-8000-000000000000"


def story(name):
    return f"<h1>Story {name}</h1><p>John Kerry went to the town of {name}.</p>"


def read(service, name, **more):
    return service.read(story(name), **more).json


def pin(service, article, **headers):
    return service.ask("PUT", f"/api/read/{article['id']}/pin", headers=headers)


def unpin(service, article, **headers):
    return service.delete(f"/api/read/{article['id']}/pin", **headers)


def share(service, article, **headers):
    return service.post(f"/api/read/{article['id']}/share", **headers)


def unshare(service, article, **headers):
    return service.delete(f"/api/read/{article['id']}/share", **headers)


def is_there(service, article):
    return service.get(f"/read/{article['id']}.json").status == 200


def run_in_cache(service, statement, *values):
    """Run SQL on the service's embedded cache; return the rows."""
    connection = sqlite3.connect(service.folder / "data" / "cache.sqlite3", timeout=10)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def let_time_pass(service, seconds=10**7):
    run_in_cache(service, "UPDATE entry SET expires = expires - ?", seconds)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


# ---------------------------------------------------------------- pin


def test_a_pinned_article_does_not_expire_and_one_that_is_not_does(start_service):
    service = start_service()
    pinned, other = read(service, "pinned"), read(service, "other")
    answer = pin(service, pinned)
    assert (answer.status, answer.body) == (204, b"")
    let_time_pass(service)
    assert (is_there(service, pinned), is_there(service, other)) == (True, False)
    assert "Story pinned" in service.get(f"/read/{pinned['id']}", Accept="text/html").text


def test_reading_the_page_again_keeps_the_pin_and_finds_the_article(start_service):
    service = start_service()
    article = read(service, "again")
    pin(service, article)
    assert read(service, "again")["id"] == article["id"]
    let_time_pass(service)
    assert read(service, "again")["cache"] == "hit"
    let_time_pass(service)
    assert is_there(service, article)


def test_pinning_twice_is_pinning_once(start_service):
    service = start_service(max_pins="1")
    article = read(service, "twice")
    assert [pin(service, article).status for _ in range(3)] == [204, 204, 204]


def test_an_unpinned_article_is_there_for_its_time_and_then_gone(start_service):
    service = start_service()
    article = read(service, "unpinned", url="https://a.example/unpinned")
    pin(service, article)
    let_time_pass(service)
    assert unpin(service, article).status == 204
    assert is_there(service, article)
    let_time_pass(service, 8 * 86400)
    gone = service.get(f"/read/{article['id']}", Accept="text/html")
    assert gone.status == 404
    assert 'href="https://a.example/unpinned"' in gone.text


def test_a_pin_survives_a_restart(start_service):
    first = start_service()
    article = read(first, "restart")
    pin(first, article)
    first.stop()
    second = start_service()
    let_time_pass(second)
    assert is_there(second, article)


def test_a_pinned_article_outlives_the_cap_in_size(start_service):
    service = start_service(cache_max_bytes="1MB")
    article = read(service, "cap")
    pin(service, article)
    size = 0.0
    while size < 3:  # megabytes
        noise = "".join(f"<p>{time.perf_counter_ns():x} {n * 7919 % 104729:x}.</p>" for n in range(30_000))
        size += len(service.read(f"<h1>Noise</h1>{noise}").body) / 2_000_000
    assert run_in_cache(service, "SELECT bytes <= 1000000 FROM total") == [(1,)]
    assert is_there(service, article)


def test_one_pin_more_than_may_be_is_an_error_that_says_what_to_do(start_service):
    service = start_service(max_pins="2")
    articles = [read(service, f"many-{number}") for number in range(3)]
    assert [pin(service, article).status for article in articles] == [204, 204, 409]
    refused = pin(service, articles[2])
    assert refused.code == "too_many_pins"
    assert "PERSONAE_MAX_PINS" in refused.json["error"]["hint"]
    unpin(service, articles[0])
    assert pin(service, articles[2]).status == 204
    service.delete(f"/api/read/{articles[1]['id']}")
    assert pin(service, articles[0]).status == 204


def test_another_readers_pins_do_not_count(start_service):
    service = start_service(max_pins="1", token=f"{TOKEN},{OTHER}")
    for token in (TOKEN, OTHER):
        article = service.read(story("counted"), **bearer(token)).json
        assert pin(service, article, **bearer(token)).status == 204


def test_pins_leave_room_for_new_pages(start_service):
    service = start_service(cache_max_bytes="1MB")
    article = read(service, "full")
    run_in_cache(service, "INSERT INTO entry VALUES ('x.pin.y', zeroblob(500000), 500000, 9e999, 0)")
    refused = pin(service, article)
    assert (refused.status, refused.code) == (507, "no_room")
    assert "PERSONAE_CACHE_MAX_BYTES" in refused.json["error"]["hint"]


# ---------------------------------------------------------------- share


def test_whoever_has_the_link_sees_the_page_without_a_token_and_nothing_of_its_owner(start_service):
    service = start_service(token=f"{TOKEN},{OTHER}")
    article = service.read(story("shared"), **bearer(TOKEN)).json
    answer = share(service, article, **bearer(TOKEN))
    assert answer.status == 200
    path = answer.json["path"]
    assert re.fullmatch(r"/shared/[A-Za-z0-9_-]{44}", path)
    page = service.get(path, Accept="text/html")
    assert page.status == 200
    assert "Story shared" in page.text
    assert article["id"] not in page.text
    assert f"{path}." not in page.text
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in page.headers


def test_the_link_opens_the_page_and_nothing_else(start_service):
    service = start_service(token=TOKEN)
    article = service.read(story("only"), **bearer(TOKEN)).json
    path = share(service, article, **bearer(TOKEN)).json["path"]
    share_id = path.rpartition("/")[2]
    for method, other in (
        ("GET", f"{path}.json"), ("GET", f"{path}.md"), ("GET", f"{path}/"), ("GET", f"/read/{share_id}"),
        ("GET", f"/read/{article['id']}"), ("DELETE", path), ("POST", path), ("PUT", path), ("GET", "/shared/"),
        ("DELETE", f"/api/read/{article['id']}/share"), ("PUT", f"/api/read/{article['id']}/pin"),
        ("DELETE", "/api/read"),
    ):  # fmt: skip
        assert service.ask(method, other).status in (401, 404), other
    assert service.get(path, Host="evil.example").status == 421
    assert service.get(path).status == 200


def test_a_shared_article_has_one_link_while_that_lives(service):
    article = read(service, "one link")
    first = share(service, article).json["path"]
    assert share(service, article).json["path"] == first
    assert unshare(service, article).status == 204
    second = share(service, article).json["path"]
    assert second != first
    gone = service.get(first)
    assert (gone.status, gone.code) == (404, "link_gone")
    assert service.get(second).status == 200


def test_a_link_has_nothing_of_the_article_in_it(service):
    one, other = read(service, "nothing a"), read(service, "nothing b")
    ids = [share(service, article).json["path"] for article in (one, other)]
    assert ids[0] != ids[1]
    for article, path in zip((one, other), ids, strict=True):
        assert not any(article["id"][i : i + 5] in path for i in range(39))


@pytest.mark.parametrize("share_id", ["x", UNKNOWN, UNKNOWN_LINK, "%00" * 44, "-" * 44])
def test_a_guessed_link_leads_nowhere(service, share_id):
    answer = service.get(f"/shared/{share_id}")
    assert (answer.status, answer.code) == (404, "link_gone")
    page = service.get(f"/shared/{share_id}", Accept="text/html")
    assert page.status == 404
    assert page.headers["Content-Type"].startswith("text/html")


def test_forgetting_the_article_ends_its_link_for_good(service):
    article = read(service, "ends")
    path = share(service, article).json["path"]
    assert service.delete(f"/api/read/{article['id']}").status == 204
    assert service.get(path).status == 404
    assert read(service, "ends")["id"] == article["id"]
    assert service.get(path).status == 404
    assert share(service, article).json["path"] != path


def test_a_link_ends_with_its_article_and_does_not_come_back_with_it(start_service):
    service = start_service()
    article = read(service, "expires")
    path = share(service, article).json["path"]
    read(service, "expires")
    assert service.get(path).status == 200
    let_time_pass(service)
    assert service.get(path).code == "link_gone"
    read(service, "expires")
    assert service.get(path).code == "link_gone"
    again = share(service, article).json["path"]
    assert again != path
    assert [service.get(one).status for one in (path, again)] == [404, 200]


def test_the_link_of_a_pinned_article_lives_as_long_as_the_pin(start_service):
    service = start_service()
    article = read(service, "pinned and shared")
    path = share(service, article).json["path"]
    pin(service, article)
    let_time_pass(service)
    assert service.get(path).status == 200
    read(service, "pinned and shared")
    let_time_pass(service)
    assert service.get(path).status == 200


def test_a_link_ends_with_the_token_of_whoever_made_it(start_service):
    first = start_service(token=f"{TOKEN},{OTHER}")
    article = first.read(story("revoked"), **bearer(TOKEN)).json
    path = share(first, article, **bearer(TOKEN)).json["path"]
    first.stop()
    assert start_service(token=OTHER).get(path).status == 404


# ---------------------------------------------------------------- who may, and what


def test_only_its_owner_pins_and_shares_an_article(start_service):
    service = start_service(token=f"{TOKEN},{OTHER}")
    article = service.read(story("mine"), **bearer(TOKEN)).json
    path = share(service, article, **bearer(TOKEN)).json["path"]
    for act in (pin, share):
        assert act(service, article).status == 401
        assert act(service, article, **bearer(OTHER)).code == "article_gone"
    assert unshare(service, article, **bearer(OTHER)).status == 204
    assert service.delete("/api/read", **bearer(OTHER)).status == 204
    assert service.get(path).status == 200
    assert service.get(f"/read/{article['id']}", **bearer(TOKEN)).status == 200


@pytest.mark.parametrize("act", [pin, share])
def test_an_article_of_a_private_window_can_be_neither_pinned_nor_shared(service, act):
    article = read(service, "private", fields={"private": True})
    refused = act(service, article)
    assert (refused.status, refused.code) == (409, "private_article")
    assert "ordinary window" in refused.json["error"]["hint"]


@pytest.mark.parametrize("act", [pin, share])
@pytest.mark.parametrize("article_id", [UNKNOWN, "x"])
def test_what_is_not_there_can_be_neither_pinned_nor_shared(service, act, article_id):
    answer = act(service, {"id": article_id})
    assert (answer.status, answer.code) == (404, "article_gone")


@pytest.mark.parametrize("act", [unpin, unshare])
def test_undoing_what_is_not_there_is_no_error_but_an_id_that_is_none_is(service, act):
    assert act(service, {"id": UNKNOWN}).status == 204
    assert act(service, {"id": "x"}).code == "article_gone"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", f"/api/read/{UNKNOWN}/pin", {"PUT", "DELETE"}),
        ("POST", f"/api/read/{UNKNOWN}/pin", {"PUT", "DELETE"}),
        ("PUT", f"/api/read/{UNKNOWN}/share", {"POST", "DELETE"}),
        ("PUT", "/api/read", {"POST", "DELETE"}),
        ("POST", f"/shared/{UNKNOWN_LINK}", {"GET", "HEAD"}),
    ],
)
def test_another_method_is_told_which_there_are(service, method, path, allowed):
    answer = service.ask(method, path)
    assert (answer.status, answer.code) == (405, "method_not_allowed")
    assert allowed <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_pages_of_other_origins_may_not(service, origin):
    article = read(service, "guarded")
    for answer in (
        *(act(service, article, Origin=origin) for act in (pin, unpin, share, unshare)),
        service.delete("/api/read", Origin=origin),
    ):
        assert (answer.status, answer.code) == (403, "origin_not_allowed")
    assert is_there(service, article)


def test_our_own_pages_and_the_extension_may(service):
    for origin in (service.address, EXTENSION):
        article = read(service, "ours")
        assert pin(service, article, Origin=origin).status == 204
        assert share(service, article, Origin=origin).status == 200
        assert service.delete("/api/read", Origin=origin).status == 204
    preflight = service.ask(
        "OPTIONS",
        f"/api/read/{UNKNOWN}/pin",
        headers={"Origin": EXTENSION, "Access-Control-Request-Method": "PUT"},
    )
    assert "PUT" in preflight.headers["Access-Control-Allow-Methods"]


def test_a_form_of_any_page_can_not_make_a_link(service):
    article = read(service, "form")
    answer = share(service, article, Content_Type="application/x-www-form-urlencoded")
    assert (answer.status, answer.code) == (415, "unsupported_media")


# ---------------------------------------------------------------- forget everything


def test_everything_is_forgotten_and_nothing_of_it_is_left_on_disk(start_service):
    service = start_service(token=f"{TOKEN},{OTHER}")
    mine = [service.read(story(f"mine {number}"), **bearer(TOKEN)).json for number in range(4)]
    theirs = service.read(story("theirs"), **bearer(OTHER)).json
    quiet = service.read(story("quiet"), fields={"private": True}, **bearer(TOKEN)).json
    pin(service, mine[0], **bearer(TOKEN))
    pin(service, mine[1], **bearer(TOKEN))
    paths = [share(service, mine[number], **bearer(TOKEN)).json["path"] for number in (1, 2)]
    kept = [value for (value,) in run_in_cache(service, "SELECT value FROM entry")]
    answer = service.delete("/api/read", **bearer(TOKEN))
    assert (answer.status, answer.body) == (204, b"")
    for article in (*mine, quiet):
        assert service.get(f"/read/{article['id']}", **bearer(TOKEN)).status == 404
    assert [service.get(path).status for path in paths] == [404, 404]
    assert service.get(f"/read/{theirs['id']}", **bearer(OTHER)).status == 200
    # Of the other reader: article, trace, actors, entry; and the mark of the new epoch.
    left = [value for (value,) in run_in_cache(service, "SELECT value FROM entry")]
    assert len(left) == 5
    files = b"".join(file.read_bytes() for file in (service.folder / "data").iterdir())
    assert not [value for value in set(kept) - set(left) if value[:200] in files]


def test_after_everything_was_forgotten_reading_begins_anew(service):
    article = read(service, "anew")
    pin(service, article)
    service.delete("/api/read")
    assert read(service, "anew")["cache"] == "miss"
    assert is_there(service, article)
    assert run_in_cache(service, "SELECT COUNT(*) FROM entry WHERE name LIKE '%.pin.%'") == [(0,)]


# ---------------------------------------------------------------- a store is away


def keys(redis):
    with redis.client() as client:
        return {key.decode().split(":", 2)[2].split(".")[1] for key in client.scan_iter()}


def test_pins_and_links_are_in_redis_too_and_go_from_there(start_service, start_redis):
    redis = start_redis()
    service = start_service(redis_url=redis.url)
    article = read(service, "both")
    pin(service, article)
    path = share(service, article).json["path"]
    assert keys(redis) == {"article", "cast", "trace", "pin", "link", "shared", "recent", "kept"}
    run_in_cache(service, "DELETE FROM entry")
    assert (is_there(service, article), service.get(path).status) == (True, 200)
    service.delete("/api/read")
    with redis.client() as client:
        assert [key.startswith(b"personae:1:epoch.") for key in client.scan_iter()] == [True]


def test_what_is_pinned_and_shared_while_redis_is_away_is_there_and_comes_to_it(start_service, start_redis):
    redis = start_redis()
    service = start_service(redis_url=redis.url)
    redis.stop()
    article = read(service, "away")
    assert pin(service, article).status == 204
    path = share(service, article).json["path"]
    let_time_pass(service)
    assert (is_there(service, article), service.get(path).status) == (True, 200)
    redis.start()
    until(lambda: {"pin", "link", "shared"} <= keys(redis))
    assert (is_there(service, article), service.get(path).status) == (True, 200)


def test_what_is_undone_while_redis_is_away_stays_undone(start_service, start_redis):
    redis = start_redis()
    service = start_service(redis_url=redis.url)
    article = read(service, "undone")
    pin(service, article)
    path = share(service, article).json["path"]
    with redis.client() as client:
        before = {key: client.dump(key) for key in client.scan_iter()}
    redis.stop()
    assert (unpin(service, article).status, unshare(service, article).status) == (204, 204)
    redis.start()
    with redis.client() as client:  # as if Redis had kept it on its disk
        for key, value in before.items():
            client.restore(key, 0, value)
    assert service.get(path).status == 404
    let_time_pass(service)
    until(lambda: run_in_cache(service, "SELECT COUNT(*) FROM forgotten WHERE until > 1e12") == [(0,)])
    assert service.get(path).status == 404
    with redis.client() as client:
        lasting = [key for key in client.scan_iter() if b".pin." in key or b".link." in key]
        assert {client.get(key) for key in lasting} == {b"\0forgotten"}


def test_everything_is_forgotten_while_redis_is_away(start_service, start_redis):
    redis = start_redis()
    service = start_service(redis_url=redis.url)
    articles = [read(service, f"all {number}") for number in range(3)]
    pin(service, articles[0])
    path = share(service, articles[0]).json["path"]
    with redis.client() as client:
        before = {key: client.dump(key) for key in client.scan_iter()}
    redis.stop()
    assert service.delete("/api/read").status == 204
    redis.start()
    with redis.client() as client:
        for key, value in before.items():
            client.restore(key, 0, value)
    assert [is_there(service, article) for article in articles] == [False, False, False]
    assert service.get(path).status == 404
    until(lambda: not keys(redis) & {"article", "cast", "trace", "pin", "link", "shared", "kept"})


def test_another_node_forgets_everything_without_being_asked(start_service, start_redis, tmp_path):
    redis = start_redis()
    shared = {"redis_url": redis.url, "secret": "s" * 32}
    nodes = [start_service(data_dir=str(tmp_path / name), **shared) for name in ("a", "b")]
    article = read(nodes[0], "nodes")
    assert read(nodes[1], "nodes")["cache"] == "hit"
    pin(nodes[1], article)
    assert nodes[0].delete("/api/read").status == 204
    assert not is_there(nodes[1], article)

    def left():
        connection = sqlite3.connect(tmp_path / "b" / "cache.sqlite3")
        try:
            return connection.execute("SELECT COUNT(*) FROM entry WHERE name NOT LIKE 'epoch%'").fetchone()[0]
        finally:
            connection.close()

    until(lambda: left() == 0)


def test_when_nothing_can_be_stored_pinning_says_so(start_service, tmp_path):
    (tmp_path / "file").write_text("")
    service = start_service(data_dir=str(tmp_path / "file" / "data"))
    article = read(service, "nowhere")
    assert pin(service, article).code == "cache_unavailable"
    assert share(service, article).code == "cache_unavailable"
    assert service.delete("/api/read").code == "cache_unavailable"
    assert not is_there(service, article)


def test_with_redis_alone_pins_and_links_work(start_service, start_redis, tmp_path):
    (tmp_path / "file").write_text("")
    redis = start_redis()
    service = start_service(data_dir=str(tmp_path / "file" / "data"), redis_url=redis.url)
    article = read(service, "redis alone")
    assert pin(service, article).status == 204
    path = share(service, article).json["path"]
    assert service.get(path).status == 200
    with redis.client() as client:
        (key,) = [key for key in client.scan_iter() if b".pin." in key]
        assert client.pttl(key) == -1


def until(true, patience=20):
    """Wait until something is so, as the background work of a service makes it."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)
