"""Embedded players, documents and posts: each becomes a plain link card, nothing active.

Formats that keep no address in the page but an identifier are told by a table (data/embeds.toml).
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are pixels and levels; the line that uses one says what it tells
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from urllib.parse import quote, urlsplit

from lxml.html import HtmlElement

from personae.article.segment.blocks import Block, fold
from personae.article.vocabulary.element_names import bit, kinds_named, names_of
from personae.article.vocabulary.phrases import phrases_in
from personae.article.write.images import absolute_url
from personae.markup.elements import append
from personae.markup.tree import new_element

_ADDRESSES = (
    "src",
    "data-src",
    "data-lazy-src",
    "data-litespeed-src",
    "data-consent-src",
    "data-cookieblock-src",
    "data-cmp-src",
    "data-url",
    "data-href",
    "href",
    "url",
)
_TITLES = ("title", "aria-label", "data-title", "playlabel", "data-caption")
_PERMALINKS = ("data-instgrm-permalink", "data-href", "data-url", "data-permalink", "cite")
_OFF_THE_WEB = ("about:", "data:", "blob:", "javascript:")
_PLAYS = re.compile(r"fullscreen|autoplay|encrypted-media|picture-in-picture")
_CUSTOM_PLAYER = re.compile(r"video|player|audio|podcast|iframe|embed|youtube|vimeo", re.IGNORECASE)
_NO_EMBED = re.compile(r"captcha|consent|cookie|analytics|pixel|tracking|login", re.IGNORECASE)
_UNWANTED = frozenset({"advert", "cookie", "login", "newsletter", "paywall"})
_ADVERT = bit("advert")
_LONGEST_TITLE = 200
_HANDLE = re.compile(r"\(@[\w.]+(?:@[\w.-]+)?\)")


@dataclass(frozen=True, slots=True)
class _Format:
    """An embedding format: what its elements are called, what identifies the embedded, where that is seen."""

    element: re.Pattern[str]
    identifier: tuple[str, ...]
    address: str


def settle_players(body: HtmlElement) -> None:
    """Bring players to one shape, in place: an empty `iframe`, or a `video`, with its address and title.

    What stands inside a player is shown only by browsers that cannot play it, which is none. Inside a video
    it stays as evidence of where the player is; `is_unseen` tells it.
    """
    for element in list(body.iter()):
        tag = str(element.tag)
        if tag == "video":
            if address := _address(element) or _first_source(element):
                element.set("src", address)
        elif tag in ("audio", "iframe"):
            _empty(element, address=_address(element) or _first_source(element))
            if tag == "audio":
                _make_player(element)
        elif "-" in tag and (address := _custom_address(element)):
            _empty(element, address=address)
            _make_player(element)


def is_unseen(block: Block) -> bool:
    """Tell what stands inside a player, for browsers that cannot play it."""
    return any(element.tag == "video" for element in block.trail)


def player_card(media: HtmlElement, base_url: str | None) -> HtmlElement | None:
    """Return a link card for an embedded player or document; None for what shows nothing, or an advert."""
    address = absolute_url(media.get("src") or "", base_url)
    if address is None or _is_tiny(media) or _is_unwanted(media, address):
        return None
    title = _title(media)
    return _card(address, title or _host(address)) if title or _shows_something(media) else None


def is_post(element: HtmlElement) -> bool:
    """Tell an embedded post of a social network: by its format's class, or by the handle that signs it."""
    if element.tag not in ("blockquote", "div", "section"):
        return False
    if _posts().search(element.get("class") or ""):
        return True
    linked = element.tag == "blockquote" and next(element.iter("a"), None) is not None
    return linked and _HANDLE.search("".join(element.itertext())) is not None


def post_in(branch: HtmlElement) -> HtmlElement | None:
    """Return the embedded post that a branch is or holds as a child."""
    return next((e for e in (branch, *branch.iterchildren()) if isinstance(e.tag, str) and is_post(e)), None)


