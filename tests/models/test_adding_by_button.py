"""The reader page's button: who sees it, what it does, and how the backend takes the model in."""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from tests.models.conftest import NAME, Listed, WheelServer

from personae.errors import ModelBusy, Refused
from personae.models import releases
from personae.models.added import added
from personae.models.change import add
from personae.service.app import create_app
from personae.service.application.backend import Backend
from personae.settings import Settings
from personae.workers.pool import WorkerPool
from personae.workers.session import PageSession

STEPS = Path(__file__).parents[1] / "service"
GERMAN = "<h1>German</h1><p>Anna Weber kam.</p>"
TOKEN = "the-token-of-one-reader"
OWN = {"Origin": "http://127.0.0.1"}
PATIENCE_SECONDS = 15.0

Started = Callable[..., Backend]


def until(happened: Callable[[], Any]) -> Any:
    """Return what a function gives as soon as it gives something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := happened():
            return found
        time.sleep(0.02)
    raise TimeoutError


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: Listed, wheel: bytes) -> Iterator[Started]:
    """Start backends with fake steps, which know the languages of the models that were added."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(STEPS), *filter(None, sys.path)]))
    listed(wheel)
    running: list[Backend] = []

    def start(**changes: Any) -> Backend:
        settings = replace(Settings(data_dir=tmp_path / "data", secret="s" * 32, workers=1), **changes)
        running.append(Backend.build(settings, steps_module="fake_steps"))
        running[-1].start()
        return running[-1]

    yield start
    for backend in running:
        backend.close()


def client_of(backend: Backend) -> FlaskClient:
    return create_app(backend.settings, parts=backend).test_client()


def read(client: FlaskClient, **headers: str) -> str:
    """Read a German story; return its page's address."""
    answer = client.post(
        "/api/read", json={"url": "", "html": GERMAN}, base_url="http://127.0.0.1", headers=headers
    )
    return str(answer.json["view"])


def get(client: FlaskClient, path: str, **headers: str) -> Any:
    return client.get(path, base_url="http://127.0.0.1", headers={"Accept": "text/html", **headers})


def press(client: FlaskClient, language: str = "de", **headers: str) -> Any:
    path = f"/models/{language}"
    return client.post(path, base_url="http://127.0.0.1", headers={"Accept": "text/html", **OWN, **headers})


def test_the_owner_adds_a_model_by_a_button_and_the_next_reading_has_it_without_a_restart(
    start: Started, server: WheelServer
) -> None:
    backend = start()
    client = client_of(backend)
    view = read(client)
    page = get(client, view)
    assert re.search(r'<form class="add-model" method="post" action="/models/de">', page.text)
    assert "Add the language model (4 MB, licence MIT)" in page.text
    assert page.headers["Referrer-Policy"] == "same-origin"
    server.waits = threading.Event()
    pressed = press(client)
    assert (pressed.status_code, pressed.location) == (303, "/models/de")
    assert server.begun.wait(PATIENCE_SECONDS)
    waiting = until(lambda: "of" in (text := get(client, "/models/de").text) and "<progress" in text and text)
    assert "The language model for German is being added" in waiting
    assert get(client, "/models/de").headers["Refresh"] == "2"
    server.waits.set()
    done = until(lambda: "is there" in (answer := get(client, "/models/de")).text and answer)
    assert "click the Personae button again" in done.text
    assert "Refresh" not in done.headers
    assert read(client) != view
    assert "Anna Weber" in get(client, read(client)).text
    assert "add-model" not in get(client, view).text


def test_what_was_found_before_is_not_served_afterwards(start: Started) -> None:
    backend = start()
    client = client_of(backend)
    story = {"url": "", "html": GERMAN}
    before = client.post("/api/read", json=story, base_url="http://127.0.0.1").json
    press(client)
    until(lambda: "de" in backend.pool.capabilities.models)
    after = client.post("/api/read", json=story, base_url="http://127.0.0.1").json
    assert (before["actors_status"], after["actors_status"], after["cache"]) == (
        "unsupported-language",
        "found",
        "miss",
    )


def test_a_download_that_fails_is_told_with_the_next_step_and_may_be_tried_again(
    start: Started, server: WheelServer
) -> None:
    backend = start()
    client = client_of(backend)
    server.cut = 2000
    press(client)
    failed = until(lambda: (answer := get(client, "/models/de")).status_code == 502 and answer)
    assert "could not be fetched" in failed.text
    assert f"personae models add {NAME}-3.8.0-py3-none-any.whl" in failed.text
    server.cut = None
    press(client)
    until(lambda: "de" in backend.pool.capabilities.models)


def test_a_model_that_the_command_line_added_meanwhile_is_taken_in(
    start: Started, server: WheelServer
) -> None:
    backend = start()
    add(backend.settings.data_dir, "de", progress=lambda _done, _length: None)
    press(client_of(backend))
    until(lambda: "de" in backend.pool.capabilities.models)
    assert len(server.asked) == 1


