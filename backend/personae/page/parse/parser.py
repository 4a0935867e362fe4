"""One bounded parse: a page as the browser has it becomes a tree that holds only what can shape the article.

Everything after this module reads the tree and nothing else, and `fingerprint()` hashes that tree:
what is dropped here cannot shape a result, and what shapes a result is in the hash.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.etree import ParserError, XMLSyntaxError
from lxml.html import HtmlElement, document_fromstring, tostring

from personae.errors import EmptyPage, NotHTML, TooComplex, TooLarge
from personae.markup.tree import html_parser
from personae.page.parse.prune import prune
from personae.page.parse.source import (
    encode,
    foreign_format,
    is_binary,
    is_too_complex,
    without_open_noscript,
)

# What HTML lets stand in a head.
_OF_HEAD = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noscript", "script", "style", "template", "title"}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one page, several times what honest pages need.

    The largest of a thousand measured pages had 2.2 MB, 16,000 elements, depth 56 and 60 attributes on
    one tag. Deeper trees make the sanitiser quadratic; many attributes on one tag make the parser so.

    max_bytes: of the page in UTF-8; max_nodes: elements; max_depth: of nested elements, the root at 1;
    max_attributes: on one tag.
    """

    max_bytes: int = 20_000_000
    max_nodes: int = 150_000
    max_depth: int = 500
    max_attributes: int = 256


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page.

    tree: the root <html>; volatile parts and what the browser does not render are gone.
    url: where the page came from, or None when that is not http(s) (a saved page's file: address).
    base_url: what its links resolve against: <base href> resolved against url, else url.
    snapshot: the browser extension took it and flagged what was not rendered.
    selection: of a snapshot, the body holds what the reader had selected, and nothing else.
    """

    tree: HtmlElement
    url: str | None
    base_url: str | None
    snapshot: bool
    selection: bool = False


def parse(html: str, url: str | None = None, *, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Parse one page, once.

    html: the page as text, in any state; url: where it came from, only kept when it is http(s).

    Raises EmptyPage (nothing to read in it), NotHTML (a PDF, JSON, a feed, plain text), TooLarge
    (bytes), TooComplex (elements, depth or attributes over the limits).
    """
    if len(html) > limits.max_bytes:
        raise TooLarge
    data = encode(html)
    if len(data) > limits.max_bytes:
        raise TooLarge
    if not data.strip():
        raise EmptyPage
    if is_binary(html):
        raise NotHTML("What was sent is a binary file, not an HTML page.")
    if found := foreign_format(data):
        raise NotHTML(f"What was sent is {found}, not an HTML page.")
    if is_too_complex(data, most_tags=limits.max_nodes, most_attributes=limits.max_attributes):
        raise TooComplex
    tree = _tree(without_open_noscript(data))
    # Held so that lxml makes each element's Python object once, not once a pass.
    elements = list(tree.iter())
    _check_depth(tree, limits.max_depth)
    snapshot = tree.get("data-personae-snapshot") == "1"
    selection = snapshot and tree.get("data-personae-selection") is not None
    prune(tree, snapshot=snapshot)
    if not _has_content(tree):
        raise EmptyPage
    del elements
    url = http_url(url)
    return Page(tree=tree, url=url, base_url=_base_url(tree, url), snapshot=snapshot, selection=selection)


def fingerprint(page: Page) -> bytes:
    """Return a SHA-256 over the page's URL and tree.

    Equal for two loads of a page that differ only in parts that cannot shape the article.
    """
    digest = hashlib.sha256()
    digest.update((page.url or "").encode("utf-8", "replace"))
    digest.update(b"\0snapshot\0" if page.snapshot else b"\0saved\0")
    digest.update(tostring(page.tree, encoding="utf-8", method="xml"))
    return digest.digest()


def http_url(url: str | None, base: str | None = None) -> str | None:
    """Return url, resolved against base, when it is an absolute http(s) address with a host; else None."""
    if not url:
        return None
    try:
        absolute = urljoin(base or "", url.strip())
        parts = urlsplit(absolute)
        host = parts.hostname
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and host else None


def _tree(data: bytes) -> HtmlElement:
    try:
        tree = _with_body(document_fromstring(data, parser=html_parser()))
    except (ParserError, XMLSyntaxError) as error:
        raise EmptyPage from error
    if tree.tag != "html":
        raise NotHTML
    return tree


def _with_body(tree: HtmlElement) -> HtmlElement:
    """Begin the body where HTML has it begin when its tag is left out: at the first element of no head.

    The parser knows this of `<p>`, but not of `<article>`, `<main>` and the like.
    """
    head = tree.find("head")
    if head is None:
        return tree
    first = next((e for e in head if isinstance(e.tag, str) and e.tag not in _OF_HEAD), None)
    if first is None:
        return tree
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        tree.append(body)
    moved = list(head)[head.index(first) :]
    if body.text and body.text.strip():
        moved[-1].tail = f"{moved[-1].tail or ''}{body.text}"
        body.text = None
    body[:0] = moved
    return tree


def _check_depth(tree: HtmlElement, limit: int) -> None:
    depth = 1
    level = [tree]
    while level := [child for element in level for child in element]:
        depth += 1
        if depth > limit:
            raise TooComplex


def _has_content(tree: HtmlElement) -> bool:
    """Return whether there is any text or picture, a <title> included; structured data do not count."""
    return any(
        element.tag in ("img", "video")
        or (element.text and element.tag != "script" and not element.text.isspace())
        or (element.tail and not element.tail.isspace())
        for element in tree.iter()
    )


def _base_url(tree: HtmlElement, url: str | None) -> str | None:
    declared = next((href for base in tree.iter("base") if (href := base.get("href"))), None)
    return http_url(declared, url) or url
