"""Forgetting all that stands on a shelf, in every store, also in one that is away at that moment.

A store holds an epoch for each shelf that was ever emptied: when that was, in milliseconds of Unix time. A
store may be used for a shelf only while its epoch is the newest one known; a store that is behind is emptied
first. So whatever was away (Redis, another node's SQLite file, a replica that took a master's place) forgets
by itself before it is asked for anything, and nobody has to list what it missed.

Nodes' clocks may differ by less than what lies between two times that one reader forgets everything on two
nodes while these cannot see each other's epochs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from personae.store.cache.protocol import LASTING, Cache


class Epochs:
    """Knows the newest epoch of every shelf that it met, and brings stores up to it. Safe with threads."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._newest: dict[str, int] = {}
        self._lock = threading.Lock()
        self._emptying = threading.Lock()

    def begin(self, shelf: str) -> None:
        """Begin a new epoch: every store has to be emptied before it is used for this shelf again."""
        with self._lock:
            self._newest[shelf] = max(self._newest.get(shelf, 0) + 1, int(self._clock() * 1000))

    def read(self, store: Cache, shelf: str) -> int:
        """Return the epoch that a store is in; 0: the shelf was never emptied. Raises CacheUnavailable."""
        value = store.get(_name(shelf)) or b"0"
        epoch = int(value) if value.isdigit() else 0
        with self._lock:
            self._newest[shelf] = max(self._newest.get(shelf, 0), epoch)
        return epoch

    def catch_up(self, store: Cache, shelf: str, epoch: int) -> bool:
        """Empty the shelf in a store whose epoch is behind; return True. Raises CacheUnavailable."""
        if epoch < self._newest[shelf]:
            with self._emptying:  # nobody else's new values are to be emptied a second time
                if self.read(store, shelf) < (newest := self._newest[shelf]):
                    store.clear(f"{shelf}.")
                    # Only now: what is interrupted before is done again.
                    store.put(_name(shelf), str(newest).encode(), LASTING)
        return True


def _name(shelf: str) -> str:
    """Return where a shelf's epoch is kept: not on the shelf itself, with which it would be emptied."""
    return f"epoch.{shelf}"
