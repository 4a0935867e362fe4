"""The documentation holds together: links, paths and modules are there, every page is found, no picture is left over."""

from __future__ import annotations

import os
import pkgutil
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
GUIDES = [
    *ROOT.glob("CONTRIBUTING.md"),
    *sorted((ROOT / "tests").rglob("README.md")),
    *sorted((ROOT / "extension" / "store").glob("*.md")),
    *(ROOT / "benchmarks" / "quotes").glob("*.md"),
]
LINK = re.compile(r"""(?:\]\(|src="|srcset="|href=")([^)"\s]+)""")


def targets(page: Path) -> list[tuple[Path, str]]:
    """What a page links to within the repository: file, and anchor or ""."""
    found = []
    for address in LINK.findall(page.read_text("utf-8")):
        if "://" not in address and not address.startswith(("mailto:", "data:")):
            path, _, anchor = address.partition("#")
            found.append(((page.parent / path).resolve() if path else page, anchor))
    return found


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading) for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain}


# What a word in code may be: a path or the end of one, a module's name without its ending, a module of ours.
PATH = re.compile(
    r"\w[\w.*-]*(/[\w.*-]+)*(/|(?<=\w)\.(py|m?js|json|toml|html|css|md|sh|txt))|\w[\w.*-]*(/[\w.*-]+)+|[\w/]+\.\*"
)
MODULE = re.compile(r"(personae|benchmarks|tests|tools)(\.\w+)+")
# Columns of tables in which every word in code names a folder, a file or, without its ending, a module.
NAMING_COLUMNS = {"where", "modules", "scripts"}
LEFT_BY_TOOLS = {".git", ".venv", "node_modules", "dist", "build", "__pycache__"}
# Media types, the files of a spaCy model, a reader's page, what `make extension` writes.
NOT_OF_THE_TREE = re.compile(
    r"(application|text)/(json|html|octet-stream)|meta\.json|ner/|languages/da/|page\.html|dist/.*"
)


def words_in_code(page: Path) -> Iterator[str]:
    """Yield the words that a page sets as code; what a column for modules names ends with ".*"."""
    naming: list[bool] = []
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("    "):
            yield from (
                word for word in line.split() if word.partition("/")[0] in TOP or MODULE.fullmatch(word)
            )
            continue
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("|") else []
        naming = naming if cells and naming else [cell in NAMING_COLUMNS for cell in cells]
        for number, cell in enumerate(cells or [line]):
            for span in re.findall(r"`([^`]+)`", cell):
                is_module = True in naming[number : number + 1] and re.fullmatch(r"[\w/]*\w", span)
                yield from [f"{span}.*"] if is_module else span.split()


@cache
def ends_of_paths() -> set[str]:
    """Return every file and folder of the repository but what tools leave, by its path and every end of that."""
    found = set()
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in LEFT_BY_TOOLS and not name.endswith("_cache")]
        above = Path(folder).relative_to(ROOT).parts
        for name in (*folders, *files):
            parts = (*above, name)
            ends = {"/".join(parts[start:]) for start in range(len(parts))}
            found |= ends | ({f"{end}/" for end in ends} if name in folders else set())
    return found


TOP = {path.name for path in ROOT.iterdir()}


def is_there(word: str) -> bool:
    """Return whether a path, an end of one (* for anything), or a module's name leads to something."""
    if "*" in word:
        return any(fnmatchcase(end, word) for end in ends_of_paths())
    if not MODULE.fullmatch(word):
        return word in ends_of_paths()
    path = word.replace(".", "/")
    if {word, f"{path}.py", f"{path}/"} & ends_of_paths():
        return True
    try:
        pkgutil.resolve_name(word)
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("page", [*PAGES, *GUIDES], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_and_module_that_a_page_names_is_in_the_tree(page: Path) -> None:
    named = {word for word in words_in_code(page) if PATH.fullmatch(word) or MODULE.fullmatch(word)}
    assert [w for w in sorted(named) if not NOT_OF_THE_TREE.fullmatch(w) and not is_there(w)] == []


@pytest.mark.parametrize("page", [*PAGES, *GUIDES], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_to_a_heading_in_it(page: Path) -> None:
    for file, anchor in targets(page):
        assert file.exists(), file
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{file.name}#{anchor}"


def test_every_page_is_found_from_the_readme() -> None:
    seen, waiting = set(), [README]
    while waiting:
        page = waiting.pop()
        if page not in seen and page.suffix == ".md":
            seen.add(page)
            waiting.extend(file for file, _ in targets(page))
    assert set(PAGES) <= seen


def test_every_picture_of_the_documentation_is_shown_somewhere() -> None:
    shown = {file for page in PAGES for file, _ in targets(page)}
    assert {
        file for folder in ("screenshots", "figures") for file in (ROOT / "docs" / folder).iterdir()
    } <= shown
