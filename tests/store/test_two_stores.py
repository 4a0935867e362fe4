"""SQLite and Redis together: Redis away at start, going away, coming back; forgetting in all of it."""

from __future__ import annotations

import time

import pytest

from personae.errors import CacheUnavailable
from personae.store.cache.protocol import LASTING
from personae.store.cache.redis import RedisCache
from personae.store.cache.sqlite import SQLiteCache
from personae.store.cache.two_stores import TOMBSTONE, TwoStores

LONG = 3600.0


def test_a_value_put_at_one_node_is_read_at_another(node):
    node("a").put("name", b"value", LONG)
    assert node("b").get("name") == b"value"


def test_reading_goes_on_with_redis_down_at_start(node, server):
    server.stop()
    stores = node()
    stores.put("name", b"value", LONG)
    assert stores.get("name") == b"value"
    assert stores.health() == {"sqlite": "ok", "redis": "away"}


def test_reading_goes_on_when_redis_dies_and_when_it_comes_back_empty(node, server):
    stores = node()
    stores.put("early", b"1", LONG)
    server.stop()
    assert stores.get("early") == b"1"
    stores.put("late", b"2", LONG)
    assert (stores.get("late"), stores.redis_is_away) == (b"2", True)
    server.start()
    assert (stores.get("early"), stores.get("late"), stores.redis_is_away) == (b"1", b"2", False)
    assert stores.health() == {"sqlite": "ok", "redis": "ok"}


def test_reading_goes_on_with_redis_alone(tmp_path, server):
    (tmp_path / "file").write_text("")
    stores = TwoStores(
        SQLiteCache(tmp_path / "file" / "cache.sqlite3", 1_000_000),
        RedisCache.from_url(server.url),
        forget_ttl=LONG,
    )
    stores.put("name", b"value", LONG)
    assert stores.get("name") == b"value"
    assert stores.health() == {"sqlite": "away", "redis": "ok"}
    stores.close()


def test_a_value_that_no_store_takes_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    stores = TwoStores(SQLiteCache(tmp_path / "file" / "cache.sqlite3", 1_000_000), forget_ttl=LONG)
    with pytest.raises(CacheUnavailable):
        stores.put("name", b"value", LONG)
    assert stores.get("name") is None


def test_what_is_forgotten_is_gone_with_what_it_links_to(node, server):
    stores = node()
    stores.put("cast", b"actors", LONG)
    stores.put("article", b"->cast", LONG)
    stores.forget("article")
    assert (stores.get("article"), stores.get("cast")) == (None, None)
    with server.client() as client:
        assert set(client.mget(client.keys("personae:1:*"))) == {TOMBSTONE}


def test_what_one_node_forgets_another_does_not_serve_from_its_own_file(node):
    a, b = node("a"), node("b")
    a.put("article", b"value", LONG)
    b.put("article", b"value", LONG)
    a.forget("article")
    assert b.get("article") is None


def test_what_is_forgotten_while_redis_hangs_is_not_served_when_it_answers_again(node, server):
    stores = node()
    stores.put("cast", b"actors", LONG)
    stores.put("article", b"->cast", LONG)
    with server.client() as client:
        client.execute_command("CLIENT", "PAUSE", "2500", "ALL")
        stores.forget("article")
        assert stores.get("article") is None
        client.ping()  # returns when the pause is over
        assert client.get("personae:1:article") == b"->cast"
        assert (stores.get("article"), stores.get("cast")) == (None, None)
        assert stores.replay() == 0
        assert client.mget("personae:1:article", "personae:1:cast") == [TOMBSTONE, TOMBSTONE]
    assert (stores.get("article"), stores.get("cast")) == (None, None)


def test_what_redis_owes_is_remembered_by_the_next_process(node, server):
    stores = node()
    stores.put("article", b"value", LONG)
    server.stop()
    stores.forget("article")
    stores.close()
    server.start()
    with server.client() as client:
        client.set("personae:1:article", b"value")  # as if it had been kept on Redis' disk
    again = node()
    assert again.get("article") is None
    assert again.replay() == 0
    assert again.get("article") is None


def test_links_that_only_redis_knew_are_forgotten_when_it_is_back(node, server):
    node("a").put("cast", b"actors", LONG)
    node("a").put("article", b"->cast", LONG)
    b = node("b")
    with server.client() as client:
        client.execute_command("CLIENT", "PAUSE", "2500", "ALL")
        b.forget("article")
        client.ping()
        b.replay()
        assert client.mget("personae:1:article", "personae:1:cast") == [TOMBSTONE, TOMBSTONE]


def test_what_lasted_and_was_forgotten_while_redis_hung_is_buried_for_good(node, server):
    stores = node()
    stores.put("pin", b"value", LASTING)
    stores.put("brief", b"value", LONG)
    with server.client() as client:
        client.execute_command("CLIENT", "PAUSE", "2500", "ALL")
        stores.forget("pin", lasting=True)
        stores.forget("brief")
        client.ping()  # returns when the pause is over
        assert stores.replay() == 0
        assert client.mget("personae:1:pin", "personae:1:brief") == [TOMBSTONE, TOMBSTONE]
        assert client.pttl("personae:1:pin") == -1
        assert 0 < client.pttl("personae:1:brief") <= LONG * 1000


