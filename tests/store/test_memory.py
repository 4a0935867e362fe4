"""The store for private windows: bounded, brief, and nowhere near a disk."""

from __future__ import annotations

from personae.store.cache.memory import MemoryCache


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_never_holds_more_than_its_cap_and_drops_what_was_not_read():
    store = MemoryCache(1000)
    for number in range(10):
        store.put(f"name-{number}", b"x" * 100, 60)
    store.get("name-0")
    store.put("new", b"x" * 100, 60)
    assert store.size == 1000
    assert store.get("name-0") is not None
    assert store.get("name-1") is None


def test_a_value_larger_than_the_store_is_not_kept_and_evicts_nothing():
    store = MemoryCache(1000)
    store.put("small", b"1", 60)
    store.put("huge", b"x" * 1001, 60)
    assert (store.get("small"), store.get("huge")) == (b"1", None)


def test_a_sweep_frees_what_has_expired():
    clock = Clock()
    store = MemoryCache(1000, clock=clock)
    store.put("name", b"x" * 100, 60)
    clock.now = 61
    store.sweep()
    assert store.size == 0


def test_closing_forgets_everything():
    store = MemoryCache(1000)
    store.put("name", b"x", 60)
    store.close()
    assert (store.get("name"), store.size) == (None, 0)
