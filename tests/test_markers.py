"""What a test needs beyond Python follows from the fixtures that it uses, so `make fast` can leave it out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
QUICK = "not (browser or java or models or redis)"


def collected(*arguments: str | Path) -> list[str]:
    """Return the names of the tests that `make fast` would run of these."""
    command = ["-m", "pytest", "--collect-only", "-q", "-c", "pyproject.toml", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, *command, "-m", QUICK, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED), done.stdout
    return [line.rpartition("::")[2] for line in done.stdout.splitlines() if "::" in line]


def test_what_make_fast_leaves_out_follows_from_fixtures_however_far_they_are() -> None:
    book = "view/test_epub.py::test_epubcheck_finds_nothing_in_any_book"
    rooms = ("e2e", "accessibility", "service/test_browser.py", "service/test_whole.py", book)
    quick = "store/test_memory.py::test_closing_forgets_everything"
    assert collected(*(f"tests/{room}" for room in (*rooms, quick))) == [quick.rpartition("::")[2]]


def test_it_leaves_out_no_more() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f'-m "{QUICK}"' in makefile