def test_what_shall_last_and_was_put_while_redis_hung_lasts_there_too(node, server):
    stores = node()
    with server.client() as client:
        client.execute_command("CLIENT", "PAUSE", "1500", "ALL")
        stores.put("pin", b"value", LASTING)
        client.ping()
        assert stores.replay() == 0
        assert (client.get("personae:1:pin"), client.pttl("personae:1:pin")) == (b"value", -1)


def test_a_page_read_again_after_it_was_forgotten_is_served(node):
    stores = node()
    stores.put("article", b"old", LONG)
    stores.forget("article")
    stores.put("article", b"new", LONG)
    assert stores.get("article") == b"new"


def test_a_page_read_again_while_redis_is_away_survives_the_replay(node, server):
    stores = node()
    stores.put("article", b"old", LONG)
    server.stop()
    stores.forget("article")
    stores.put("article", b"new", LONG)
    assert stores.get("article") == b"new"
    server.start()
    assert stores.replay() == 0
    assert (stores.get("article"), node("other").get("article")) == (b"new", b"new")


def test_a_page_read_again_while_redis_is_away_outlives_the_tombstone_from_before(node, server):
    stores = node()
    stores.put("article", b"old", LONG)
    stores.forget("article")
    with server.client() as client:
        client.execute_command("CLIENT", "PAUSE", "1500", "ALL")
        stores.put("article", b"new", LONG)
        client.ping()  # returns when the pause is over
        assert client.get("personae:1:article") == TOMBSTONE
        assert stores.get("article") == b"new"
        assert stores.replay() == 0
        assert client.get("personae:1:article") == b"new"
    assert stores.get("article") == b"new"


def test_a_page_read_again_when_redis_is_back_is_not_forgotten_by_a_late_replay(node, server):
    stores = node()
    server.stop()
    stores.forget("article")
    server.start()
    stores.put("article", b"new", LONG)
    assert stores.replay() == 0
    assert stores.get("article") == b"new"


def test_when_the_file_cannot_be_written_forgetting_says_so_and_nothing_is_served(tmp_path, server, node):
    node("other").put("article", b"value", LONG)
    (tmp_path / "file").write_text("")
    stores = TwoStores(
        SQLiteCache(tmp_path / "file" / "cache.sqlite3", 1_000_000),
        RedisCache.from_url(server.url),
        forget_ttl=LONG,
    )
    assert stores.get("article") == b"value"
    with pytest.raises(CacheUnavailable):
        stores.forget("article")
    assert stores.get("article") is None
    stores.close()


def test_the_background_work_stops_when_it_is_closed(node):
    stores = node()
    stores.start()
    stores.close()
    assert not stores._housekeeper.is_alive()


def test_what_is_new_is_new_once_for_all_nodes(node):
    assert node("a").put_new("name", b"a", LONG)
    assert not node("b").put_new("name", b"b", LONG)


def test_what_is_new_is_told_by_the_file_alone_while_redis_is_away(node, server):
    stores = node()
    server.stop()
    assert stores.put_new("name", b"a", LONG)
    assert not stores.put_new("name", b"b", LONG)


def test_what_has_expired_is_swept_at_start_and_at_the_end(tmp_path):
    path = tmp_path / "cache.sqlite3"
    for begin in (False, True):
        stores = TwoStores(SQLiteCache(path, 1_000_000), forget_ttl=LONG)
        stores.put("gone", b"a page that was read", 0.01)
        time.sleep(0.05)
        if begin:
            stores.start()
        end = time.monotonic() + 10
        while begin and b"a page that was read" in path.read_bytes():
            assert time.monotonic() < end
            time.sleep(0.02)
        stores.close()
        assert b"a page that was read" not in path.read_bytes()


def test_a_file_that_can_be_read_and_not_written_is_logged_once(tmp_path, monkeypatch):
    lines: list[str] = []
    monkeypatch.setattr("personae.store.cache.two_stores._log.error", lambda event, **_: lines.append(event))
    monkeypatch.setattr("personae.store.cache.two_stores._log.info", lambda event, **_: lines.append(event))
    local = SQLiteCache(tmp_path / "cache.sqlite3", 1_000_000)
    stores = TwoStores(local, forget_ttl=LONG)
    stores.put("name", b"value", LONG)
    put = local.put
    monkeypatch.setattr(local, "put", _full)
    for _ in range(5):
        with pytest.raises(CacheUnavailable):
            stores.put("other", b"value", LONG)
        assert stores.get("name") == b"value"
    assert lines == ["embedded_cache_away"]
    monkeypatch.setattr(local, "put", put)
    stores.put("other", b"value", LONG)
    assert lines == ["embedded_cache_away", "embedded_cache_back"]
    stores.close()


def _full(_name: str, _value: bytes, _ttl: float) -> None:
    raise CacheUnavailable("The embedded cache cannot be used: database or disk is full.")
