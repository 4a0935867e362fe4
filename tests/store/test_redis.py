"""The shared store: a Redis that is away, restarts, stands behind Sentinel or is a Cluster."""

from __future__ import annotations

import time

import pytest

from personae.errors import CacheUnavailable, SettingError
from personae.store.cache.breaker import Breaker
from personae.store.cache.protocol import LASTING
from personae.store.cache.redis import RedisCache

LONG = 3600.0


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_redis_that_is_away_at_start_is_an_error_only_when_used(start_redis):
    server = start_redis()
    server.stop()
    store = RedisCache.from_url(server.url)
    with pytest.raises(CacheUnavailable):
        store.get("name")
    assert store.ping() is False


def test_it_is_used_again_after_a_restart_once_the_pause_is_over(start_redis):
    server, clock = start_redis(), Clock()
    store = RedisCache.from_url(server.url, breaker=Breaker(failures=2, pause=5, clock=clock))
    store.put("name", b"value", LONG)
    server.stop()
    for _ in range(2):
        with pytest.raises(CacheUnavailable):
            store.get("name")
    server.start()
    with pytest.raises(CacheUnavailable):
        store.get("name")
    clock.now = 6
    store.put("name", b"again", LONG)
    assert store.get("name") == b"again"


def test_a_quick_restart_between_two_commands_goes_unnoticed(start_redis):
    server = start_redis()
    store = RedisCache.from_url(server.url)
    store.put("name", b"value", LONG)
    server.stop()
    server.start()
    store.put("name", b"value", LONG)
    assert store.get("name") == b"value"


def test_while_the_breaker_is_open_nobody_waits_for_a_redis_that_hangs(start_redis):
    server, clock = start_redis(), Clock()
    store = RedisCache.from_url(server.url, breaker=Breaker(failures=1, pause=5, clock=clock))
    store.put("name", b"value", LONG)
    with server.client() as client:
        client.execute_command("CLIENT", "PAUSE", "3000", "ALL")
    with pytest.raises(CacheUnavailable):
        store.get("name")
    before = time.process_time()
    for _ in range(1000):
        with pytest.raises(CacheUnavailable):
            store.get("name")
    assert time.process_time() - before < 3  # no socket was touched, or this were minutes


def test_a_full_redis_is_an_error(start_redis):
    server = start_redis()
    with server.client() as client:
        client.config_set("maxmemory", "1")
    store = RedisCache.from_url(server.url)
    with pytest.raises(CacheUnavailable):
        store.put("name", b"value", LONG)


def test_a_wrong_password_is_an_error(start_redis):
    server = start_redis("--save", "", "--requirepass", "right")
    store = RedisCache.from_url(f"redis://:wrong@127.0.0.1:{server.port}/0")
    with pytest.raises(CacheUnavailable):
        store.get("name")


def test_names_have_a_prefix_and_a_time_to_live(start_redis):
    server = start_redis()
    RedisCache.from_url(server.url).put("name", b"value", 100)
    with server.client() as client:
        assert client.keys() == [b"personae:1:name"]
        assert 90_000 < client.pttl("personae:1:name") <= 100_000


def test_sentinel_leads_to_the_master(start_redis, tmp_path):
    master = start_redis()
    config = tmp_path / "sentinel.conf"
    config.write_text(f"sentinel monitor mymaster 127.0.0.1 {master.port} 1\n")
    sentinel = start_redis(str(config), "--sentinel")
    store = RedisCache.from_url(f"redis+sentinel://127.0.0.1:1,127.0.0.1:{sentinel.port}/mymaster/0")
    store.put("name", b"value", LONG)
    assert store.get("name") == b"value"
    with master.client() as client:
        assert client.keys() == [b"personae:1:name"]
    store.clear("name")
    assert store.get("name") is None
    store.close()


def test_a_cluster_is_spoken_to_as_one(start_redis):
    node = start_redis("--cluster-enabled", "yes", "--save", "")
    with node.client() as client:
        client.execute_command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        while b"cluster_state:ok" not in client.execute_command("CLUSTER", "INFO"):
            time.sleep(0.05)
    store = RedisCache.from_url(f"redis+cluster://127.0.0.1:{node.port}")
    for number in range(20):
        store.put(f"name-{number}", str(number).encode(), LONG)
    assert [store.get(f"name-{n}") for n in range(20)] == [str(n).encode() for n in range(20)]
    store.put("other", b"stays", LASTING)
    store.clear("name-")
    assert {store.get(f"name-{n}") for n in range(20)} == {None}
    assert store.get("other") == b"stays"
    store.close()


def test_a_cluster_that_is_away_at_start_is_used_when_it_comes(start_redis):
    node = start_redis("--cluster-enabled", "yes", "--save", "")
    node.stop()
    clock = Clock()
    store = RedisCache.from_url(
        f"redis+cluster://127.0.0.1:{node.port}", breaker=Breaker(failures=1, pause=1, clock=clock)
    )
    assert store.ping() is False
    node.start()
    with node.client() as client:
        if b"cluster_slots_assigned:16384" not in client.execute_command("CLUSTER", "INFO"):
            client.execute_command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        while b"cluster_state:ok" not in client.execute_command("CLUSTER", "INFO"):
            time.sleep(0.05)
    clock.now = 2
    assert store.ping() is True
    store.close()


@pytest.mark.parametrize(
    "url",
    ["redis+sentinel://host:26379", "redis+sentinel:///mymaster", "redis://host:port/0", "redis+cluster://"],
)
def test_a_malformed_address_names_its_variable(url):
    with pytest.raises(SettingError, match="PERSONAE_REDIS_URL"):
        RedisCache.from_url(url)


def test_the_breaker_lets_one_call_try_when_its_pause_is_over():
    clock = Clock()
    breaker = Breaker(failures=2, pause=5, clock=clock)
    assert breaker.allow()
    assert breaker.failure() is False
    assert breaker.allow()
    assert breaker.failure() is True
    assert not breaker.allow()
    clock.now = 5
    assert breaker.allow()
    assert not breaker.allow()
    assert breaker.failure() is False  # it was open already
    assert not breaker.allow()
    clock.now = 10
    assert breaker.allow()
    assert breaker.success() is True
    assert breaker.allow()
    assert breaker.allow()
