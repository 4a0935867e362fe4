"""The addresses that a person's browser shows. What the pages look like is the view's affair."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
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
    PictureGone,
    TokenRequired,
)
from personae.markup.picture_files import with_pictures_at
from personae.markup.sanitize import clean
from personae.model import NOT_OWNED, Article, StorageStatus
from personae.page.parse.decode import decode_page
from personae.service.application.corrections import corrected
from personae.service.application.reading import PageRequest
from personae.service.application.sessions import COOKIE_SECONDS
from personae.service.http.compression import LEAST_BYTES, packed_once, takes_gzip
from personae.service.http.correction_request import corrections_of
from personae.service.http.current_backend import backend
from personae.service.http.page_request import page_url
from personae.service.http.request_body import CORRECTIONS_BYTES, json_body
from personae.service.http.responses import CODE_KEY, error_response, page_response
from personae.service.http.view_preferences import view_preferences
from personae.store.cache.keys import is_article_id
from personae.store.records import KeptArticle
from personae.view.exports.formats import EXPORTS, Export, file_stem
from personae.view.page import assets, render
from personae.view.page.model_offer import ModelOffer

_FOREVER = "public, max-age=31536000, immutable"
_MOST_ORIGINS = 60
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d+)?|https?://\[[0-9A-Fa-f:.]+\](:\d+)?")
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_EXPORT = f"/read/<article_id>.<any({', '.join(EXPORTS)}):suffix>"
blueprint = Blueprint("pages", __name__)


# ---------------------------------------------------------------- reading


def reader_response(article: Article, storage: StorageStatus) -> Response:
    """Return the reader view of an article; its policy lets in the images that it needs and no others."""
    kept = backend().library.pictures(g.tenant, article) if storage.owned else {}
    addresses = {src: f"/read/{article.id}/pictures/{one.digest}" for src, one in kept.items()}
    article = with_pictures_at(article, addresses)
    preferences = view_preferences(request.environ)
    wanted = render.image_origins(article) if preferences.pictures != "off" else ()
    origins = [one for one in wanted if _ORIGIN.fullmatch(one)]
    offer = _model_offer(article, storage)
    # A header has an end; a page with pictures from more places than this shows the rest without.
    html = render.reader_page(
        article,
        export_base=f"/read/{article.id}" if storage.owned else "",
        exports=EXPORTS,
        language=preferences.language,
        pictures=preferences.pictures,
        storage=storage,
        kept_pictures=len(kept),
        model=offer,
    )
    return page_response(
        html, image_origins=origins[:_MOST_ORIGINS], forms=offer is not None and offer.by_button
    )


def _model_offer(article: Article, storage: StorageStatus) -> ModelOffer | None:
    """Return the model that would show this article's cast, for its owner; None when there is none."""
    adding = backend().model_adding
    wanted = article.actors_status == "unsupported-language" and storage.owned
    release = adding.offered(article.language) if wanted else None
    if release is None:
        return None
    return ModelOffer(release.language, release.licence, release.megabytes, by_button=adding.is_allowed)


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
        return reader_response(kept.article, library.status(g.tenant, kept))
    except ArticleGone as gone:
        original = library.original(g.tenant, article_id)
        page = render.error_page(gone, original_url=original, language=_language())
        return error_response(gone, request.environ, page=page)


@blueprint.post("/read/<article_id>")
def corrected_article(article_id: str) -> Response:
    """Show an article with its cast as the reader corrected it. Nothing of that is kept here."""
    kept = _corrected(article_id)
    return reader_response(kept.article, backend().library.status(g.tenant, kept))


@blueprint.get(_EXPORT)
def export(article_id: str, suffix: str) -> Response:
    """Return the article for other tools, or to keep."""
    if not is_article_id(article_id):
        raise ArticleGone
    return _file(backend().library.find(g.tenant, article_id).article, suffix)


@blueprint.get("/read/<article_id>/pictures/<digest>")
def picture(article_id: str, digest: str) -> Response:
    """Return a picture that is kept with an article. It is what its bytes say, and can do nothing."""
    if not (is_article_id(article_id) and _DIGEST.fullmatch(digest)):
        raise PictureGone
    found = backend().library.picture(g.tenant, article_id, digest)
    answer = Response(found.data, mimetype=found.mimetype)
    answer.headers["Content-Security-Policy"] = _SANDBOX
    return answer


@blueprint.post(_EXPORT)
def corrected_export(article_id: str, suffix: str) -> Response:
    """Return the same with its cast as the reader corrected it. Nothing of that is kept here."""
    return _file(_corrected(article_id).article, suffix)


