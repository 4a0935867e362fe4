"""Fetching a wheel over HTTP, or from a file, with its hash taken on the way."""

from __future__ import annotations

import errno
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol

from personae.errors import ModelNotAdded
from personae.models.releases import Release

_SECONDS = 30.0  # without a byte
_CHUNK = 1 << 16
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
# Called with the bytes that are there and how many there will be (0 when nobody knows).
Progress = Callable[[int, int], None]


class _Readable(Protocol):
    def read1(self, size: int, /) -> bytes: ...


def fetch(release: Release, base: str, target: IO[bytes], progress: Progress) -> str:
    """Write the wheel of a release, as its makers or a mirror have it, into a file; return its SHA-256.

    base: a mirror's address, or "". Raises ModelNotAdded: cause and next step; OSError when the disk is full.
    """
    address = release.address(base)
    try:
        with _opener().open(address, timeout=_SECONDS) as answer:
            length = int(answer.headers.get("Content-Length") or 0)
            written, digest = _copy(answer, release, target, lambda done: progress(done, length))
    except urllib.error.HTTPError as error:
        error.close()
        raise _failed(release, base, f"the server answered {error.code}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        if getattr(error, "errno", None) in _OF_THE_DISK:
            raise
        reason = getattr(error, "reason", None) or error
        raise _failed(release, base, f"{reason}" or type(error).__name__) from None
    if written < length:
        raise _failed(release, base, f"the connection ended after {written:,} of {length:,} bytes")
    return digest


def copy(release: Release, file: Path, target: IO[bytes], progress: Progress) -> str:
    """Write a wheel that is on this machine into another file; return its SHA-256. Raises ModelNotAdded."""
    try:
        with file.open("rb") as source:
            return _copy(source, release, target, lambda done: progress(done, 0))[1]
    except OSError as error:
        raise _unreadable(file, error) from None


def hash_of_file(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal. Raises ModelNotAdded when it cannot be read."""
    digest = sha256()
    try:
        with file.open("rb") as source:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise _unreadable(file, error) from None
    return digest.hexdigest()


def _copy(
    source: _Readable, release: Release, target: IO[bytes], progress: Callable[[int], None]
) -> tuple[int, str]:
    digest, written = sha256(), 0
    while chunk := source.read1(_CHUNK):  # what is there, without waiting for more
        written += len(chunk)
        if written > release.most_bytes:
            raise ModelNotAdded(
                f"{release.wheel} is far larger than it should be ({release.megabytes} MB), so it was "
                "not fetched to its end.",
                hint="Nothing was installed. Something else stands at that address; name another one with "
                "--mirror.",
            )
        digest.update(chunk)
        target.write(chunk)
        progress(written)
    return written, digest.hexdigest()


def _opener() -> urllib.request.OpenerDirector:
    """Return what opens web addresses and no others (no files), through the proxy of the environment."""
    opener = urllib.request.OpenerDirector()
    handlers: tuple[Any, ...] = (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
    )
    for handler in handlers:
        opener.add_handler(handler())
    return opener


def _failed(release: Release, base: str, why: str) -> ModelNotAdded:
    return ModelNotAdded(
        f"{release.address(base)} could not be fetched: {why}.",
        hint=f"Without a way to that address: fetch it on another machine, copy {release.wheel} here, and "
        f"run `personae models add {release.wheel}`. Or name a mirror with --mirror or "
        "PERSONAE_MODEL_MIRROR.",
    )


def _unreadable(file: Path, error: OSError) -> ModelNotAdded:
    return ModelNotAdded(
        f"{file} cannot be read: {error.strerror}.", hint="Check its name and your right to read it."
    )
