"""Who asks: tokens, the cookie of the reader page, and the one-time ticket that leads to it.

A tenant is a token. Without tokens everybody on this machine is one tenant.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from secrets import token_urlsafe

from itsdangerous import BadData, URLSafeTimedSerializer

from personae.errors import TokenRequired, TokenWrong, TooManyAttempts
from personae.store.cache.keys import LOCAL_TENANT, Keys

COOKIE_SECONDS = 30 * 86400
TICKET_SECONDS = 60
WRONG_TOKENS_A_MINUTE = 20
_MOST_REMEMBERED = 10_000
_WINDOW_SECONDS = 60.0


class Sessions:
    """Checks tokens, makes and reads cookies and tickets. Safe with threads."""

    def __init__(
        self, keys: Keys, tokens: tuple[str, ...], *, wrong_tokens_a_minute: int = WRONG_TOKENS_A_MINUTE
    ) -> None:
        self._tokens = {keys.tenant(token): token.encode() for token in tokens}
        self._cookies = URLSafeTimedSerializer(keys.derived("cookie"), salt="cookie")
        self._tickets = URLSafeTimedSerializer(keys.derived("ticket"), salt="ticket")
        self._spent = _Spent()
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
        if cookie:
            tenant = _loaded(self._cookies, cookie, COOKIE_SECONDS)
            if isinstance(tenant, str) and tenant in self._tokens:
                return tenant
        raise TokenRequired

    def tenant_of_token(self, token: str, address: str) -> str:
        """Return the tenant of a token. Raises TokenWrong, TooManyAttempts."""
        self._attempts.check(address)
        given = token.encode("utf-8", "replace")
        found = None
        for tenant, known in self._tokens.items():
            # No early end: how long it takes tells nothing.
            if hmac.compare_digest(given, known):
                found = tenant
        if found is None:
            self._attempts.failed(address)
            raise TokenWrong
        return found

    def cookie(self, tenant: str) -> str:
        """Return the cookie's value for a tenant."""
        return str(self._cookies.dumps(tenant))

    def ticket(self, tenant: str, article_id: str) -> str:
        """Return a ticket that opens this article's page once, within a minute."""
        return str(self._tickets.dumps([tenant, article_id, token_urlsafe(9)]))

    def redeem(self, ticket: str, article_id: str) -> str | None:
        """Return the tenant of a ticket for this article, or None when it is not valid, too old or used."""
        content = _loaded(self._tickets, ticket, TICKET_SECONDS)
        if not isinstance(content, list) or content[1] != article_id or content[0] not in self._tokens:
            return None
        return str(content[0]) if self._spent.use(content[2]) else None


def _loaded(serializer: URLSafeTimedSerializer, value: str, seconds: int) -> object:
    try:
        return serializer.loads(value, max_age=seconds)
    except BadData:
        return None


class _Spent:
    """Tickets that were used, for as long as they would be valid."""

    def __init__(self) -> None:
        self._used: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def use(self, ticket: str) -> bool:
        """Note the ticket as used; return whether it was not used before."""
        now = time.monotonic()
        with self._lock:
            while self._used and next(iter(self._used.values())) < now - TICKET_SECONDS - 1:
                self._used.popitem(last=False)
            # Only tickets that we signed get here; when even those are too many, none is taken.
            if ticket in self._used or len(self._used) >= _MOST_REMEMBERED:
                return False
            self._used[ticket] = now
            return True


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
