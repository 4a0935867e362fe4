"""Which release this is, and which pipeline made an article, so that no cache outlives a change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions, version
from pathlib import Path
from typing import NamedTuple

__version__ = version("personae")

PACKAGE = Path(__file__).parent
# Folders and modules of the package: a test fails when `actors` or `reader.py` imports anything beside them.
CAST = ("actors", "errors.py", "markup", "model.py")
PIPELINE = (*CAST, "article", "page", "reader.py")

_IMPORTED = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
# "lxml[html_clean]>=5", "cssselect; extra == 'cssselect'" (PEP 508)
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)\s*(?:\[(?P<extras>[^]]*)\])?")
_OF_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")


class _Library(NamedTuple):
    """An installed distribution. requirements: as they stand in its metadata (PEP 508)."""

    version: str
    requirements: tuple[str, ...]


@cache
def pipeline_version() -> str:
    """Return the version of all that stands between a page and its article, except the language models."""
    return hash_of(PACKAGE, PIPELINE)


@cache
def cast_version() -> str:
    """Return the version of what finds the actors of a text, except the language models."""
    return hash_of(PACKAGE, CAST)


def hash_of(package: Path, parts: Iterable[str]) -> str:
    """Return a hash of all files in some parts of the package, and of the libraries' versions behind them."""
    files = [file for part in parts for file in files_of(package / part)]
    digest = sha256()
    for name, number in libraries(files).items():
        digest.update(f"{name}={number}\0".encode())
    for file in files:
        digest.update(str(file.relative_to(package)).encode() + b"\0" + sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def files_of(path: Path) -> list[Path]:
    """Return the file at a path, or all files of the folder: modules, and the data beside them."""
    if not path.is_dir():
        return [path] if path.exists() else []
    return sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def libraries(files: Iterable[Path]) -> dict[str, str]:
    """Return the version of every library that the modules among these files import, and of what it requires.

    A library stands under its normalised name (PEP 503), in alphabetical order.
    """
    imported = frozenset(
        name
        for file in files
        if file.suffix == ".py"
        for name in _IMPORTED.findall(file.read_text(encoding="utf-8"))
    )
    return dict(_versions(imported))


@cache
def _versions(imported: frozenset[str]) -> tuple[tuple[str, str], ...]:
    providers = _providers()
    waiting = [(name, "") for module in imported for name in providers.get(module, ()) if name != "personae"]
    seen: set[tuple[str, str]] = set()
    found: dict[str, str] = {}
    while waiting:
        name, extra = map(_normalised, waiting.pop())
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        library = _library(name)
        if library is not None:
            found[name] = library.version
            waiting.extend(_required_by(library, extra))
    return tuple(sorted(found.items()))


@cache
def _providers() -> Mapping[str, list[str]]:
    return packages_distributions()


@cache
def _library(name: str) -> _Library | None:
    """Return an installed library; None for a requirement of another system or Python that is not there."""
    try:
        metadata = distribution(name).metadata
    except PackageNotFoundError:
        return None
    return _Library(metadata["Version"], tuple(metadata.get_all("Requires-Dist", ())))


def _required_by(library: _Library, extra: str) -> Iterator[tuple[str, str]]:
    """Yield what a library requires with one of its extras, "" for none: a library and an extra of that."""
    for requirement in library.requirements:
        of_extra = _OF_EXTRA.search(requirement)
        match = _REQUIREMENT.match(requirement)
        if match and (of_extra is None or _normalised(of_extra[1]) == extra):
            yield from ((match["name"], one) for one in ("", *(match["extras"] or "").split(",")))


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()
