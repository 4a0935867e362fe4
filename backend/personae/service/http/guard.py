"""Who may ask: by Host, by Origin, and never by way of a proxy that nobody told us of.

A page of any site can make its reader's browser send requests to this machine; what it cannot do is
lie about Host and Origin. Fetch metadata headers are not relied on: browsers leave them out over
plain HTTP.

All this is judged by a request's headers alone, before its body is taken: the application itself is
asked, with nothing in the body, so that nobody is let in or refused by other rules than those of the answer.
It tells by a mark in the request's environ that it would go on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

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
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_X_CLIENT_IP",
    "HTTP_X_CLUSTER_CLIENT_IP",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_ORIGINAL_HOST",
    "HTTP_X_REWRITE_URL",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_FASTLY_CLIENT_IP",
    "HTTP_FLY_CLIENT_IP",
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


# ---------------------------------------------------------------- by headers alone

_BY_HEADERS = "personae.by_headers"

Judge = Callable[["WSGIEnvironment"], Response | None]


def is_asked(environ: WSGIEnvironment) -> bool:
    """Return whether the headers alone are to be judged."""
    return _BY_HEADERS in environ


def let_in(environ: WSGIEnvironment) -> None:
    """Note that a request's body may come."""
    environ[_BY_HEADERS].append(True)


def is_let_in(environ: WSGIEnvironment) -> bool:
    """Return whether a request was judged by its headers, and its body may come."""
    return bool(environ.get(_BY_HEADERS))


def judge_of(app: WSGIApplication) -> Judge:
    """Return what gives the answer to a request that is refused by its headers, None when its body may come.

    environ: that of the request, without its body.
    """

    def judge(environ: WSGIEnvironment) -> Response | None:
        asked = {**environ, _BY_HEADERS: [], "wsgi.input": BytesIO()}
        answer = Response.from_app(app, asked)
        return None if is_let_in(asked) else answer

    return judge


def environ_of(
    *, method: str, path: str, query: str, headers: dict[str, str], address: str, scheme: str
) -> WSGIEnvironment:
    """Return a request's environ (PEP 3333) without a body.

    headers: named as waitress names them ("CONTENT_TYPE"); address: of the client; scheme: "http" or "https".
    """
    plain = {"CONTENT_TYPE", "CONTENT_LENGTH"}
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method.upper(),
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": address,
        "SERVER_NAME": "personae",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.errors": _Nowhere(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        environ[name if name in plain else f"HTTP_{name}"] = value
    return environ


class _Nowhere:
    """Where a WSGI application may write errors to; this one writes a log."""

    def write(self, text: str) -> int:
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None: ...

    def flush(self) -> None: ...
