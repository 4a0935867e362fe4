"""A circuit breaker: after a few failures nobody waits for a store that is away.

Closed: every call goes through. After `failures` in a row it opens: no call goes through until
`pause` seconds have passed; then one call at a time tries, and its outcome closes or opens it again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Counts failures of one store. Safe with threads."""

    def __init__(
        self, *, failures: int = 2, pause: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._failures = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._count = 0
        self._blocked_until: float | None = None

    def allow(self) -> bool:
        """Return whether a call may go through now; when the pause is over, one call is let through."""
        with self._lock:
            if self._blocked_until is None:
                return True
            if self._clock() < self._blocked_until:
                return False
            self._blocked_until = self._clock() + self._pause
            return True

    def success(self) -> bool:
        """Note that a call came back; return whether this closed the breaker."""
        with self._lock:
            was_open = self._blocked_until is not None
            self._count, self._blocked_until = 0, None
            return was_open

    def failure(self) -> bool:
        """Note that a call failed; return whether this opened the breaker."""
        with self._lock:
            self._count += 1
            if self._count < self._failures and self._blocked_until is None:
                return False
            opened = self._blocked_until is None
            self._blocked_until = self._clock() + self._pause
            return opened