def test_whoever_is_not_at_the_backends_machine_is_told_what_its_owner_can_do(start: Started) -> None:
    backend = start(token=(TOKEN,), hosts=("reader.example",))
    client = client_of(backend)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    path = read(client, **headers).partition("?")[0]
    page = get(client, path, **headers).text
    assert "add-model" not in page
    assert "`personae models add de` (4 MB, licence MIT)" in page
    refused = press(client, **headers)
    assert refused.status_code == 403
    assert added(backend.settings.data_dir) == {}


def test_a_shared_page_offers_nothing(start: Started) -> None:
    client = client_of(start())
    article = read(client).removeprefix("/read/")
    share = client.post(f"/api/read/{article}/share", base_url="http://127.0.0.1").json["path"]
    page = get(client, share).text
    assert "add-model" not in page
    assert "personae models add" not in page


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", None])
def test_no_page_of_another_site_adds_a_model(start: Started, origin: str | None) -> None:
    backend = start()
    answer = client_of(backend).post(
        "/models/de", base_url="http://127.0.0.1", headers={"Origin": origin} if origin else {}
    )
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "origin_not_allowed")
    assert not added(backend.settings.data_dir)


def test_without_the_token_nobody_adds_a_model(start: Started) -> None:
    backend = start(token=(TOKEN,))
    assert press(client_of(backend)).status_code == 401
    assert press(client_of(backend), Authorization=f"Bearer {TOKEN}").status_code == 303


def test_a_language_that_is_not_listed_or_was_not_begun_is_not_found(start: Started) -> None:
    client = client_of(start())
    assert press(client, "tlh").status_code == 404
    assert get(client, "/models/de").status_code == 404


def test_one_model_is_added_at_a_time(
    start: Started, server: WheelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = start()
    models = releases._table()["models"]
    models["nl"] = models["de"]
    server.waits = threading.Event()
    backend.model_adding.begin("de")
    assert server.begun.wait(PATIENCE_SECONDS)
    backend.model_adding.begin("de")  # again, by somebody impatient
    with pytest.raises(ModelBusy):
        backend.model_adding.begin("nl")
    server.waits.set()
    until(lambda: backend.model_adding.state("de").over)
    assert len(server.asked) == 1


def test_a_backend_behind_a_proxy_is_no_ones_own_machine(start: Started) -> None:
    backend = start(token=(TOKEN,), trusted_proxies=1)
    with pytest.raises(Refused):
        backend.model_adding.begin("de")


def test_pages_are_read_while_the_models_are_loaded_again(start: Started) -> None:
    pool = start(workers=2).pool
    results: list[Any] = []
    slow = "<h1>Slow</h1><p>slow Ada Lark</p>"
    readers = [threading.Thread(target=lambda: results.append(pool.read(slow))) for _ in range(4)]
    for reader in readers:
        reader.start()
    for _ in range(2):
        pool.take_in_added_models()
    for reader in readers:
        reader.join(PATIENCE_SECONDS)
    assert [article.title for article in results] == ["Slow"] * 4
    assert pool.read(slow).title == "Slow"


def children_of(pid: str) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_nothing_is_left_of_the_processes_that_were_replaced(start: Started) -> None:
    pool = start(workers=2).pool
    with pool.session() as page:
        page.open("<h1>Title</h1>", None)
        before = pool._forkserver
        pool.take_in_added_models()
        assert before.is_alive  # the page that is open is finished
        assert page.extract().title == "Title"
    assert not before.is_alive
    assert pool.read("<h1>Next</h1>").title == "Next"
    assert list(pool._uses) == [pool._forkserver]


def test_models_that_do_not_load_leave_everything_as_it_was(
    start: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool: WorkerPool = start().pool
    before = pool._forkserver
    monkeypatch.setattr(pool, "_steps_module", "fake_steps_broken")
    with pytest.raises(Exception, match="cannot start"):
        pool.take_in_added_models()
    assert pool._forkserver is before
    assert pool.read("<h1>Still</h1>").title == "Still"


def test_a_page_that_was_open_while_the_models_changed_is_not_kept_as_if_the_new_ones_had_read_it(
    start: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = start()
    client = client_of(backend)
    story, pool = {"url": "", "html": GERMAN}, backend.pool
    usual = pool.session

    @contextmanager
    def changed_within() -> Iterator[PageSession]:
        with usual() as page:
            add(backend.settings.data_dir, "de", progress=lambda _done, _length: None)
            pool.take_in_added_models()
            yield page

    with monkeypatch.context() as patched:
        patched.setattr(pool, "session", changed_within)
        before = client.post("/api/read", json=story, base_url="http://127.0.0.1").json
    after = client.post("/api/read", json=story, base_url="http://127.0.0.1").json
    assert (before["actors_status"], after["actors_status"]) == ("unsupported-language", "found")
