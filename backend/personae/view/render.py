"""The pages, as HTML strings: complete without JavaScript, no inline script, no inline style.

Templates escape everything that is not the article's sanitised content.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from personae.errors import ArticleGone, PersonaeError
from personae.model import REMOVAL_KINDS, Article, Removal, RemovalKind
from personae.view import assets, body, cast, dates
from personae.view.hosts import web_host, web_origin

KIND_NAMES: dict[RemovalKind, str] = {
    "paywall": "Paywall prompt",
    "comments": "Comments",
    "newsletter": "Newsletter box",
    "login": "Log-in form",
    "share": "Share buttons",
    "related": "Related links",
    "advert": "Advertisement",
    "cookie": "Cookie notice",
    "other": "Other",
}
_IMAGE = re.compile(r'<img(?: [a-z:-]+="[^"]*")*? src="([^"]*)"')
_IMAGE_TAG = re.compile(r'<img(?: [a-z:-]+="[^"]*")*>')
# In the head, where everything is ours: a link or a script that loads a file from this backend.
_LOADED = re.compile(r'<link [^>]*href="/static/[^>]*>\n?|<script src="/static/[^>]*></script>\n?')
_BUNDLED_FONT = re.compile(r'@font-face \{[^}]*url\("fonts/[^}]*\}\n?')
_SAMPLE = 500  # code points that tell a text's script
_FIRST_WORDS = 90  # code points of a removed block that the page quotes

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals["asset"] = assets.url


def reader_page(article: Article, *, export_base: str) -> str:
    """Return the reader view of a sanitised article.

    export_base: the path to which ".md", ".txt" and ".json" are appended ("/read/<id>").
    """
    shown = body.show(article)
    members = cast.assemble(article, shown.anchors)
    return _page(
        "reader.html",
        article=article,
        shown=shown,
        source=source_of(article),
        published=dates.shown(article.published, article.language),
        updated=dates.updated(article.published, article.modified, article.language),
        key_actors=[m for m in members if m.actor.key],
        other_actors=[m for m in members if not m.actor.key],
        no_actors=None if members else _why_no_actors(article),
        only_sure=_only_sure(article) if members else None,
        removed=removals(article),
        export_base=export_base,
        latin=_is_latin(article.title + article.text[:_SAMPLE]),
    )


def standalone_page(article: Article) -> str:
    """Return the reader view as one file that loads nothing: styles inside, no images, no script."""
    lead = replace(article, lead_image=None, content=_IMAGE_TAG.sub("", article.content))
    page = reader_page(lead, export_base="")
    style = _BUNDLED_FONT.sub("", (assets.STATIC / "reader.css").read_text(encoding="utf-8"))
    return _LOADED.sub("", page).replace("</head>", f"<style>\n{style}</style>\n</head>", 1)


def error_page(error: PersonaeError, *, original_url: str | None = None) -> str:
    """Return the page for an error, with the way back to the original when its address is known."""
    return _page(
        "error.html",
        error=error,
        gone=isinstance(error, ArticleGone),
        original=_link(original_url),
    )


def try_page(error: PersonaeError | None = None) -> str:
    """Return the page to try Personae without the extension: a form that posts file, html and url."""
    return _page("try.html", error=error)


def sign_in_page(error: PersonaeError | None = None, next_path: str = "/") -> str:
    """Return the form that posts token and next to /session."""
    return _page("sign_in.html", error=error, next_path=next_path)


def image_origins(article: Article) -> tuple[str, ...]:
    """Return the origins ("https://cdn.example.com:8443") of the article's images, for img-src."""
    sources = [unescape(src) for src in _IMAGE.findall(article.content)]
    if article.lead_image:
        sources.append(article.lead_image.src)
    return tuple(sorted({origin for src in sources if (origin := web_origin(src))}))


def source_of(article: Article) -> dict[str, str | None]:
    """Return the publication's name and the link to the original; href is None for a saved page."""
    url = _link(article.url) or _link(article.canonical_url)
    host = (web_host(url) or "").removeprefix("www.")
    return {"name": article.site or host or "Saved page", "href": url, "host": host}


def removals(article: Article) -> list[tuple[str, Removal, str]]:
    """Return (kind's name, removal, first words), those inside the article first."""
    ordered = sorted(article.removed, key=lambda r: (not r.inside, REMOVAL_KINDS.index(r.kind)))
    return [(KIND_NAMES[r.kind], r, _first_words(r.text)) for r in ordered]


def _page(template: str, **values: Any) -> str:
    return _templates.get_template(template).render(**values)


def _link(url: str | None) -> str | None:
    """Let only web addresses become links."""
    return url if web_host(url) else None


def _is_latin(text: str) -> bool:
    """Tell whether Literata will be needed at once."""
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c < "\u0250" for c in letters) > len(letters)


def _first_words(text: str) -> str:
    if len(text) <= _FIRST_WORDS:
        return text
    return text[:_FIRST_WORDS].rpartition(" ")[0] + " …"


def _only_sure(article: Article) -> str | None:
    """Say that a cast found without a language model is not the whole of it."""
    if article.actors_status != "unsupported-language":
        return None
    language = dates.language_name(article.language) or "this language"
    return f"Only who is beyond doubt: there is no language model for {language} here."


def _why_no_actors(article: Article) -> str:
    if article.actors_status == "unsupported-language":
        language = dates.language_name(article.language)
        return f"Actors are not available for {language or 'this language'} yet."
    return {
        "found": "Nobody is named in this text.",
        "not-requested": "Nobody looked for actors in this article.",
        "unavailable": "Actors could not be looked for: the language model did not answer.",
    }[article.actors_status]
