"""The libraries: each is declared and explained, and one whose inside the code relies on has an upper bound."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
# The optional languages aside: nothing in the code names them.
REQUIRED: dict[str, Requirement] = {
    canonicalize_name(wanted.name): wanted for wanted in map(Requirement, DECLARED["project"]["dependencies"])
}
UPPER_BOUNDS = {"<", "<=", "==", "~="}


def everything_declared() -> list[str]:
    """Return the names in pyproject.toml: what is required, optional and for development."""
    lists = [
        DECLARED["project"]["dependencies"],
        *DECLARED["project"]["optional-dependencies"].values(),
        *DECLARED["dependency-groups"].values(),
    ]
    wanted = [Requirement(line).name for lines in lists for line in lines if isinstance(line, str)]
    return sorted({canonicalize_name(name) for name in wanted})


def imported(tree: ast.Module) -> dict[str, str]:
    """Return the libraries' names in a module: how the module calls each -> its dotted path."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.partition(".")[0]: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    own = {"personae", *sys.stdlib_module_names}
    return {name: path for name, path in names.items() if path.partition(".")[0] not in own}


def inside_of_libraries(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what a module builds on that a library may change: bases, attributes it replaces, private names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from node.bases
        elif isinstance(node, ast.Assign):
            yield from (target for target in node.targets if isinstance(target, ast.Attribute))
        elif isinstance(node, ast.Attribute) and re.match("_[^_]", node.attr):
            yield node


def root_name(expression: ast.expr) -> str:
    while isinstance(expression, ast.Attribute | ast.Subscript):
        expression = expression.value
    return expression.id if isinstance(expression, ast.Name) else ""


DISTRIBUTIONS = packages_distributions()


def distribution(path: str) -> str | None:
    """Return what brings a module; None for what only type checkers know."""
    found = DISTRIBUTIONS.get(path.partition(".")[0])
    return canonicalize_name(found[0]) if found else None


MODULES = [ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "backend").rglob("*.py"))]
IMPORTED = {distribution(path) for tree in MODULES for path in imported(tree).values()} - {None}
RELIED_ON = {
    distribution(names[name])
    for tree in MODULES
    for names in [imported(tree)]
    for name in map(root_name, inside_of_libraries(tree))
    if name in names
} - {None}


def test_every_library_that_the_code_imports_is_declared() -> None:
    assert set(REQUIRED) >= IMPORTED


def test_the_insides_that_are_relied_on_are_seen() -> None:
    assert {"waitress", "markdownify", "readability-lxml", "spacy", "thinc"} <= RELIED_ON


@pytest.mark.parametrize("name", sorted(filter(None, RELIED_ON)))
def test_a_library_whose_inside_is_relied_on_has_an_upper_bound(name: str) -> None:
    assert {one.operator for one in REQUIRED[name].specifier} & UPPER_BOUNDS, REQUIRED[name]


@pytest.mark.parametrize(
    "name", [name for name, wanted in REQUIRED.items() if re.search("[<~]", str(wanted.specifier))]
)
def test_the_page_says_why_a_library_has_an_upper_bound(name: str) -> None:
    reasons = PAGE.partition("## Upper bounds")[2].partition("\n## ")[0]
    assert re.search(rf"\b{re.escape(name)}\b", reasons)


@pytest.mark.parametrize("name", everything_declared())
def test_the_page_names_every_dependency(name: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", PAGE.lower())
