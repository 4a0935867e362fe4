"""Fingerprints of pages that came lately, found again by their bytes: a second click need not parse."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

_MOST = 512  # pages; two digests each


class Fingerprints:
    """Digest of a page as it was sent -> its fingerprint, a pure function of just that; in memory only."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._known: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = Lock()

    def find(self, digest: bytes) -> bytes | None:
        """Return the fingerprint of a page that was noted, None when it was not, or long ago."""
        with self._lock:
            found = self._known.get(digest)
            if found is not None:
                self._known.move_to_end(digest)
        return found

    def note(self, digest: bytes, fingerprint: bytes) -> None:
        """Remember a page's fingerprint; the page that was asked for longest ago gives way."""
        with self._lock:
            self._known[digest] = fingerprint
            self._known.move_to_end(digest)
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def digest_of(html: str, url: str) -> bytes:
    """Return the digest of a page as it was sent."""
    return sha256(f"{url}\0{html}".encode("utf-8", "surrogatepass")).digest()
