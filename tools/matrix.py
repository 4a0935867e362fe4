"""Run the fast tests on every Python that pyproject.toml names, and with the lowest versions that it allows.

    python3 -m tools.matrix

Each run has an environment of its own in `.matrix/`, which stays for the next time: what is locked, on every
Python that is found here or that uv can bring; and on the oldest of these, the lowest version of each library
that pyproject.toml lets Personae run with. Needs uv. Ends with a line for each run; fails when one failed, or
when no Python was found.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".matrix"
CLASSIFIER = re.compile(r"Programming Language :: Python :: (3\.\d+)")
UV = {**os.environ, "UV_PYTHON_INSTALL_DIR": str(FOLDER / "pythons")}
LOWEST = "lowest"


def main() -> None:
    """Run them all, and say how each went."""
    if shutil.which("uv") is None:
        sys.exit("make matrix needs uv: https://docs.astral.sh/uv/")
    FOLDER.mkdir(exist_ok=True)
    outcomes: dict[str, str] = {}
    pythons = {version: find_python(version) for version in versions()}
    found = {version: python for version, python in pythons.items() if python}
    for version, python in found.items():
        outcomes[version] = run(version, python)
    if found:
        oldest = next(iter(found))
        outcomes[f"{LOWEST} versions, on {oldest}"] = run_lowest(oldest, found[oldest])
    for version in pythons.keys() - found.keys():
        outcomes[version] = "not run: no such Python here, and uv could not bring it"
    sys.stdout.writelines(f"Python {name}: {outcome}\n" for name, outcome in outcomes.items())
    if not found or "failed" in outcomes.values():
        sys.exit(1)


def versions() -> list[str]:
    """Return the versions of Python that pyproject.toml claims, oldest first."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [match[1] for line in declared["project"]["classifiers"] if (match := CLASSIFIER.fullmatch(line))]


def find_python(version: str) -> str | None:
    """Return a Python of this version, of this machine or brought by uv; None when there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [f"python{version}", *map(str, sorted(pyenv.glob(f"{version}.*/bin/python")))]
    for candidate in candidates:
        if is_version(candidate, version):
            return candidate
    brought = subprocess.run(
        ["uv", "python", "install", "--quiet", "--no-bin", version], env=UV, check=False, capture_output=True
    )
    if brought.returncode:
        return None
    where = subprocess.run(
        ["uv", "python", "find", "--managed-python", version],
        env=UV,
        check=False,
        capture_output=True,
        text=True,
    )
    return where.stdout.strip() or None


def is_version(python: str, version: str) -> bool:
    """Return whether a command is a Python of this version that can make environments."""
    program = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        ran = subprocess.run([python, "-c", program], check=False, capture_output=True, text=True)
    except FileNotFoundError:
        return False
    return ran.stdout.strip() == version


def run(name: str, python: str, *settings: str) -> str:
    """Run `make fast` in the environment of that name, and return how it went."""
    ran = subprocess.run(
        ["make", "--no-print-directory", "fast", f"VENV={FOLDER.name}/{name}", f"PYTHON={python}", *settings],
        cwd=ROOT,
        check=False,
    )
    return "failed" if ran.returncode else "passed"


def run_lowest(version: str, python: str) -> str:
    """Run them with the lowest versions of what Personae needs; development's tools stay as locked."""
    needed, all_of_it = FOLDER / "lowest.txt", FOLDER / "lowest-dev.txt"
    # uv keeps what a file holds, where it may.
    needed.unlink(missing_ok=True)
    shutil.copy(ROOT / "requirements-dev.txt", all_of_it)
    compiled = compile_lock(
        version, needed, "--resolution", "lowest-direct", "--group", "build"
    ) and compile_lock(version, all_of_it, "--constraint", str(needed), "--group", "dev", "--extra", "fr")
    if not compiled:
        return "failed"
    return run(
        LOWEST, python, f"RUN_LOCK={needed.relative_to(ROOT)}", f"DEV_LOCK={all_of_it.relative_to(ROOT)}"
    )


def compile_lock(version: str, lock: Path, *options: str) -> bool:
    """Compile a lock file for one version of Python; return whether that was possible."""
    command = ["uv", "pip", "compile", "--quiet", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    command += ["--python-version", version, *options, "pyproject.toml", "--output-file", str(lock)]
    return subprocess.run(command, cwd=ROOT, env=UV, check=False).returncode == 0


if __name__ == "__main__":
    main()
