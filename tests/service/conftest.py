"""What the service's tests share: settings of their own, fake steps, and pools of workers."""

from __future__ import annotations

import http.client
import json
import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from tests.service.launcher import Launcher

from personae.settings import Settings
from personae.workers.pool import WorkerPool

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _fake_steps_are_importable(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(HERE))


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path / "data", read_timeout=3, secret="s" * 32)


@pytest.fixture
def make_pool(settings):
    pools = []

    def make(steps="fake_steps", on_loss=lambda cause: None, **changes):
        pools.append(WorkerPool(replace(settings, **changes), steps_module=steps, on_loss=on_loss))
        pools[-1].start()
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


class Answer:
    """What the service answered."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json["error"]["code"]


class Service:
    """A real service process: waitress on a port of its own. launch: one of the ways of `launcher.py`."""

    def __init__(self, launch, folder, steps="fake_steps", *, wrong_tokens=20, **variables):
        self.folder = folder
        self.log_file = folder / f"log-{len(list(folder.glob('log-*')))}"
        environment = {
            **os.environ,
            "PYTHONPATH": str(HERE),
            "PERSONAE_PORT": "0",
            "PERSONAE_DATA_DIR": str(folder / "data"),
            "PERSONAE_READ_TIMEOUT": "2",
            **{f"PERSONAE_{name.upper()}": value for name, value in variables.items()},
        }
        with self.log_file.open("wb") as log:
            self.process = launch([steps, str(wrong_tokens)], environment, log)
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            raise RuntimeError(self.log)
        self.host, self.port = "127.0.0.1", int(self.address.rpartition(":")[2])

    @property
    def log(self):
        return self.log_file.read_text()

    def ask(self, method, path, *, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.ask("GET", path, headers=_headers(headers))

    def read(self, html, url="https://a.example/story", *, fields=None, **headers):
        body = json.dumps({"url": url, "html": html, **(fields or {})}).encode()
        return self.post("/api/read", body, **{"Content_Type": "application/json", **headers})

    def post(self, path, body=b"", **headers):
        return self.ask("POST", path, body=body, headers=_headers(headers))

    def delete(self, path, **headers):
        return self.ask("DELETE", path, headers=_headers(headers))

    def raw(self, data):
        """Send bytes as they are; return all that comes back until the connection is closed."""
        with socket.create_connection((self.host, self.port), timeout=30) as connection:
            connection.sendall(data)
            received = b""
            while part := connection.recv(65536):
                received += part
        return received

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(timeout=30)


def _headers(given):
    return {name.replace("_", "-"): value for name, value in given.items()}


@pytest.fixture(scope="session")
def launch():
    """Start a service process quickly; `test_server.py` starts programs of their own instead."""
    launcher = Launcher({**os.environ, "PYTHONPATH": str(HERE)})
    yield launcher.start
    launcher.close()


@pytest.fixture
def start_service(tmp_path, launch):
    services = []

    def start(steps="fake_steps", **variables):
        services.append(Service(launch, tmp_path, steps, **variables))
        return services[-1]

    yield start
    for service in services:
        service.stop()


@pytest.fixture(scope="module")
def start_shared_service(tmp_path_factory, launch):
    """Start services that all tests of a module share."""
    services = []

    def start(steps="fake_steps", **variables):
        services.append(Service(launch, tmp_path_factory.mktemp("service"), steps, **variables))
        return services[-1]

    yield start
    for service in services:
        service.stop()


@pytest.fixture(scope="module")
def service(start_shared_service):
    """One service for all tests of a module, on this machine alone and without a token."""
    return start_shared_service()
