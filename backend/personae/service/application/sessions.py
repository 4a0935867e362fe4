"""Who asks: tokens, the cookie of the reader page, and the one-time ticket that leads to it.

A tenant is a token. Without tokens everybody on this machine is one tenant. What was used up, a ticket or a
session, stands in the stores, so that it holds after a restart and on every node that shares them.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from hashlib import sha256
from secrets import token_urlsafe
from typing import Protocol

from itsdangerous import BadData, URLSafeTimedSerializer

from personae.errors import CacheUnavailable, TokenRequired, TokenWrong, TooManyAttempts
from personae.store.cache.keys import LOCAL_TENANT, Keys

COOKIE_SECONDS = 30 * 86400
TICKET_SECONDS = 60
WRONG_TOKENS_A_MINUTE = 20
_MOST_REMEMBERED = 10_000
_WINDOW_SECONDS = 60.0
_SHELF = "session"
_USED = b"used"
_COOKIE_PARTS = 2


class UsedUp(Protocol):
    """Where it is noted what may not be used again; `TwoStores` is one."""

    def put_new(self, name: str, value: bytes, ttl: float) -> bool:
        """Keep a value unless there is one under that name; return whether it was kept."""
        ...

    def put(self, name: str, value: bytes, ttl: float) -> None:
        """Keep a value."""
        ...

    def get(self, name: str) -> bytes | None:
        """Return the value, or None."""
        ...


class Sessions:
    """Checks tokens, makes and reads cookies and tickets. Safe with threads."""

    def __init__(
        self,
        keys: Keys,
        tokens: tuple[str, ...],
        used_up: UsedUp,
        *,
        wrong_tokens_a_minute: int = WRONG_TOKENS_A_MINUTE,
    ) -> None:
        self._tokens = {keys.tenant(token): token.encode() for token in tokens}
        self._cookies = URLSafeTimedSerializer(keys.derived("cookie"), salt="cookie")
        self._tickets = URLSafeTimedSerializer(keys.derived("ticket"), salt="ticket")
        self._used_up = used_up
        self._attempts = _Attempts(wrong_tokens_a_minute)
        # Cookies know no ports: two backends on one machine must not overwrite each other's.
        self.cookie_name = f"personae_{keys.derived('cookie name')[:8]}"

    @property
    def tenants(self) -> frozenset[str]:
        """All that may ask: one for each token, or the one of this machine."""
        return frozenset(self._tokens) or frozenset({LOCAL_TENANT})

    @property
    def required(self) -> bool:
        """Whether every request needs a token."""
        return bool(self._tokens)

    def tenant(self, authorization: str | None, cookie: str | None, address: str) -> str:
        """Return the tenant of a request.

        authorization, cookie: header and cookie as they came; address: of the client.

        Raises TokenRequired, TokenWrong, TooManyAttempts.
        """
        if not self.required:
            return LOCAL_TENANT
        if authorization:
            scheme, _, token = authorization.partition(" ")
            if scheme.lower() == "bearer":
                return self.tenant_of_token(token.strip(), address)
        tenant = self.tenant_of_cookie(cookie)
        if tenant is None:
            raise TokenRequired
        return tenant

    def tenant_of_cookie(self, cookie: str | None) -> str | None:
        """Return the tenant of a cookie, or None when it is none of ours, too old, or signed out."""
        content = _loaded(self._cookies, cookie, COOKIE_SECONDS) if cookie else None
        if not (isinstance(content, list) and len(content) == _COOKIE_PARTS and content[0] in self._tokens):
            return None
        return None if self._used_up.get(_name(content[1])) else str(content[0])

    def end(self, cookie: str | None) -> None:
        """Let a cookie open nothing any more, wherever it was copied to. Raises CacheUnavailable."""
        content = _loaded(self._cookies, cookie, COOKIE_SECONDS) if cookie else None
        if isinstance(content, list) and len(content) == _COOKIE_PARTS:
            self._used_up.put(_name(content[1]), _USED, COOKIE_SECONDS)

    def tenant_of_token(self, token: str, address: str) -> str:
        """Return the tenant of a token. Raises TokenWrong, TooManyAttempts.

        The right token is let in however many wrong ones came from its address, which many may share.
        """
        given = token.encode("utf-8", "replace")
        found = None
        for tenant, known in self._tokens.items():
            # No early end: how long it takes tells nothing.
            if hmac.compare_digest(given, known):
                found = tenant
        if found is None:
            self._attempts.check(address)
            self._attempts.failed(address)
            raise TokenWrong
        return found

    def cookie(self, tenant: str) -> str:
        """Return the cookie's value for a tenant."""
        return str(self._cookies.dumps([tenant, token_urlsafe(9)]))

    def ticket(self, tenant: str, article_id: str) -> str:
        """Return a ticket that opens this article's page once, within a minute."""
        return str(self._tickets.dumps([tenant, article_id, token_urlsafe(9)]))

    def redeem(self, ticket: str, article_id: str) -> str | None:
        """Return the tenant of a ticket for this article, or None when it is not valid, too old or used."""
        content = _loaded(self._tickets, ticket, TICKET_SECONDS)
        if not isinstance(content, list) or content[1] != article_id or content[0] not in self._tokens:
            return None
        try:
            is_first = self._used_up.put_new(_name(content[2]), _USED, TICKET_SECONDS + 1)
        except CacheUnavailable:
            return None  # nobody knows whether it was used: the cookie or the token decides
        return str(content[0]) if is_first else None


def _name(secret: str) -> str:
    """Return the name under which it stands that something was used; it tells nobody what."""
    return f"{_SHELF}.{sha256(str(secret).encode()).hexdigest()}"


def _loaded(serializer: URLSafeTimedSerializer, value: str, seconds: int) -> object:
    try:
        return serializer.loads(value, max_age=seconds)
    except BadData:
        return None


class _Attempts:
    """Wrong tokens of the last minute, by address; bounded, so that it cannot fill the memory."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, address: str) -> None:
        """Raise TooManyAttempts when this address sent too many wrong tokens lately."""
        with self._lock:
            recent = self._failures.get(address)
            while recent and recent[0] < self._clock() - _WINDOW_SECONDS:
                recent.popleft()
            if recent is not None and len(recent) >= self._most:
                raise TooManyAttempts

    def failed(self, address: str) -> None:
        """Note a wrong token."""
        with self._lock:
            self._failures.setdefault(address, deque(maxlen=self._most)).append(self._clock())
            self._failures.move_to_end(address)
            if len(self._failures) > _MOST_REMEMBERED:
                self._failures.popitem(last=False)
