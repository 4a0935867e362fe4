"""The embedded store: an SQLite file with a time to live and a size that it does not outgrow."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from personae.errors import CacheUnavailable
from personae.store.cache.database import Database
from personae.store.cache.protocol import LASTING

FILE_NAME = "cache.sqlite3"
_VERSION = 2  # 2: names begin with a shelf
_AFTER_ASCII = "\x7f"
_LEAST_ROOM = 2_000_000  # bytes that a disk must have left to be called well
# `used` is written at most this often for one value, so that reading rarely writes.
_TOUCH_SECONDS = 60.0
# Eviction goes down to this share of the cap, so that it does not run at every write.
_EVICT_TO = 0.9
_EVICT_ROWS = 64
_NAMES_AT_ONCE = 500  # SQLite's own limit for one statement is higher

# The triggers keep the sum of all sizes, so that the cap costs no scan.
_SCHEMA = """
CREATE TABLE entry (
    name TEXT PRIMARY KEY, value BLOB NOT NULL, size INTEGER NOT NULL,
    expires REAL NOT NULL, used REAL NOT NULL
);
CREATE INDEX entry_expires ON entry (expires);
CREATE INDEX entry_used ON entry (used);
CREATE TABLE total (bytes INTEGER NOT NULL);
INSERT INTO total VALUES (0);
CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN UPDATE total SET bytes = bytes + new.size; END;
CREATE TRIGGER entry_changed AFTER UPDATE OF size ON entry
    BEGIN UPDATE total SET bytes = bytes + new.size - old.size; END;
