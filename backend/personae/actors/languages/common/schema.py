"""What a language's tables must hold, and what is wrong with one: the file, the key and the fault.

A table's schema is a dataclass. Each of its fields is a key, annotated with what it holds, in words that a
message can quote, and with how it is checked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints

Check = Callable[[Any], Iterator[str]]
_STATE = re.compile(r"[A-Z]{2}")


class TableError(ValueError):
    """A table of a language cannot be used; the message has a line for each fault."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a key of a table holds.

    holds: what it does, as "lists the words before a name"; check: yields what is wrong with a value.
    """

    holds: str
    check: Check


def listing(holds: str) -> Key:
    """Return the key of a list of words; holds: what they are."""
    return Key(f"lists {holds}", faults_of_words)


def faults_of_words(value: Any) -> Iterator[str]:
    """Yield what is wrong with a list of words."""
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        yield 'must be a list of words, such as ["one", "two"]'
        return
    lowered = [word.lower() for word in value]
    yield from (
        f"{word!r} stands there twice" for word in sorted({w for w in lowered if lowered.count(w) > 1})
    )
    if not all(map(str.strip, value)):
        yield "holds an empty word"


def faults_of_flag(value: Any) -> Iterator[str]:
    """Yield what is wrong with a yes or no."""
    if not isinstance(value, bool):
        yield "must be true or false"


def faults_of_states(value: Any) -> Iterator[str]:
    """Yield what is wrong with a table name -> state."""
    if not isinstance(value, dict):
        yield 'must be a table, such as "Paris" = "FR"'
        return
    for name, state in value.items():
        if not isinstance(state, str) or not _STATE.fullmatch(state):
            yield f"{name!r} must have the two capitals of a state by ISO 3166-1, not {state!r}"


def read_file(file: Path) -> dict[str, Any]:
    """Return a table as it stands in a file. Raises TableError when there is none, or it is no TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TableError(f"{_place(file)} is missing.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(f"{_place(file)} is no TOML: {error}") from error


def keys_of(schema: type) -> dict[str, Key]:
    """Return the keys of a schema."""
    return {name: hint.__metadata__[0] for name, hint in get_type_hints(schema, include_extras=True).items()}


def faults(schema: type, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a table, each fault with its key."""
    keys = keys_of(schema)
    for name in table.keys() - keys.keys():
        near = get_close_matches(name, keys, n=1)
        yield f"key {name!r} is not known" + (f"; did you mean {near[0]!r}?" if near else "")
    required = {one.name for one in fields(schema) if one.default is one.default_factory is MISSING}
    for name, one in keys.items():
        if name in table:
            yield from (f"key {name!r}: {fault}" for fault in one.check(table[name]))
        elif name in required:
            yield f"key {name!r} is missing; it {one.holds}"


def complain(file: Path, found: Iterator[str]) -> None:
    """Raise TableError when faults were found in a file."""
    lines = [f"{_place(file)}: {fault}" for fault in found]
    if lines:
        raise TableError("\n".join(lines))


def _place(file: Path) -> str:
    return f"languages/{file.parent.name}/{file.name}"
