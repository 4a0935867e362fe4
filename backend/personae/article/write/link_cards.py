"""A plain link card for each embedded player, document or post: nothing active."""

from __future__ import annotations

import re
from itertools import chain, islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from personae.article.segment.embeds import is_post, quotes_post
from personae.article.vocabulary.element_names import bit, kinds_named, names_of, names_of_kind
from personae.article.vocabulary.phrases import phrases_in
from personae.article.write.images import absolute_url
from personae.markup.elements import append
from personae.markup.text import fold
from personae.markup.tree import new_element

_TITLES = ("title", "aria-label", "data-title", "playlabel", "data-caption")
_PLAYS = re.compile(r"fullscreen|autoplay|encrypted-media|picture-in-picture")
_NO_EMBED = names_of_kind("no_embed", re.IGNORECASE)
_UNWANTED = frozenset({"advert", "cookie", "login", "newsletter", "paywall"})
_ADVERT = bit("advert")
# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026.
_LONGEST_TITLE = 200
# Pixels: a frame that is less wide or high is seen by nobody; one without a title is for people when it is
# this high.
_LEAST_SIZE = 30
_LEAST_HEIGHT, _MOST_HEIGHT = 300, 2000
# An advert is named so on itself or one of the elements right around it, itself counted.
_ADVERT_LEVELS = 3


def player_card(media: HtmlElement, base_url: str | None) -> HtmlElement | None:
    """Return a link card for an embedded player or document; None for what shows nothing, or an advert."""
    address = absolute_url(media.get("src") or "", base_url)
    if address is None or _is_tiny(media) or _is_unwanted(media, address):
        return None
    title = title_of(media)
    return card(address, title or host_of(address)) if title or _shows_something(media) else None


def post_in(branch: HtmlElement) -> HtmlElement | None:
    """Return the post of a network that a branch is or holds as a child, embedded or quoted."""
    around = (branch, *branch.iterchildren())
    return next((e for e in around if isinstance(e.tag, str) and (is_post(e) or quotes_post(e))), None)


def title_of(element: HtmlElement) -> str:
    """Return what an embed says that it is, "" when it says nothing."""
    return next((title for name in _TITLES if (title := fold(element.get(name) or ""))), "")[:_LONGEST_TITLE]


def _is_tiny(media: HtmlElement) -> bool:
    """Return True for a frame that nobody sees; a player of sound may be as low as a line of buttons."""
    sizes = [(media.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return any(size.isascii() and size.isdecimal() and int(size) < _LEAST_SIZE for size in sizes)


def _shows_something(media: HtmlElement) -> bool:
    """Return True if a frame without a title is a player, not a counter: large, or may fill the screen."""
    if media.tag == "video" or media.get("allowfullscreen") is not None:
        return True
    if _PLAYS.search(media.get("allow") or ""):
        return True
    height = (media.get("height") or "").removesuffix("px")
    return height.isascii() and height.isdigit() and _LEAST_HEIGHT <= int(height) <= _MOST_HEIGHT


def _is_unwanted(media: HtmlElement, address: str) -> bool:
    """Return True for adverts, consent frames, captchas and forms: what is no part of the story."""
    around = islice(
        chain([media], media.iterancestors("div", "section", "aside", "ins", "figure")), _ADVERT_LEVELS
    )
    if any(kinds_named(names_of(e)) & _ADVERT for e in around):
        return True
    named = f"{title_of(media)} {names_of(media)} {urlsplit(address).path}"
    return bool(_NO_EMBED.search(named)) or bool(phrases_in(title_of(media)) & _UNWANTED)


def host_of(address: str) -> str:
    """Return the host of an address, without "www."."""
    return urlsplit(address).netloc.removeprefix("www.")


def card(address: str, title: str) -> HtmlElement:
    """Return a figure that holds a link alone."""
    figure: HtmlElement = new_element("figure", {"class": "embed"})
    link = append(append(figure, "p"), "a")
    link.set("href", address)
    link.text = title
    return figure
