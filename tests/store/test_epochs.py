"""Forgetting all of a shelf: at every node, in every store, whatever is away at that moment."""

from __future__ import annotations

import sqlite3

import pytest

from personae.errors import CacheUnavailable
from personae.store.cache.protocol import LASTING
from personae.store.cache.sqlite import SQLiteCache
from personae.store.cache.two_stores import TwoStores

LONG = 3600.0
MINE = ["mine.article.1", "mine.pin.1", "mine.link.1"]
OTHER = "other.article.1"


def fill(stores):
    for name in MINE:
        stores.put(name, b"value", LASTING if "pin" in name else LONG)
    stores.put(OTHER, b"value", LONG)


def found(stores):
    return [stores.get(name) for name in MINE]


def rows(tmp_path, name="node"):
    connection = sqlite3.connect(tmp_path / name / "cache.sqlite3")
    try:
        return {row[0] for row in connection.execute("SELECT name FROM entry")}
    finally:
        connection.close()


def keys(server):
    with server.client() as client:
        return {key.decode().removeprefix("personae:1:") for key in client.scan_iter()}


def test_a_shelf_is_emptied_in_both_stores_and_others_are_left(node, server, tmp_path):
    stores = node()
    fill(stores)
    stores.forget_all("mine")
    assert found(stores) == [None, None, None]
    assert stores.get(OTHER) == b"value"
    assert rows(tmp_path) == keys(server) == {OTHER, "epoch.mine"}


def test_it_can_be_filled_and_emptied_again(node):
    stores = node()
    for _ in range(3):
        fill(stores)
        assert found(stores) == [b"value"] * 3
        stores.forget_all("mine")
        assert found(stores) == [None] * 3


def test_without_redis_the_file_is_emptied(tmp_path):
    stores = TwoStores(SQLiteCache(tmp_path / "node" / "cache.sqlite3", 10_000_000), forget_ttl=LONG)
    fill(stores)
    stores.forget_all("mine")
    assert (found(stores), stores.get(OTHER)) == ([None] * 3, b"value")
    assert rows(tmp_path) == {OTHER, "epoch.mine"}
    stores.close()


def test_another_node_empties_its_own_file_before_it_serves_from_it(node, tmp_path):
    a, b = node("a"), node("b")
    fill(a)
    fill(b)
    a.forget_all("mine")
    assert found(b) == [None] * 3
    assert rows(tmp_path, "b") == {OTHER, "epoch.mine"}


def test_another_node_empties_its_file_also_when_nobody_asks_it_for_anything(node, tmp_path):
    a, b = node("a"), node("b")
    fill(b)
    a.forget_all("mine")
    b.catch_up("mine")
    assert rows(tmp_path, "b") == {OTHER, "epoch.mine"}


def test_a_redis_that_hung_is_emptied_when_it_answers_again(node, server):
    stores = node()
    fill(stores)
    with server.client() as client:
        client.execute_command("CLIENT", "PAUSE", "3500", "ALL")
        stores.forget_all("mine")
        client.ping()  # returns when the pause is over
    assert keys(server) == {*MINE, OTHER, "mine.link.index"}
    assert found(stores) == [None] * 3
    assert keys(server) == {OTHER, "epoch.mine"}


def test_a_redis_that_was_away_is_emptied_by_the_next_process(node, server):
    stores = node()
    fill(stores)
    server.stop()
    stores.forget_all("mine")
    stores.close()
    server.start()
    with server.client() as client:
        for name in MINE:
            client.set(f"personae:1:{name}", b"value")  # as if it had been kept on Redis' disk
    again = node()
    assert found(again) == [None] * 3
    assert keys(server) == {"epoch.mine"}


def test_what_is_put_after_the_emptying_while_redis_is_away_survives_its_return(node, server):
    stores = node()
    fill(stores)
    server.stop()
    stores.forget_all("mine")
    stores.put(MINE[0], b"new", LONG)
    server.start()
    with server.client() as client:
        client.set(f"personae:1:{MINE[0]}", b"value")
    assert stores.get(MINE[0]) == b"new"
    assert stores.replay() == 0
    assert (stores.get(MINE[0]), node("other").get(MINE[0])) == (b"new", b"new")


def test_what_was_owed_to_redis_before_the_emptying_is_owed_no_more(node, server):
    stores = node()
    server.stop()
    fill(stores)
    stores.forget_all("mine")
    server.start()
    assert stores.replay() == 0
    assert keys(server) == {OTHER}
    assert found(node("other")) == [None] * 3


def test_a_master_that_a_failover_set_back_is_emptied_again(node, server):
    stores = node()
    fill(stores)
    stores.forget_all("mine")
    with server.client() as client:
        client.delete("personae:1:epoch.mine")
        client.set(f"personae:1:{MINE[0]}", b"value")
    assert found(stores) == [None] * 3
    assert keys(server) == {OTHER, "epoch.mine"}


def test_a_new_epoch_is_later_than_that_of_a_node_whose_clock_is_ahead(node, server):
    stores = node()
    fill(stores)
    ahead = str(10**15).encode()
    with server.client() as client:
        client.set("personae:1:epoch.mine", ahead)
    fill(stores)
    stores.forget_all("mine")
    assert found(stores) == [None] * 3
    with server.client() as client:
        assert int(client.get("personae:1:epoch.mine")) > int(ahead)


def test_when_the_file_cannot_be_written_it_says_so_and_nothing_is_served(tmp_path, node):
    stores = node()
    fill(stores)
    blocker = sqlite3.connect(tmp_path / "node" / "cache.sqlite3")
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(CacheUnavailable):
        stores.forget_all("mine")
    assert found(stores) == [None] * 3
    blocker.close()
    assert found(stores) == [None] * 3
    assert rows(tmp_path) == {OTHER, "epoch.mine"}
