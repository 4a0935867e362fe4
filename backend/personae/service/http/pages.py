"""The addresses that a person's browser shows. What the pages look like is the view's affair."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from urllib.parse import quote

from flask import Blueprint, g, redirect, request, send_from_directory
from werkzeug.wrappers import Response

from personae.errors import (
    ArticleGone,
    InvalidAddress,
    InvalidField,
    NoPageChosen,
    NotFound,
    PersonaeError,
    TokenRequired,
)
from personae.markup.sanitize import clean
from personae.model import Article
from personae.page.parse.decode import decode
from personae.service.application.backend import backend
from personae.service.application.corrections import corrected
from personae.service.application.limits import json_body
from personae.service.application.reading import PageRequest
from personae.service.application.sessions import COOKIE_SECONDS
from personae.service.http.answers import CODE_KEY, error_answer, json_answer, page_answer
from personae.service.http.correction_request import corrections_of
from personae.service.http.interface import interface_of
from personae.store.cache.keys import is_article_id
from personae.store.keeping import SOMEONE_ELSES, Keeping
from personae.store.records import KeptArticle
from personae.view.exports.formats import EXPORTS, file_stem
from personae.view.page import assets, render

_FOREVER = "public, max-age=31536000, immutable"
_MOST_ORIGINS = 60
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d+)?|https?://\[[0-9A-Fa-f:.]+\](:\d+)?")
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_EXPORT = "/read/<article_id>.<any(json, epub, html, md, txt):form>"
blueprint = Blueprint("pages", __name__)


# ---------------------------------------------------------------- reading


def reader_answer(article: Article, keeping: Keeping) -> Response:
    """Return the reader view of an article; its policy lets in the images that it needs and no others."""
    look = interface_of(request.environ)
    wanted = render.image_origins(article) if look.pictures != "off" else ()
    origins = [one for one in wanted if _ORIGIN.fullmatch(one)]
    # A header has an end; a page with pictures from more places than this shows the rest without.
    html = render.reader_page(
        article,
        export_base=f"/read/{article.id}" if keeping.mine else "",
        language=look.language,
        pictures=look.pictures,
        keeping=keeping,
    )
    return page_answer(html, image_origins=origins[:_MOST_ORIGINS])


@blueprint.get("/read/<article_id>")
def article(article_id: str) -> Response:
    """Show an article; with a ticket, first trade it for the cookie."""
    if not is_article_id(article_id):
        raise ArticleGone
    ticket = request.args.get("ticket")
    if ticket is not None:
        return _with_ticket(ticket, article_id)
    library = backend().library
    try:
        kept = library.find(g.tenant, article_id)
        return reader_answer(kept.article, library.keeping(g.tenant, kept))
    except ArticleGone as gone:
        original = library.original(g.tenant, article_id)
        page = render.error_page(gone, original_url=original, language=_language())
        return error_answer(gone, request.environ, page=page)


@blueprint.post("/read/<article_id>")
def corrected_article(article_id: str) -> Response:
    """Show an article with its cast as the reader corrected it. Nothing of that is kept here."""
    kept = _corrected(article_id)
    return reader_answer(kept.article, backend().library.keeping(g.tenant, kept))


@blueprint.get(_EXPORT)
def export(article_id: str, form: str) -> Response:
    """Return the article for other tools, or to keep."""
    if not is_article_id(article_id):
        raise ArticleGone
    return _file(backend().library.find(g.tenant, article_id).article, form)


@blueprint.post(_EXPORT)
def corrected_export(article_id: str, form: str) -> Response:
    """Return the same with its cast as the reader corrected it. Nothing of that is kept here."""
    return _file(_corrected(article_id).article, form)


def _corrected(article_id: str) -> KeptArticle:
    """Return an article with its cast as the request's body corrects it."""
    if not is_article_id(article_id):
        raise ArticleGone
    settings = backend().settings
    body = json_body(request, max_body=settings.max_body_bytes, max_unpacked=settings.max_body_bytes)
    said = corrections_of(body)
    kept = backend().library.find(g.tenant, article_id)
    return replace(kept, article=clean(corrected(kept.article, said)))


def _file(article: Article, form: str) -> Response:
    """Return an article in one of its forms, under the name of the story."""
    attached = False
    if form == "json":
        answer = json_answer(article.to_dict())
    else:
        export = EXPORTS[form]
        answer = Response(export.write(article, _language()), mimetype=export.mimetype)
        attached = export.attached
    answer.headers["Content-Disposition"] = _disposition(file_stem(article.title), form, attached=attached)
    if form == "html":
        # Were it shown here all the same, it could do nothing: it would not even be of this site.
        answer.headers["Content-Security-Policy"] = _SANDBOX
    return answer


