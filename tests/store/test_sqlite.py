"""The embedded store: size, age, several processes, damage, a full disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys

import pytest

from personae.errors import CacheUnavailable
from personae.store.cache.protocol import LASTING
from personae.store.cache.sqlite import Lasting, SQLiteCache

LONG = 3600.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def open_store():
    """Open stores; they are closed after the test."""
    stores = []

    def opened(*arguments, **options):
        stores.append(SQLiteCache(*arguments, **options))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "cache.sqlite3"


def rows(path, query):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_values_survive_the_process(path, open_store):
    open_store(path, 10_000_000).put("name", b"value", LONG)
    assert open_store(path, 10_000_000).get("name") == b"value"


def test_only_its_owner_may_read_the_file(path, open_store):
    store = open_store(path, 10_000_000)
    store.put("name", b"value", LONG)
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_never_holds_more_than_its_cap(path, open_store):
    store = open_store(path, 100_000)
    for number in range(300):
        store.put(f"name-{number}", b"x" * 1000, LONG)
        ((total,),) = rows(path, "SELECT COALESCE(SUM(LENGTH(value)), 0) FROM entry")
        assert total <= 100_000
    assert store.get("name-299") == b"x" * 1000
    assert store.get("name-0") is None


def test_the_kept_sum_of_sizes_is_true_after_changes_and_deletions(path, open_store):
    store = open_store(path, 10_000_000)
    store.put("a", b"x" * 100, LONG)
    store.put("a", b"x" * 50, LONG)
    store.put("b", b"x" * 10, LONG)
    store.put("c", b"x" * 7, LONG)
    store.delete("b")
    assert rows(path, "SELECT bytes FROM total") == [(57,)]


def test_what_was_read_lately_outlives_what_was_not(path, clock, open_store):
    store = open_store(path, 100_000, clock=clock)
    for number in range(90):
        store.put(f"name-{number}", b"x" * 1000, LONG)
        clock.now += 1
    clock.now += 100
    assert store.get("name-0") is not None
    for number in range(90, 120):
        clock.now += 1
        store.put(f"name-{number}", b"x" * 1000, LONG)
    assert store.get("name-0") is not None
    assert store.get("name-1") is None


def test_a_value_larger_than_the_store_is_not_kept_and_evicts_nothing(path, open_store):
    store = open_store(path, 100_000)
    store.put("small", b"1", LONG)
    store.put("huge", b"x" * 200_000, LONG)
    assert (store.get("small"), store.get("huge")) == (b"1", None)


def test_a_sweep_deletes_what_has_expired(path, clock, open_store):
    store = open_store(path, 10_000_000, clock=clock)
    store.put("brief", b"1", 10)
    store.put("long", b"2", LONG)
    clock.now += 11
    store.sweep()
    assert rows(path, "SELECT name FROM entry") == [("long",)]


def test_what_was_forgotten_is_not_in_the_files_any_more(path, open_store):
    store = open_store(path, 10_000_000)
    store.put("name", b"the secret of the story" * 10, LONG)
    store.delete("name")
    assert not any(b"the secret of the story" in file.read_bytes() for file in path.parent.iterdir())


def test_what_was_cleared_is_not_in_the_files_any_more(path, open_store):
    store = open_store(path, 10_000_000)
    for number in range(50):
        store.put(f"mine.{number}", b"the secret of the story" * (1 + 100 * number), LONG)
        store.put(f"other.{number}", b"another story" * 100, LONG)
    store.clear("mine.")
    files = [file.read_bytes() for file in path.parent.iterdir()]
    assert not any(b"the secret of the story" in content for content in files)
    assert any(b"another story" in content for content in files)


def test_what_another_process_was_reading_leaves_the_log_when_it_has_read(path, open_store):
    store = open_store(path, 10_000_000)
    store.put("name", b"the secret of the story" * 10, LONG)
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM entry").fetchone()
    store.delete("name")
    assert any(b"the secret of the story" in file.read_bytes() for file in path.parent.iterdir())
    reader.close()
    store.fold_log_again()
    assert not any(b"the secret of the story" in file.read_bytes() for file in path.parent.iterdir())


def test_what_has_expired_is_not_in_the_files_after_a_sweep(path, clock, open_store):
    store = open_store(path, 10_000_000, clock=clock)
    store.put("name", b"the secret of the story" * 10, 10)
    clock.now += 11
    store.sweep()
    assert not any(b"the secret of the story" in file.read_bytes() for file in path.parent.iterdir())


def test_what_shall_last_outlives_everything_else(path, clock, open_store):
    store = open_store(path, 100_000, clock=clock)
    for number in range(30):
        store.put(f"lasting-{number}", b"x" * 1000, LASTING)
    for number in range(300):
        clock.now += 1
        store.put(f"name-{number}", b"x" * 1000, LONG)
    assert all(store.get(f"lasting-{number}") for number in range(30))
    assert store.get("name-299") is not None
    clock.now += 10 * 366 * 86400
    store.sweep()
    assert all(store.get(f"lasting-{number}") for number in range(30))


def test_only_when_nothing_else_is_left_goes_what_shall_last_the_longest_unread_first(
    path, clock, open_store
):
    store = open_store(path, 100_000, clock=clock)
    store.put("name", b"x" * 1000, LONG)
    for number in range(120):
        clock.now += 1
        store.put(f"lasting-{number}", b"x" * 1000, LASTING)
    assert store.get("name") is None
    assert store.get("lasting-119") is not None
    assert store.get("lasting-0") is None
    assert store.lasting("").size <= 100_000


def test_it_counts_what_shall_last(path, open_store):
    store = open_store(path, 10_000_000)
    store.put("a.pin.1", b"x" * 10, LASTING)
    store.put("a.pin.2", b"x" * 10, LASTING)
    store.put("a.link.1", b"x" * 5, LASTING)
    store.put("b.pin.1", b"x" * 7, LASTING)
    store.put("a.pin.3", b"x" * 9, LONG)
    assert store.lasting("a.pin.") == Lasting(number=2, size=32)
    store.delete("a.pin.1")
    assert store.lasting("a.pin.") == Lasting(number=1, size=22)


def test_several_processes_share_it(path, open_store):
    program = """
