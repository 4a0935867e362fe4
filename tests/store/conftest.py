"""Nodes of a service: each an SQLite file of its own, all with one Redis."""

from __future__ import annotations

import pytest

from personae.store.cache.breaker import Breaker
from personae.store.cache.redis import RedisCache
from personae.store.cache.sqlite import SQLiteCache
from personae.store.cache.two_stores import TwoStores

LONG = 3600.0


def links(value: bytes) -> list[str]:
    """In these tests a value "->name" links to that name."""
    return [value[2:].decode()] if value.startswith(b"->") else []


@pytest.fixture
def server(start_redis):
    return start_redis()


@pytest.fixture
def node(tmp_path, server):
    """Make a node: an SQLite file of its own, the one Redis, and a breaker that never pauses."""
    made = []

    def make(name: str = "node") -> TwoStores:
        stores = TwoStores(
            SQLiteCache(tmp_path / name / "cache.sqlite3", 10_000_000),
            RedisCache.from_url(server.url, breaker=Breaker(failures=1, pause=0)),
            forget_ttl=LONG,
            links=links,
        )
        made.append(stores)
        return stores

    yield make
    for stores in made:
        stores.close()
