"""What a store of the cache is: the seam between the service and where articles are kept.

Names are ASCII strings that begin with a shelf and a dot (see keys.py), values are bytes. A store never
interprets a value.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Protocol

LASTING = math.inf


class Cache(Protocol):
    """A store with a time to live, in seconds; what is put with LASTING does not expire.

    Every method may be called from several threads at once, and raises CacheUnavailable when the
    store cannot be reached or refuses to write; it never raises anything else and never blocks for
    more than about a second.
    """

    def get(self, name: str) -> bytes | None:
        """Return the value, or None when there is none or it has expired."""
        ...

    def put(self, name: str, value: bytes, ttl: float) -> None:
        """Keep the value for ttl seconds, in place of any other under that name."""
        ...

    def put_new(self, name: str, value: bytes, ttl: float) -> bool:
        """Keep the value for ttl seconds unless there is one under that name; return whether it was kept."""
        ...

    def delete(self, name: str) -> None:
        """Forget the value; nothing happens when there is none."""
        ...

    def clear(self, prefix: str) -> None:
        """Forget all values whose names begin with the prefix; a large store may take its time."""
        ...

    def ping(self) -> bool:
        """Return whether the store can be used now; raises nothing."""
        ...

    def close(self) -> None:
        """Give back connections and files; may be called twice."""
        ...


class ListingCache(Cache, Protocol):
    """A store that can also return a list: all values whose names begin with its prefix (`keys.list_of`)."""

    def entries(self, prefix: str, most: int) -> dict[str, bytes]:
        """Return the values of a list by their names, at most so many: those that expire last."""
        ...

    def get_many(self, names: Collection[str]) -> dict[str, bytes]:
        """Return the values of those names that hold one."""
        ...

    def unlist(self, name: str) -> None:
        """Take a name out of its list and keep its value."""
        ...
