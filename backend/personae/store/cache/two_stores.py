"""The embedded store and, when it is configured, the shared one beside it.

Written to SQLite first, then to Redis. Read from Redis first: it knows what another node forgot. When
Redis is away, SQLite carries on alone.

Forgetting: in Redis a tombstone takes the value's place, so that a node whose SQLite file still holds
the article does not serve it. When Redis is away, the names are noted in SQLite in the same transaction
that deletes them there; until Redis has forgotten them as well, it is not asked for them. The same is done
for what is written while Redis is away, since Redis may hold a tombstone from before. Forgetting all that
one tenant has needs no names: see epochs.py.

A name, as one node sees it:

    state              SQLite   Redis       noted   get() returns
    absent             -        -           no      None
    kept               value    value       no      what Redis has, or what SQLite has once Redis evicted it
    kept elsewhere     -        value       no      what Redis has: another node wrote it
    kept, owed         value    anything    yes     what SQLite has; Redis is not asked
    forgotten          -        tombstone   no      None
    forgotten there    value    tombstone   no      None, and deletes the value: another node forgot it
    forgotten, owed    -        anything    yes     None; Redis is not asked
    withheld           value    anything    no      None, in this process only

    any state       --put-----> kept              while Redis answers
    any state       --put-----> kept, owed        while Redis is away
    any state       --forget--> forgotten         while Redis answers
    any state       --forget--> forgotten, owed   while Redis is away
    any state       --forget--> withheld          while SQLite cannot be written; the caller gets an error
    kept, owed      --replay--> kept              when Redis is back: it gets the value
    forgotten, owed --replay--> forgotten         when Redis is back: it gets a tombstone

Before any of this, a store whose epoch is behind the newest one known is emptied, and one that cannot say its
epoch is not used: that is why every call first asks each store for the shelf's epoch.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import partial
from typing import Literal, NamedTuple, TypeVar

import structlog

from personae.errors import CacheUnavailable
from personae.settings import Settings
from personae.store.cache.epochs import Epochs
from personae.store.cache.protocol import LASTING, ListingCache
from personae.store.cache.redis import RedisCache
from personae.store.cache.sqlite import FILE_NAME, Lasting, SQLiteCache

TOMBSTONE = b"\0forgotten"
# An expired article's page is remembered for this many times as long as the article was kept.
TRACE_TTLS = 4
_HOUSEKEEPING_SECONDS = 5.0
_SWEEP_SECONDS = 600.0
_log = structlog.get_logger(__name__)
T = TypeVar("T")
Links = Callable[[bytes], Iterable[str]]


def _no_links(_value: bytes) -> Iterable[str]:
    return ()


class _Usable(NamedTuple):
    """Which stores can be reached and have forgotten all that they have to for one shelf."""

    local: bool
    shared: bool


class TwoStores:
    """Reads and writes through both stores.

    links: returns the names of other values that a value refers to; they are forgotten with it.
    forget_ttl: seconds for which a forgotten name is remembered: as long as a value can live.
    """

    def __init__(
        self,
        local: SQLiteCache,
        shared: ListingCache | None = None,
        *,
        forget_ttl: float,
        links: Links = _no_links,
    ) -> None:
        self._local = local
        self._shared = shared
        self._forget_ttl = forget_ttl
        self._links = links
        self._epochs = Epochs()
        # Names that SQLite could not forget: this process at least does not serve them.
        self._withheld: set[str] = set()
        # Names that Redis could not forget: SQLite notes them too, but may itself be away later.
        self._owed: set[str] = set()
        self._settling = threading.Lock()
        self._redis_away = False
        # What the embedded store last failed at; that it can be read does not mend that it cannot be written.
        self._failing: Literal["reading", "writing"] | None = None
        self._stopped = threading.Event()
        self._housekeeper: threading.Thread | None = None
        self._chores: tuple[Callable[[], None], ...] = ()

    # ------------------------------------------------------------ read, write

    def get(self, name: str) -> bytes | None:
        """Return the value, or None when no store that can be reached has it."""
        if name in self._withheld:
            return None
        usable = self._usable(name)
        if usable.shared and not self._is_owed(name):
            value = self._from_shared(name)
            if value == TOMBSTONE:
                self._try_local(lambda local: local.delete(name))
                return None
            if value is not None:
                return value
        return self._try_local(lambda local: local.get(name)) if usable.local else None

    def get_many(self, names: Collection[str]) -> dict[str, bytes]:
        """Return what `get` would of each of these names; all of one shelf."""
        if not names:
            return {}
        usable = self._usable(next(iter(names)))
        local = (self._try_local(lambda store: store.get_many(names)) or {}) if usable.local else {}
        shared = (self._try_shared(lambda store: store.get_many(names)) or {}) if usable.shared else {}
        prefixes = {name.rpartition(".")[0] + "." for name in names}
        return self._merged(local, shared, prefixes)

    def entries(self, prefix: str, most: int) -> dict[str, bytes]:
        """Return all values of a list by their names, each as `get` would; of each store at most so many."""
        usable = self._usable(prefix)
        local = (self._try_local(lambda store: store.entries(prefix, most)) or {}) if usable.local else {}
        shared: dict[str, bytes] = {}
        if usable.shared:
            listed = self._try_shared(lambda store: store.entries(prefix, most)) or {}
            # Redis does not list what it evicted, nor what was forgotten at another node.
            others = self._try_shared(lambda store: store.get_many(local.keys() - listed.keys())) or {}
            shared = {**listed, **others}
        return self._merged(local, shared, {prefix})

    def _merged(
        self, local: dict[str, bytes], shared: dict[str, bytes], prefixes: Iterable[str]
    ) -> dict[str, bytes]:
        """Return what counts of the two stores' values: see the table at the head of this module."""
        owed = set(self._owed)
        for prefix in prefixes if shared else ():
            owed |= self._try_local(partial(SQLiteCache.owed, prefix=prefix)) or set()
        found = {**local, **{name: value for name, value in shared.items() if name not in owed}}
        forgotten = {name for name, value in found.items() if value == TOMBSTONE}
        for name in forgotten & local.keys():
            self._try_local(partial(SQLiteCache.delete, name=name))
        return {n: value for n, value in found.items() if n not in forgotten and n not in self._withheld}

    def put(self, name: str, value: bytes, ttl: float) -> None:
        """Keep the value; raises CacheUnavailable when neither store took it."""
        if self._is_owed(name):
            with self._settling:
                kept = self._put_both(name, value, ttl)
        else:
            kept = self._put_both(name, value, ttl)
        if not kept:
            raise CacheUnavailable

    def forget(self, name: str, *, lasting: bool = False) -> None:
        """Forget a value and all that it links to, in both stores, also when Redis is away now.

        lasting: it may be kept LASTING, so that a node that was away may still hold it after any time.

        Raises CacheUnavailable when the embedded store cannot be written: then it is forgotten where
        that was possible, and this process does not serve it any more.
        """
        usable = self._usable(name)
        ttl = LASTING if lasting else self._forget_ttl
        names = (name, *self._linked(name, usable))
        buried = [usable.shared and self._bury(one, ttl) for one in names]
        owed = self._shared is not None and not all(buried)
        if owed:
            self._owed.update(names)
        try:
            self._local.forget(names, elsewhere_until=time.time() + ttl if owed else None)
        except CacheUnavailable as error:
            self._withheld.update(names)
            self._note_local(error, writes=True)
            raise

    def forget_all(self, shelf: str) -> None:
        """Forget all that stands on a shelf, in both stores, also when Redis is away now.

        Raises CacheUnavailable when the embedded store cannot be emptied: this process does not serve from
        it any more until it was.
        """
        self._usable(shelf)  # so that the new epoch is later than any that a store is in
        self._epochs.begin(shelf)
        if not self._usable(shelf).local:
            raise CacheUnavailable

    def catch_up(self, shelf: str) -> None:
        """Empty the shelf in a store that was away when all on it was forgotten; raises nothing."""
        self._usable(shelf)

    def put_new(self, name: str, value: bytes, ttl: float) -> bool:
        """Keep the value where no store that can be reached has one under that name; return whether it did.

        Raises CacheUnavailable when neither store could be asked.
        """
        usable = self._usable(name)
        answers = [
            self._try_local(lambda local: local.put_new(name, value, ttl), writes=True)
            if usable.local
            else None,
            self._try_shared(lambda shared: shared.put_new(name, value, ttl)) if usable.shared else None,
        ]
        if answers == [None, None]:
            raise CacheUnavailable
        return False not in answers

    def lasting_names(self, prefix: str) -> list[str]:
        """Return the names of what this node's file holds that does not expire."""
        return self._try_local(lambda local: local.lasting_names(prefix)) or []

    def lasting(self, prefix: str) -> Lasting | None:
        """Return what this node's file holds that does not expire; None when it cannot be read."""
        return self._try_local(lambda local: local.lasting(prefix))

    def _usable(self, name: str) -> _Usable:
        shelf = name.partition(".")[0]
        local = self._try_local(lambda store: self._epochs.read(store, shelf))
        shared = self._try_shared(lambda store: self._epochs.read(store, shelf))
        return _Usable(
            local is not None
            and bool(self._try_local(lambda store: self._epochs.catch_up(store, shelf, local))),
            shared is not None
            and bool(self._try_shared(lambda store: self._epochs.catch_up(store, shelf, shared))),
        )

    def _put_both(self, name: str, value: bytes, ttl: float) -> bool:
        usable = self._usable(name)
        in_local = usable.local and self._put_local(name, value, ttl)
        if in_local:
            self._withheld.discard(name)
        in_shared = usable.shared and self._put_shared(name, value, ttl)
        if in_shared and self._is_owed(name):
            self._settle(name)
        if in_local and self._shared is not None and not in_shared:
            # Redis may still hold a tombstone for it: until it has this value, it is not asked.
            self._done_locally(lambda local: local.owe(name, time.time() + ttl))
        return in_local or in_shared

    def _linked(self, name: str, usable: _Usable) -> tuple[str, ...]:
        values = (
            self._try_local(lambda local: local.get(name)) if usable.local else None,
            self._from_shared(name) if usable.shared else None,
        )
        linked = {link for value in values if value and value != TOMBSTONE for link in self._links(value)}
        return tuple(sorted(linked))

    # ------------------------------------------------------------ what Redis still has to be told

    def replay(self) -> int:
        """Bring Redis up to what it was away for; return how many names are still owed (at most 100).

        Raises CacheUnavailable when the embedded store cannot be used.
        """
        if self._shared is None:
            return 0
        for name, seconds in self._local.forgotten():
            with self._settling:
                usable = self._usable(name).shared
                if not usable or not self._replay_one(self._shared, name, max(seconds, self._forget_ttl)):
                    break
        return len(self._local.forgotten())

    def _replay_one(self, shared: ListingCache, name: str, ttl: float) -> bool:
        kept = self._local.kept(name)
        try:
            if kept is not None:  # its owner has read the page again since
                shared.put(name, kept.value, kept.ttl)
            else:
                value = shared.get(name)
                for linked in self._links(value) if value and value != TOMBSTONE else ():
                    if self._local.get(linked) is None:
                        _bury(shared, linked, ttl)
                _bury(shared, name, ttl)
        except CacheUnavailable:
            return False
        self._settle(name)
        return True

    def _is_owed(self, name: str) -> bool:
        return self._shared is not None and (
            name in self._owed or bool(self._try_local(lambda local: local.is_forgotten(name)))
        )

    def _settle(self, name: str) -> None:
        if self._done_locally(lambda local: local.settle(name)):
            self._owed.discard(name)

    # ------------------------------------------------------------ state

    @property
    def redis_is_away(self) -> bool:
        """Whether Redis is configured and did not answer when it was last asked."""
        return self._redis_away

    def health(self) -> dict[str, str]:
        """Ask both stores; return the state of each: "ok", "away" or "not configured"."""
        return {
            "sqlite": "ok" if self._local.ping() else "away",
            "redis": "not configured" if self._shared is None else "ok" if self._ping_shared() else "away",
        }

    def start(self, *chores: Callable[[], None]) -> None:
        """Begin to sweep what has expired and to replay what Redis missed, in the background.

        chores: done every few seconds as well; they raise nothing.
        """
        self._chores = chores
        self._housekeeper = threading.Thread(target=self._keep_house, name="personae-cache", daemon=True)
        self._housekeeper.start()

    def close(self) -> None:
        """Stop the background work and close both stores."""
        self._stopped.set()
        if self._housekeeper is not None:
            self._housekeeper.join(timeout=5)
        with suppress(CacheUnavailable):  # what has expired is not left behind
            self._local.sweep()
        self._local.close()
        if self._shared is not None:
            self._shared.close()

    def _keep_house(self) -> None:
        swept = -math.inf
        while not self._stopped.is_set():
            try:
                if time.monotonic() - swept > _SWEEP_SECONDS:
                    self._local.sweep()
                    swept = time.monotonic()
                if self._shared is not None and self._ping_shared():
                    self.replay()
                self._local.fold_log_again()
            except CacheUnavailable as error:
                self._note_local(error, writes=True)
            if self._stopped.wait(_HOUSEKEEPING_SECONDS):
                break
            for chore in self._chores:
                chore()

    # ------------------------------------------------------------ one store may be away

    def _try_local(self, work: Callable[[SQLiteCache], T], *, writes: bool = False) -> T | None:
        try:
            result = work(self._local)
        except CacheUnavailable as error:
            self._note_local(error, writes=writes)
            return None
        self._note_local(None, writes=writes)
        return result

    def _put_local(self, name: str, value: bytes, ttl: float) -> bool:
        return self._done_locally(lambda local: local.put(name, value, ttl))

    def _done_locally(self, work: Callable[[SQLiteCache], None]) -> bool:
        def done(local: SQLiteCache) -> bool:
            work(local)
            return True

        return self._try_local(done, writes=True) or False

    def _try_shared(self, work: Callable[[ListingCache], T]) -> T | None:
        if self._shared is None:
            return None
        try:
            result = work(self._shared)
        except CacheUnavailable:
            self._redis_away = True
            return None
        self._redis_away = False
        return result

    def _from_shared(self, name: str) -> bytes | None:
        return self._try_shared(lambda shared: shared.get(name))

    def _put_shared(self, name: str, value: bytes, ttl: float) -> bool:
        def done(shared: ListingCache) -> bool:
            shared.put(name, value, ttl)
            return True

        return self._try_shared(done) or False

    def _bury(self, name: str, ttl: float) -> bool:
        def done(shared: ListingCache) -> bool:
            _bury(shared, name, ttl)
            return True

        return self._try_shared(done) or False

    def _ping_shared(self) -> bool:
        answers = self._shared is not None and self._shared.ping()
        self._redis_away = self._shared is not None and not answers
        return answers

    def _note_local(self, error: CacheUnavailable | None, *, writes: bool) -> None:
        """Log when the embedded store fails, and when it is back: once each, not at every request.

        On a full disk reading goes on: only what can be written shows that writing works again.
        """
        if error is not None:
            if self._failing is None:
                _log.error("embedded_cache_away", cause=error.message)
            self._failing = "writing" if writes else self._failing or "reading"
        elif self._failing == "reading" or (self._failing and writes):
            self._failing = None
            _log.info("embedded_cache_back")


def _bury(shared: ListingCache, name: str, ttl: float) -> None:
    """Put a tombstone in a value's place; it stands in no list."""
    shared.put(name, TOMBSTONE, ttl)
    shared.unlist(name)


def open_stores(settings: Settings, *, links: Links = _no_links) -> TwoStores:
    """Open the stores that the settings name; none of them has to be there yet."""
    local = SQLiteCache(settings.data_dir / FILE_NAME, settings.cache_max_bytes)
    shared = RedisCache.from_url(settings.redis_url) if settings.redis_url else None
    return TwoStores(local, shared, forget_ttl=settings.cache_ttl * TRACE_TTLS, links=links)
