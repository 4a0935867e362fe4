"""What is counted, for Prometheus. No label ever holds an address, a title or an id."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one backend, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "personae_requests", "Requests answered.", ["route", "status"], registry=self._registry
        )
        self._errors = Counter(
            "personae_errors", "Errors answered, by code.", ["code"], registry=self._registry
        )
        self._seconds = Histogram(
            "personae_read_seconds",
            "Time of each step of reading a page.",
            ["step"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._cache = Counter(
            "personae_cache",
            "Look-ups in the cache, by level.",
            ["level", "outcome"],
            registry=self._registry,
        )
        self._losses = Counter(
            "personae_workers_lost",
            "Workers lost to a page: by its time limit, a crash, or its memory.",
            ["cause"],
            registry=self._registry,
        )

    def answered(self, route: str, status: int, code: str | None) -> None:
        """Count one request, and its error's code when it has one."""
        self._requests.labels(route, str(status)).inc()
        if code is not None:
            self._errors.labels(code).inc()

    def looked_up(self, level: str, *, hit: bool) -> None:
        """Count one look-up in the cache. level: "article" or "cast"."""
        self._cache.labels(level, "hit" if hit else "miss").inc()

    def lost_worker(self, cause: str) -> None:
        """Count a worker that a page took along."""
        self._losses.labels(cause).inc()

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Measure one step of reading a page, also when it fails."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._seconds.labels(step).observe(time.perf_counter() - start)

    def watch(self, name: str, help_: str, value: Callable[[], float]) -> None:
        """Add a figure that is asked for whenever the metrics are."""
        Gauge(f"personae_{name}", help_, registry=self._registry).set_function(value)

    def text(self) -> bytes:
        """Return all of it in Prometheus' text format."""
        return generate_latest(self._registry)
