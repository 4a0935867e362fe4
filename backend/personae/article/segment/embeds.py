"""Embedded players, documents and posts among a page's blocks.

Formats that keep no address in the page but an identifier are known by a table (data/embeds.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections import deque
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from lxml.html import HtmlElement

from personae.article.segment.blocks import Block
from personae.markup.content_model import HEADINGS
from personae.markup.text import short_text

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
_OFF_THE_WEB = ("about:", "data:", "blob:", "javascript:")
_CUSTOM_PLAYER = re.compile(r"video|player|audio|podcast|iframe|embed|youtube|vimeo", re.IGNORECASE)
_HANDLE = re.compile(r"(?:^|[\s(（])@\w[\w.-]+(?:@[\w.-]+)?|\bu/\w+")
# A date of a post: a number of a year or a time, or two numbers and more.
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:.]\d\d|\d{1,2}\D+\d{1,4}")
_EMBEDDED = re.compile(r"embed|oembed|social|quote-?post|post-?card")
# The longest post, and the end of it that says who wrote it when, in characters. Chosen by hand in November
# 2026.
_LONGEST_POST, _SIGNATURE = 2500, 160


@dataclass(frozen=True, slots=True)
class _Format:
    """An embedding format: what its elements are called, what identifies the embedded, where that is seen."""

    element: re.Pattern[str]
    identifier: tuple[str, ...]
    address: str


def normalise_players(body: HtmlElement) -> None:
    """Bring players to one shape, in place: an empty `iframe`, or a `video`, with its address and title.

    What stands inside a player is shown only by browsers that cannot play it, which is none. Inside a video
    it stays as evidence of where the player is; `is_unseen` finds it.
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
    """Return True for what stands inside a player, for browsers that cannot play it."""
    return any(element.tag == "video" for element in block.trail)


def is_post(element: HtmlElement) -> bool:
    """Return True for an embedded post of a network, by the class that embedding code puts on it.

    A class alone tells little: an element with more text than a post, or with headings, is none.
    """
    if element.tag not in ("blockquote", "div", "section"):
        return False
    names = (element.get("class") or "").lower()
    if not _posts().search(names) and not (_EMBEDDED.search(names) and quotes_post(element)):
        return False
    return short_text(element, _LONGEST_POST) is not None and next(element.iter(*HEADINGS), None) is None


def quotes_post(element: HtmlElement) -> bool:
    """Return True for a quotation that ends as a post of a network does: a name, a handle or date, a link."""
    if element.tag != "blockquote" or next(element.iter("a"), None) is None:
        return False
    text = short_text(element, _LONGEST_POST)
    if text is None:
        return False
    link = deque(element.iter("a"), maxlen=1)[0]
    last = "".join(link.itertext()).strip()
    if not (link.get("href") or "").startswith("http") or (last and last not in text[-_SIGNATURE:]):
        return False
    return _HANDLE.search(text[-_SIGNATURE:]) is not None or _DATE.search(last) is not None


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
    return re.compile("|".join(rf"\b(?:{e['class']})" for e in _table()["post"]))
