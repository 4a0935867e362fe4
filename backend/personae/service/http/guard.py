"""Who may ask: by Host, by Origin, and never by way of a proxy that nobody told us of.

A page of any site can make its reader's browser send requests to this machine; what it cannot do is
lie about Host and Origin. Fetch metadata headers are not relied on: browsers leave them out over
plain HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from personae.errors import HostNotAllowed, OriginNotAllowed, PersonaeError, Refused
from personae.service.http.responses import error_response, with_usual_headers
from personae.settings import LOOPBACK_NAMES, Settings, split_host

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_EXTENSION = re.compile(r"(chrome|moz|safari-web)-extension://[A-Za-z0-9-]{1,64}")
_HOST = re.compile(r"[a-z0-9._-]+(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_FORWARDED",
    "HTTP_VIA",
)
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Content-Encoding, Accept",
    "Access-Control-Max-Age": "600",
}


class HostGuard:
    """WSGI middleware before everything else: a Host that is not ours gets no further."""

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._names = set(LOOPBACK_NAMES) | {
            split_host(f"[{settings.host}]" if ":" in settings.host else settings.host)[0]
        }
        self._extra = {split_host(host) for host in settings.hosts}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, or answer 421 or 403."""
        error = self._objection(environ)
        if error is None:
            return self._app(environ, start_response)
        return with_usual_headers(error_response(error, environ))(environ, start_response)

    def _objection(self, environ: WSGIEnvironment) -> PersonaeError | None:
        if not self.allows(environ.get("HTTP_HOST", "")):
            return HostNotAllowed()
        if not self._settings.token and any(name in environ for name in _FORWARDED):
            return Refused(
                "This request came through a proxy, and this backend is set up for its own machine alone.",
                hint="Set PERSONAE_TRUSTED_PROXIES, PERSONAE_HOSTS and PERSONAE_TOKEN on the backend.",
            )
        return None

    def allows(self, host: str) -> bool:
        """Whether this backend answers under that Host header."""
        if not _HOST.fullmatch(host.lower()):
            return False
        name, port = split_host(host)
        return name in self._names or (name, "") in self._extra or (name, port) in self._extra


def is_extension(origin: str | None) -> bool:
    """Whether an Origin header names a browser extension."""
    return bool(origin and _EXTENSION.fullmatch(origin))


def check_origin(request: Request) -> None:
    """Raise OriginNotAllowed unless our own page, an extension, or no browser at all sent the request.

    A browser names the origin with every request that changes something. Without one, only addresses
    that take nothing but JSON may be used, as command-line clients do.
    """
    origin = request.headers.get("Origin")
    if request.method in _SAFE_METHODS and not _is_preflight(request):
        return
    if origin is None:
        if not request.path.startswith("/api/"):
            raise OriginNotAllowed
        return
    scheme, _, authority = origin.partition("://")
    own = scheme in ("http", "https") and authority.lower() == request.host.lower()
    if not own and not is_extension(origin):
        raise OriginNotAllowed


def _is_preflight(request: Request) -> bool:
    return request.method == "OPTIONS" and "Origin" in request.headers