def _disposition(stem: str, form: str, *, attached: bool) -> str:
    """Return how to treat the file (RFC 6266): its name for old clients in ASCII, and as it is."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().strip("-")
    kind = "attachment" if attached else "inline"
    return f"{kind}; filename=\"{plain or 'article'}.{form}\"; filename*=UTF-8''{quote(stem)}.{form}"


@blueprint.get("/shared/<share_id>")
def shared(share_id: str) -> Response:
    """Show a shared article to whoever has its link: without a token, and without anything of its owner's."""
    found = backend().library.find_shared(share_id).article
    answer = reader_answer(replace(found, id=None), SOMEONE_ELSES)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


# ---------------------------------------------------------------- without the extension


@blueprint.get("/")
def home() -> Response:
    """Show the form to try it with a saved page."""
    return page_answer(render.try_page(language=_language()), forms=True)


@blueprint.post("/try")
def try_it() -> Response:
    """Read a saved page or pasted HTML, and lead to its reader view."""
    try:
        file = request.files.get("file")
        html = decode(file.read()) if file and file.filename else request.form.get("html", "")
        if not html.strip():
            raise NoPageChosen
        url = _address(request.form.get("url", ""))
        found = backend().reading.read(PageRequest(tenant=g.tenant, url=url, html=html)).article
    except PersonaeError as error:
        request.environ[CODE_KEY] = error.code
        form = request.form
        page = render.try_page(
            error, url=form.get("url", ""), html=form.get("html", ""), language=_language()
        )
        return page_answer(page, error.status, forms=True)
    return redirect(f"/read/{found.id}", 303)


def _address(typed: str) -> str:
    from personae.service.http.api import checked_url  # noqa: PLC0415 - api shows pages too

    try:
        return checked_url(typed)
    except InvalidField:
        raise InvalidAddress from None


# ---------------------------------------------------------------- signing in


def sign_in_page(error: PersonaeError | None, path: str) -> str:
    """Return the form that asks for the token and leads back to the path."""
    # That no token came is why the form is there, not a mistake to complain about.
    shown = None if isinstance(error, TokenRequired) else error
    return render.sign_in_page(shown, _own_path(path), language=_language())


@blueprint.post("/session")
def sign_in() -> Response:
    """Take the token from the form and give a cookie for it."""
    path = _own_path(request.form.get("next", "/"))
    sessions = backend().sessions
    try:
        tenant = sessions.tenant_of_token(request.form.get("token", "").strip(), request.remote_addr or "")
    except PersonaeError as error:
        request.environ[CODE_KEY] = error.code
        return page_answer(render.sign_in_page(error, path, language=_language()), error.status, forms=True)
    return _with_cookie(redirect(path, 303), tenant)


@blueprint.route("/session", methods=["DELETE"])
@blueprint.post("/session/end")
def sign_out() -> Response:
    """Take the cookie back."""
    answer = redirect("/", 303) if request.method == "POST" else Response(status=204)
    answer.delete_cookie(
        backend().sessions.cookie_name, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return answer


def _with_ticket(ticket: str, article_id: str) -> Response:
    sessions = backend().sessions
    # HEAD asks what is there and must change nothing: the ticket stays good.
    takes = sessions.required and request.method == "GET"
    tenant = sessions.redeem(ticket, article_id) if takes else None
    answer = redirect(f"/read/{article_id}", 303)
    # A ticket that is no longer valid leads to the clean address too: there the cookie or the form decides.
    return answer if tenant is None else _with_cookie(answer, tenant)


def _with_cookie(answer: Response, tenant: str) -> Response:
    sessions = backend().sessions
    answer.set_cookie(
        sessions.cookie_name,
        sessions.cookie(tenant),
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return answer


def _language() -> str:
    return interface_of(request.environ).language


def _own_path(path: str) -> str:
    """Return the path, or "/" when it would lead to another site."""
    own = (
        path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and path.isascii()
    )
    return path if own else "/"


# ---------------------------------------------------------------- files


@blueprint.get("/static/<version>/<path:name>")
def static_file(version: str, name: str) -> Response:
    """Return a style sheet, a script or a font. Under the version of now it may be kept for ever."""
    try:
        content = assets.content(name) if name == assets.STYLE_SHEET or name.endswith(".js") else None
    except OSError:
        raise NotFound from None
    answer: Response
    if content is None:
        answer = send_from_directory(assets.STATIC, name)
    else:
        answer = Response(content, mimetype="text/css" if name.endswith(".css") else "text/javascript")
    answer.headers["Cache-Control"] = _FOREVER if version == assets.version() else "no-cache"
    return answer
