"""Which tests need a browser, Java or Redis follows from the fixtures that they use, so `make fast` can leave them out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON_ALONE = "not (browser or java or redis)"
MADE = """
import pytest

@pytest.fixture
def window(headless_chromium):
    return headless_chromium.new_page()

def test_plain(tmp_path): ...
def test_in_chromium(headless_chromium): ...
def test_in_a_window(window): ...
def test_in_redis(start_redis): ...
"""


def collected(*arguments: str | Path) -> list[str]:
    """Return the names of the tests that `make fast` would run of these."""
    command = ["-m", "pytest", "--collect-only", "-q", "-c", "pyproject.toml", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, *command, "-m", PYTHON_ALONE, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED), done.stdout
    return [line.rpartition("::")[2] for line in done.stdout.splitlines() if "::" in line]


def test_a_test_is_marked_by_its_fixtures_however_far_they_are(tmp_path: Path) -> None:
    file = tmp_path / "test_made.py"
    file.write_text(MADE)
    assert collected("-p", "tests.conftest", file) == ["test_plain"]


def test_no_test_that_starts_a_program_of_the_system_is_left_unmarked() -> None:
    book = "view/test_epub.py::test_epubcheck_finds_nothing_in_any_book"
    rooms = ("e2e", "accessibility", "service/test_browser.py", book)
    assert collected(*(f"tests/{room}" for room in rooms)) == []
