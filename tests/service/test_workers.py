"""Workers can be ended at any moment, and nothing else ends with them."""

from __future__ import annotations

import importlib.util
import inspect
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from personae.errors import Busy, NoArticle, PersonaeError, ReaderCrashed, TookTooLong, TooLarge
from personae.workers import session
from personae.workers.page_steps import Step, Steps, StepsModule
from personae.workers.pool import WorkerPool
from personae.workers.session import PageSession
from personae.workers.steps import PipelineSteps

HERE = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("fake_steps", HERE / "fake_steps.py")
fake_steps = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(fake_steps)
PAGE = "<h1>Title</h1><p>John Kerry went to Moscow.</p>"


def processes_of(pool):
    return [worker.pid for worker in pool._idle if worker is not None]


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)


def test_a_page_is_read(make_pool):
    article = make_pool().read(PAGE, "https://a.example/")
    assert (article.title, article.url) == ("Title", "https://a.example/")
    assert [actor.name for actor in article.actors] == ["John Kerry"]
    assert article.actors_status == "found"


def test_without_actors_nobody_looks(make_pool):
    article = make_pool().read(PAGE, actors=False)
    assert (article.actors, article.actors_status) == ((), "not-requested")


def test_the_same_worker_reads_one_page_after_the_other(make_pool):
    pool = make_pool(workers=1)
    before = processes_of(pool)
    for number in range(5):
        assert pool.read(f"<h1>{number}</h1>").title == str(number)
    assert processes_of(pool) == before


@pytest.mark.parametrize("page", ["hang in Python", "hang in C", "stop"])
def test_a_page_that_hangs_is_ended_at_the_limit_and_the_next_is_read(make_pool, page):
    losses = []
    pool = make_pool(workers=1, read_timeout=0.5, on_loss=losses.append)
    hanging = processes_of(pool)[0]
    with pytest.raises(TookTooLong):
        pool.read(page)
    assert not is_alive(hanging)
    assert losses == ["timeout"]
    assert pool.read(PAGE).title == "Title"


@pytest.mark.parametrize("page", ["segfault", "exit"])
def test_a_page_that_crashes_its_worker_gets_an_error_and_the_next_is_read(make_pool, page):
    losses = []
    pool = make_pool(workers=1, on_loss=losses.append)
    with pytest.raises(ReaderCrashed):
        pool.read(page)
    assert losses == ["crash"]
    assert pool.read(PAGE).title == "Title"


def test_a_page_that_wants_more_memory_than_the_limit_gets_an_error(make_pool):
    losses = []
    pool = make_pool(workers=1, on_loss=losses.append)
    with pytest.raises(ReaderCrashed, match="memory"):
        pool.read("memory")
    assert losses == ["memory"]
    assert pool.read(PAGE).title == "Title"


def test_an_error_of_the_pipeline_crosses_unchanged_and_costs_no_worker(make_pool):
    pool = make_pool(workers=1)
    before = processes_of(pool)
    with pytest.raises(NoArticle) as caught:
        pool.read("no article")
    assert (caught.value.message, caught.value.hint) == (NoArticle.default_message, NoArticle.default_hint)
    assert processes_of(pool) == before


def test_an_unexpected_exception_is_logged_with_its_place_and_without_the_page(make_pool, capfd):
    pool = make_pool(workers=1)
    with pytest.raises(PersonaeError) as caught:
        pool.read("raise")
    assert caught.value.code == "internal"
    log = "".join(capfd.readouterr())
    assert "reader_failed" in log
    assert "KeyError" in log
    assert "fake_steps.py" in log
    assert "own words" not in log + caught.value.message
    assert pool.read(PAGE).title == "Title"


def test_endless_recursion_is_an_error_of_the_page(make_pool):
    pool = make_pool(workers=1)
    with pytest.raises(PersonaeError) as caught:
        pool.read("recursion")
    assert caught.value.code == "too_complex"


def test_what_a_library_prints_goes_nowhere(make_pool, capfd):
    make_pool(workers=1).read("<p>print</p>")
    assert "own words" not in "".join(capfd.readouterr())


def test_lone_surrogates_do_not_stop_a_page(make_pool):
    assert make_pool(workers=1).read("<h1>a\ud800b</h1>").title.startswith("a\ufffd")


def test_a_page_beyond_any_limit_is_refused_before_it_is_sent(make_pool, monkeypatch):
    monkeypatch.setattr(session, "_MAX_CHARACTERS", 100)
    with pytest.raises(TooLarge):
        make_pool(workers=1).read("x" * 101)


def test_a_worker_is_replaced_after_its_number_of_pages(make_pool):
    losses = []
    pool = make_pool(workers=1, worker_pages=2, on_loss=losses.append)
    first = processes_of(pool)
    pool.read(PAGE)
    assert processes_of(pool) == first
    pool.read(PAGE)
    second = processes_of(pool)
    assert second != first
    assert not is_alive(first[0])
    assert losses == []


def test_a_worker_killed_while_idle_is_replaced_before_the_next_page(make_pool):
    pool = make_pool(workers=1)
    (pid,) = processes_of(pool)
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not pool._idle[0].is_idle)
    assert pool.read(PAGE).title == "Title"


def test_when_the_process_that_workers_come_from_dies_it_is_started_again(make_pool):
    pool = make_pool(workers=2)
    before = processes_of(pool)
    pool._forkserver._process.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in before))
    assert not pool.is_ready
    assert pool.read(PAGE).title == "Title"
    assert pool.is_ready
    assert pool.read(PAGE).title == "Title"


def test_pages_are_read_at_the_same_time_by_several_workers(make_pool):
    pool = make_pool(workers=2)
    with pool.session() as first, pool.session() as second:
        first.open(PAGE, None)
        second.open("<h1>Other</h1>", None)
        assert (first.extract().title, second.extract().title) == ("Title", "Other")


