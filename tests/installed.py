"""The programs that the tests drive and that do not come with Python: where they are, and in which versions."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import NamedTuple


class Program(NamedTuple):
    """command: what starts it; option: what asks it for its version; package: Debian's."""

    name: str
    command: str
    option: str
    package: str


PROGRAMS = (
    Program("Chromium", "chromium", "--version", "chromium"),
    Program("Firefox", "firefox-esr", "--version", "firefox-esr"),
    Program("Redis", "redis-server", "--version", "redis-server"),
    Program("Node", "node", "--version", "nodejs"),
    Program("Java's compiler", "javac", "-version", "default-jdk-headless"),
)
PATIENCE_SECONDS = 20


def binary(command: str) -> str:
    """Return the path of a program. Raises RuntimeError with what to install where it is missing."""
    found = shutil.which(command)
    if found is None:
        names = {program.command: (program.name, program.package) for program in PROGRAMS}
        name, package = names.get(command, (command, command.lower()))
        raise RuntimeError(
            f"{name} is not installed (no {command} in PATH); on Debian: apt install {package}"
        )
    return found


def versions() -> str:
    """Return which version of each program is here, on one line. All are asked at the same time."""
    asked = {
        program: subprocess.Popen(
            [path, program.option], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for program in PROGRAMS
        if (path := shutil.which(program.command))
    }
    return ", ".join(
        f"{program.name} {_version(asked[program])}" if program in asked else f"no {program.name}"
        for program in PROGRAMS
    )


def _version(process: subprocess.Popen[str]) -> str:
    try:
        answer, _ = process.communicate(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "(does not answer)"
    number = re.search(r"\d+(\.\d+)+", answer)
    return number[0] if number else "(of an unknown version)"
