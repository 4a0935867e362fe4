"""What is read, kept and shared is listed for its reader alone, through real service processes and a real Redis."""

from __future__ import annotations

import re
import sqlite3

import pytest

TOKEN, OTHER = "the-token-of-one-reader", "the-token-of-another"
EXTENSION = "moz-extension://6f4b2f0e-0000-4000-8000-000000000000"


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def read(service, name, *, private=False, **headers):
    html = f"<h1>Story {name}</h1><p>John Kerry met Anna Lark in {name}.</p>"
    return service.read(
        html, url=f"https://www.herald.example/{name}", fields={"private": private}, **headers
    ).json


def pin(service, article, **headers):
    assert service.ask("PUT", f"/api/read/{article['id']}/pin", headers=headers).status == 204


def share(service, article, **headers):
    return service.post(f"/api/read/{article['id']}/share", **headers).json["path"]


def listed(service, name, query="", **headers):
    return service.get(f"/api/articles/{name}{query}", **headers).json["articles"]


def titles(service, name, query="", **headers):
    return [one["title"].removeprefix("Story ") for one in listed(service, name, query, **headers)]


def counts(service, **headers):
    numbers = service.get("/api/articles", **headers).json
    return [numbers[name] for name in ("articles", "kept", "shared", "recent")]


def run_in_cache(service, statement, *values):
    connection = sqlite3.connect(service.folder / "data" / "cache.sqlite3", timeout=10)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def let_time_pass(service, seconds=10**7):
    run_in_cache(service, "UPDATE entry SET expires = expires - ?", seconds)


# ---------------------------------------------------------------- what stands in them


def test_what_was_read_is_listed_with_title_site_date_and_key_actors(start_service):
    service = start_service()
    article = read(service, "Oslo")
    (entry,) = listed(service, "recent")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", entry.pop("since"))
    assert entry == {
        "id": article["id"],
        "view": article["view"],
        "title": "Story Oslo",
        "site": "herald.example",
        "url": "https://www.herald.example/Oslo",
        "published": None,
        "language": "en",
        "direction": "ltr",
        "reading_minutes": 1,
        "actors": [{"name": "John Kerry", "type": "person"}, {"name": "Anna Lark", "type": "person"}],
        "pinned": False,
        "share": None,
    }


def test_the_newest_comes_first_and_what_is_read_again_is_the_newest(start_service):
    service = start_service()
    for name in ("one", "two", "three"):
        read(service, name)
    assert titles(service, "recent") == ["three", "two", "one"]
    read(service, "one")
    assert titles(service, "recent") == ["one", "three", "two"]


def test_what_has_expired_is_listed_no_longer_and_what_is_kept_for_good_is(start_service):
    service = start_service()
    article = read(service, "kept")
    read(service, "other")
    pin(service, article)
    assert [one["pinned"] for one in listed(service, "recent")] == [False, True]
    let_time_pass(service)
    assert (titles(service, "kept"), titles(service, "recent")) == (["kept"], [])
    assert counts(service) == [1, 1, 0, 0]


def test_keeping_no_longer_takes_it_from_the_kept_and_leaves_it_among_what_was_read(start_service):
    service = start_service()
    article = read(service, "kept")
    pin(service, article)
    let_time_pass(service)
    service.delete(f"/api/read/{article['id']}/pin")
    assert (titles(service, "kept"), titles(service, "recent")) == ([], ["kept"])


def test_pinning_again_does_not_change_since_when_it_is_kept(start_service):
    service = start_service()
    first, second = read(service, "first"), read(service, "second")
    for article in (first, second, first):
        pin(service, article)
    assert titles(service, "kept") == ["second", "first"]


def test_a_shared_article_is_listed_with_its_link_until_that_is_taken_back(start_service):
    service = start_service()
    article = read(service, "lent")
    path = share(service, article)
    assert [(one["title"], one["share"]) for one in listed(service, "shared")] == [("Story lent", path)]
    assert [one["share"] for one in listed(service, "recent")] == [path]
    service.delete(f"/api/read/{article['id']}/share")
    assert (listed(service, "shared"), listed(service, "recent")[0]["share"]) == ([], None)


def test_a_link_that_ended_with_its_article_is_not_listed_when_the_page_is_read_again(start_service):
    service = start_service()
    share(service, read(service, "earlier"))
    let_time_pass(service)
    assert listed(service, "shared") == []
    read(service, "earlier")
    assert listed(service, "shared") == []


def test_the_link_of_an_article_that_is_kept_for_good_stays_listed_when_its_copy_expires(start_service):
    service = start_service()
    article = read(service, "both")
    pin(service, article)
    path = share(service, article)
    let_time_pass(service)
    assert [one["share"] for one in listed(service, "shared")] == [path]
    assert service.get(path).status == 200


def test_an_article_of_a_private_window_stands_in_no_list(start_service):
    service = start_service()
    article = read(service, "quiet", private=True)
    assert service.ask("PUT", f"/api/read/{article['id']}/pin").status == 409
    assert service.post(f"/api/read/{article['id']}/share").status == 409
    assert counts(service) == [0, 0, 0, 0]
    assert "Story quiet" not in service.get("/").text
    assert run_in_cache(service, "SELECT COUNT(*) FROM entry") == [(0,)]


