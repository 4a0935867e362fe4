"""Links within the article: footnotes, their way back, and other places that the text points to.

A name stays when a link of the article points to it and an element of the article carries it; it moves to
what is written of that element, or to the first block written inside it when it is a container that goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urldefrag, urljoin

from lxml.html import HtmlElement


class InternalLinks:
    """The names that links inside the article point to.

    chosen: the elements of the article's blocks; around: those that hold them; base_url: the page's address.
    """

    def __init__(
        self, chosen: Iterable[HtmlElement], around: Iterable[HtmlElement], base_url: str | None
    ) -> None:
        self._base_url = urldefrag(base_url or "")[0]
        elements = list(chosen)
        links = {name for e in elements for a in e.iter("a") if (name := self.pointed_to(a))}
        self._targets = links & _names(elements, around) if links else frozenset[str]()
        self._pending: list[str] = []
        self._moved: dict[str, str] = {}

    def pointed_to(self, anchor: HtmlElement) -> str | None:
        """Return the name on this page that a link points to, None when it leads elsewhere."""
        address, fragment = urldefrag((anchor.get("href") or "").strip())
        if not fragment or (address and address != self._base_url and not self._is_here(address)):
            return None
        return unquote(fragment)

    def _is_here(self, address: str) -> bool:
        try:
            return urljoin(self._base_url, address) == self._base_url
        except ValueError:
            return False

    def is_target(self, name: str) -> bool:
        """Return whether both ends of links to a name are in the article."""
        return name in self._targets

    def name_of(self, element: HtmlElement) -> str | None:
        """Return an element's name when a link points to it."""
        names = (element.get("id"), element.get("name") if element.tag == "a" else None)
        return next((name for name in names if name in self._targets), None)

    def carry(self, element: HtmlElement, written: HtmlElement) -> None:
        """Give what was written of an element its name, and those of the containers it stands first in."""
        names = [*self._pending, *filter(None, [self.name_of(element)])]
        self._pending = []
        if names:
            written.set("id", names[-1])
            self._moved.update((name, names[-1]) for name in names[:-1])

    def keep_name_of(self, container: HtmlElement) -> None:
        """Keep the name of a container that is not written for the next block that is."""
        if name := self.name_of(container):
            self._pending.append(name)

    def link(self, content: HtmlElement) -> None:
        """Lead every link within the article to where its name stands now; unlink what has no place."""
        if not self._targets:
            return
        names = {name for e in content.iter() if (name := e.get("id"))}
        for link in list(content.iter("a")):
            href = link.get("href") or ""
            if not href.startswith("#"):
                continue
            name = self._moved.get(href[1:], href[1:])
            if name in names:
                link.set("href", f"#{name}")
            elif link.get("id"):
                del link.attrib["href"]
            else:
                link.drop_tag()


def _names(elements: list[HtmlElement], around: Iterable[HtmlElement]) -> set[str]:
    own = {name for e in elements for x in e.iter() if isinstance(x.tag, str) and (name := x.get("id"))}
    own |= {name for e in elements for a in e.iter("a") if (name := a.get("name"))}
    return own | {name for e in around if (name := e.get("id"))}
