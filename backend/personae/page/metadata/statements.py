"""All that a page states about itself, by vocabulary, before anything is chosen from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from personae.markup.text import clean_text, spaced_text
from personae.page.metadata.structured import Graph, Item, address_key, read_items
from personae.page.metadata.word_tables import meta_names
from personae.page.parse.parser import Page

_MOST_VALUES = 50
_LINKS_LOOKED_AT, _MOST_HOME_LINKS, _LONGEST_NAME = 60, 3, 60
_ATTRIBUTE_OF = {
    "meta": "content",
    "time": "datetime",
    "link": "href",
    "a": "href",
    "img": "src",
    "data": "value",
}


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one page.

    graph: its JSON-LD items; articles: those that describe the page's own text, best first.
    metas: <meta> values by name or property in lower case; properties: elements by itemprop.
    """

    tree: HtmlElement
    graph: Graph
    articles: list[Item]
    metas: dict[str, list[str]]
    properties: dict[str, list[HtmlElement]]

    @classmethod
    def of(cls, page: Page) -> Statements:
        """Collect the statements of a page."""
        metas: dict[str, list[str]] = {}
        for element in page.tree.iter("meta"):
            content = (element.get("content") or "").strip()
            for attribute in ("property", "name", "http-equiv"):
                if content and (name := element.get(attribute)):
                    metas.setdefault(name.strip().lower(), []).append(content)
        properties: dict[str, list[HtmlElement]] = {}
        for element in page.tree.iter("*"):
            for name in (element.get("itemprop") or "").lower().split():
                properties.setdefault(name, []).append(element)
        links = (link for link in page.tree.iter("link") if "canonical" in (link.get("rel") or ""))
        canonical = next((address for link in links if (address := link.get("href"))), None)
        addresses = frozenset(
            key for url in (page.url, canonical, *metas.get("og:url", [])) if (key := address_key(url))
        )
        graph = Graph(read_items(page.tree))
        return cls(page.tree, graph, graph.articles(addresses), metas, properties)

    def facts(self, name: str) -> list[Any]:
        """Return what the JSON-LD articles say under a name, best article first; lists are flattened once."""
        return _flat(item.get(name) for item in self.articles)

    def page_facts(self, name: str) -> list[Any]:
        """Return what the JSON-LD items for the page as such say under a name."""
        return _flat(item.get(name) for item in self.graph.pages())

    def meta(self, *names: str) -> list[str]:
        """Return the contents of the <meta> elements of these names, in the order of the names."""
        return [value for name in names for value in self.metas.get(name, ())]

    def meta_of(self, meaning: str) -> list[str]:
        """Return the contents of the <meta> that state one thing; meaning: a key of data/meta_names.toml."""
        return self.meta(*meta_names(meaning))

    def marked(self, name: str) -> list[str]:
        """Return the microdata values of a property: the machine-readable form where there is one."""
        values = []
        for element in self.properties.get(name.lower(), ())[:_MOST_VALUES]:
            if any("comment" in (parent.get("itemtype") or "").lower() for parent in element.iterancestors()):
                continue
            machine = element.get("content") or element.get(_ATTRIBUTE_OF.get(str(element.tag), "content"))
            values.append(machine or spaced_text(element))
        return [value for value in values if value]

    def home_links(self) -> list[str]:
        """Return what the first links to the site's front page say: its names as the page shows them."""
        texts = []
        for link in list(self.tree.iter("a"))[:_LINKS_LOOKED_AT]:
            if (link.get("href") or "").strip() == "/" or "home" in (link.get("rel") or "").lower().split():
                text = spaced_text(link, longest=_LONGEST_NAME) or clean_text(
                    link.get("title"), longest=_LONGEST_NAME
                )
                texts.append(text)
        return list(dict.fromkeys(text for text in texts if text))[:_MOST_HOME_LINKS]

    def site_names(self) -> list[str]:
        """Return the names of the site, the one to show first."""
        names: list[Any] = [*self.meta_of("sites")]
        for publisher in [*self.facts("publisher"), *(item.get("publisher") for item in self.graph.pages())]:
            about = self.graph.resolve(
                publisher[0] if isinstance(publisher, list) and publisher else publisher
            )
            names.append(about.get("name") if isinstance(about, dict) else about)
        for element in self.properties.get("publisher", ())[:1]:
            inner = next((e for e in element.iterdescendants("*") if e.get("itemprop") == "name"), None)
            if inner is not None:
                names.append(inner.get("content") or spaced_text(inner))
        for item in self.graph.items:
            if str(item.get("@type")).lower() in ("website", "newsmediaorganization"):
                names += [item.get("name"), item.get("alternateName")]
        return list(dict.fromkeys(text for name in names if (text := clean_text(name, longest=100))))

    @staticmethod
    def first_text(values: list[Any], *, longest: int = 2000) -> str | None:
        """Return the first value that is a text, as plain text; None when none is."""
        return next((text for value in values if (text := clean_text(value, longest=longest))), None)


def _flat(values: Iterable[Any]) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        if isinstance(value, list):
            flat.extend(value)
        elif value is not None:
            flat.append(value)
    return flat[:_MOST_VALUES]
