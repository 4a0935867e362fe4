"""How many bytes of request bodies are in memory at once."""

from __future__ import annotations

from collections import Counter
from threading import Lock


class BodyBudget:
    """How many bytes of bodies are in memory, of each address and of all."""

    def __init__(self, most: int, most_of_address: int) -> None:
        self._most, self._most_of_address = most, most_of_address
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    @property
    def taken(self) -> int:
        """The bytes of all addresses."""
        with self._lock:
            return self._taken.total()

    def take(self, address: str, size: int) -> bool:
        """Take room for more bytes; return False, and take none, when there is not so much left."""
        with self._lock:
            is_room = (
                self._taken.total() + size <= self._most
                and self._taken[address] + size <= self._most_of_address
            )
            if is_room:
                self._taken[address] += size
            return is_room

    def give_back(self, address: str, size: int) -> None:
        """Give back what was taken."""
        with self._lock:
            self._taken[address] -= size
            if self._taken[address] <= 0:
                del self._taken[address]
