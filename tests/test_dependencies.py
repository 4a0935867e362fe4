"""docs/dependencies.md says why of everything that the project asks a package index for, and of nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")


def names(requirements: list[str | dict[str, str]]) -> set[str]:
    """The packages of a list of requirements, without versions, extras and included groups."""
    return {re.match(r"[\w.-]+", one)[0].lower() for one in requirements if isinstance(one, str)}


def test_the_table_is_the_list_of_what_the_product_needs() -> None:
    rows = re.findall(r"^\| ([a-z].*?) \|", PAGE, re.MULTILINE)
    documented = {name for row in rows for name in re.sub(r"\(.*?\)", "", row).replace(",", " ").split()}
    extras = PROJECT["project"]["optional-dependencies"].values()
    needed = names([*PROJECT["project"]["dependencies"], *(one for extra in extras for one in extra)])
    assert documented - {"package"} == needed


def test_every_package_of_development_is_named_but_for_stubs_of_types() -> None:
    groups = PROJECT["dependency-groups"].values()
    needed = {name for group in groups for name in names(group) if not name.startswith("types-")}
    assert {name for name in needed if not re.search(rf"\b{re.escape(name)}\b", PAGE, re.IGNORECASE)} == set()
