"""The JSON addresses that the extension and other tools use."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from personae.errors import ArticleGone, UnsupportedMedia
from personae.markup.picture_files import picture_addresses
from personae.service.http import pages
from personae.service.http.current_backend import backend
from personae.service.http.guard import is_extension
from personae.service.http.page_request import page_request
from personae.service.http.request_body import json_body, picture_body
from personae.service.http.responses import json_response, wants_page
from personae.store.cache.keys import is_article_id
from personae.version import __version__

API_VERSION = 1
blueprint = Blueprint("api", __name__)


@blueprint.post("/api/read")
def read() -> Response:
    """Read a page that the client has."""
    parts = backend()
    settings = parts.settings
    body = json_body(request, max_body=settings.max_body_bytes, max_unpacked=settings.max_html_bytes)
    page = page_request(body, g.tenant)
    outcome = parts.reading.read(page)
    if not page.private:  # of a private window nothing is noted, not even that there was one
        _note_extension()
    article = outcome.article
    if wants_page(request.environ):
        return pages.reader_response(article, parts.library.status(g.tenant, outcome.kept))
    ticket = ""
    if parts.sessions.required:
        ticket = "?" + urlencode({"ticket": parts.sessions.ticket(g.tenant, str(article.id))})
    return json_response({**article.to_dict(), "view": f"/read/{article.id}{ticket}", "cache": outcome.cache})


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


@blueprint.get("/api/read/<article_id>/pictures")
def pictures(article_id: str) -> Response:
    """Return which pictures an article has, which of them are kept, and how large they may be."""
    library, settings = backend().library, backend().settings
    article = library.find(g.tenant, _checked_id(article_id)).article
    kept = library.pictures(g.tenant, article)
    listed = [{"src": src, "kept": src in kept} for src in picture_addresses(article)]
    return json_response({"pictures": listed, "max_picture_bytes": settings.max_picture_bytes})


@blueprint.put("/api/read/<article_id>/pictures/<int:number>")
def keep_picture(article_id: str, number: int) -> Response:
    """Keep a picture of an article, as the client's browser has it. number: its place in the list, from 0."""
    data = picture_body(request, most=backend().settings.max_picture_bytes)
    backend().library.keep_picture(g.tenant, _checked_id(article_id), number, data)
    return Response(status=204)


@blueprint.delete("/api/read/<article_id>/pictures")
def forget_pictures(article_id: str) -> Response:
    """Forget the pictures of an article, which stays."""
    backend().library.forget_pictures(g.tenant, _checked_id(article_id))
    return Response(status=204)


@blueprint.post("/api/read/<article_id>/share")
def share(article_id: str) -> Response:
    """Return the article's share link, which is made when it has none."""
    if request.mimetype not in ("", "application/json"):  # no form of another page may reach it
        raise UnsupportedMedia(hint="Send no body.")
    return json_response({"path": backend().library.share(g.tenant, _checked_id(article_id))})


@blueprint.delete("/api/read/<article_id>/share")
def unshare(article_id: str) -> Response:
    """Take an article's share link back."""
    backend().library.unshare(g.tenant, _checked_id(article_id))
    return Response(status=204)


@blueprint.get("/api/status")
def status() -> Response:
    """Return that this is Personae, and which: for the extension's "Test connection"."""
    _note_extension()
    languages = sorted(backend().pool.capabilities.models)
    return json_response(
        {"name": "personae", "version": __version__, "api": API_VERSION, "languages": languages}
    )


def _note_extension() -> None:
    """Note for the home page that the extension works, when it is the extension that asks."""
    if is_extension(request.headers.get("Origin")):
        backend().library.lists.note_extension(g.tenant)


def _checked_id(article_id: str) -> str:
    if not is_article_id(article_id):
        raise ArticleGone
    return article_id
