"""Lists in the stores: all small values of one kind that a reader has, in SQLite, in a real Redis, and in both."""

from __future__ import annotations

import time

import pytest

from personae.store.cache.protocol import LASTING
from personae.store.cache.redis import RedisCache
from personae.store.cache.sqlite import SQLiteCache

LONG = 3600.0
LIST = "shelf.recent."


@pytest.fixture(params=["sqlite", pytest.param("redis", marks=pytest.mark.redis)])
def store(request, tmp_path):
    made: SQLiteCache | RedisCache
    if request.param == "sqlite":
        made = SQLiteCache(tmp_path / "cache.sqlite3", 10_000_000)
    else:
        made = RedisCache.from_url(request.getfixturevalue("start_redis")().url)
    yield made
    made.close()


def test_a_list_holds_the_values_of_its_kind_and_reader_alone(store):
    for name in (f"{LIST}a", f"{LIST}b", "shelf.kept.a", "shelf.article.a", "other.recent.a"):
        store.put(name, name.encode(), LONG)
    assert store.entries(LIST, 10) == {f"{LIST}{one}": f"{LIST}{one}".encode() for one in "ab"}
    assert store.entries("nobody.recent.", 10) == {}


def test_a_list_is_cut_where_what_expires_first_begins(store):
    for name, ttl in (("late", 3 * LONG), ("first", LONG), ("lasts", LASTING), ("second", 2 * LONG)):
        store.put(LIST + name, b"1", ttl)
    assert list(store.entries(LIST, 3)) == [LIST + "lasts", LIST + "late", LIST + "second"]


def test_what_has_expired_was_deleted_or_cleared_stands_in_no_list(store):
    for name, ttl in (("brief", 0.05), ("gone", LONG), ("left", LONG)):
        store.put(LIST + name, b"1", ttl)
    store.delete(f"{LIST}gone")
    time.sleep(0.15)
    assert store.entries(LIST, 10) == {f"{LIST}left": b"1"}
    store.clear("shelf.")
    assert store.entries(LIST, 10) == {}
    store.put(f"{LIST}new", b"2", LONG)
    assert store.entries(LIST, 10) == {f"{LIST}new": b"2"}


def test_many_values_are_got_at_once(store):
    for number in range(1200):
        store.put(f"shelf.shared.{number}", str(number).encode(), LONG)
    names = [f"shelf.shared.{number}" for number in range(1201)]
    assert store.get_many(names) == {name: name.rpartition(".")[2].encode() for name in names[:-1]}
    assert store.get_many([]) == {}


def test_a_cluster_has_lists_too(start_redis):
    node = start_redis("--cluster-enabled", "yes", "--save", "")
    with node.client() as client:
        client.execute_command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        while b"cluster_state:ok" not in client.execute_command("CLUSTER", "INFO"):
            time.sleep(0.05)
    store = RedisCache.from_url(f"redis+cluster://127.0.0.1:{node.port}")
    for number in range(20):
        store.put(f"{LIST}{number}", b"1", LONG)
    assert len(store.entries(LIST, 15)) == 15
    store.delete(f"{LIST}3")
    assert store.entries(LIST, 100).keys() == {f"{LIST}{number}" for number in range(20) if number != 3}
    store.close()


# ---------------------------------------------------------------- both stores


def listed(stores):
    return sorted(name.removeprefix(LIST) for name in stores.entries(LIST, 100))


def test_what_one_node_puts_every_node_lists(node):
    a, b = node("a"), node("b")
    a.put(f"{LIST}1", b"1", LONG)
    b.put(f"{LIST}2", b"2", LONG)
    assert a.entries(LIST, 100) == b.entries(LIST, 100) == {f"{LIST}1": b"1", f"{LIST}2": b"2"}


def test_what_one_node_forgets_no_node_lists_and_its_file_forgets_it(node):
    a, b = node("a"), node("b")
    for stores in (a, b):
        stores.put(f"{LIST}1", b"1", LONG)
        stores.put(f"{LIST}2", b"2", LASTING)
    a.forget(f"{LIST}1")
    a.forget(f"{LIST}2", lasting=True)
    assert (listed(a), listed(b)) == ([], [])
    b.put(f"{LIST}2", b"again", LASTING)
    assert (listed(a), listed(b)) == (["2"], ["2"])


def test_a_forgotten_name_takes_no_place_in_the_list(node, server):
    stores = node()
    for number in range(5):
        stores.put(f"{LIST}{number}", b"1", LASTING)
        stores.forget(f"{LIST}{number}", lasting=True)
    stores.put(f"{LIST}left", b"1", LASTING)
    assert list(stores.entries(LIST, 1)) == [f"{LIST}left"]
    with server.client() as client:
        assert client.zcard("personae:1:shelf.recent.index") == 1


def test_a_list_goes_on_while_redis_is_away_and_comes_to_the_others_when_it_is_back(node, server):
    a, b = node("a"), node("b")
    for name in ("early", "stays"):
        a.put(LIST + name, b"1", LONG)
        b.put(LIST + name, b"1", LONG)
    server.stop()
    a.put(f"{LIST}late", b"2", LONG)
    a.forget(f"{LIST}early")
    assert (listed(a), listed(b)) == (["late", "stays"], ["early", "stays"])
    server.start()
    assert listed(a) == ["late", "stays"]
    a.replay()
    assert (listed(a), listed(b)) == (["late", "stays"], ["late", "stays"])


def test_what_redis_evicted_stays_listed_where_it_was_put(node, server):
    a, b = node("a"), node("b")
    a.put(f"{LIST}1", b"1", LONG)
    with server.client() as client:
        client.flushall()
    assert (listed(a), listed(b)) == (["1"], [])


def test_everything_that_is_forgotten_leaves_the_lists_of_every_node(node):
    a, b = node("a"), node("b")
    a.put(f"{LIST}1", b"1", LASTING)
    b.put(f"{LIST}2", b"2", LONG)
    b.put("other.recent.3", b"3", LONG)
    a.forget_all("shelf")
    assert (listed(a), listed(b)) == ([], [])
    assert list(a.entries("other.recent.", 10)) == ["other.recent.3"]


def test_many_names_are_got_as_each_would_be(node, server):
    a, b = node("a"), node("b")
    for name in ("kept", "gone"):
        a.put(f"shelf.shared.{name}", b"1", LONG)
        b.put(f"shelf.shared.{name}", b"1", LONG)
    a.forget("shelf.shared.gone")
    names = [f"shelf.shared.{name}" for name in ("kept", "gone", "never")]
    assert b.get_many(names) == {"shelf.shared.kept": b"1"}
    server.stop()
    assert a.get_many(names) == {"shelf.shared.kept": b"1"}
    assert a.get_many([]) == {}
