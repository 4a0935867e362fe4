"""The pages, as HTML strings: complete without JavaScript, no inline style, no inline script but ours.

Templates escape everything that is not the article's sanitised content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from personae.errors import ArticleGone, PersonaeError
from personae.markup.hosts import web_host, web_origin
from personae.markup.picture_files import picture_addresses
from personae.model import NOT_OWNED, REMOVAL_KINDS, Article, Removal, StorageStatus
from personae.version import __version__
from personae.view.i18n import date_format
from personae.view.i18n.catalogue import LANGUAGES, Catalogue, catalogue
from personae.view.i18n.reason_messages import in_words
from personae.view.page import assets, cast_members, proportions, story_map
from personae.view.page import marked_story as body
from personae.view.page.model_offer import ModelOffer
from personae.view.page.places import Places
from personae.view.page.writing_mode import vertical, with_upright_numbers

MOST_GIVEN_BACK = 2_000_000
_IMAGE = re.compile(r'<img(?: [a-z:-]+="[^"]*")*? src="([^"]*)"')
_SAMPLE = 500  # code points that tell a text's script
_MEGABYTE = 1 << 20
_FIRST_WORDS = 90  # code points of a removed block that the page quotes

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals.update(
    asset=assets.url,
    inline=lambda name: Markup(assets.inline(name)),  # noqa: S704 - a file of ours
    modules=assets.modules,
)


def reader_page(
    article: Article,
    *,
    export_base: str,
    exports: Iterable[str] = (),
    language: str = "en",
    pictures: str = "show",
    storage: StorageStatus = NOT_OWNED,
    kept_pictures: int = 0,
    scripts: bool = True,
    model: ModelOffer | None = None,
) -> str:
    """Return the reader view of a sanitised article.

    export_base: the path to which a dot and a suffix are appended ("/read/<id>"), or "".
    exports: the suffixes of the forms that the menu offers, each with a message `export_SUFFIX`.
    language: of the interface, one of `catalogue.LANGUAGES`.
    pictures: "show", "ask" or "off", see `body.show`.
    storage: how it is stored, and whether whoever looks is its owner.
    kept_pictures: how many of its pictures are kept with it, here.
    scripts: whether the page brings its scripts and their words.
    model: a language model that could be added for this article, or None.
    """
    words = catalogue(language)
    lines = vertical(article)
    shown = body.show(article, words, pictures=pictures, upright=lines == "rl")
    places = Places(article, shown.paragraphs)
    members = cast_members.assemble(article, shown.anchors, places, words)
    return filled(
        "reader.html",
        words,
        article=article,
        shown=shown,
        vertical=lines,
        upright=_upright if lines == "rl" else str,
        title_size=proportions.title_size(article.title),
        standfirst_size=proportions.standfirst_size(article.standfirst),
        lead=_lead_picture(article, words, pictures),
        lead_place=proportions.lead_place(article, is_offered_cast=model is not None),
        source=source_of(article, words),
        published=date_format.shown(article.published, article.language),
        updated=date_format.updated(article.published, article.modified, article.language),
        map=story_map.draw(article, members, places, words),
        key_actors=[m for m in members if m.actor.key],
        other_actors=[m for m in members if not m.actor.key],
        no_actors=None if members else _why_no_actors(article, words),
        only_sure=_only_sure(article, words) if members else None,
        model=model,
        removed=removals(article, words),
        export_base=export_base,
        exports=tuple(exports),
        storage=storage,
        kept_pictures=kept_pictures,
        missing_pictures=len(picture_addresses(article)),
        latin=_is_latin(article.title + article.text[:_SAMPLE]),
        script_words={key: words.messages[key] for key in assets.message_keys(words.messages)}
        if scripts
        else None,
        languages=LANGUAGES,
        version=__version__,
    )


def error_page(error: PersonaeError, *, original_url: str | None = None, language: str = "en") -> str:
    """Return the page for an error, with the way back to the original when its address is known."""
    return filled(
        "error.html",
        catalogue(language),
        error=error,
        gone=isinstance(error, ArticleGone),
        original=_link(original_url),
    )


def try_page(
    error: PersonaeError | None = None, *, url: str = "", html: str = "", language: str = "en"
) -> str:
    """Return the page to try Personae without the extension: a form that posts file, html and url.

    url, html: what was sent, filled in again; HTML of more than `MOST_GIVEN_BACK` characters is not.
    """
    gone = len(html) > MOST_GIVEN_BACK
    return filled("try.html", catalogue(language), error=error, url=url, html="" if gone else html, gone=gone)


def sign_in_page(error: PersonaeError | None = None, next_path: str = "/", *, language: str = "en") -> str:
    """Return the form that posts token and next to /session."""
    return filled("sign_in.html", catalogue(language), error=error, next_path=next_path)


def adding_page(code: str, *, done: int, length: int, over: bool, language: str = "en") -> str:
    """Return the page that says how far the adding of a language model is.

    code: the model's language; done: bytes that are there, of `length` (0: nobody knows); over: all is done.
    """
    words = catalogue(language)
    far = None
    if length and not over:
        megabytes = [words.decimal(size / _MEGABYTE, 1) for size in (done, length)]
        far = words.text("model_progress", done=megabytes[0], all=megabytes[1])
    name = words.language_name(code) or code
    return filled("adding.html", words, name=name, over=over, far=far, done=done, length=length)


def image_origins(article: Article) -> tuple[str, ...]:
    """Return the origins ("https://cdn.example.com:8443") of the article's images, for img-src."""
    # Those of what was removed too: it can be put back.
    html = article.content + "".join(removal.html for removal in article.removed)
    sources = [unescape(src) for src in _IMAGE.findall(html)]
    if article.lead_image:
        sources.append(article.lead_image.src)
    return tuple(sorted({origin for src in sources if (origin := web_origin(src))}))


