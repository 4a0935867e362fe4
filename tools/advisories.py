"""Ask for known weaknesses of what the lock files pin: pip-audit for Python, npm audit for JavaScript.

    python3 -m tools.advisories

Prints for each lock file what is known, that nothing is, or that nobody could be asked. Fails only for what
is known: without a network nothing is claimed either way. Needs uv (which runs pip-audit) and npm.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
PIP_AUDIT = ("uvx", "--quiet", "pip-audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off")
NPM_AUDIT = ("npm", "audit", "--json", "--package-lock-only")


class Answer(NamedTuple):
    """known: a line for each weakness. unasked: packages that the answer says nothing of."""

    known: list[str]
    unasked: int = 0


def main() -> None:
    """Check every lock file."""
    for tool in ("uvx", "npm"):
        if shutil.which(tool) is None:
            sys.exit(f"make advisories needs {tool}; uvx comes with uv: https://docs.astral.sh/uv/")
    python_locks = sorted(ROOT.glob("requirements*.txt"))
    npm_locks = [ROOT / "package-lock.json", ROOT / "benchmarks" / "peers" / "package-lock.json"]
    weak = [lock for lock in python_locks if report(lock, python_answer(lock))]
    weak += [lock for lock in npm_locks if report(lock, npm_answer(lock))]
    if weak:
        sys.exit(1)


def report(lock: Path, answer: Answer | None) -> bool:
    """Print what is known about a lock file's packages; return whether there are weaknesses among them."""
    name = lock.relative_to(ROOT)
    if answer is None:
        sys.stdout.write(f"{name}: not checked, nobody answers from here\n")
        return False
    rest = f" ({answer.unasked} packages could not be looked up)" if answer.unasked else ""
    lines = [f"{name}: {len(answer.known) or 'no'} known weaknesses{rest}", *answer.known]
    sys.stdout.write("\n  ".join(lines) + "\n")
    return bool(answer.known)


def python_answer(lock: Path) -> Answer | None:
    """Ask pip-audit; None when it could look up nothing."""
    answer = ask_json([*PIP_AUDIT, "--format", "json", "--requirement", str(lock)])
    packages = answer.get("dependencies", [])
    answered = [package for package in packages if "skip_reason" not in package]
    if not answered:
        return None
    known = [
        f"{package['name']} {package['version']}: {weakness['id']}"
        + (f", mended in {', '.join(weakness['fix_versions'])}" if weakness["fix_versions"] else "")
        for package in answered
        for weakness in package["vulns"]
    ]
    return Answer(known, len(packages) - len(answered))


def npm_answer(lock: Path) -> Answer | None:
    """Ask npm; None when its registry did not answer."""
    answer = ask_json(NPM_AUDIT, lock.parent)
    if "vulnerabilities" not in answer:
        return None
    return Answer(
        [
            f"{name} {found['range']}: {found['severity']}"
            for name, found in sorted(answer["vulnerabilities"].items())
        ]
    )


def ask_json(command: Sequence[str], folder: Path = ROOT) -> dict[str, Any]:
    """Return what a command prints as JSON, whatever its exit status; {} when that is none."""
    ran = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    try:
        answer: dict[str, Any] = json.loads(ran.stdout)
    except ValueError:
        return {}
    return answer


if __name__ == "__main__":
    main()
