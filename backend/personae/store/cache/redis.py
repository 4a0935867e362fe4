"""The shared store: Redis as one node, behind Sentinel, or as a Cluster."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import RedisClusterException, RedisError
from redis.retry import Retry
from redis.sentinel import Sentinel

from personae.errors import CacheUnavailable, SettingError
from personae.store.cache.breaker import Breaker
from personae.store.cache.keys import list_of
from personae.store.cache.protocol import LASTING

PREFIX = "personae:1:"
_TIMEOUT_SECONDS = 0.5
# Keys that Redis looks at for one answer while it is searched, and that are deleted at once.
_BATCH = 500
_PORTS = {"sentinel": 26379, "cluster": 6379}
_log = structlog.get_logger(__name__)
Client = Redis | RedisCluster
T = TypeVar("T")


class RedisCache:
    """A Cache in Redis. While it is away, calls fail at once; a breaker tries again every few seconds.

    connect: makes the client when it is first needed (a Cluster's client connects when it is made, and
    Redis may be away at start).
    """

    def __init__(self, connect: Callable[[], Client], *, breaker: Breaker | None = None) -> None:
        self._connect = connect
        self._breaker = breaker or Breaker()
        self._client: Client | None = None
        self._lock = threading.Lock()

    @classmethod
    def from_url(cls, url: str, *, breaker: Breaker | None = None) -> RedisCache:
        """Make a store from PERSONAE_REDIS_URL; raises SettingError when the address is malformed."""
        return cls(_connector(url), breaker=breaker)

    def get(self, name: str) -> bytes | None:
        """Return the value, or None when there is none or it has expired."""
        return self._call(lambda client: client.get(PREFIX + name))  # type: ignore[return-value]

    def put(self, name: str, value: bytes, ttl: float) -> None:
        """Keep the value for ttl seconds; a Redis that evicts may drop it earlier."""
        milliseconds = None if ttl == LASTING else max(1, int(ttl * 1000))
        prefix = list_of(name)

        def store(client: Client) -> None:
            client.set(PREFIX + name, value, px=milliseconds)
            if prefix is not None:
                client.zadd(_index(prefix), {name: time.time() + ttl})

        self._call(store)

    def put_new(self, name: str, value: bytes, ttl: float) -> bool:
        """Keep the value unless there is one; return whether it was kept."""
        milliseconds = max(1, int(ttl * 1000))
        return bool(self._call(lambda client: client.set(PREFIX + name, value, px=milliseconds, nx=True)))

    def delete(self, name: str) -> None:
        """Forget the value."""
        self._call(lambda client: client.delete(PREFIX + name))
        self.unlist(name)

    def entries(self, prefix: str, most: int) -> dict[str, bytes]:
        """Return the values of a list by their names, at most so many: those that expire last.

        A list is a sorted set of names, by the time at which they expire: nothing is searched for.
        """

        def names(client: Client) -> list[str]:
            client.zremrangebyscore(_index(prefix), "-inf", time.time())
            listed = client.zrevrange(_index(prefix), 0, most - 1)
            return [name.decode("ascii") for name in listed]  # type: ignore[union-attr]

        return self.get_many(self._call(names))

    def get_many(self, names: Collection[str]) -> dict[str, bytes]:
        """Return the values of those names that hold one."""

        def values(client: Client) -> list[bytes | None]:
            # Not MGET: in a Cluster the names are on several nodes.
            pipeline = client.pipeline(transaction=False)
            for name in names:
                pipeline.get(PREFIX + name)
            return pipeline.execute()

        found = self._call(values) if names else []
        return {name: value for name, value in zip(names, found, strict=True) if value is not None}

    def unlist(self, name: str) -> None:
        """Take a name out of its list and keep its value."""
        prefix = list_of(name)
        if prefix is not None:
            self._call(lambda client: client.zrem(_index(prefix), name))

    def clear(self, prefix: str) -> None:
        """Forget all values whose names begin with the prefix; every key of this Redis is looked at."""

        def erase(client: Client) -> None:
            found = client.scan_iter(match=f"{PREFIX}{prefix}*", count=_BATCH)
            while batch := list(islice(found, _BATCH)):
                client.delete(*batch)

        self._call(erase)

    def ping(self) -> bool:
        """Return whether Redis answers; the breaker's pause holds here too."""
        try:
            self._call(lambda client: client.get(f"{PREFIX}ping"))
        except CacheUnavailable:
            return False
        return True

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _call(self, command: Callable[[Client], T]) -> T:
        if not self._breaker.allow():
            raise CacheUnavailable("Redis is away.")
        try:
            result = command(self._connected())
        except (RedisError, RedisClusterException, OSError) as error:
            if self._breaker.failure():
                _log.error("redis_away", cause=type(error).__name__)
            raise CacheUnavailable("Redis is away.") from error
        if self._breaker.success():
            _log.info("redis_back")
        return result

    def _connected(self) -> Client:
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            return self._client


def _index(prefix: str) -> str:
    """Return where the names of a list stand: on the same shelf, so that they are cleared with it."""
    return f"{PREFIX}{prefix}index"


def _connector(url: str) -> Callable[[], Client]:
    scheme, _, rest = url.partition("://")
    tls = scheme.startswith("rediss")
    kind = scheme.partition("+")[2]
    try:
        if not kind:
            Redis.from_url(url).close()  # it connects at the first command: this only reads the address
            return lambda: Redis.from_url(url, **_options())
        parts = urlsplit(f"//{rest}")
        login: dict[str, Any] = {
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "ssl": tls,
        }
        nodes = _nodes(parts.netloc.rpartition("@")[2], _PORTS[kind])
        path = parts.path.strip("/")
    except (ValueError, KeyError) as error:
        raise SettingError(f"PERSONAE_REDIS_URL cannot be understood: {error}.") from None
    if kind == "cluster":
        return lambda: RedisCluster(
            startup_nodes=[_cluster_node(*node) for node in nodes], **login, **_options()
        )
    master, _, database = path.partition("/")
    if not master or (database and not database.isdigit()):
        raise SettingError(
            "PERSONAE_REDIS_URL must end with the name of Sentinel's master, such as /mymaster."
        )

    def through_sentinel() -> Client:
        sentinel = Sentinel(  # type: ignore[no-untyped-call]
            nodes, sentinel_kwargs={"ssl": tls, **_options()}, **login, **_options()
        )
        return sentinel.master_for(master, db=int(database or 0))  # type: ignore[no-any-return, no-untyped-call]

    return through_sentinel


def _cluster_node(host: str, port: int) -> ClusterNode:
    return ClusterNode(host, port)  # type: ignore[no-untyped-call]


def _options() -> dict[str, Any]:
    """Short timeouts and one retry without a pause: for a connection that Redis closed when it restarted."""
    return {
        "socket_connect_timeout": _TIMEOUT_SECONDS,
        "socket_timeout": _TIMEOUT_SECONDS,
        "retry": Retry(NoBackoff(), 1),
    }


def _nodes(text: str, default_port: int) -> list[tuple[str, int]]:
    """Read "host:port,host2,[::1]:port"."""
    nodes = []
    for part in text.split(","):
        one = urlsplit(f"//{part.strip()}")
        if not one.hostname:
            raise ValueError("a host is missing")
        nodes.append((one.hostname, one.port or default_port))
    return nodes
