"""A store in memory: for articles of private windows, which must never touch a disk."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple


class _Entry(NamedTuple):
    value: bytes
    expires: float


class MemoryCache:
    """Values in this process only, up to max_bytes; what was not read for longest goes first."""

    def __init__(self, max_bytes: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_bytes = max_bytes
        self._clock = clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes of all values kept."""
        return self._size

    def get(self, name: str) -> bytes | None:
        """Return the value, or None when there is none or it has expired."""
        with self._lock:
            self._drop_expired()
            entry = self._entries.get(name)
            if entry is None:
                return None
            self._entries.move_to_end(name)
            return entry.value

    def put(self, name: str, value: bytes, ttl: float) -> None:
        """Keep the value for ttl seconds; one that is larger than the whole store is not kept."""
        with self._lock:
            self._drop(name)
            self._drop_expired()
            if len(value) > self._max_bytes:
                return
            while self._size + len(value) > self._max_bytes:
                self._drop(next(iter(self._entries)))
            self._entries[name] = _Entry(value, self._clock() + ttl)
            self._size += len(value)

    def put_new(self, name: str, value: bytes, ttl: float) -> bool:
        """Keep the value unless there is one; return whether it was kept."""
        with self._lock:
            self._drop_expired()
            if name in self._entries or self._size + len(value) > self._max_bytes:
                return False
            self._entries[name] = _Entry(value, self._clock() + ttl)
            self._size += len(value)
            return True

    def delete(self, name: str) -> None:
        """Forget the value."""
        with self._lock:
            self._drop(name)

    def clear(self, prefix: str) -> None:
        """Forget all values whose names begin with the prefix."""
        with self._lock:
            for name in [name for name in self._entries if name.startswith(prefix)]:
                self._drop(name)

    def sweep(self) -> None:
        """Forget what has expired; without it, that happens when the store is next used."""
        with self._lock:
            self._drop_expired()

    def ping(self) -> bool:
        """Return True: memory is always there."""
        return True

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._size = 0

    def _drop_expired(self) -> None:
        now = self._clock()
        for name in [name for name, entry in self._entries.items() if entry.expires <= now]:
            self._drop(name)

    def _drop(self, name: str) -> None:
        entry = self._entries.pop(name, None)
        if entry is not None:
            self._size -= len(entry.value)
