"""The names under which things are kept: keyed hashes that nobody can guess, poison or turn back.

Every field is written with its length before it, so that no two lists of fields give one message.

A name is "SHELF.KIND.HASH". All that one tenant has stands on one shelf, so that a store can forget all
of it without a list that might be incomplete. The shelf is itself a keyed hash: it tells nothing of a token.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

LOCAL_TENANT = "local"
ID_LENGTH = 43  # base64 of 32 bytes, without padding
_SHELF_LENGTH = 22  # 132 bits of it
_ID = re.compile(rf"[A-Za-z0-9_-]{{{ID_LENGTH}}}")
Kind = Literal["article", "trace", "cast"]


@dataclass(frozen=True, slots=True)
class Keys:
    """Makes names with the backend's secret. Nodes with one secret make the same names."""

    secret: bytes

    def tenant(self, token: str | None) -> str:
        """Return the tenant of a token; without tokens all share the one tenant of this machine."""
        return LOCAL_TENANT if token is None else self._name("tenant", token)[:_SHELF_LENGTH]

    def article_id(
        self, *, tenant: str, url: str, fingerprint: bytes, pipeline: str, options: tuple[str, ...]
    ) -> str:
        """Return the id of an article (level 1): who reads which page, with which pipeline, and how.

        fingerprint: hash of the page with its volatile parts dropped; options: sorted by the caller.
        """
        return self._name("article", tenant, url, fingerprint, pipeline, *options)

    def shelf(self, tenant: str) -> str:
        """Return what the names of all that a tenant has begin with, before the first dot."""
        return self._name("shelf", tenant)[:_SHELF_LENGTH]

    def cast_name(
        self, *, tenant: str, title: str, standfirst: str, text: str, language: str, model: str
    ) -> str:
        """Return the name of an actor analysis (level 2): all that it is made from."""
        return self._on_shelf(tenant, "cast", title, standfirst, text, language, model)

    def article_name(self, tenant: str, article_id: str) -> str:
        """Return where an article is kept: bound to the tenant, so another tenant's id finds nothing."""
        return self._on_shelf(tenant, "article", article_id)

    def trace_name(self, tenant: str, article_id: str) -> str:
        """Return where it is kept which page an article came from, after the article itself has expired."""
        return self._on_shelf(tenant, "trace", article_id)

    def derived(self, purpose: str) -> str:
        """Return a key of its own for another purpose, such as signing cookies."""
        return self._name("key", purpose)

    def _on_shelf(self, tenant: str, kind: Kind, *parts: str) -> str:
        return f"{self.shelf(tenant)}.{kind}." + self._name(f"{kind} name", tenant, *parts)

    def _name(self, purpose: str, *parts: str | bytes) -> str:
        message = b"".join(_framed(part) for part in (purpose, *parts))
        digest = hmac.digest(self.secret, message, sha256)
        return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def is_article_id(text: str) -> bool:
    """Whether the text has the form of an article's id."""
    return _ID.fullmatch(text) is not None


def _framed(part: str | bytes) -> bytes:
    data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
    return len(data).to_bytes(8, "big") + data
