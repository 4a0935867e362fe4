"""What a store of the cache is: the seam between the service and where articles are kept.

Names are opaque ASCII strings (keyed hashes), values are bytes. A store never interprets a value.
"""

from __future__ import annotations

from typing import Protocol


class Cache(Protocol):
    """A store with a time to live.

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

    def delete(self, name: str) -> None:
        """Forget the value; nothing happens when there is none."""
        ...

    def ping(self) -> bool:
        """Return whether the store can be used now; raises nothing."""
        ...

    def close(self) -> None:
        """Give back connections and files; may be called twice."""
        ...