def post_card(post: HtmlElement, base_url: str | None) -> HtmlElement | None:
    """Return a link card for an embedded post; None when the page does not say where the post is."""
    stated = [value for name in _PERMALINKS if (value := post.get(name))]
    linked = [a.get("href") or "" for a in post.iter("a")]
    links = [url for href in chain(stated[:1], reversed(linked)) if (url := absolute_url(href, base_url))]
    return _card(links[0], _title(post) or _host(links[0])) if links else None


def _title(element: HtmlElement) -> str:
    return next((title for name in _TITLES if (title := fold(element.get(name) or ""))), "")[:_LONGEST_TITLE]


def _address(element: HtmlElement) -> str:
    """Return the first address of the web that an element states; lazy ones stand in other attributes."""
    stated = (value for name in _ADDRESSES if (value := (element.get(name) or "").strip()))
    return next((v for v in stated if not v.lower().startswith(_OFF_THE_WEB)), "")


def _first_source(element: HtmlElement) -> str:
    return next((address for source in element.iter("source") if (address := _address(source))), "")


def _custom_address(element: HtmlElement) -> str:
    """Return where a custom element's content is seen, "" when it is no player."""
    name = f"{element.tag!s} {element.get('class') or ''}"
    for form in _formats():
        if form.element.search(name):
            number: str = next((v for key in form.identifier if (v := element.get(key))), "")
            if not number or number.startswith("https:"):
                return number
            return form.address.replace("{}", quote(number, safe=""))
    return _address(element) if _CUSTOM_PLAYER.search(str(element.tag)) else ""


def _empty(element: HtmlElement, *, address: str) -> None:
    element.text = None
    for child in list(element):
        element.remove(child)
    if address:
        element.set("src", address)


def _make_player(element: HtmlElement) -> None:
    element.tag = "iframe"
    element.set("allowfullscreen", "")


def _is_tiny(media: HtmlElement) -> bool:
    """Tell a frame that nobody sees; a player of sound may be as low as a line of buttons."""
    sizes = [(media.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return any(size.isascii() and size.isdecimal() and int(size) < 30 for size in sizes)


def _shows_something(media: HtmlElement) -> bool:
    """Tell a player without a title from a counter: it may fill the screen, or is as large as a picture."""
    if media.tag == "video" or media.get("allowfullscreen") is not None:
        return True
    if _PLAYS.search(media.get("allow") or ""):
        return True
    height = (media.get("height") or "").removesuffix("px")
    return height.isascii() and height.isdigit() and 300 <= int(height) <= 2000


def _is_unwanted(media: HtmlElement, address: str) -> bool:
    """Tell adverts, consent frames, captchas and forms from what belongs to the story."""
    around = islice(chain([media], media.iterancestors("div", "section", "aside", "ins", "figure")), 3)
    if any(kinds_named(names_of(e)) & _ADVERT for e in around):
        return True
    said = f"{_title(media)} {names_of(media)} {urlsplit(address).path}"
    return bool(_NO_EMBED.search(said)) or bool(phrases_in(_title(media)) & _UNWANTED)


def _host(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


def _card(address: str, title: str) -> HtmlElement:
    figure: HtmlElement = new_element("figure", {"class": "embed"})
    link = append(append(figure, "p"), "a")
    link.set("href", address)
    link.text = title
    return figure


@cache
def _table() -> dict[str, list[dict[str, str | list[str]]]]:
    return tomllib.loads(files("personae.article.segment").joinpath("data/embeds.toml").read_text("utf-8"))


@cache
def _formats() -> tuple[_Format, ...]:
    return tuple(
        _Format(re.compile(rf"\b(?:{e['element']})"), tuple(e["identifier"]), str(e["address"]))
        for e in _table()["embed"]
    )


@cache
def _posts() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{e['class']}" for e in _table()["post"]))
