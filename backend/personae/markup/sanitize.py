"""Make an article's HTML safe to show: the last step, whatever came before.

A tree is brought into a shape that every HTML5 parser reads alike (so that no text moves and no
paragraph merges), then nh3 (ammonia, html5ever) has the last word: nothing touches the string after
it but `render`, which adds attributes to whole tags and never parses it again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urldefrag

import nh3
from lxml.html import HtmlElement

from personae.markup.elements import body_of, html_of
from personae.markup.hosts import is_private, web_host
from personae.markup.shape import TAGS, depth, flat_html, normalise, remove, swap
from personae.markup.tree import new_element
from personae.model import Article

# nh3 takes time in the square of the depth; honest articles nest some twenty deep.
MAX_DEPTH = 120
MAX_PIXELS = 20_000
NOTE_PREFIX = "note-"

ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir", "id"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "code": {"class"},
    "del": {"datetime"},
    "dfn": {"title"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"datetime"},
    "li": {"value"},
    "mark": {"data-actor"},
    "math": {"display", "alttext"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": {"stretchy"},
    "mover": {"accent"},
    "mtable": {"columnalign"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
CLASSES: dict[str, set[str]] = {
    "mark": {"actor"},
    "figure": {"embed"},
    "img": {"formula"},
}
SCHEMES = {"http", "https", "mailto"}

_LANGUAGE = re.compile(r"language-[\w+#.-]{1,30}", re.ASCII)
_UNSAFE_NAME = re.compile(r"[^\w:.-]")


def clean(article: Article) -> Article:
    """Return the article with safe HTML in `content` and `removed`, and a safe lead image.

    The paragraphs of the cleaned content are those of the content that came in: `text` and the
    mentions' offsets stay true. Images at private or loopback addresses are dropped unless the
    article's own URL is at the same host. Idempotent.
    """
    addresses = _Addresses(article)
    cleaner = _Cleaner(addresses)
    lead = article.lead_image
    return replace(
        article,
        content=cleaner.clean(article.content),
        removed=tuple(replace(r, html=cleaner.clean(r.html)) for r in article.removed),
        lead_image=lead if lead and addresses.may_load(lead.src) else None,
    )


class _Cleaner:
    """Cleans the fragments of one article; nh3's own cleaner is dear to make, and is made once."""

    def __init__(self, addresses: _Addresses) -> None:
        self._addresses = addresses
        self._nh3 = nh3.Cleaner(
            tags=set(TAGS),
            clean_content_tags={"script", "style"},
            attributes=ATTRIBUTES,
            attribute_filter=addresses.filter,
            allowed_classes=CLASSES,
            url_schemes=SCHEMES,
            link_rel="noopener noreferrer",
        )

    def clean(self, html: str) -> str:
        """Return one fragment of HTML, sanitised; "" when there is nothing in it."""
        if not html.strip():
            return ""
        body = body_of(html)
        normalise(body)
        self._drop_images(body)
        self._keep_notes(body)
        inner = flat_html(body) if depth(body) > MAX_DEPTH else html_of(body)
        return self._nh3.clean(inner).strip()

    def _drop_images(self, body: HtmlElement) -> None:
        for image in list(body.iter("img")):
            if self._addresses.may_load(image.get("src", "")):
                continue
            figure = next(image.iterancestors("figure"), None)
            remove(image)
            if figure is not None and not _shows_something(figure):
                swap(figure, new_element("div"))  # it still ends the paragraph before it

    def _keep_notes(self, body: HtmlElement) -> None:
        """Keep the ids that footnote links of the content point to, under a prefix of their own."""
        ids = {e.get("id"): e for e in body.iter() if e.get("id")}
        wanted: dict[str, str] = {}
        for link in body.iter("a"):
            address, fragment = urldefrag(link.get("href", ""))
            fragment = unquote(fragment)
            if not fragment or (address and address not in self._addresses.own):
                continue
            if fragment in ids:
                wanted[fragment] = NOTE_PREFIX + _UNSAFE_NAME.sub("-", fragment.removeprefix(NOTE_PREFIX))
                link.set("href", "#" + wanted[fragment])
            elif not address:
                link.tag = "span"
                del link.attrib["href"]
        for name, element in ids.items():
            if name in wanted:
                element.set("id", wanted[name])
            else:
                del element.attrib["id"]


class _Addresses:
    """Judges the addresses and attributes in an article, by where it came from.

    own: the article's own addresses; links to their fragments are links within it.
    """

    def __init__(self, article: Article) -> None:
        self._home = web_host(article.url)
        self.own = {url for url in (article.url, article.canonical_url) if url}

    def may_load(self, src: str) -> bool:
        """Return whether an image may be asked for: on the web, or where the article itself came from."""
        host = web_host(src)
        return host is not None and (host == self._home or not is_private(host))

    def filter(self, tag: str, attribute: str, value: str) -> str | None:
        """Judge one attribute that the allow-list let through; None drops it."""
        if attribute == "id":
            return value if re.fullmatch(NOTE_PREFIX + r"[\w:.-]+", value) else None
        if tag == "code" and attribute == "class":
            return value if _LANGUAGE.fullmatch(value) else None
        if attribute in {"href", "src", "cite"}:
            return value if self._is_safe(attribute, value) else None
        if attribute == "dir":
            return value if value.lower() in {"ltr", "rtl", "auto"} else None
        if attribute in {"width", "height"} and tag == "img":
            return value if value.isascii() and value.isdigit() and 0 < int(value) <= MAX_PIXELS else None
        return value

    def _is_safe(self, attribute: str, address: str) -> bool:
        if attribute == "src":
            return self.may_load(address)
        if attribute == "href" and (
            address.startswith("#" + NOTE_PREFIX) or address.lower().startswith("mailto:")
        ):
            return True
        return web_host(address) is not None


def _shows_something(figure: HtmlElement) -> bool:
    caption = figure.find("figcaption")
    said = "".join(caption.itertext()) if caption is not None else ""
    whole = "".join(str(text) for text in figure.itertext())
    return next(figure.iter("img", "table", "math"), None) is not None or whole.strip() != said.strip()
