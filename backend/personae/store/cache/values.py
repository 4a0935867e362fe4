"""How a record becomes a value: compressed JSON that says which kind and version it is.

Never pickle: a store that others can write to must not be able to run code here.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

import structlog

from personae.model import SCHEMA_VERSION

MAX_DECODED_BYTES = 64 * 1000**2
_BROKEN = (zlib.error, ValueError, KeyError, TypeError, RecursionError)
_log = structlog.get_logger(__name__)


def encode(kind: str, record: dict[str, Any], *, links: Sequence[str] = ()) -> bytes:
    """Return a record of plain JSON types as bytes.

    kind: what it is, such as "article"; links: names of other values that are to be forgotten with it.
    """
    envelope = {"kind": kind, "schema": SCHEMA_VERSION, "links": list(links), "record": record}
    return zlib.compress(json.dumps(envelope, separators=(",", ":")).encode("ascii"), level=6)


def linked(value: bytes) -> list[str]:
    """Return the names that a value links to; none when it cannot be read."""
    try:
        links = _opened(value)["links"]
    except _BROKEN:
        return []
    return [link for link in links if isinstance(link, str)] if isinstance(links, list) else []


def decode(kind: str, value: bytes) -> dict[str, Any] | None:
    """Return the record, or None, with a log line, when the value is broken or of another kind or version."""
    try:
        envelope = _opened(value)
        found = (envelope["kind"], envelope["schema"])
        record = envelope["record"]
    except _BROKEN as error:
        _log.warning("cache_value_broken", kind=kind, cause=type(error).__name__)
        return None
    if found != (kind, SCHEMA_VERSION) or not isinstance(record, dict):
        _log.info("cache_value_of_another_version", kind=kind)
        return None
    return record


def _opened(value: bytes) -> Any:
    inflater = zlib.decompressobj()
    text = inflater.decompress(value, MAX_DECODED_BYTES)
    # What was cut off, or is larger than any record, is no JSON.
    return json.loads(text if inflater.eof else b"")
