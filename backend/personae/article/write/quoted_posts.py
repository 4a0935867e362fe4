"""Embedded posts of networks, as quotations: their words, who wrote them, a link to where they stand."""

from __future__ import annotations

from itertools import chain

from lxml.html import HtmlElement

from personae.article.segment.blocks import Block
from personae.article.write.images import absolute_url
from personae.article.write.inline import InlineWriter
from personae.article.write.link_cards import card, host_of, title_of
from personae.markup.elements import append, trim
from personae.markup.tree import new_element

_PERMALINKS = (
    "data-instgrm-permalink",
    "data-text-post-permalink",
    "data-embed-url",
    "data-href",
    "data-url",
    "data-permalink",
    "cite",
)
# With a larger share of its text in links, a block that names nobody is a button of the post. Chosen by hand
# in November 2026.
_BUTTON_LINKED = 0.9


def post_card(post: HtmlElement, base_url: str | None) -> HtmlElement | None:
    """Return a link card for an embedded post; None when the page does not say where the post is."""
    address = _address_of(post, base_url)
    return card(address, title_of(post) or host_of(address)) if address else None


def post_quotation(
    post: HtmlElement, blocks: list[Block], inline: InlineWriter, base_url: str | None
) -> HtmlElement | None:
    """Return an embedded post as a quotation in a figure; None when the page has none of its words.

    blocks: those that stand in the post. The quotation ends with a link to the post, if the page says where
    it is.
    """
    if all(block.linked >= _BUTTON_LINKED and "@" not in block.text for block in blocks):
        return None
    figure: HtmlElement = new_element("figure", {"class": "embed"})
    quotation = append(figure, "blockquote")
    for block in blocks:
        inline.write(block.element, paragraph := append(quotation, "p"))
        trim(paragraph)
    address = _address_of(post, base_url)
    if address and not any(link.get("href") == address for link in quotation.iter("a")):
        link = append(append(quotation, "p"), "a")
        link.set("href", address)
        link.text = title_of(post) or host_of(address)
    return figure


def _address_of(post: HtmlElement, base_url: str | None) -> str | None:
    """Return where a post stands: what it states, else what its last link leads to."""
    stated = [value for e in (post, *post.iterchildren()) for name in _PERMALINKS if (value := e.get(name))]
    linked = [a.get("href") or "" for a in post.iter("a")]
    addresses = (absolute_url(address, base_url) for address in chain(stated[:1], reversed(linked)))
    return next((address for address in addresses if address), None)
