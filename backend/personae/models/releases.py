"""The models that can be added: one release a language, by address and hash (data/releases.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from personae.errors import ModelNotListed

_BYTES_OF_A_MEGABYTE = 1 << 20
# A wheel may be so many times as large as its makers say, who round; what is in it, so many times as that.
_ROUNDED = 2
_UNPACKED = 8


@dataclass(frozen=True, slots=True)
class Release:
    """The official wheel of a language's model. megabytes: its size, rounded; sha256: in hexadecimal."""

    language: str
    name: str
    version: str
    licence: str
    megabytes: int
    sha256: str

    @property
    def folder(self) -> str:
        """Name of the model's folder, in its wheel and in the folder of models: "de_core_news_md-3.8.0"."""
        return f"{self.name}-{self.version}"

    @property
    def wheel(self) -> str:
        """Name of the wheel's file."""
        return f"{self.folder}-py3-none-any.whl"

    @property
    def most_bytes(self) -> int:
        """How large the wheel may be."""
        return _ROUNDED * self.megabytes * _BYTES_OF_A_MEGABYTE

    @property
    def most_unpacked_bytes(self) -> int:
        """How large all that is unpacked from it may be."""
        return _UNPACKED * self.megabytes * _BYTES_OF_A_MEGABYTE

    def address(self, base: str = "") -> str:
        """Return where the wheel is. base: a mirror's address in place of the makers' own."""
        return f"{(base or makers_address()).rstrip('/')}/{self.folder}/{self.wheel}"


def releases() -> Mapping[str, Release]:
    """Return the release of every language that can be added, by the language's code."""
    return {
        code: Release(
            code, model["name"], model["version"], model["licence"], model["megabytes"], model["sha256"]
        )
        for code, model in _table()["models"].items()
    }


def release_of(language: str) -> Release:
    """Return the release of a language. Raises ModelNotListed."""
    found = releases().get(language)
    if found is None:
        raise ModelNotListed(f"No model of the language {language!r} can be added.")
    return found


def makers_address() -> str:
    """Return where the makers keep their releases."""
    return str(_table()["address"])


@cache
def _table() -> dict[str, Any]:
    file = files("personae.models") / "data" / "releases.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
