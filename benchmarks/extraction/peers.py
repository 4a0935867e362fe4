"""The extractors that are compared, each used as its own documentation shows.

An extractor's clock runs from the page's HTML, a string, to what it gives: text where it gives text, HTML
where it gives HTML. HTML then becomes text outside the clock, by the rules by which Personae's own does
(`plain_text`: paragraphs, lists and headings, no captions), so that no peer pays for its lack of a text.
"""

from __future__ import annotations

import importlib
import logging
import re
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Protocol

from readability import Document

import personae
from personae.markup.elements import body_of
from personae.markup.paragraphs import plain_text

from .node import NodePeers
from .pages import Page

SAYS = re.compile(r"\w")  # what a line of a message has, but not the frame around it


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of a page, how long it took, and how it failed ("" when it did not)."""

    text: str
    seconds: float
    error: str = ""


class Peer(Protocol):
    """A way to take the article's text out of a page. It never raises: a failure is an empty reading."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    def read(self, page: Page) -> Reading: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class PythonPeer:
    """A peer in this process. extract: under the clock; to_text: what it gave, as text, outside it."""

    name: str
    version: str
    extract: Callable[[Page], str]
    to_text: Callable[[str], str] = str

    def read(self, page: Page) -> Reading:
        """Read one page; whatever the peer raises is its failure."""
        start = time.perf_counter()
        try:
            product = self.extract(page)
        except Exception as error:  # noqa: BLE001 - each has its own
            seconds = time.perf_counter() - start
            cause = next((line.strip() for line in str(error).splitlines() if SAYS.search(line)), "")
            return Reading("", seconds, f"{type(error).__name__}: {cause}")
        seconds = time.perf_counter() - start
        return Reading(self.to_text(product), seconds)


@dataclass(frozen=True, slots=True)
class NodePeer:
    """A peer that the Node process reads with, under its own clock."""

    name: str
    version: str
    process: NodePeers

    def read(self, page: Page) -> Reading:
        """Read one page."""
        content, seconds, error = self.process.ask(self.name, page.source, page.url)
        return Reading(text_of(content), seconds, error)


def text_of(content: str) -> str:
    """Return the text of an article given as HTML."""
    if not content.strip():
        return ""
    return plain_text(body_of(content.encode("utf-8", "replace").decode("utf-8")))


def readability_lxml() -> PythonPeer:
    """Return readability-lxml's summary, with no options: the unit of time."""
    logging.getLogger("readability").setLevel(logging.CRITICAL)  # it logs a traceback before it raises
    return PythonPeer(
        "readability-lxml",
        version("readability-lxml"),
        lambda page: Document(page.source).summary(),
        text_of,
    )


def trafilatura() -> PythonPeer:
    """Return trafilatura's extract with its balance of precision and recall, without the comments."""
    extract = importlib.import_module("trafilatura").extract
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return PythonPeer(
        "trafilatura",
        version("trafilatura"),
        lambda page: extract(page.source, url=page.url or None, include_comments=False) or "",
    )


def newspaper4k() -> PythonPeer:
    """Return newspaper4k's Article, given the HTML; it takes the language from the page.

    It fails where its tokeniser is not at hand: that of Korean wants data that nltk downloads, those of
    India's languages want a library that brings pandas and Sphinx along.
    """
    article = importlib.import_module("newspaper").Article
    logging.getLogger("jieba").setLevel(logging.WARNING)  # the Chinese tokeniser tells that it loads

    def extract(page: Page) -> str:
        story = article(page.url or "https://news.example/", fetch_images=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text: str = story.download(input_html=page.source).parse().text
        return text

    return PythonPeer("newspaper4k", version("newspaper4k"), extract)


def ours() -> PythonPeer:
    """Return Personae, without looking for actors."""
    return PythonPeer(
        "Personae",
        version("personae"),
        lambda page: personae.read(page.source, page.url or None, actors=False).text,
    )


def peers_of(process: NodePeers) -> Iterator[NodePeer]:
    """Yield the peers that a Node process has."""
    for name, number in process.peers.items():
        yield NodePeer(name, number, process)
