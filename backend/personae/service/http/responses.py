"""How this backend answers: one JSON shape for every error, a page for a person, the same headers always."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from personae.errors import (
    Busy,
    MethodNotAllowed,
    NotFound,
    PersonaeError,
    RequestError,
    TooManyAttempts,
)
from personae.service.http.request_body import too_large_as_sent
from personae.service.http.view_preferences import view_preferences
from personae.view.page import assets, render

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

CODE_KEY = "personae.code"
_RETRY_SECONDS = {Busy: 3, TooManyAttempts: 60}
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in _POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def json_response(data: Any, status: int = 200) -> Response:
    """Return JSON in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), status, mimetype="application/json")


def page_response(
    html: str, status: int = 200, *, image_origins: Iterable[str] = (), forms: bool = False
) -> Response:
    """Return a page.

    image_origins: where its pictures come from; forms: it posts forms to us. With "no-referrer" a
    browser sends `Origin: null` with those, so such a page tells its address to us, and nobody else.
    """
    answer = Response(html.encode("utf-8", "replace"), status, mimetype="text/html")
    images = " ".join(["'self'", *image_origins])
    scripts = " ".join(["'self'", *assets.inline_sources()])
    policy = {**_POLICY, "script-src": scripts, "img-src": images}
    answer.headers["Content-Security-Policy"] = "; ".join(f"{k} {v}" for k, v in policy.items())
    if forms:
        answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def error_response(error: PersonaeError, environ: WSGIEnvironment, *, page: str | None = None) -> Response:
    """Return an error: as JSON, or as a page when a browser asks to show one.

    page: that page, when it is another than the usual one.
    """
    environ[CODE_KEY] = error.code
    if wants_page(environ):
        shown = page or render.error_page(error, language=view_preferences(environ).language)
        answer = page_response(shown, error.status, forms=page is not None)
    else:
        answer = json_response(error.to_dict(), error.status)
    answer.headers["Vary"] = "Accept, Accept-Language"
    if error.status == 401:  # noqa: PLR2004 - HTTP demands the header with this status
        answer.headers["WWW-Authenticate"] = 'Bearer realm="personae"'
    return retry_after(answer, error)


def retry_after(answer: Response, error: PersonaeError) -> Response:
    """Say in the answer to an error when to come again, if that helps."""
    if type(error) in _RETRY_SECONDS:
        answer.headers["Retry-After"] = str(_RETRY_SECONDS[type(error)])
    return answer


def wants_page(environ: WSGIEnvironment) -> bool:
    """Whether the client would rather have HTML than JSON; one that takes anything gets JSON."""
    accept = parse_accept_header(environ.get("HTTP_ACCEPT"), MIMEAccept)
    return accept.best_match(["application/json", "text/html"]) == "text/html"


def from_http(error: HTTPException) -> PersonaeError:
    """Return the error of our own tree for one that Flask or Werkzeug raised."""
    status = error.code or 500
    if status == 404:  # noqa: PLR2004
        return NotFound()
    if status == 405:  # noqa: PLR2004
        return MethodNotAllowed()
    if status == 413:  # noqa: PLR2004
        return too_large_as_sent()
    return RequestError() if status < 500 else PersonaeError()  # noqa: PLR2004


def varies_by(answer: Response, field: str) -> None:
    """Say that the answer would be another with another value of this header of the request."""
    known = answer.headers.get("Vary")
    answer.headers["Vary"] = f"{known}, {field}" if known else field


def with_usual_headers(answer: Response) -> Response:
    """Add the headers that every answer has, where it does not have its own."""
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer
