"""The JSON addresses that the extension and other tools use."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from personae.errors import ArticleGone, InvalidField, InvalidJSON, UnsupportedMedia
from personae.service.application.backend import backend
from personae.service.application.reading import PageRequest
from personae.service.http import pages
from personae.service.http.request_body import json_body
from personae.service.http.responses import json_answer, wants_page
from personae.store.cache.keys import is_article_id
from personae.version import __version__

API_VERSION = 1
MAX_URL = 8192
_SCHEMES = ("http", "https", "file", "about")
blueprint = Blueprint("api", __name__)


@blueprint.post("/api/read")
def read() -> Response:
    """Read a page that the client has."""
    parts = backend()
    settings = parts.settings
    body = json_body(request, max_body=settings.max_body_bytes, max_unpacked=settings.max_html_bytes)
    outcome = parts.reading.read(_page_request(body))
    article = outcome.article
    if wants_page(request.environ):
        return pages.reader_answer(article, parts.library.keeping(g.tenant, outcome.kept))
    ticket = ""
    if parts.sessions.required:
        ticket = "?" + urlencode({"ticket": parts.sessions.ticket(g.tenant, str(article.id))})
    return json_answer({**article.to_dict(), "view": f"/read/{article.id}{ticket}", "cache": outcome.cache})


@blueprint.delete("/api/read")
def forget_all() -> Response:
    """Forget everything of whoever asks, in every store."""
    backend().library.forget_all(g.tenant)
    return Response(status=204)


@blueprint.delete("/api/read/<article_id>")
def forget(article_id: str) -> Response:
    """Forget an article in every store; also when it is not there, or no longer."""
    backend().library.forget(g.tenant, _checked_id(article_id))
    return Response(status=204)


@blueprint.put("/api/read/<article_id>/pin")
def pin(article_id: str) -> Response:
    """Keep an article until it is unpinned."""
    backend().library.pin(g.tenant, _checked_id(article_id))
    return Response(status=204)


@blueprint.delete("/api/read/<article_id>/pin")
def unpin(article_id: str) -> Response:
    """Let an article expire again."""
    backend().library.unpin(g.tenant, _checked_id(article_id))
    return Response(status=204)


@blueprint.post("/api/read/<article_id>/share")
def share(article_id: str) -> Response:
    """Return the article's share link, which is made when it has none."""
    if request.mimetype not in ("", "application/json"):  # no form of another page may reach it
        raise UnsupportedMedia(hint="Send no body.")
    return json_answer({"path": backend().library.share(g.tenant, _checked_id(article_id))})


@blueprint.delete("/api/read/<article_id>/share")
def unshare(article_id: str) -> Response:
    """Take an article's share link back."""
    backend().library.unshare(g.tenant, _checked_id(article_id))
    return Response(status=204)


@blueprint.get("/api/status")
def status() -> Response:
    """Tell the extension's "Test connection" that this is Personae, and which."""
    languages = sorted(backend().pool.description.models)
    return json_answer(
        {"name": "personae", "version": __version__, "api": API_VERSION, "languages": languages}
    )


def _checked_id(article_id: str) -> str:
    if not is_article_id(article_id):
        raise ArticleGone
    return article_id


def _page_request(body: Any) -> PageRequest:
    if not isinstance(body, dict):
        raise InvalidJSON("The request's body is JSON, but not an object.")
    return PageRequest(
        tenant=g.tenant,
        url=checked_url(_field(body, "url", str)),
        html=_field(body, "html", str),
        private=_field(body, "private", bool, default=False),
        actors=_field(body, "actors", bool, default=True),
    )


def _field(body: dict[str, Any], name: str, kind: type, *, default: Any = None) -> Any:
    value = body.get(name, default)
    if value is None and name not in body:
        raise InvalidField(f'The field "{name}" is missing.')
    if not isinstance(value, kind):
        words = {str: "a string", bool: "true or false"}[kind]
        raise InvalidField(f'The field "{name}" must be {words}.')
    return value


def checked_url(url: str) -> str:
    """Return the page's address, "" when it has none. Raises InvalidField."""
    url = url.strip()
    try:
        scheme = urlsplit(url).scheme
        url.encode("utf-8")
    except ValueError:
        scheme = "broken"
    if url and (scheme not in _SCHEMES or len(url) > MAX_URL or not url.isprintable()):
        raise InvalidField(
            'The field "url" must be the address of a page.',
            hint=f"It begins with http:// or https:// and has at most {MAX_URL} characters; "
            "leave it empty when the page has none.",
        )
    return url
