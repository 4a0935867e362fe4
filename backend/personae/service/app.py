"""The Flask application: thin views around a Backend, with the guards before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from personae.errors import MethodNotAllowed, PersonaeError, PictureTooLarge, UnsupportedMedia
from personae.service.application.backend import Backend
from personae.service.http import api, model_pages, pages
from personae.service.http.compression import compressed
from personae.service.http.current_backend import attach, backend
from personae.service.http.guard import PREFLIGHT, HostGuard, check_origin, is_asked, is_extension, let_in
from personae.service.http.home import home_views, list_api
from personae.service.http.operations import ops
from personae.service.http.request_body import (
    CORRECTIONS_BYTES,
    FORM_BYTES,
    BoundedRequest,
    too_large_as_sent,
)
from personae.service.http.request_log import ROUTE_KEY, RequestLog, log_unexpected
from personae.service.http.responses import (
    error_response,
    from_http,
    varies_by,
    wants_page,
    with_usual_headers,
)
from personae.settings import Settings

# What takes a body larger than a small form's, and how large.
_BODY_BYTES: Mapping[str, Callable[[Settings], int]] = {
    "api.read": lambda settings: settings.max_body_bytes,
    "api.keep_picture": lambda settings: settings.max_picture_bytes,
    "pages.try_it": lambda settings: settings.max_body_bytes,
    "pages.corrected_article": lambda settings: min(CORRECTIONS_BYTES, settings.max_body_bytes),
    "pages.corrected_export": lambda settings: min(CORRECTIONS_BYTES, settings.max_body_bytes),
}
# What answers without a token. The article page is let through with a ticket only; it checks that itself, and
# the shared page that its link is alive.
_OPEN = frozenset({"ops.healthz", "pages.static_file", "pages.sign_in", "pages.sign_out", "pages.shared"})


def create_app(settings: Settings, *, parts: Backend | None = None) -> Flask:
    """Return the application. parts: a backend of one's own, as tests have; else one is built and started.

    Raises PersonaeError when the backend cannot start. `app.extensions["personae"].close()` ends it.
    """
    if parts is None:
        parts = Backend.build(settings)
        parts.start()
    app = Flask("personae", static_folder=None)
    app.request_class = BoundedRequest
    app.config["PROPAGATE_EXCEPTIONS"] = False
    attach(app, parts)
    app.url_map.merge_slashes = False
    for room in (api, list_api, pages, home_views, model_pages, ops):
        app.register_blueprint(room.blueprint)
    app.before_request(_admit)
    app.after_request(_finish)
    app.register_error_handler(PersonaeError, _answer_error)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unexpected)
    guarded = RequestLog(HostGuard(app.wsgi_app, settings), parts.metrics)
    app.wsgi_app = guarded  # type: ignore[method-assign]
    if settings.trusted_proxies:
        number = settings.trusted_proxies
        app.wsgi_app = ProxyFix(guarded, x_for=number, x_proto=number, x_host=number)  # type: ignore[method-assign]
    return app


def _admit() -> Response | None:
    """Decide who asks, and with how much, before any view runs; answer an extension's preflight."""
    request.environ[ROUTE_KEY] = request.url_rule.rule if request.url_rule else "none"
    # One more: where a body has no stated length, Werkzeug takes one that reaches the limit for one above it.
    request.max_content_length = request.max_form_memory_size = _body_bytes(request.endpoint) + 1
    if request.routing_exception is None:  # else nothing will run that an origin could misuse
        check_origin(request)
    if request.method == "OPTIONS" and is_extension(request.headers.get("Origin")):
        return Response(status=204, headers=PREFLIGHT)
    sessions = backend().sessions
    if not (request.endpoint in _OPEN or (request.endpoint == "pages.article" and "ticket" in request.args)):
        g.tenant = sessions.tenant(
            request.headers.get("Authorization"),
            request.cookies.get(sessions.cookie_name),
            request.remote_addr or "",
        )
    return _let_in() if is_asked(request.environ) else None


def _body_bytes(endpoint: str | None) -> int:
    most = _BODY_BYTES.get(endpoint or "")
    return most(backend().settings) if most else FORM_BYTES


def _let_in() -> Response:
    """Let a body come that can be of use.

    Raises TooLarge, PictureTooLarge, UnsupportedMedia, HTTPException when there is no such address.
    """
    if request.routing_exception is not None:
        raise request.routing_exception
    if (request.content_length or 0) > _body_bytes(request.endpoint):
        raise PictureTooLarge if request.endpoint == "api.keep_picture" else too_large_as_sent()
    if request.endpoint == "api.read" and request.mimetype != "application/json":
        raise UnsupportedMedia
    let_in(request.environ)
    return Response(status=204)


def _finish(answer: Response) -> Response:
    compressed(answer, request)
    origin = request.headers.get("Origin")
    if is_extension(origin):
        answer.headers["Access-Control-Allow-Origin"] = str(origin)
        varies_by(answer, "Origin")
    return with_usual_headers(answer)


def _answer_error(error: PersonaeError) -> Response:
    sign_in = error.status == 401 and wants_page(request.environ)  # noqa: PLR2004
    page = pages.sign_in_page(error, request.path) if sign_in else None
    return error_response(error, request.environ, page=page)


def _answer_http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:  # noqa: PLR2004 - a redirect
        return Response.force_type(error.get_response(), request.environ)
    ours = from_http(error)
    answer = _answer_error(ours)
    if isinstance(ours, MethodNotAllowed) and (allowed := getattr(error, "valid_methods", None)):
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def _answer_unexpected(error: Exception) -> Response:
    log_unexpected(error)
    return _answer_error(PersonaeError())
