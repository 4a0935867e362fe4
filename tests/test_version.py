"""The versions that cached articles are kept under: they change with whatever shapes an article."""

from __future__ import annotations

import ast
import re
import shutil
import sys
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

import personae
from personae.version import CAST, PACKAGE, PIPELINE, files_of, hash_of, libraries


def imported_by(file: Path) -> set[str]:
    """Every name of a module that a file imports, from the package or not, within functions too."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}: a relative import, which this walk does not follow"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def file_of(module: str) -> Path | None:
    """The file of one of our own modules, None for any other name."""
    path = PACKAGE.parent.joinpath(*module.split("."))
    return next((f for f in (path.with_suffix(".py"), path / "__init__.py") if f.is_file()), None)


def reached_from(*starts: Path) -> tuple[set[Path], set[str]]:
    """The files of ours that some files lead to, and the first parts of all other names that they import."""
    seen, others, waiting = set(), set(), list(starts)
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        for name in imported_by(file):
            if name.partition(".")[0] == "personae":
                waiting += [found for found in [file_of(name)] if found]
            else:
                others.add(name.partition(".")[0])
    return seen, others - set(sys.stdlib_module_names)


def hashed(parts: tuple[str, ...]) -> set[Path]:
    return {file for part in parts for file in files_of(PACKAGE / part)}


WALKS = [(PIPELINE, [PACKAGE / "reader.py"]), (CAST, sorted((PACKAGE / "actors").rglob("*.py")))]


@pytest.mark.parametrize(("parts", "starts"), WALKS, ids=["pipeline", "cast"])
def test_every_module_that_a_version_stands_for_is_hashed(parts, starts):
    reached, _ = reached_from(*starts)
    assert len(reached) > 10  # or the walk lost its way
    assert {str(file.relative_to(PACKAGE)) for file in reached - hashed(parts)} == set()


@pytest.mark.parametrize(("parts", "starts"), WALKS, ids=["pipeline", "cast"])
def test_every_library_that_those_modules_import_is_named_with_its_version(parts, starts):
    _, imported = reached_from(*starts)
    providers = packages_distributions()
    wanted = {re.sub(r"[-_.]+", "-", name).lower() for module in imported for name in providers[module]}
    assert "spacy" in wanted
    named = libraries(hashed(parts))
    assert {name: named.get(name) for name in wanted} == {name: version(name) for name in wanted}


def test_what_a_library_requires_is_named_too_and_what_only_its_unused_extras_require_is_not():
    named = libraries(hashed(PIPELINE))
    # readability-lxml asks for lxml[html_clean], and cleans every page with it; spaCy computes with blis.
    assert {"lxml-html-clean", "blis"} <= named.keys()
    assert {"flask", "pytest", "ruff"}.isdisjoint(named)


@pytest.fixture
def package(tmp_path):
    copy = tmp_path / "personae"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "locales"))
    return copy


def test_a_line_more_in_any_of_its_files_data_too_changes_the_pipelines_version(package):
    files = [file for part in PIPELINE for file in files_of(package / part)]
    assert {".py", ".toml", ".json"} <= {file.suffix for file in files}
    versions = {hash_of(package, PIPELINE)}
    for number, file in enumerate(files, start=2):
        with file.open("ab") as end:
            end.write(b"# another line\n")
        versions.add(hash_of(package, PIPELINE))
        assert len(versions) == number, file


def test_a_file_that_comes_goes_or_gets_another_name_changes_it(package):
    before = hash_of(package, PIPELINE)
    new = package / "page" / "data.bin"
    new.write_bytes(b"\xff\x00")
    with_it = hash_of(package, PIPELINE)
    new.rename(new.with_name("other.bin"))
    renamed = hash_of(package, PIPELINE)
    assert len({before, with_it, renamed}) == 3
    new.with_name("other.bin").unlink()
    assert hash_of(package, PIPELINE) == before


def test_the_version_of_a_cast_knows_the_actors_and_nothing_of_pages_and_their_articles(package):
    before = hash_of(package, CAST)
    for part in ("page", "article", "view", "service", "reader.py"):
        for file in files_of(package / part):
            file.write_bytes(file.read_bytes() + b"\n")
    assert hash_of(package, CAST) == before
    file = package / "actors" / "cast.py"
    file.write_bytes(file.read_bytes() + b"\n")
    assert hash_of(package, CAST) != before


def test_the_view_and_the_service_are_no_part_of_the_pipeline(package):
    before = hash_of(package, PIPELINE)
    for part in ("view", "service", "store", "workers", "cli.py"):
        for file in files_of(package / part):
            file.write_bytes(file.read_bytes() + b"\n")
    assert hash_of(package, PIPELINE) == before


def test_the_release_is_the_one_that_is_installed():
    assert personae.__version__ == version("personae")