def source_of(article: Article, words: Catalogue) -> dict[str, str | None]:
    """Return the publication's name and the link to the original; href is None for a saved page."""
    url = _link(article.url) or _link(article.canonical_url)
    host = (web_host(url) or "").removeprefix("www.")
    return {"name": article.site or host or words.text("saved_page"), "href": url, "host": host}


def removals(article: Article, words: Catalogue) -> list[tuple[str, Removal, str, int]]:
    """Return (kind's name, removal, first words, index in `removed`), those inside the article first."""
    numbered = enumerate(article.removed)
    ordered = sorted(numbered, key=lambda pair: (not pair[1].inside, REMOVAL_KINDS.index(pair[1].kind)))
    return [(words.text(f"kind_{r.kind}"), r, _first_words(r.text), index) for index, r in ordered]


def filled(template: str, words: Catalogue, **values: Any) -> str:
    """Return a page from a template, which has the words of a language and what tells an error in them."""
    error = values.get("error")
    if error is not None:
        values["message"], values["hint"] = _in_words(error, words)
    values["reason"] = partial(in_words, words=words)
    values |= {"t": words.text, "n": words.counted, "decimal": words.decimal}
    return _templates.get_template(template).render(**values)


def _in_words(error: PersonaeError, words: Catalogue) -> tuple[str, str]:
    """Return an error's message and hint; those of its class in the interface's language."""
    message, hint = error.message, error.hint
    if message == error.default_message and words.has(f"error_{error.code}"):
        message = words.text(f"error_{error.code}")
    if hint == error.default_hint and words.has(f"error_{error.code}_hint"):
        hint = words.text(f"error_{error.code}_hint")
    return message, hint


def _upright(text: str) -> Markup:
    return with_upright_numbers(escape(text))


def _link(url: str | None) -> str | None:
    """Let only web addresses become links."""
    return url if web_host(url) else None


def _is_latin(text: str) -> bool:
    """Return whether most letters are Latin, so that Literata is needed at once."""
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c < "\u0250" for c in letters) > len(letters)


def _first_words(text: str) -> str:
    if len(text) <= _FIRST_WORDS:
        return text
    return text[:_FIRST_WORDS].rpartition(" ")[0] + " …"


def _only_sure(article: Article, words: Catalogue) -> str | None:
    """Say that a cast found without a language model is not the whole of it."""
    if article.actors_status != "unsupported-language":
        return None
    return words.text("only_sure", language=_language(article, words))


def _lead_picture(article: Article, words: Catalogue, pictures: str) -> Markup | None:
    """Return what stands for the lead image; None when there is none, or none is to be loaded."""
    lead = article.lead_image
    if lead is None or pictures == "off":
        return None
    given, shape = {"src": lead.src, "alt": lead.alt}, "unsized"
    if lead.width and lead.height:
        given |= {"width": str(lead.width), "height": str(lead.height)}
        shape = "tall" if lead.height > lead.width else ""
    if pictures == "ask":
        return Markup(body.picture_button(given, words))  # noqa: S704 - escaped there
    attributes = {**given, "class": shape} if shape else given
    shown = Markup(" ").join(Markup('{}="{}"').format(name, value) for name, value in attributes.items())
    return Markup('<img {} decoding="async" referrerpolicy="no-referrer">').format(shown)


def _why_no_actors(article: Article, words: Catalogue) -> str:
    if article.actors_status == "unsupported-language":
        return words.text("no_actors_language", language=_language(article, words))
    return words.text(
        {
            "found": "no_actors",
            "not-requested": "no_actors_not_requested",
            "unavailable": "no_actors_unavailable",
        }[article.actors_status]
    )


def _language(article: Article, words: Catalogue) -> str:
    return words.language_name(article.language) or words.text("this_language")