import sys
from pathlib import Path
from personae.store.cache.sqlite import SQLiteCache
store = SQLiteCache(Path(sys.argv[1]), 10_000_000)
for number in range(60):
    store.put(f"{sys.argv[2]}-{number}", sys.argv[2].encode() * 500, 3600)
"""
    processes = [subprocess.Popen([sys.executable, "-c", program, str(path), letter]) for letter in "abc"]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    store = open_store(path, 10_000_000)
    assert all(store.get(f"{letter}-{n}") == letter.encode() * 500 for letter in "abc" for n in range(60))


@pytest.mark.parametrize(
    "content", [b"this is no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_file_is_replaced_and_nothing_of_it_is_left(path, content, open_store):
    path.parent.mkdir()
    path.write_bytes(content)
    store = open_store(path, 10_000_000)
    store.put("name", b"value", LONG)
    assert store.get("name") == b"value"
    assert not any(content[-50:] in file.read_bytes() for file in path.parent.iterdir())


def test_a_file_damaged_while_in_use_is_replaced(path, open_store):
    store = open_store(path, 10_000_000)
    for number in range(50):
        store.put(f"name-{number}", bytes([number]) * 5000, LONG)
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xaa" * (size - 4096))
    assert store.get("name-3") is None
    store.put("new", b"value", LONG)
    assert store.get("new") == b"value"


def test_a_damaged_file_is_replaced_once_although_two_stores_find_it(path, open_store):
    path.parent.mkdir()
    path.write_bytes(b"no database" * 1000)
    first, second = open_store(path, 10_000_000), open_store(path, 10_000_000)
    first.put("a", b"1", LONG)
    second.put("b", b"2", LONG)
    assert (second.get("a"), first.get("b")) == (b"1", b"2")


def test_a_file_of_another_schema_is_replaced(path, open_store):
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.executescript("CREATE TABLE entry (something TEXT); PRAGMA user_version = 99;")
    other.close()
    store = open_store(path, 10_000_000)
    store.put("name", b"value", LONG)
    assert store.get("name") == b"value"


def test_a_folder_that_cannot_be_made_is_an_error_that_says_so(tmp_path, open_store):
    (tmp_path / "file").write_text("")
    store = open_store(tmp_path / "file" / "cache.sqlite3", 10_000_000)
    with pytest.raises(CacheUnavailable, match="cannot be opened"):
        store.put("name", b"value", LONG)
    with pytest.raises(CacheUnavailable):
        store.get("name")
    assert store.ping() is False


def test_it_works_again_when_the_folder_can_be_made(tmp_path, open_store):
    obstacle = tmp_path / "file"
    obstacle.write_text("")
    store = open_store(obstacle / "cache.sqlite3", 10_000_000)
    assert store.ping() is False
    obstacle.unlink()
    store.put("name", b"value", LONG)
    assert store.get("name") == b"value"


def test_a_full_disk_is_an_error_and_what_was_kept_stays_readable(path, open_store):
    program = """
import resource, signal, sys
from pathlib import Path
from personae.store.cache.sqlite import SQLiteCache
from personae.errors import CacheUnavailable
store = SQLiteCache(Path(sys.argv[1]), 100_000_000)
store.put("early", b"kept", 3600)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
try:
    for number in range(100):
        store.put(f"name-{number}", b"x" * 20_000, 3600)
except CacheUnavailable as error:
    print("refused:", error)
print(store.get("early"))
"""
    output = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert output.startswith("refused:")
    assert output.endswith("b'kept'\n")
    assert open_store(path, 10_000_000).get("early") == b"kept"


@pytest.mark.parametrize("loss", ["file", "file and log", "folder"])
def test_a_file_that_is_deleted_while_it_is_open_is_written_again(path, open_store, loss):
    store = open_store(path, 10_000_000)
    store.put("name", b"value", LASTING)
    if loss == "folder":
        shutil.rmtree(path.parent)
    else:
        path.unlink()
        for side in ("-wal", "-shm") if loss == "file and log" else ():
            path.with_name(path.name + side).unlink()
    assert store.get("name") == b"value"
    store.put("later", b"value", LONG)
    store.close()
    again = open_store(path, 10_000_000)
    assert (again.get("name"), again.get("later")) == (b"value", b"value")
    assert again.lasting("n") == Lasting(1, len(b"value"))


def test_a_file_that_another_takes_the_place_of_gives_way_to_it(path, open_store, tmp_path):
    store = open_store(path, 10_000_000)
    store.put("name", b"old", LONG)
    other = open_store(tmp_path / "other" / "cache.sqlite3", 10_000_000)
    other.put("name", b"restored", LONG)
    other.close()
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    (tmp_path / "other" / "cache.sqlite3").replace(path)
    assert store.get("name") == b"restored"


def test_a_disk_that_is_nearly_full_is_not_called_well(path, open_store, monkeypatch):
    store = open_store(path, 10_000_000)
    assert store.ping()
    room = os.statvfs(path.parent)
    full = os.statvfs_result((*room[:4], 1, *room[5:]))
    monkeypatch.setattr(os, "statvfs", lambda _path: full)
    assert not store.ping()