def _corrected(article_id: str) -> KeptArticle:
    """Return an article with its cast as the request's body corrects it."""
    if not is_article_id(article_id):
        raise ArticleGone
    settings = backend().settings
    most = min(CORRECTIONS_BYTES, settings.max_body_bytes)
    corrections = corrections_of(json_body(request, max_body=most, max_unpacked=most))
    kept = backend().library.find(g.tenant, article_id)
    return replace(kept, article=clean(corrected(kept.article, corrections)))


def _file(article: Article, suffix: str) -> Response:
    """Return an article in one of its forms, under the name of the story."""
    form = EXPORTS[suffix]
    pictures = backend().library.pictures_with_bytes(g.tenant, article) if form.attached else {}
    answer = Response(form.write(article, _language(), pictures), mimetype=form.mimetype)
    answer.headers["Content-Disposition"] = _disposition(file_stem(article.title), form)
    if form.mimetype == "text/html":
        # Were it shown here all the same, it could do nothing: it would not even be of this site.
        answer.headers["Content-Security-Policy"] = _SANDBOX
    return answer


def _disposition(stem: str, form: Export) -> str:
    """Return how to treat the file (RFC 6266): its name for old clients in ASCII, and as it is."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().strip("-")
    kind = "attachment" if form.attached else "inline"
    names = f"filename=\"{plain or 'article'}.{form.suffix}\"; filename*=UTF-8''{quote(stem)}.{form.suffix}"
    return f"{kind}; {names}"


@blueprint.get("/shared/<share_id>")
def shared(share_id: str) -> Response:
    """Show a shared article to whoever has its link: without a token, and without anything of its owner's."""
    found = backend().library.find_shared(share_id).article
    answer = reader_response(replace(found, id=None), NOT_OWNED)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


# ---------------------------------------------------------------- without the extension


@blueprint.get("/try")
def trying() -> Response:
    """Show the form to try it with a saved page."""
    return page_response(render.try_page(language=_language()), forms=True)


@blueprint.post("/try")
def try_it() -> Response:
    """Read a saved page or pasted HTML, and lead to its reader view."""
    try:
        file = request.files.get("file")
        html = decode_page(file.read()) if file and file.filename else request.form.get("html", "")
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
        return page_response(page, error.status, forms=True)
    return redirect(f"/read/{found.id}", 303)


def _address(typed: str) -> str:
    try:
        return page_url(typed)
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
        return page_response(render.sign_in_page(error, path, language=_language()), error.status, forms=True)
    return _with_cookie(redirect(path, 303), tenant)


@blueprint.route("/session", methods=["DELETE"])
@blueprint.post("/session/end")
def sign_out() -> Response:
    """Take the cookie back, and let no copy of it open anything."""
    sessions = backend().sessions
    sessions.end(request.cookies.get(sessions.cookie_name))
    answer = redirect("/", 303) if request.method == "POST" else Response(status=204)
    answer.delete_cookie(sessions.cookie_name, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def _with_ticket(ticket: str, article_id: str) -> Response:
    sessions = backend().sessions
    # HEAD asks what is there and must change nothing: the ticket stays good.
    takes = sessions.required and request.method == "GET"
    tenant = sessions.redeem(ticket, article_id) if takes else None
    answer = redirect(f"/read/{article_id}", 303)
    # A ticket that is no longer valid leads to the clean address too: there the cookie or the form decides.
    # Nor does a link, which anybody can send, make somebody else of who is signed in.
    known = sessions.tenant_of_cookie(request.cookies.get(sessions.cookie_name))
    return answer if tenant is None or known is not None else _with_cookie(answer, tenant)


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
    return view_preferences(request.environ).language


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
    except (OSError, ValueError):  # no file, or no name of one
        raise NotFound from None
    answer: Response
    if content is None:
        answer = send_from_directory(assets.STATIC, name)
    else:
        packs = len(content) >= LEAST_BYTES and takes_gzip(request)
        answer = Response(_packed(name) if packs else content)
        answer.mimetype = "text/css" if name.endswith(".css") else "text/javascript"
        if packs:
            answer.headers["Content-Encoding"] = "gzip"
            answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = _FOREVER if version == assets.version() else "no-cache"
    return answer


@cache
def _packed(name: str) -> bytes:
    """Return a text file compressed: once, for as long as the service runs."""
    return packed_once(assets.content(name))
