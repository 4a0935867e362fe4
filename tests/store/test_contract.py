"""What every store does, whichever it is: memory, SQLite, a real Redis, and both together."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from personae.store.cache.memory import MemoryCache
from personae.store.cache.protocol import LASTING
from personae.store.cache.redis import RedisCache
from personae.store.cache.sqlite import SQLiteCache

STORES = ["memory", "sqlite", pytest.param("redis", marks=pytest.mark.redis)]
LONG = 3600.0


@pytest.fixture(params=STORES)
def store(request, tmp_path):
    made: MemoryCache | SQLiteCache | RedisCache
    if request.param == "memory":
        made = MemoryCache(10_000_000)
    elif request.param == "sqlite":
        made = SQLiteCache(tmp_path / "cache.sqlite3", 10_000_000)
    else:
        made = RedisCache.from_url(request.getfixturevalue("start_redis")().url)
    yield made
    made.close()


def test_what_was_put_is_got_back_byte_for_byte(store):
    value = bytes(range(256)) * 10
    store.put("name", value, LONG)
    assert store.get("name") == value


def test_a_name_never_put_holds_nothing(store):
    assert store.get("unknown") is None


def test_the_later_value_takes_the_place_of_the_earlier(store):
    store.put("name", b"first", LONG)
    store.put("name", b"second", LONG)
    assert store.get("name") == b"second"


def test_a_new_value_is_kept_once_until_it_expires_or_is_deleted(store):
    assert store.put_new("name", b"first", 0.2)
    assert not store.put_new("name", b"second", LONG)
    assert store.get("name") == b"first"
    store.delete("name")
    assert store.put_new("name", b"third", 0.05)
    time.sleep(0.1)
    assert store.put_new("name", b"fourth", LONG)
    assert store.get("name") == b"fourth"


def test_of_many_at_once_one_keeps_its_new_value(store):
    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(lambda n: store.put_new("name", str(n).encode(), LONG), range(40)))
    assert kept.count(True) == 1
    assert store.get("name") == str(kept.index(True)).encode()


def test_names_do_not_meet(store):
    store.put("a", b"1", LONG)
    store.put("b", b"2", LONG)
    assert (store.get("a"), store.get("b")) == (b"1", b"2")


def test_a_deleted_value_is_gone_and_others_stay(store):
    store.put("a", b"1", LONG)
    store.put("b", b"2", LONG)
    store.delete("a")
    assert (store.get("a"), store.get("b")) == (None, b"2")


def test_deleting_what_is_not_there_is_no_error(store):
    store.delete("unknown")
    assert store.get("unknown") is None


def test_a_value_is_gone_once_its_time_is_over(store):
    store.put("brief", b"1", 0.05)
    store.put("long", b"2", LONG)
    time.sleep(0.15)
    assert (store.get("brief"), store.get("long")) == (None, b"2")


def test_putting_again_gives_it_new_time(store):
    store.put("name", b"1", 0.05)
    store.put("name", b"1", LONG)
    time.sleep(0.15)
    assert store.get("name") == b"1"


def test_what_shall_last_lasts_until_it_is_given_a_time(store):
    store.put("name", b"1", 0.05)
    store.put("name", b"1", LASTING)
    time.sleep(0.15)
    assert store.get("name") == b"1"
    store.put("name", b"1", 0.05)
    time.sleep(0.15)
    assert store.get("name") is None


def test_clearing_forgets_all_that_begins_so_and_nothing_else(store):
    for number in range(1200):
        store.put(f"mine.{number}", b"1", LONG if number % 2 else LASTING)
    others = ["mine", "mine2.a", "min.a", "Mine.a", "mine-.a", "epoch.mine"]
    for name in others:
        store.put(name, b"2", LONG)
    store.clear("mine.")
    assert [store.get(f"mine.{number}") for number in range(1200)] == [None] * 1200
    assert [store.get(name) for name in others] == [b"2"] * len(others)


def test_clearing_takes_a_prefix_as_it_is_written(store):
    for name in ("a_b.1", "aXb.1", "a-b.1"):
        store.put(name, b"1", LONG)
    store.clear("a_b.")
    assert [store.get(name) for name in ("a_b.1", "aXb.1", "a-b.1")] == [None, b"1", b"1"]


def test_an_empty_value_is_a_value(store):
    store.put("name", b"", LONG)
    assert store.get("name") == b""


def test_it_says_that_it_can_be_used(store):
    assert store.ping() is True


def test_many_threads_at_once_lose_nothing(store):
    def work(number: int) -> bool:
        name, value = f"name-{number}", str(number).encode() * 1000
        store.put(name, value, LONG)
        return store.get(name) == value

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(work, range(200)))


def test_it_may_be_closed_twice(store):
    store.close()
    store.close()
