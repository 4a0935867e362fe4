"""The home page: what somebody read, kept and shared here, and what can be done with it, all by plain forms.

What changes something is posted by a page of our own, which the guard sees by its Origin, and leads back to
the home page, which says what was done.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from personae.errors import ArticleGone, NotFound
from personae.service.http.current_backend import backend
from personae.service.http.responses import page_response
from personae.service.http.view_preferences import view_preferences
from personae.store.cache.keys import is_article_id
from personae.store.library import Library
from personae.store.lists import LIST_NAMES, Lists
from personae.view.page import home_page

ON_A_PAGE = 50
# What an address of the home page may say was done -> how the library does it.
ACTIONS: dict[str, Callable[[Library, str, str], object]] = {
    "pin": Library.pin,
    "unpin": Library.unpin,
    "unshare": Library.unshare,
    "forget": Library.forget,
}
_ACTION = f"/articles/<article_id>/<any({', '.join(ACTIONS)}):action>"
blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> Response:
    """Show the lists' beginnings, and whether the extension was seen."""
    keeper = backend().library.lists
    return _page(
        home_page.home_page(
            _lists(),
            extension_seen=keeper.extension_seen(g.tenant),
            is_firefox="Firefox/" in request.headers.get("User-Agent", ""),
            done=request.args.get("done", ""),
            frame=_frame(),
        )
    )


@blueprint.get(f"/articles/<any({', '.join(LIST_NAMES)}):name>")
def whole_list(name: Any) -> Response:
    """Show one list, a page at a time."""
    listed = _lists().named(name)
    pages = max(1, -(-len(listed) // ON_A_PAGE))
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(pages)) and number != "0"):
        raise NotFound
    first = (int(number) - 1) * ON_A_PAGE
    if int(number) > pages:
        raise NotFound
    shown = home_page.list_page(
        name,
        listed[first : first + ON_A_PAGE],
        number=int(number),
        pages=pages,
        total=len(listed),
        frame=_frame(),
    )
    return _page(shown)


@blueprint.get("/articles/<article_id>/forget")
def ask_to_forget(article_id: str) -> Response:
    """Ask whether an article shall be forgotten."""
    listed = _lists().find(article_id) if is_article_id(article_id) else None
    if listed is None:
        raise ArticleGone
    return _page(home_page.forget_page(listed, frame=_frame()))


@blueprint.get("/articles/forget")
def ask_to_forget_all() -> Response:
    """Ask whether everything shall be forgotten, and say how much that is."""
    return _page(home_page.forget_all_page(_lists(), frame=_frame()))


@blueprint.post("/articles/forget")
def forget_all() -> Response:
    """Forget everything of whoever asks."""
    backend().library.forget_all(g.tenant)
    return redirect("/?done=forget_everything", 303)


@blueprint.post(_ACTION)
def act(article_id: str, action: str) -> Response:
    """Do one thing with an article."""
    if not is_article_id(article_id):
        raise ArticleGone
    ACTIONS[action](backend().library, g.tenant, article_id)
    return redirect(f"/?done={action}", 303)


def _lists() -> Lists:
    return backend().library.lists.all(g.tenant)


def _frame() -> home_page.Frame:
    return home_page.Frame(
        language=view_preferences(request.environ).language,
        now=time.time(),
        keeps_for=backend().settings.cache_ttl,
    )


def _page(html: str) -> Response:
    return page_response(html, forms=True)