def test_a_page_waits_for_a_worker_and_is_then_read(make_pool):
    pool = make_pool(workers=1)
    with ThreadPoolExecutor(4) as threads:
        articles = list(threads.map(pool.read, [f"<h1>{n}</h1><p>slow" for n in range(4)]))
    assert [article.title for article in articles] == ["0", "1", "2", "3"]


def test_one_page_more_than_the_queue_holds_is_turned_away_at_once(make_pool):
    pool = make_pool(workers=1, queue_limit=1)
    with pool.session():
        waiting = threading.Thread(target=lambda: pool.read(PAGE))
        waiting.start()
        wait_until(lambda: pool.waiting == 1)
        with pytest.raises(Busy):
            pool.read(PAGE)
    waiting.join()


def test_a_page_that_waited_too_long_is_turned_away(make_pool):
    pool = make_pool(workers=1, read_timeout=0.3)
    with pool.session(), pytest.raises(Busy):
        pool.read(PAGE)


def test_closing_ends_every_process_also_one_that_is_reading(make_pool):
    pool = make_pool(workers=2, read_timeout=30)
    pids = [*processes_of(pool), pool._forkserver._process.pid]
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(pool.read, "hang in C")
        wait_until(lambda: len(pool._idle) == 1)
        time.sleep(0.1)
        pool.close()
        with pytest.raises(ReaderCrashed):
            reading.result(timeout=20)
    wait_until(lambda: not any(is_alive(pid) for pid in pids))


@pytest.mark.parametrize("page", ["", "hang in C"])
def test_workers_end_when_their_parent_is_killed(tmp_path, page):
    program = """
import sys, threading, time
from personae.settings import Settings
from personae.workers.pool import WorkerPool
pool = WorkerPool(Settings(workers=2, read_timeout=60), steps_module="fake_steps")
pool.start()
pids = [w.pid for w in pool._idle] + [pool._forkserver._process.pid]
if sys.argv[1]:
    threading.Thread(target=pool.read, args=(sys.argv[1],)).start()
    time.sleep(0.3)
print(*pids, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program, page], stdout=subprocess.PIPE, text=True) as parent:
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert all(is_alive(pid) for pid in pids)
        parent.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in pids))


def test_a_worker_that_nobody_can_end_is_ended_by_the_kernel(make_pool):
    pool = make_pool(workers=1, read_timeout=0.3)
    worker = pool._idle[0]
    with pytest.raises(TimeoutError):
        worker.ask({"step": "open", "url": None}, b"hang in C", time.monotonic() + 0.3)
    wait_until(lambda: not is_alive(worker.pid))


def test_steps_that_cannot_be_prepared_are_an_error_at_start(settings, capfd):
    pool = WorkerPool(settings, steps_module="fake_steps_broken")
    with pytest.raises(PersonaeError, match="OSError"):
        pool.start()
    pool.close()
    assert not pool.is_ready


def methods_of(kind):
    return {
        name: list(inspect.signature(method).parameters)
        for name, method in vars(kind).items()
        if inspect.isfunction(method) and not name.startswith("_")
    }


@pytest.mark.parametrize("kind", [fake_steps.FakeSteps, PipelineSteps, PageSession])
def test_both_sides_of_a_worker_and_what_stands_in_for_it_have_the_same_steps(kind):
    assert methods_of(kind) == methods_of(Steps)
    assert {step.value for step in Step} == set(methods_of(Steps))


def test_what_stands_in_for_the_steps_has_what_a_module_of_steps_has():
    for name, parameters in methods_of(StepsModule).items():
        assert [*inspect.signature(getattr(fake_steps, name)).parameters] == parameters[1:]


def test_the_pool_tells_what_its_workers_can_do(make_pool):
    assert make_pool().capabilities.models == {"en": "fake-1"}


def test_the_backends_secrets_are_not_in_a_workers_environment(settings, monkeypatch):
    monkeypatch.setenv("PERSONAE_TOKEN", "a-token-of-some-length")
    with WorkerPool(replace(settings, workers=1), steps_module="fake_steps") as pool:
        environment = Path(f"/proc/{processes_of(pool)[0]}/environ").read_bytes()
    assert b"PERSONAE_TOKEN" not in environment
    assert b"OMP_NUM_THREADS=1" in environment


@pytest.mark.parametrize("times", [1, 2])
def test_a_page_whose_worker_is_killed_from_outside_is_tried_once_more(make_pool, tmp_path, times):
    pool = make_pool(workers=1)
    (worker,) = processes_of(pool)
    begun = tmp_path / "begun"
    page = f"{PAGE}<p>slow</p><!-- touch {begun} -->"
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(pool.read, page)
        wait_until(begun.exists)
        os.kill(worker, signal.SIGKILL)
        if times == 1:
            assert reading.result(timeout=30).title == "Title"
            return
        begun.unlink()
        wait_until(begun.exists)
        (second,) = [pid for pid in children_of_forkserver(pool) if pid != worker]
        os.kill(second, signal.SIGKILL)
        with pytest.raises(ReaderCrashed):
            reading.result(timeout=30)


def children_of_forkserver(pool):
    """Return the living workers of a pool, also those that read."""
    parent = pool._forkserver._process.pid
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def test_a_page_that_crashes_its_worker_is_not_tried_again(make_pool, tmp_path):
    begun = tmp_path / "begun"
    pool = make_pool(workers=1)
    with pytest.raises(ReaderCrashed):
        pool.read(f"{PAGE}exit<!-- touch {begun} -->")
    assert not begun.exists()  # it ends before it could be touched, and there was no second time
    assert pool.read(PAGE).title == "Title"
