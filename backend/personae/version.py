"""Which pipeline made an article: a hash of its code and data, so that no cache outlives a change."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parent
_CAST = ("actors", "model.py")
_WHOLE = (*_CAST, "markup", "page", "article", "reader.py", "errors.py")
_LIBRARIES = ("lxml", "lxml-html-clean", "readability-lxml", "nh3", "numpy", "py3langid", "spacy")


@cache
def pipeline_version() -> str:
    """Return the version of all that stands between a page and its article, except the language models."""
    return _hash(_WHOLE)


@cache
def cast_version() -> str:
    """Return the version of what finds the actors of a text, except the language models."""
    return _hash(_CAST)


def _hash(parts: tuple[str, ...]) -> str:
    digest = sha256(" ".join(f"{name}={version(name)}" for name in _LIBRARIES).encode())
    for part in parts:
        for file in _files(_PACKAGE / part):
            digest.update(
                str(file.relative_to(_PACKAGE)).encode() + b"\0" + sha256(file.read_bytes()).digest()
            )
    return digest.hexdigest()[:16]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path] if path.exists() else []
    return sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
