"""Folders of pages with known articles, in two layouts: the public benchmark's and that of tests/pages."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class PagesError(Exception):
    """A folder cannot be read; the message says which file and what to do."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page and the text that a person took to be its article. url: "" when it is not known."""

    name: str
    url: str
    source: str
    gold: str


def pages_in(folder: Path) -> list[Page]:
    """Read all pages of a folder in either layout, by name.

    Raises PagesError when there is none, or one cannot be read.
    """
    if not folder.is_dir():
        raise PagesError(f"{folder} is not a folder")
    public = (folder / "ground-truth.json").is_file()
    pages = list(_public(folder) if public else _fixtures(folder))
    if not pages:
        raise PagesError(
            f"{folder} holds no pages: neither ground-truth.json with html/ID.html.gz (the public "
            "article-extraction-benchmark) nor NAME/source.html with NAME/expected.json (tests/pages)"
        )
    return pages


def _public(folder: Path) -> Iterator[Page]:
    path = folder / "ground-truth.json"
    for name, item in sorted(_object(path).items()):
        if not isinstance(item, dict) or not isinstance(item.get("articleBody"), str):
            raise PagesError(f'{path}: the entry "{name}" has no articleBody, the text of its article')
        archive = folder / "html" / f"{name}.html.gz"
        try:
            source = gzip.decompress(archive.read_bytes()).decode("utf-8")
        except FileNotFoundError:
            raise PagesError(f'{archive} is missing, though {path.name} names "{name}"') from None
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise PagesError(f"{archive} is not UTF-8 text in gzip: {error}") from error
        yield Page(name, item.get("url") or "", source, item["articleBody"])


def _fixtures(folder: Path) -> Iterator[Page]:
    """Yield the pages whose expected.json has paragraphs; the others hold no article, or a part of one."""
    for path in sorted(folder.glob("*/expected.json")):
        expected = _object(path)
        if "paragraphs" in expected:
            try:
                source = (path.parent / "source.html").read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise PagesError(f"{path.parent / 'source.html'} cannot be read as UTF-8: {error}") from error
            yield Page(
                path.parent.name, expected.get("url") or "", source, "\n\n".join(expected["paragraphs"])
            )


def _object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PagesError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(value, dict):
        raise PagesError(f"{path} must hold one JSON object")
    return value
