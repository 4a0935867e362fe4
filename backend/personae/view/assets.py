"""The files that pages load from this backend, each under an address that changes with its content."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@cache
def url(name: str) -> str:
    """Return the address of a static file, with a hash of its content: it may be cached for ever.

    Raises FileNotFoundError when there is no such file.
    """
    digest = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