def test_a_reader_sees_what_is_theirs_alone(start_service):
    service = start_service(token=f"{TOKEN},{OTHER}")
    article = read(service, "mine", **bearer(TOKEN))
    pin(service, article, **bearer(TOKEN))
    share(service, article, **bearer(TOKEN))
    assert counts(service, **bearer(OTHER)) == [0, 0, 0, 0]
    assert "Story mine" not in service.get("/", **bearer(OTHER)).text
    assert service.get(f"/articles/{article['id']}/forget", **bearer(OTHER)).status == 404
    assert counts(service, **bearer(TOKEN)) == [1, 1, 1, 1]
    assert service.get("/api/articles").status == 401


def test_what_is_forgotten_leaves_every_list(start_service):
    service = start_service()
    first, second = read(service, "first"), read(service, "second")
    for article in (first, second):
        pin(service, article)
        share(service, article)
    service.delete(f"/api/read/{first['id']}")
    assert [titles(service, name) for name in ("kept", "shared", "recent")] == [["second"]] * 3
    service.delete("/api/read")
    assert counts(service) == [0, 0, 0, 0]


def test_no_article_is_unpacked_for_a_list(start_service):
    service = start_service()
    article = read(service, "packed")
    pin(service, article)
    share(service, article)
    run_in_cache(
        service, "UPDATE entry SET value = x'00' WHERE name LIKE '%.article.%' OR name LIKE '%.pin.%'"
    )
    assert [titles(service, name) for name in ("kept", "shared", "recent")] == [["packed"]] * 3
    assert service.get("/").text.count("Story packed</a>") == 3


def test_what_was_pinned_before_there_were_lists_is_entered_at_the_next_start(start_service):
    first = start_service()
    pin(first, read(first, "older"))
    first.stop()
    run_in_cache(first, "DELETE FROM entry WHERE name LIKE '%.kept.%' OR name LIKE '%.recent.%'")
    second = start_service()
    assert titles(second, "kept") == ["older"]


def test_a_broken_entry_is_left_out_and_the_others_stand(start_service):
    service = start_service()
    read(service, "broken")
    run_in_cache(service, "UPDATE entry SET value = x'00' WHERE name LIKE '%.recent.%'")
    read(service, "sound")
    assert titles(service, "recent") == ["sound"]


# ---------------------------------------------------------------- a part of a list


def test_a_list_is_given_in_parts(start_service):
    service = start_service()
    for number in range(5):
        read(service, str(number))
    assert titles(service, "recent", "?limit=2") == ["4", "3"]
    assert titles(service, "recent", "?offset=3&limit=2") == ["1", "0"]
    assert service.get("/api/articles/recent?offset=9").json == {"total": 5, "articles": []}


@pytest.mark.parametrize(
    "query",
    [
        "?limit=0",
        "?limit=101",
        "?limit=x",
        "?limit=",
        "?offset=-1",
        "?offset=1e3",
        "?page=2",
        "?limit=1&limit=2",
    ],
)
def test_a_part_that_nobody_can_ask_for_is_an_error_that_says_so(service, query):
    answer = service.get(f"/api/articles/kept{query}")
    assert (answer.status, answer.code) == (400, "invalid_field")


# ---------------------------------------------------------------- several nodes


def test_nodes_with_one_redis_show_the_same_lists(start_service, start_redis, tmp_path):
    shared = {"redis_url": start_redis().url, "secret": "s" * 32}
    a, b = (start_service(data_dir=str(tmp_path / name), **shared) for name in ("a", "b"))
    article = read(a, "there")
    read(b, "here")
    pin(a, article)
    path = share(b, article)
    for node in (a, b):
        assert (titles(node, "recent"), titles(node, "kept")) == (["here", "there"], ["there"])
        assert [one["share"] for one in listed(node, "shared")] == [path]
    b.delete(f"/api/read/{article['id']}")
    for node in (a, b):
        assert counts(node) == [1, 0, 0, 1]
    a.delete("/api/read")
    assert counts(b) == [0, 0, 0, 0]


def test_lists_are_there_while_redis_is_away(start_service, start_redis):
    redis = start_redis()
    service = start_service(redis_url=redis.url)
    pin(service, read(service, "early"))
    redis.stop()
    read(service, "late")
    assert (titles(service, "recent"), titles(service, "kept")) == (["late", "early"], ["early"])
    assert service.get("/").status == 200


# ---------------------------------------------------------------- the extension


def seen(service, **headers):
    return service.get("/api/articles", **headers).json["extension_seen"]


def test_the_extension_is_seen_when_it_reads_or_tests_the_connection_and_nobody_else_is(start_service):
    service = start_service(token=f"{TOKEN},{OTHER}")
    read(service, "by a program", **bearer(TOKEN))
    assert seen(service, **bearer(TOKEN)) is None
    assert "chrome://extensions" in service.get("/", **bearer(TOKEN)).text
    read(service, "by the extension", Origin=EXTENSION, **bearer(TOKEN))
    assert seen(service, **bearer(TOKEN)) is not None
    assert "chrome://extensions" not in service.get("/", **bearer(TOKEN)).text
    assert seen(service, **bearer(OTHER)) is None
    service.get("/api/status", Origin=EXTENSION, **bearer(OTHER))
    assert seen(service, **bearer(OTHER)) is not None


def test_a_private_window_does_not_even_tell_that_the_extension_was_there(start_service):
    service = start_service()
    read(service, "quiet", private=True, Origin=EXTENSION)
    assert seen(service) is None


def test_that_the_extension_was_seen_outlives_a_restart_and_is_forgotten_with_everything(start_service):
    first = start_service()
    read(first, "seen", Origin=EXTENSION)
    first.stop()
    second = start_service()
    assert seen(second) is not None
    second.delete("/api/read")
    assert seen(second) is None
