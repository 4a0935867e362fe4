"""What a browser asks of the pages: the interface's language, and whether pictures come at once.

The reader page's settings live in the browser; these two shape what the server writes, so the page's script
keeps them in one cookie too: `personae_view=de.ask` (either part may be empty).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_cookie

from personae.view.i18n.catalogue import LANGUAGES

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

COOKIE = "personae_view"
PICTURES = ("show", "ask", "off")


class ViewPreferences(NamedTuple):
    """language: one of `LANGUAGES`; pictures: "show" at once, "ask" for a click, or "off"."""

    language: str
    pictures: str


def view_preferences(environ: WSGIEnvironment) -> ViewPreferences:
    """Return what the cookie says, and for what it does not say what the browser's languages suggest."""
    language, _, pictures = parse_cookie(environ.get("HTTP_COOKIE")).get(COOKIE, "").partition(".")
    if language not in LANGUAGES:
        accept = parse_accept_header(environ.get("HTTP_ACCEPT_LANGUAGE"), LanguageAccept)
        language = accept.best_match(LANGUAGES, default="en")
    return ViewPreferences(language, pictures if pictures in PICTURES else "show")
