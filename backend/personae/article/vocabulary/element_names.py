"""What an element is called, and what such names tell.

The kinds of chrome or content that the model weighs are in data/tokens.toml, as parts of words that are
looked up all at once; what a single step asks for is in data/names.toml, as expressions.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from lxml.html import HtmlElement

from personae.markup.word_patterns import names_pattern

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
    return tuple(_tokens())


def bit(*kinds: str) -> int:
    """Return the bit set of kinds. Raises ValueError for an unknown one."""
    order = name_kinds()
    return sum(1 << order.index(kind) for kind in kinds)


def names_of_kind(kind: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return what finds the names of a kind of data/names.toml. Raises KeyError for an unknown one."""
    return names_pattern(_expressions()[kind], flags)


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
    entries = _by_beginning()
    bits = 0
    for at in range(len(written) - 2):
        for entry, kind in entries.get(written[at : at + 3], ()):
            if written.startswith(entry, at):
                bits |= kind
    return bits


@cache
def _by_beginning() -> dict[str, list[tuple[str, int]]]:
    """Return the entries and their kinds' bits, by their first three characters; none is shorter."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for at, entries in enumerate(_tokens().values()):
        for entry in entries:
            found[entry[:3]].append((entry, 1 << at))
    return dict(found)


@cache
def _tokens() -> dict[str, list[str]]:
    return tomllib.loads(_data("tokens.toml"))


@cache
def _expressions() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_data("names.toml"))


def _data(name: str) -> str:
    return files("personae.article.vocabulary").joinpath("data", name).read_text("utf-8")
