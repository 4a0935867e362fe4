"""Starting and stopping, as `personae serve` does."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.service.launcher import PROGRAM, start_program

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def launch():
    """Each service of these tests is a program of its own."""
    return start_program


def children_of(pid):
    """Return the processes that descend from one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == pid:
                found += [int(entry.name), *children_of(int(entry.name))]
    return found


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_returns_when_told_to_stop_and_leaves_no_process(start_service, number):
    service = start_service(workers="2")
    family = children_of(service.process.pid)
    assert len(family) == 3  # the forkserver and two workers
    service.process.send_signal(number)
    assert service.process.wait(timeout=30) == 0
    assert '"event": "stopped"' in service.log
    assert not [pid for pid in family if is_alive(pid)]


def test_it_leaves_no_process_when_it_is_killed(start_service):
    service = start_service()
    family = children_of(service.process.pid)
    service.process.kill()
    service.process.wait(timeout=30)
    end = time.monotonic() + 10
    while any(is_alive(pid) for pid in family):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_page_that_is_being_read_is_finished_before_it_stops(start_service, tmp_path):
    service = start_service(read_timeout="20")
    begun = tmp_path / "begun"
    page = f"<h1>Last</h1><p>slow</p><!-- touch {begun} -->"
    answers = []
    reading = threading.Thread(target=lambda: answers.append(service.read(page)))
    reading.start()
    end = time.monotonic() + 20
    while not begun.exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    service.process.terminate()
    reading.join(timeout=20)
    assert [answer.json["title"] for answer in answers] == ["Last"]


def start(**variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PERSONAE_")}
    return subprocess.run(
        [sys.executable, PROGRAM, variables.pop("steps", "fake_steps"), "20"],
        env={
            **environment,
            "PYTHONPATH": str(HERE),
            **{f"PERSONAE_{k.upper()}": v for k, v in variables.items()},
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_while_the_model_is_loaded_it_says_so_and_keeps_nobody_waiting(tmp_path):
    go = tmp_path / "go"
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    variables = {"FAKE_GO": str(go), "PERSONAE_PORT": str(port), "PERSONAE_DATA_DIR": str(tmp_path / "data")}
    variables["PERSONAE_READ_TIMEOUT"] = "1"
    environment = {**os.environ, "PYTHONPATH": str(HERE), **variables}
    with (tmp_path / "log").open("wb") as log:
        process = start_program(["fake_steps_waiting", "20"], environment, log)
    try:
        assert once_answered(port, "/healthz") == 200
        assert once_answered(port, "/readyz") == 503
        body = b'{"url": "", "html": "<h1>A title</h1><p>Text.</p>"}'
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", "/api/read", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert (answer.status, bool(answer.headers["Retry-After"])) == (503, True)
        connection.close()
        go.touch()
        assert process.stdout.readline().strip().endswith(str(port))
        assert once_answered(port, "/readyz") == 200
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0
        process.stdout.close()


def once_answered(port, path):
    """Return the status of the first answer there is."""
    end = time.monotonic() + 30
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path)
            return connection.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.02)
        finally:
            connection.close()


def test_a_port_that_is_taken_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = start(port=str(port), data_dir=str(tmp_path))
    assert result.returncode != 0
    assert f"127.0.0.1:{port} cannot be listened on" in result.stderr


def test_beyond_loopback_it_does_not_start_without_a_token(tmp_path):
    result = start(host="0.0.0.0", port="0", data_dir=str(tmp_path))  # noqa: S104
    assert result.returncode != 0
    assert "PERSONAE_TOKEN must be set" in result.stderr
    assert result.stdout == ""


def test_steps_that_cannot_start_stop_it(tmp_path):
    result = start(steps="fake_steps_broken", port="0", data_dir=str(tmp_path))
    assert result.returncode != 0
    assert "cannot start" in result.stderr


def test_it_answers_under_every_address_of_localhost(start_service):
    service = start_service(host="localhost")
    assert service.get("/healthz").status == 200


def test_it_answers_over_ipv6(start_service):
    service = start_service(host="::1")
    assert service.address == f"http://[::1]:{service.port}"
    service.host = "::1"
    assert service.get("/healthz").status == 200
    assert service.read("<h1>Title</h1>", Origin=service.address).status == 200


def test_beyond_loopback_with_a_token_it_answers(start_service):
    token = "a-token-of-some-length"
    service = start_service(host="0.0.0.0", token=token)  # noqa: S104
    assert service.get("/healthz").status == 200
    assert service.get("/api/status").status == 401
    assert service.get("/api/status", Authorization=f"Bearer {token}").status == 200


def test_a_misspelt_setting_is_told_in_the_log(start_service):
    assert '"variable": "PERSONAE_PROT"' in start_service(prot="1").log


def test_standard_output_stays_clean(start_service):
    service = start_service()
    service.read("<h1>Title</h1>")
    service.process.terminate()
    assert service.process.stdout.read() == ""


def test_what_it_keeps_is_for_its_owner_only(start_service):
    service = start_service()
    service.read("<h1>Title</h1>")
    folder = service.folder / "data"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {file.name for file in folder.iterdir()} >= {"secret", "cache.sqlite3"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_large_pages_are_read_without_a_temporary_file(start_service):
    """The program that serves here refuses to make one."""
    service = start_service()
    page = "<h1>Large</h1>" + "x" * 5_000_000
    assert service.read(page).status == 200
    form = f'--b\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\n\r\n{page}\r\n--b--\r\n'
    answer = service.post(
        "/try", form.encode(), Content_Type="multipart/form-data; boundary=b", Origin=service.address
    )
    assert answer.status == 303
