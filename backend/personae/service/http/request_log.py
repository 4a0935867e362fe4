"""The outermost layer: every request gets an id, a line in the log, a count, and an answer in any case."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import structlog

from personae.errors import PersonaeError
from personae.service.application.metrics import Metrics
from personae.service.http.guard import is_let_in
from personae.service.http.responses import CODE_KEY, error_response, with_usual_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROUTE_KEY = "personae.route"
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
_log = structlog.get_logger(__name__)


class RequestLog:
    """WSGI middleware. Logs route, status, time and error code: never an address, a query or a body."""

    def __init__(self, app: WSGIApplication, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request."""
        start = time.perf_counter()
        request_id = token_hex(8)
        status = 500

        def noting(line: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            nonlocal status
            status = int(line.split(" ", 1)[0])
            return start_response(line, [*headers, ("X-Request-Id", request_id)], *rest)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                body = self._app(environ, noting)
            except Exception as error:  # noqa: BLE001 - the last resort: no client ever sees a trace
                log_unexpected(error)
                answer = with_usual_headers(error_response(PersonaeError(), environ))
                body = answer(environ, noting)
            if is_let_in(environ):
                return body  # its answer is still to come
            route, code = environ.get(ROUTE_KEY, "none"), environ.get(CODE_KEY)
            self._metrics.answered(route, status, code)
            log = _log.debug if route in _QUIET else _log.info
            milliseconds = round((time.perf_counter() - start) * 1000, 1)
            log("request", method=_method(environ), route=route, status=status, ms=milliseconds, code=code)
        return body


def log_unexpected(error: Exception) -> None:
    """Log an error that nobody foresaw: its type and place, not its message, which may quote a page."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno} in {place.name}"
    _log.error("unexpected_error", cause=type(error).__name__, where=where)


def _method(environ: WSGIEnvironment) -> str:
    method = str(environ.get("REQUEST_METHOD"))
    return method if method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS") else "other"
