"""The run says which programs it met, and a missing one by its name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.installed import PROGRAMS, binary, versions


def put(folder: Path, command: str, script: str) -> None:
    program = folder / command
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which alone programs are looked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_the_versions_are_those_of_the_programs_in_path(path: Path) -> None:
    put(path, "chromium", "echo 'a warning: 9' >&2; echo Chromium 156.0.8078.114 built on Debian")
    put(path, "redis-server", "echo Redis server v=7.0.15 sha=00000000:0")
    put(path, "node", "exit 1")
    assert versions() == (
        "Chromium 156.0.8078.114, no Firefox, Redis 7.0.15, Node (of an unknown version), no Java's compiler"
    )


@pytest.mark.parametrize("program", PROGRAMS, ids=[program.command for program in PROGRAMS])
def test_a_missing_program_is_named_with_its_package(path: Path, program: tuple[str, ...]) -> None:
    name, command, _, package = program
    with pytest.raises(RuntimeError, match=rf"^{name} is not installed .*: apt install {package}$"):
        binary(command)


@pytest.mark.parametrize("processes", [[], ["--numprocesses=1"]], ids=["alone", "xdist"])
def test_the_header_of_a_run_says_the_versions_once(processes: list[str]) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-p",
        "no:cacheprovider",
        *processes,
        __file__,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    assert done.stdout.count("drives: Chromium ") == 1
