"""Embedded players, documents and posts: each becomes a plain link card, nothing active."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml.html import HtmlElement

from personae.article.blocks import fold
from personae.article.elements import append, new
from personae.article.images import absolute_url, is_decoration

_POSTS = (
    "twitter-tweet",
    "instagram-media",
    "tiktok-embed",
    "fb-post",
    "bluesky-embed",
    "mastodon-embed",
)


def player_card(media: HtmlElement, base_url: str | None) -> HtmlElement | None:
    """Return a link card for an embedded player or document; None for what shows nothing."""
    address = media.get("src") or media.get("data-src") or ""
    if media.tag == "video" and not address:
        address = next((s.get("src") or "" for s in media.iter("source")), "")
    address = absolute_url(address, base_url) or ""
    title = fold(media.get("title") or media.get("aria-label") or "")
    if (
        not address
        or is_decoration(media)
        or (media.tag == "iframe" and not (title or media.get("allowfullscreen") is not None))
    ):
        return None
    return _card(address, title or _host(address))


def post_in(branch: HtmlElement) -> HtmlElement | None:
    """Return the embedded post that a branch is or holds as a child."""
    return next((e for e in (branch, *branch.iterchildren()) if isinstance(e.tag, str) and _is_post(e)), None)


def post_card(post: HtmlElement, base_url: str | None) -> HtmlElement | None:
    """Return a link card for an embedded post: its own words are not the article's; None without a link."""
    links = [url for a in post.iter("a") if (url := absolute_url(a.get("href") or "", base_url))]
    return _card(links[-1], _host(links[-1])) if links else None


def _is_post(element: HtmlElement) -> bool:
    names = element.get("class") or ""
    return element.tag in ("blockquote", "div", "section") and any(word in names for word in _POSTS)


def _host(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


def _card(address: str, title: str) -> HtmlElement:
    figure: HtmlElement = new("figure", {"class": "embed"})
    link = append(append(figure, "p"), "a")
    link.set("href", address)
    link.text = title
    return figure
