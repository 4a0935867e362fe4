"""One SQLite file, shared by threads and processes, that is replaced when it turns out to be damaged."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import structlog

from personae.errors import CacheUnavailable

_BUSY_SECONDS = 1.0
_WAL_BYTES = 16 * 1000**2
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SIDE_FILES = ("-wal", "-shm")
_log = structlog.get_logger(__name__)
T = TypeVar("T")


class Database:
    """Runs transactions on one file.

    schema: statements that make the tables when they are not there; version: of that schema, a file of
    another one is replaced like a damaged one. Nothing of the old file is kept: articles in it could be
    neither forgotten nor expire.
    """

    def __init__(self, path: Path, *, schema: str, version: int) -> None:
        self.path = path
        self._schema = schema
        self._version = version
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run work in one transaction that writes; all of it is kept or nothing.

        Raises CacheUnavailable when the file cannot be opened, read or written. A damaged file is
        deleted and the work is done on a fresh one.
        """

        def transaction(connection: sqlite3.Connection) -> T:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            return result

        return self.read(transaction)

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run work without a transaction of its own; raises as `write` does."""
        with self._lock:
            try:
                return self._attempt(work)
            except sqlite3.DatabaseError as error:
                if not self._is_damaged(error):
                    raise _unavailable(error) from error
                self._replace(error)
            try:
                return self._attempt(work)
            except sqlite3.DatabaseError as error:
                raise _unavailable(error) from error

    def close(self) -> None:
        """Give the file back; the next use opens it again."""
        with self._lock:
            if self._connection is not None:
                with suppress(sqlite3.Error):
                    self._connection.close()
                self._connection = None

    def has_room(self, size: int) -> bool:
        """Return whether the disk has so many bytes left for the file."""
        try:
            room = os.statvfs(self.path.parent)
        except OSError:
            return False
        return room.f_bavail * room.f_frsize >= size

    def _attempt(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is not None and self._is_elsewhere():
            self._bring_back(self._connection)
        if self._connection is None:
            self._connection = self._open()
        return work(self._connection)

    def _is_elsewhere(self) -> bool:
        """Return whether the file that is open is no longer the one under its name."""
        try:
            return self.path.stat().st_ino != self._inode
        except OSError:
            return True

    def _bring_back(self, lost: sqlite3.Connection) -> None:
        """Write what the lost file holds under its name again, unless there is another file by now."""
        self._connection = None
        try:
            is_gone = not self.path.exists()
            if is_gone:  # else the new file would begin with the old one's log
                self._unlink_side_files()
            fresh = self._open()
            if is_gone:
                with self._alone():
                    lost.backup(fresh)
            self._connection = fresh
            _log.error("cache_file_lost", kept=is_gone)
        except sqlite3.Error as error:
            raise _unavailable(sqlite3.DatabaseError(str(error))) from error
        except OSError as error:
            raise CacheUnavailable(
                f"The embedded cache cannot be written again: {error.strerror}."
            ) from error
        finally:
            with suppress(sqlite3.Error):
                lost.close()

    def _unlink_side_files(self) -> None:
        for suffix in _SIDE_FILES:
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            self._inode = os.fstat(descriptor).st_ino
            os.close(descriptor)
        except OSError as error:
            raise CacheUnavailable(f"The embedded cache cannot be opened: {error.strerror}.") from error
        connection = sqlite3.connect(
            self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        # Articles that were forgotten shall be gone from the file, not only from its index.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, self._version):
            raise _AnotherVersion
        if version == 0:
            connection.executescript(
                f"BEGIN IMMEDIATE; {self._schema} PRAGMA user_version = {self._version}; COMMIT;"
            )

    @staticmethod
    def _is_damaged(error: sqlite3.DatabaseError) -> bool:
        code = getattr(error, "sqlite_errorcode", None)
        return isinstance(error, _AnotherVersion) or (code is not None and code & 0xFF in _DAMAGED)

    def _replace(self, error: sqlite3.DatabaseError) -> None:
        """Delete the file, unless another process has done so already."""
        damaged = self._inode
        self.close()
        with self._alone():
            try:
                if self.path.stat().st_ino != damaged:
                    return
                self.path.unlink()
                self._unlink_side_files()
            except FileNotFoundError:
                return
            except OSError as failure:
                raise CacheUnavailable(
                    f"The embedded cache is damaged and cannot be deleted: {failure.strerror}."
                ) from failure
        _log.error("cache_file_replaced", cause=type(error).__name__)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            descriptor = os.open(self.path.with_name(f"{self.path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CacheUnavailable(f"The embedded cache cannot be locked: {error.strerror}.") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


class _AnotherVersion(sqlite3.DatabaseError):
    """The file was written by another release."""


def _unavailable(error: sqlite3.DatabaseError) -> CacheUnavailable:
    return CacheUnavailable(f"The embedded cache cannot be used: {error}.")
