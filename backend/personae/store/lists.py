"""What a reader finds again: the articles that were read lately, those kept for good, and those shared.

A list needs little of an article, so each has a small record of its own, an entry, beside the article itself
(and another beside its pin, which lasts as the pin does): no list unpacks an article. What is shared is
listed by the links that are alive. Articles of private windows have no entry, and so stand in no list.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import structlog

from personae.errors import CacheUnavailable
from personae.markup.hosts import web_host
from personae.model import Article
from personae.settings import Settings
from personae.store import records
from personae.store.cache.keys import Keys
from personae.store.cache.protocol import LASTING
from personae.store.cache.two_stores import TwoStores
from personae.store.records import Entry, KeptArticle, Link

ListName = Literal["kept", "shared", "recent"]
LIST_NAMES: tuple[ListName, ...] = ("kept", "shared", "recent")
MOST_RECENT = 1000  # articles read lately that are listed; older ones are found by their address only
_MOST_ACTORS = 6
_LONGEST = 300  # code points of a title or a site
# It is noted again only after a while: not every page that is read costs a write.
_NOTED_SECONDS = 600.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article in a list. since: Unix time at which it was read, kept or shared; share: its link's path."""

    entry: Entry
    since: float
    pinned: bool
    share: str | None


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of one reader, the newest first in each."""

    kept: tuple[ListedArticle, ...] = ()
    shared: tuple[ListedArticle, ...] = ()
    recent: tuple[ListedArticle, ...] = ()

    def named(self, name: ListName) -> tuple[ListedArticle, ...]:
        """Return one of them."""
        return {"kept": self.kept, "shared": self.shared, "recent": self.recent}[name]

    @property
    def articles(self) -> int:
        """How many articles stand in any of them."""
        return len({one.entry.id for one in (*self.kept, *self.recent)})

    def find(self, article_id: str) -> ListedArticle | None:
        """Return an article that stands in any of them."""
        return next((one for one in (*self.recent, *self.kept) if one.entry.id == article_id), None)


class ListKeeper:
    """Writes and reads the entries. What cannot be written is missing in a list, and that is all."""

    def __init__(
        self, *, settings: Settings, keys: Keys, stores: TwoStores, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._stores = stores
        self._clock = clock

    def note_read(self, tenant: str, kept: KeptArticle) -> None:
        """Enter an article among those that were read lately; never one of a private window."""
        if not kept.private:
            name = self._keys.recent_name(tenant, str(kept.article.id))
            self._put(name, records.ENTRY.encode(self._entry(kept)), self._settings.cache_ttl)

    def note_kept(self, tenant: str, kept: KeptArticle) -> None:
        """Enter an article among those that are kept for good; when it is there, its time stays."""
        name = self._keys.kept_name(tenant, str(kept.article.id))
        known = records.ENTRY.decode(self._stores.get(name))
        entry = self._entry(kept)
        self._put(name, records.ENTRY.encode(replace(entry, since=known.since) if known else entry), LASTING)

    def note_extension(self, tenant: str) -> None:
        """Note that the extension was there."""
        seen = self.extension_seen(tenant)
        if seen is None or abs(self._clock() - seen) > _NOTED_SECONDS:
            self._put(self._keys.extension_name(tenant), records.SEEN.encode(self._clock()), LASTING)

    def extension_seen(self, tenant: str) -> float | None:
        """Return when the extension was last there, in Unix time; None: never, or all was forgotten since."""
        return records.SEEN.decode(self._stores.get(self._keys.extension_name(tenant)))

    def all(self, tenant: str) -> Lists:
        """Return all lists of a tenant."""
        kept = self._entries(self._keys.prefix(tenant, "kept"), self._settings.max_pins)
        recent = self._entries(self._keys.prefix(tenant, "recent"), MOST_RECENT)
        links = self._links(tenant)
        # As an article is found: where it is kept for its time, and then where it is pinned.
        alive = {
            entry.id: link
            for entry in {**kept, **recent}.values()
            if (link := links.get(entry.id)) is not None and link.life == entry.life
        }

        def listed(entry: Entry, since: float) -> ListedArticle:
            link = alive.get(entry.id)
            return ListedArticle(entry, since, entry.id in kept, link.path if link else None)

        both = {**kept, **recent}
        return Lists(
            kept=_newest([listed(entry, entry.since) for entry in kept.values()]),
            shared=_newest([listed(both[name], link.since) for name, link in alive.items()]),
            recent=_newest([listed(entry, entry.since) for entry in recent.values()]),
        )

    def _entries(self, prefix: str, most: int) -> dict[str, Entry]:
        """Return the entries of a list by their articles' ids."""
        values = self._stores.entries(prefix, most).values()
        entries = (records.ENTRY.decode(value) for value in values)
        return {entry.id: entry for entry in entries if entry is not None}

    def _links(self, tenant: str) -> dict[str, Link]:
        """Return the share links of a tenant by the ids of their articles, alive or not."""
        most = self._settings.max_pins + MOST_RECENT
        values = self._stores.entries(self._keys.prefix(tenant, "link"), most).values()
        links = [link for value in values if (link := records.LINK.decode(value)) is not None]
        names = {self._keys.shared_name(tenant, link.share_id): link for link in links}
        found = self._stores.get_many(names)
        ids = {name: records.SHARED.decode(value) for name, value in found.items()}
        return {article_id: names[name] for name, article_id in ids.items() if article_id}

    def _entry(self, kept: KeptArticle) -> Entry:
        article = kept.article
        return Entry(
            id=str(article.id),
            life=kept.life,
            title=article.title[:_LONGEST],
            site=_site(article),
            url=article.url or None,
            published=article.published,
            language=article.language,
            direction=article.direction,
            reading_minutes=article.reading_minutes,
            actors=tuple((actor.name, actor.type) for actor in article.actors if actor.key)[:_MOST_ACTORS],
            since=self._clock(),
        )

    def _put(self, name: str, value: bytes, ttl: float) -> None:
        try:
            self._stores.put(name, value, ttl)
        except CacheUnavailable:
            _log.warning("not_listed")


def _newest(articles: list[ListedArticle]) -> tuple[ListedArticle, ...]:
    return tuple(sorted(articles, key=lambda one: one.since, reverse=True))


def _site(article: Article) -> str | None:
    """Return the publication's name, else its host."""
    host = web_host(article.url) or web_host(article.canonical_url) or ""
    return (article.site or host.removeprefix("www."))[:_LONGEST] or None
