"""The names under which things are kept: keyed hashes that nobody can guess, poison or turn back.

Every field is written with its length before it, so that no two lists of fields give one message.

A name is "SHELF.KIND.HASH". All that one tenant has stands on one shelf, so that a store can forget all
of it without a list that might be incomplete. The shelf is itself a keyed hash: it tells nothing of a token.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from typing import Literal

LOCAL_TENANT = "local"
ID_LENGTH = 43  # base64 of 32 bytes, without padding
SHARE_ID_LENGTH = 44  # base64 of the next two
_CHANCE_BYTES = 24
_TAG_BYTES = 9
_SHELF_LENGTH = 22  # 132 bits of it
_ID = re.compile(rf"[A-Za-z0-9_-]{{{ID_LENGTH}}}")
_SHARE_ID = re.compile(rf"[A-Za-z0-9_-]{{{SHARE_ID_LENGTH}}}")
Kind = Literal[
    "article",
    "trace",
    "cast",
    "pin",
    "link",
    "shared",
    "recent",
    "kept",
    "extension",
    "pictures",
    "picture",
    "pinned-pictures",
    "pinned-picture",
]
# Of these a store can return all that a tenant has: small values that make the lists of the home page.
LISTED: frozenset[Kind] = frozenset({"link", "recent", "kept"})


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

    def pin_name(self, tenant: str, article_id: str) -> str:
        """Return where the copy of a pinned article is kept, which does not expire."""
        return self._on_shelf(tenant, "pin", article_id)

    def prefix(self, tenant: str, kind: Kind) -> str:
        """Return what the names of all that a tenant has of one kind begin with."""
        return f"{self.shelf(tenant)}.{kind}."

    def recent_name(self, tenant: str, article_id: str) -> str:
        """Return where the entry of an article stands among those that were read lately."""
        return self._on_shelf(tenant, "recent", article_id)

    def kept_name(self, tenant: str, article_id: str) -> str:
        """Return where the entry of a pinned article stands among those that are kept for good."""
        return self._on_shelf(tenant, "kept", article_id)

    def extension_name(self, tenant: str) -> str:
        """Return where it is noted when a tenant's extension last asked for something."""
        return self._on_shelf(tenant, "extension")

    def link_name(self, tenant: str, article_id: str) -> str:
        """Return where it is kept under which link an article is shared."""
        return self._on_shelf(tenant, "link", article_id)

    def shared_name(self, tenant: str, share_id: str) -> str:
        """Return where it is kept which article a share link leads to."""
        return self._on_shelf(tenant, "shared", share_id)

    def pictures_name(self, tenant: str, article_id: str, *, pinned: bool) -> str:
        """Return where it is kept which pictures an article has; pinned: those that do not expire."""
        return self._on_shelf(tenant, "pinned-pictures" if pinned else "pictures", article_id)

    def picture_name(self, tenant: str, article_id: str, digest: str, *, pinned: bool) -> str:
        """Return where a picture of an article is kept. digest: of its bytes."""
        return self._on_shelf(tenant, "pinned-picture" if pinned else "picture", article_id, digest)

    def new_share_id(self, tenant: str) -> str:
        """Return the id of a new share link: 192 bits of chance, and a tag by which we find its tenant.

        To others, two links of one tenant look no more alike than those of two.
        """
        chance = token_bytes(_CHANCE_BYTES)
        return urlsafe_b64encode(chance + self._share_tag(tenant, chance)).decode("ascii")

    def sharer(self, share_id: str, tenants: Iterable[str]) -> str | None:
        """Return which of these tenants made a share link, or None."""
        if not is_share_id(share_id):
            return None
        data = urlsafe_b64decode(share_id)
        chance, tag = data[:_CHANCE_BYTES], data[_CHANCE_BYTES:]
        found = [one for one in tenants if hmac.compare_digest(self._share_tag(one, chance), tag)]
        return found[0] if found else None

    def derived(self, purpose: str) -> str:
        """Return a key of its own for another purpose, such as signing cookies."""
        return self._name("key", purpose)

    def _on_shelf(self, tenant: str, kind: Kind, *parts: str) -> str:
        return self.prefix(tenant, kind) + self._name(f"{kind} name", tenant, *parts)

    def _share_tag(self, tenant: str, chance: bytes) -> bytes:
        return self._digest("share tag", tenant, chance)[:_TAG_BYTES]

    def _name(self, purpose: str, *parts: str | bytes) -> str:
        return urlsafe_b64encode(self._digest(purpose, *parts)).rstrip(b"=").decode("ascii")

    def _digest(self, purpose: str, *parts: str | bytes) -> bytes:
        return hmac.digest(self.secret, b"".join(_framed(part) for part in (purpose, *parts)), sha256)


def list_of(name: str) -> str | None:
    """Return the prefix of the list that a name stands in, None when it is of a kind that is not listed."""
    shelf, _, rest = name.partition(".")
    kind = rest.partition(".")[0]
    return f"{shelf}.{kind}." if kind in LISTED else None


def is_article_id(text: str) -> bool:
    """Whether the text has the form of an article's id."""
    return _ID.fullmatch(text) is not None


def is_share_id(text: str) -> bool:
    """Whether the text has the form of a share link's id."""
    return _SHARE_ID.fullmatch(text) is not None


def _framed(part: str | bytes) -> bytes:
    data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
    return len(data).to_bytes(8, "big") + data
