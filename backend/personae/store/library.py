"""Where everything that was read is kept: found again, pinned, illustrated, shared, forgotten. Without Flask.

An article expires; a pin is a second copy of it that does not, so that reading the page again, which renews
the article, touches no pin. A share link is two records that lead to each other, article to link and link to
article, and both have to agree: what one store was away for when a link was taken back opens nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Protocol

import structlog

from personae.errors import (
    ArticleGone,
    CacheUnavailable,
    LinkGone,
    NoRoom,
    PictureGone,
    PrivateArticle,
    TooManyPins,
)
from personae.markup.picture_files import Picture, picture_addresses
from personae.model import Article, StorageStatus
from personae.settings import Settings
from personae.store import records
from personae.store.cache.keys import Keys
from personae.store.cache.memory import MemoryCache
from personae.store.cache.protocol import LASTING
from personae.store.cache.two_stores import TRACE_TTLS, TwoStores
from personae.store.kept_pictures import KeptPictures
from personae.store.lists import ListKeeper
from personae.store.records import KeptArticle, KeptPicture, Link

# What does not expire may take this share of the embedded store, so that new pages always find room.
_LASTING_SHARE = 0.5
_log = structlog.get_logger(__name__)


class _Store(Protocol):
    def get(self, name: str) -> bytes | None: ...


class Library:
    """All that is kept, of all tenants.

    memory: for private articles, and for all others when no store can be written.
    tenants: all that there are.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        keys: Keys,
        stores: TwoStores,
        memory: MemoryCache,
        tenants: Collection[str],
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._stores = stores
        self._memory = memory
        self._tenants = tenants
        self.lists = ListKeeper(settings=settings, keys=keys, stores=stores)
        self._pictures = KeptPictures(settings, keys, stores)
        # Pins are counted, and links looked for, before one more is made.
        self._changing = threading.Lock()

    # ------------------------------------------------------------ find

    def get(self, name: str, *, private: bool) -> bytes | None:
        """Return a value, from where it is kept."""
        return self._store(private=private).get(name)

    def known(self, tenant: str, article_id: str, *, private: bool) -> KeptArticle | None:
        """Return an article that was read before, from where such articles are kept."""
        store = self._store(private=private)
        kept = records.ARTICLE.decode(store.get(self._keys.article_name(tenant, article_id)))
        return kept or records.ARTICLE.decode(store.get(self._keys.pin_name(tenant, article_id)))

    def find(self, tenant: str, article_id: str) -> KeptArticle:
        """Return an article that was read before. Raises ArticleGone."""
        for private in (True, False):
            kept = self.known(tenant, article_id, private=private)
            if kept is not None:
                return kept
        raise ArticleGone

    def original(self, tenant: str, article_id: str) -> str | None:
        """Return the address of the page that an expired article came from, while it is remembered."""
        name = self._keys.trace_name(tenant, article_id)
        urls = (records.TRACE.decode(store.get(name)) for store in (self._memory, self._stores))
        return next(filter(None, urls), None)

    def status(self, tenant: str, kept: KeptArticle) -> StorageStatus:
        """Return how an article of this tenant is stored, for its reader page."""
        if kept.private:
            return StorageStatus(private=True)
        pinned = self._stores.get(self._keys.pin_name(tenant, str(kept.article.id))) is not None
        return StorageStatus(pinned=pinned)

    # ------------------------------------------------------------ keep

    def keep(self, name: str, value: bytes, *, private: bool, ttls: int = 1) -> None:
        """Keep a value for its time; ttls: how many times as long as an article."""
        if not private:
            try:
                self._stores.put(name, value, self._settings.cache_ttl * ttls)
            except CacheUnavailable:
                # The page that a POST promised must be there for the GET that follows.
                _log.warning("kept_in_memory_only")
            else:
                return
        self._memory.put(name, value, self._settings.private_ttl * ttls)

    def keep_article(self, tenant: str, kept: KeptArticle, *, url: str) -> None:
        """Keep an article from now on, and for longer the address that it came from."""
        article_id = str(kept.article.id)
        links = [kept.cast_name] if kept.cast_name else []
        name = self._keys.article_name(tenant, article_id)
        self.keep(name, records.ARTICLE.encode(kept, links=links), private=kept.private)
        trace = records.TRACE.encode(url, links=[name, *links])
        self.keep(self._keys.trace_name(tenant, article_id), trace, private=kept.private, ttls=TRACE_TTLS)
        self.lists.note_read(tenant, kept)

    def pin(self, tenant: str, article_id: str) -> None:
        """Keep an article until it is unpinned or forgotten.

        Raises ArticleGone, PrivateArticle, TooManyPins, NoRoom, CacheUnavailable.
        """
        with self._changing:
            name = self._keys.pin_name(tenant, article_id)
            kept = self._may_last(tenant, article_id)
            value = records.ARTICLE.encode(kept)
            if self._stores.get(name) is None:
                self._check_room(tenant, len(value) + self._pictures.size(tenant, article_id), pins=1)
            # Also when it was pinned before: a store that was away then has it now.
            self._stores.put(name, value, LASTING)
            self._pictures.pin(tenant, article_id)
            self.lists.note_kept(tenant, kept)

    def enter_pins(self) -> None:
        """Enter what was pinned before there were lists, of this node's file; raises nothing."""
        for tenant in self._tenants:
            names = self._stores.lasting_names(self._keys.prefix(tenant, "pin"))
            entered = self._stores.lasting_names(self._keys.prefix(tenant, "kept"))
            for name in names if len(names) > len(entered) else ():
                kept = records.ARTICLE.decode(self._stores.get(name))
                if kept is not None:
                    self.lists.note_kept(tenant, kept)

    def unpin(self, tenant: str, article_id: str) -> None:
        """Let a pinned article expire, counted from now. Raises CacheUnavailable."""
        with self._changing:
            name = self._keys.pin_name(tenant, article_id)
            kept = records.ARTICLE.decode(self._stores.get(name))
            if kept is not None:
                self.keep_article(tenant, kept, url=kept.article.url or "")
                self._pictures.unpin(tenant, article_id)
            for one in (name, self._keys.kept_name(tenant, article_id)):
                self._stores.forget(one, lasting=True)

    # ------------------------------------------------------------ pictures

    def pictures(self, tenant: str, article: Article) -> Mapping[str, KeptPicture]:
        """Return the pictures that are kept with an article, by the addresses that it has them at."""
        if not article.id or not picture_addresses(article):
            return {}
        return self._pictures.of(tenant, article.id)

    def picture(self, tenant: str, article_id: str, digest: str) -> Picture:
        """Return a picture that is kept with an article. Raises PictureGone."""
        return self._pictures.find(tenant, article_id, digest)

    def pictures_with_bytes(self, tenant: str, article: Article) -> dict[str, Picture]:
        """Return what `pictures` does, each as a file; what a store has lost meanwhile is left out."""
        found = {}
        for src, kept in self.pictures(tenant, article).items():
            with suppress(PictureGone):
                found[src] = self.picture(tenant, str(article.id), kept.digest)
        return found

    def keep_picture(self, tenant: str, article_id: str, number: int, data: bytes) -> None:
        """Keep a picture of an article for as long as the article.

        number: of its place among `picture_addresses`, so that nothing but the article's own can be kept.

        Raises ArticleGone, PrivateArticle, PictureGone (there is no such place), NotAPicture,
        PictureTooLarge, PicturesTooLarge, NoRoom, CacheUnavailable.
        """
        with self._changing:
            kept = self._may_last(tenant, article_id)
            addresses = picture_addresses(kept.article)
            if not 0 <= number < len(addresses):
                raise PictureGone
            self._pictures.check(tenant, article_id, addresses[number], data)
            pinned = self._stores.get(self._keys.pin_name(tenant, article_id)) is not None
            if pinned:
                self._check_room(tenant, len(data))
            else:  # no picture outlives its article
                self.keep_article(tenant, kept, url=kept.article.url or "")
            self._pictures.keep(tenant, article_id, addresses[number], data, pinned=pinned)

    def forget_pictures(self, tenant: str, article_id: str) -> None:
        """Forget the pictures of an article, which stays. Raises CacheUnavailable."""
        with self._changing:
            self._pictures.forget(tenant, article_id)

    # ------------------------------------------------------------ share

    def share(self, tenant: str, article_id: str) -> str:
        """Return the path of the article's share link, which is made when it has none.

        Raises ArticleGone, PrivateArticle, NoRoom, CacheUnavailable.
        """
        with self._changing:
            kept = self._may_last(tenant, article_id)
            name = self._keys.link_name(tenant, article_id)
            link = self._link(tenant, kept)
            if link is None:
                self._check_room(tenant, 0)
                if self._stores.get(name) is not None:  # of an earlier life
                    self._stores.forget(name, lasting=True)
                link = Link(self._keys.new_share_id(tenant), kept.life, time.time())
            shared_name = self._keys.shared_name(tenant, link.share_id)
            self._stores.put(name, records.LINK.encode(link, links=[shared_name]), LASTING)
            self._stores.put(shared_name, records.SHARED.encode(article_id), LASTING)
            return link.path

    def unshare(self, tenant: str, article_id: str) -> None:
        """Take an article's share link back. Raises CacheUnavailable."""
        with self._changing:
            self._stores.forget(self._keys.link_name(tenant, article_id), lasting=True)

    def find_shared(self, share_id: str) -> KeptArticle:
        """Return the article that a share link leads to. Raises LinkGone."""
        tenant = self._keys.sharer(share_id, self._tenants)
        if tenant is None:
            raise LinkGone
        article_id = records.SHARED.decode(self._stores.get(self._keys.shared_name(tenant, share_id)))
        kept = article_id and self.known(tenant, article_id, private=False)
        link = self._link(tenant, kept) if kept else None
        if not kept or kept.private or link is None or link.share_id != share_id:
            raise LinkGone
        return kept

    def _link(self, tenant: str, kept: KeptArticle) -> Link | None:
        """Return the live link of an article; one of an earlier life, that ended, is none."""
        name = self._keys.link_name(tenant, str(kept.article.id))
        link = records.LINK.decode(self._stores.get(name))
        return link if link is not None and link.life == kept.life else None

    # ------------------------------------------------------------ forget

    def forget(self, tenant: str, article_id: str) -> None:
        """Forget an article, its actors, its pin, its link, its pictures and where it came from.

        Raises CacheUnavailable when a store could not do so.
        """
        keys = self._keys
        expiring = (
            keys.trace_name(tenant, article_id),
            keys.article_name(tenant, article_id),
            keys.recent_name(tenant, article_id),
        )
        lasting = (
            keys.link_name(tenant, article_id),
            keys.pin_name(tenant, article_id),
            keys.kept_name(tenant, article_id),
        )
        for name in expiring:
            for linked in records.linked(self._memory.get(name) or b""):
                self._memory.delete(linked)
            self._memory.delete(name)
        failure: CacheUnavailable | None = None
        with self._changing:
            for name in (*lasting, *expiring):
                try:
                    self._stores.forget(name, lasting=name in lasting)
                except CacheUnavailable as error:
                    failure = error
            try:
                self._pictures.forget(tenant, article_id)
            except CacheUnavailable as error:
                failure = error
        if failure is not None:
            raise failure

    def forget_all(self, tenant: str) -> None:
        """Forget all that a tenant has. Raises CacheUnavailable when a store could not do so."""
        shelf = self._keys.shelf(tenant)
        self._memory.clear(f"{shelf}.")
        with self._changing:
            self._stores.forget_all(shelf)

    def catch_up(self) -> None:
        """Let a store that was away when a tenant forgot everything do so now; raises nothing."""
        for tenant in self._tenants:
            self._stores.catch_up(self._keys.shelf(tenant))

    # ------------------------------------------------------------ what may be kept for good

    def _may_last(self, tenant: str, article_id: str) -> KeptArticle:
        kept = self.find(tenant, article_id)
        if kept.private:
            raise PrivateArticle
        return kept

    def _check_room(self, tenant: str, size: int, *, pins: int = 0) -> None:
        """Raise TooManyPins or NoRoom. Counted in this node's own file; while that is away, nothing is.

        size: bytes that are to last; pins: how many articles more.
        """
        lasting = self._stores.lasting(self._keys.prefix(tenant, "pin"))
        if lasting is None:
            return
        if pins and lasting.number >= self._settings.max_pins:
            raise TooManyPins
        if lasting.size + size > self._settings.cache_max_bytes * _LASTING_SHARE:
            raise NoRoom

    def _store(self, *, private: bool) -> _Store:
        return self._memory if private else self._stores
