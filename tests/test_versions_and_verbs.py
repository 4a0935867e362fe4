"""What the repository says of itself in two places: verbs of make, tables of the test pages, versions."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
CHANGELOG = ROOT / "CHANGELOG.md"
PAGES = [README, CONTRIBUTING, CHANGELOG, *sorted((ROOT / "docs").glob("*.md"))]
TEST_PAGES = ROOT / "tests" / "pages"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def make(*arguments: str) -> str:
    """Return what make prints."""
    ran = subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ran.stdout


def verbs() -> set[str]:
    """Return the verbs that `make help` lists."""
    return set(re.findall(r"^make ([a-z-]+)  ", make("help"), re.MULTILINE))


def test_make_lists_all_its_verbs_and_none_is_taken_for_a_file() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(phony.split()) == verbs()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_verb_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"(?:`|^ {4})make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= verbs()


def rows(heading: str) -> list[set[str]]:
    """Return the names in the first column of a table in tests/pages/README.md, row by row."""
    section = (
        (TEST_PAGES / "README.md").read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    )
    return [
        set(re.findall("`([^`]+)`", cell)) for cell in re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    ]


def test_every_folder_of_the_test_pages_has_its_row_and_every_row_its_folder() -> None:
    folders = sorted(folder.name for folder in TEST_PAGES.iterdir() if folder.is_dir())
    assert [name for row in rows("The folders") for name in row] == folders


def test_every_name_of_an_expectation_has_its_row_and_every_row_is_used() -> None:
    used = set().union(*(json.loads(file.read_text("utf-8")) for file in TEST_PAGES.glob("*/expected.json")))
    assert set().union(*rows("The names in `expected.json`")) == used


def test_the_readme_counts_the_articles_among_the_test_pages() -> None:
    articles = [
        file
        for file in TEST_PAGES.glob("*/expected.json")
        if "error" not in json.loads(file.read_text("utf-8"))
    ]
    assert f"on the {len(articles)} whole pages" in README.read_text("utf-8")


def test_the_version_is_the_same_wherever_it_is_written() -> None:
    version = PROJECT["version"]
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text("utf-8"))
    assert manifest["version"] == version
    assert f"| Personae {version} |" in README.read_text("utf-8")
    released = re.findall(r"^## (?!Unreleased$)(.+)$", CHANGELOG.read_text("utf-8"), re.MULTILINE)
    assert re.fullmatch(re.escape(version) + r" - \d{4}-\d{2}-\d{2}", released[0]), (
        "newest first, with its date"
    )


def test_the_stores_take_the_version() -> None:
    """One to four integers of up to five digits, none with a zero before it."""
    number = r"(0|[1-9]\d{0,4})"
    assert re.fullmatch(rf"{number}(\.{number}){{0,3}}", PROJECT["version"])


def test_the_versions_of_python_are_the_same_wherever_they_are_written() -> None:
    supported = [line.rpartition(" ")[2] for line in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", line)]
    oldest, newest = supported[0], supported[-1]
    assert PROJECT["requires-python"] == f">={oldest}"
    assert f"Python {oldest} to {newest}" in README.read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    bounds = [version.replace(".", ", ") for version in (oldest, newest)]
    assert "({}) <= sys.version_info[:2] <= ({})".format(*bounds) in makefile
    assert f"needs Python {oldest} to {newest};" in makefile