CREATE TRIGGER entry_gone AFTER DELETE ON entry BEGIN UPDATE total SET bytes = bytes - old.size; END;
CREATE TABLE forgotten (name TEXT PRIMARY KEY, until REAL NOT NULL);
"""


class Kept(NamedTuple):
    """A value and the seconds that it has left."""

    value: bytes
    ttl: float


class Lasting(NamedTuple):
    """What does not expire: how many values of one kind, and the bytes of all."""

    number: int
    size: int


class SQLiteCache:
    """A Cache in one file, safe with threads and several processes.

    It also holds the list of names that another store still has to forget (see two_stores.py): that
    list must outlive the process, and it is written together with the deletion.
    """

    def __init__(self, path: Path, max_bytes: int, *, clock: Callable[[], float] = time.time) -> None:
        self._database = Database(path, schema=_SCHEMA, version=_VERSION)
        self._max_bytes = max_bytes
        self._clock = clock
        self._log_holds_forgotten = False

    def get(self, name: str) -> bytes | None:
        """Return the value, or None when there is none or it has expired."""
        kept = self.kept(name)
        return kept and kept.value

    def kept(self, name: str) -> Kept | None:
        """Return the value with the time it has left, or None."""
        now = self._clock()

        def work(connection: sqlite3.Connection) -> Kept | None:
            row = connection.execute(
                "SELECT value, expires, used FROM entry WHERE name = ? AND expires > ?", (name, now)
            ).fetchone()
            if row is None:
                return None
            value, expires, used = row
            if now - used > _TOUCH_SECONDS:
                # A file that cannot be written can still be read.
                with suppress(sqlite3.OperationalError):
                    connection.execute("UPDATE entry SET used = ? WHERE name = ?", (now, name))
            return Kept(bytes(value), expires - now)

        return self._database.read(work)

    def put_new(self, name: str, value: bytes, ttl: float) -> bool:
        """Keep the value unless there is one; return whether it was kept."""
        now = self._clock()

        def work(connection: sqlite3.Connection) -> bool:
            connection.execute("DELETE FROM entry WHERE name = ? AND expires <= ?", (name, now))
            row = (name, value, len(value), now + ttl, now)
            added = connection.execute("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?)", row).rowcount
            return added > 0

        return self._database.write(work)

    def put(self, name: str, value: bytes, ttl: float) -> None:
        """Keep the value for ttl seconds; one that is larger than the whole store is not kept."""
        now = self._clock()
        if len(value) > self._max_bytes:
            self.delete(name)
            return

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
                "value = excluded.value, size = excluded.size, "
                "expires = excluded.expires, used = excluded.used",
                (name, value, len(value), now + ttl, now),
            )
            self._evict(connection, now)

        self._database.write(work)

    def entries(self, prefix: str, most: int) -> dict[str, bytes]:
        """Return the values whose names begin with the prefix, at most so many: those that expire last."""
        return self._database.read(
            lambda connection: {
                name: bytes(value)
                for name, value in connection.execute(
                    "SELECT name, value FROM entry WHERE name >= ? AND name < ? AND expires > ? "
                    "ORDER BY expires DESC LIMIT ?",
                    (prefix, prefix + _AFTER_ASCII, self._clock(), most),
                )
            }
        )

    def get_many(self, names: Collection[str]) -> dict[str, bytes]:
        """Return the values of those names that hold one."""
        waiting = list(names)
        found: dict[str, bytes] = {}

        def work(connection: sqlite3.Connection) -> None:
            for start in range(0, len(waiting), _NAMES_AT_ONCE):
                some = waiting[start : start + _NAMES_AT_ONCE]
                places = ",".join("?" * len(some))
                rows = connection.execute(
                    f"SELECT name, value FROM entry WHERE name IN ({places}) AND expires > ?",  # noqa: S608 - question marks
                    (*some, self._clock()),
                )
                found.update((name, bytes(value)) for name, value in rows)

        self._database.read(work)
        return found

    def unlist(self, name: str) -> None:
        """Do nothing: here a list is no more than the values themselves."""

    def lasting_names(self, prefix: str) -> list[str]:
        """Return the names with this prefix whose values do not expire."""
        return self._database.read(
            lambda connection: [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM entry WHERE name >= ? AND name < ? AND expires = ?",
                    (prefix, prefix + _AFTER_ASCII, LASTING),
                )
            ]
        )

    def delete(self, name: str) -> None:
        """Forget the value."""
        self.forget((name,))

    def forget(self, names: tuple[str, ...], *, elsewhere_until: float | None = None) -> None:
        """Forget values at once, also in the write-ahead log.

        elsewhere_until (Unix time): note that another store has to forget them as well.
        """

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany("DELETE FROM entry WHERE name = ?", [(name,) for name in names])
            if elsewhere_until is not None:
                connection.executemany(
                    "INSERT INTO forgotten VALUES (?, ?) "
                    "ON CONFLICT (name) DO UPDATE SET until = excluded.until",
                    [(name, elsewhere_until) for name in names],
                )

        self._database.write(work)
        self._fold_log()

    def clear(self, prefix: str) -> None:
        """Forget all values whose names begin with the prefix, and which of them another store owed."""
        span = (prefix, prefix + _AFTER_ASCII)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM entry WHERE name >= ? AND name < ?", span)
            connection.execute("DELETE FROM forgotten WHERE name >= ? AND name < ?", span)

        self._database.write(work)
        self._fold_log()

    def lasting(self, prefix: str) -> Lasting:
        """Return how many values with this prefix do not expire, and the size of all that do not."""
        return self._database.read(
            lambda connection: Lasting(
                *connection.execute(
                    "SELECT COUNT(*) FILTER (WHERE name >= ? AND name < ?), COALESCE(SUM(size), 0) "
                    "FROM entry WHERE expires = ?",
                    (prefix, prefix + _AFTER_ASCII, LASTING),
                ).fetchone()
            )
        )

    def owe(self, name: str, until: float) -> None:
        """Note that another store has to be told about this name, until then (Unix time)."""
        self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO forgotten VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET until = max(until, excluded.until)",
                (name, until),
            )
        )

    def is_forgotten(self, name: str) -> bool:
        """Whether another store still has to forget this name."""
        return self._database.read(
            lambda connection: (
                connection.execute("SELECT 1 FROM forgotten WHERE name = ?", (name,)).fetchone() is not None
            )
        )

    def owed(self, prefix: str) -> set[str]:
        """Return the names with this prefix that another store still has to be told about."""
        return self._database.read(
            lambda connection: {
                name
                for (name,) in connection.execute(
                    "SELECT name FROM forgotten WHERE name >= ? AND name < ?",
                    (prefix, prefix + _AFTER_ASCII),
                )
            }
        )

    def forgotten(self, limit: int = 100) -> list[tuple[str, float]]:
        """Return names that another store still has to forget, each with the seconds that this matters."""
        now = self._clock()
        return self._database.read(
            lambda connection: [
                (name, until - now)
                for name, until in connection.execute(
                    "SELECT name, until FROM forgotten WHERE until > ? ORDER BY until LIMIT ?", (now, limit)
                )
            ]
        )

    def settle(self, name: str) -> None:
        """Note that the other store has forgotten the name."""
        self._database.write(
            lambda connection: connection.execute("DELETE FROM forgotten WHERE name = ?", (name,))
        )

    def sweep(self) -> None:
        """Delete what has expired, also from the write-ahead log, and give the space back."""
        now = self._clock()

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM entry WHERE expires <= ?", (now,))
            connection.execute("DELETE FROM forgotten WHERE until <= ?", (now,))

        self._database.write(work)
        self._database.read(
            lambda connection: connection.execute("PRAGMA incremental_vacuum(1000)").fetchall()
        )
        self._fold_log()

    def fold_log_again(self) -> None:
        """Fold the write-ahead log in, if another process was reading it when that was last tried."""
        if self._log_holds_forgotten:
            self._fold_log()

    def ping(self) -> bool:
        """Return whether the file can be written now, and a page more."""
        try:
            self._database.write(lambda connection: connection.execute("UPDATE total SET bytes = bytes"))
        except CacheUnavailable:
            return False
        return self._database.has_room(_LEAST_ROOM)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _evict(self, connection: sqlite3.Connection, now: float) -> None:
        if self._total(connection) <= self._max_bytes:
            return
        connection.execute("DELETE FROM entry WHERE expires <= ?", (now,))
        # What shall last goes only when nothing else is left to go.
        for lasting, rows in ((False, _EVICT_ROWS), (True, 1)):
            deleted = 1
            while deleted and self._total(connection) > self._max_bytes * _EVICT_TO:
                deleted = connection.execute(
                    "DELETE FROM entry WHERE name IN "
                    "(SELECT name FROM entry WHERE (expires = ?) = ? ORDER BY used LIMIT ?)",
                    (LASTING, lasting, rows),
                ).rowcount

    def _fold_log(self) -> None:
        """Empty the write-ahead log, which still holds what was written before it was deleted."""
        ((busy, _, _),) = self._database.read(
            lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        )
        self._log_holds_forgotten = bool(busy)

    @staticmethod
    def _total(connection: sqlite3.Connection) -> int:
        (total,) = connection.execute("SELECT bytes FROM total").fetchone()
        return int(total)
