"""make advisories: it fails for a known weakness, and claims nothing where nobody answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOUND = {"name": "flask", "version": "3.1.3", "vulns": []}
WEAK = {"name": "flask", "version": "3.1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.1"]}]}
SKIPPED = {"name": "flask", "skip_reason": "not found"}
Run = Callable[[object, object], subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run it with auditors that print these answers as JSON."""

    def run(pip_audit: object, npm_audit: object) -> subprocess.CompletedProcess[str]:
        for tool, answer in (("uvx", pip_audit), ("npm", npm_audit)):
            program = tmp_path / tool
            program.write_text(f"#!{sys.executable}\nprint({json.dumps(answer)!r})\nraise SystemExit(1)\n")
            program.chmod(0o755)
        command = [sys.executable, "-m", "tools.advisories"]
        environment = {**os.environ, "PATH": str(tmp_path)}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    return run


def test_a_weakness_of_a_package_fails_and_is_named(run: Run) -> None:
    ran = run({"dependencies": [WEAK]}, {"vulnerabilities": {}})
    assert ran.returncode == 1
    assert "requirements.txt: 1 known weaknesses\n  flask 3.1.0: PYSEC-1, mended in 3.1.1\n" in ran.stdout
    assert "package-lock.json: no known weaknesses\n" in ran.stdout


def test_a_weakness_of_a_tool_from_npm_fails_and_is_named(run: Run) -> None:
    ran = run({"dependencies": [SOUND]}, {"vulnerabilities": {"glob": {"range": "<11", "severity": "high"}}})
    assert ran.returncode == 1
    assert "benchmarks/peers/package-lock.json: 1 known weaknesses\n  glob <11: high\n" in ran.stdout
    assert "requirements.txt: no known weaknesses\n" in ran.stdout


def test_without_a_network_it_says_that_nothing_was_checked_and_does_not_fail(run: Run) -> None:
    ran = run({"dependencies": [SKIPPED]}, {"message": "request failed"})
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert lines == [f"{line.partition(':')[0]}: not checked, nobody answers from here" for line in lines]
    assert {line.partition(":")[0] for line in lines} >= {"requirements.txt", "package-lock.json"}


def test_packages_that_could_not_be_looked_up_are_counted(run: Run) -> None:
    ran = run({"dependencies": [SOUND, SKIPPED]}, {"vulnerabilities": {}})
    assert "requirements.txt: no known weaknesses (1 packages could not be looked up)" in ran.stdout
