"""The parts of one running backend, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from personae.service.application.metrics import Metrics
from personae.service.application.model_adding import ModelAdding
from personae.service.application.reading import Reading
from personae.service.application.sessions import WRONG_TOKENS_A_MINUTE, Sessions
from personae.settings import Settings
from personae.store.cache.keys import Keys
from personae.store.cache.memory import MemoryCache
from personae.store.cache.secret import load_secret
from personae.store.cache.two_stores import TwoStores, open_stores
from personae.store.library import Library
from personae.store.records import linked
from personae.version import cast_version, pipeline_version
from personae.workers.pool import STEPS_MODULE, WorkerPool


@dataclass(frozen=True, slots=True)
class Backend:
    """Everything that lives as long as the service does."""

    settings: Settings
    metrics: Metrics
    stores: TwoStores
    memory: MemoryCache
    pool: WorkerPool
    library: Library
    reading: Reading
    sessions: Sessions
    model_adding: ModelAdding

    @classmethod
    def build(
        cls,
        settings: Settings,
        *,
        steps_module: str = STEPS_MODULE,
        wrong_tokens_a_minute: int = WRONG_TOKENS_A_MINUTE,
    ) -> Backend:
        """Put the parts together; nothing runs yet. Raises SettingError."""
        metrics = Metrics()
        keys = Keys(load_secret(settings))
        stores = open_stores(settings, links=linked)
        memory = MemoryCache(settings.private_max_bytes)
        pool = WorkerPool(
            settings, steps_module=steps_module, all_languages=True, on_loss=metrics.lost_worker
        )
        sessions = Sessions(keys, settings.token, stores, wrong_tokens_a_minute=wrong_tokens_a_minute)
        library = Library(
            settings=settings, keys=keys, stores=stores, memory=memory, tenants=sessions.tenants
        )
        reading = Reading(keys=keys, pool=pool, library=library, metrics=metrics)
        if settings.redis_url:
            metrics.watch("redis_up", "1 while Redis answers.", lambda: float(not stores.redis_is_away))
        metrics.watch("pages_waiting", "Pages that wait for a worker.", lambda: pool.waiting)
        metrics.watch("private_bytes", "Bytes of articles kept in memory only.", lambda: memory.size)
        adding = ModelAdding(settings, pool)
        return cls(settings, metrics, stores, memory, pool, library, reading, sessions, adding)

    def start(self) -> None:
        """Start the workers and the cache's background work. Raises PersonaeError."""
        # Known from now on, so that no page's time goes into finding it out.
        pipeline_version()
        cast_version()
        self.pool.start()
        self.stores.start(self.memory.sweep, self.library.catch_up)
        self.library.enter_pins()

    def close(self) -> None:
        """End the workers, and forget what was kept in memory only."""
        self.pool.close()
        self.stores.close()
        self.memory.close()
