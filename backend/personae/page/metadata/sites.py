"""The names under which a site goes: what a title may end with, and what is no person's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from personae.markup.text import word_key

_SOFT_HYPHEN = "\xad"
_NOT_A_NAME = frozenset(
    {"www", "m", "com", "org", "net", "co", "gov", "edu", "ac", "blog", "news", "amp", "en", "de", "fr"}
)
_SHORTEST_LABEL, _SHORTEST_KEY = 4, 3


def name_key(text: str) -> str:
    """Return what titles and names are compared by: their words, also where soft hyphens part them."""
    return word_key(text.replace(_SOFT_HYPHEN, ""))


@dataclass(frozen=True, slots=True)
class Sites:
    """The names of one site. names: as given, the one to show first; keys: folded; labels: of its host."""

    names: tuple[str, ...]
    keys: frozenset[str]
    labels: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str], url: str | None) -> Sites:
        """Collect a site's names and the telling labels of its host."""
        given = tuple(dict.fromkeys(names))
        host = (urlsplit(url).hostname or "") if url else ""
        labels = frozenset(
            label.replace("-", "") for label in host.split(".")[:-1] if label not in _NOT_A_NAME
        )
        keys = frozenset(key for name in given if (key := name_key(name)))
        return cls(
            given, keys | frozenset({name_key(host), name_key(host.removeprefix("www."))}) - {""}, labels
        )

    def known_too(self, names: Iterable[str]) -> Sites:
        """Return the site with more names to know it by, which are not shown."""
        more = frozenset(key for name in names if (key := name_key(name)))
        return Sites(self.names, self.keys | more, self.labels) if more else self

    def owns(self, text: str) -> bool:
        """Return whether a text is no more than a name of the site."""
        key = name_key(text)
        return key in self.keys or key.removeprefix("the ").replace(" ", "") in self.labels

    def touches(self, text: str) -> bool:
        """Return whether a piece of a title names the site, perhaps with a section before or after."""
        key = name_key(text)
        joined = key.replace(" ", "")
        return (
            self.owns(text)
            or any(
                key.startswith(f"{name} ") or key.endswith(f" {name}")
                for name in self.keys
                if len(name) >= _SHORTEST_KEY
            )
            or any(
                label in joined or (len(joined) >= _SHORTEST_LABEL and joined in label)
                for label in self.long_labels
            )
        )

    @property
    def long_labels(self) -> list[str]:
        """The labels long enough to be found inside other words."""
        return [label for label in self.labels if len(label) >= _SHORTEST_LABEL]
