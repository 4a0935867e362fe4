"""What an element is called, and what kinds of chrome or content such names tell (data/tokens.toml)."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from lxml.html import HtmlElement

_ATTRIBUTES = (
    "class",
    "id",
    "role",
    "itemprop",
    "data-testid",
    "data-component",
    "data-type",
    "aria-label",
    "name",
)
_BETWEEN = re.compile(r"[\W\d_]+")


def names_of(element: HtmlElement) -> str:
    """Return what an element is called: class, id, role and the like, lower case."""
    attributes = element.attrib
    return " ".join(attributes[name] for name in _ATTRIBUTES if name in attributes).lower()


@cache
def name_kinds() -> tuple[str, ...]:
    """Return the kinds in the order of their bits."""
    return tuple(_table())


def bit(*kinds: str) -> int:
    """Return the bit set of kinds. Raises ValueError for an unknown one."""
    order = name_kinds()
    return sum(1 << order.index(kind) for kind in kinds)


@lru_cache(maxsize=8192)
def kinds_named(names: str) -> int:
    """Return the bit set of the kinds that the names of one element tell."""
    bits = 0
    for name in set(names.split()):
        bits |= _kinds_in(name)
    return bits


@lru_cache(maxsize=65536)
def _kinds_in(name: str) -> int:
    """Return the bit set of the kinds found in one name; pages use few names on many elements."""
    written = f"-{_BETWEEN.sub('-', name).strip('-')}-"
    filed = _filed()
    bits = 0
    for at in range(len(written) - 2):
        for entry, kind in filed.get(written[at : at + 3], ()):
            if written.startswith(entry, at):
                bits |= kind
    return bits


@cache
def _filed() -> dict[str, list[tuple[str, int]]]:
    """Return the entries and their kinds' bits, filed under the first three characters; none is shorter."""
    filed: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for at, entries in enumerate(_table().values()):
        for entry in entries:
            filed[entry[:3]].append((entry, 1 << at))
    return dict(filed)


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files("personae.article.vocabulary").joinpath("data/tokens.toml").read_text("utf-8"))
