"""The pictures that a reader's browser handed in for an article: each a value of its own, and a list of them.

As with the article itself, what is pinned is a second copy under names of its own, which does not expire. The
list links to the pictures, so that whoever forgets the list forgets them, in every store. Nothing is shared
between articles or tenants: whether somebody else keeps the same picture cannot be found out.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from personae.errors import CacheUnavailable, NotAPicture, PictureGone, PicturesTooLarge, PictureTooLarge
from personae.markup.picture_files import Picture, picture_of
from personae.settings import Settings
from personae.store import records
from personae.store.cache.keys import Keys
from personae.store.cache.protocol import LASTING
from personae.store.cache.two_stores import TwoStores
from personae.store.records import KeptPicture


class KeptPictures:
    """The pictures of all articles. Whoever changes them sees to it that nobody else does so meanwhile."""

    def __init__(self, settings: Settings, keys: Keys, stores: TwoStores) -> None:
        self._settings = settings
        self._keys = keys
        self._stores = stores

    # ------------------------------------------------------------ find

    def of(self, tenant: str, article_id: str) -> Mapping[str, KeptPicture]:
        """Return the pictures that are kept with an article, by the addresses that it has them at."""
        return self._listed(tenant, article_id, pinned=True) or self._listed(tenant, article_id, pinned=False)

    def find(self, tenant: str, article_id: str, digest: str) -> Picture:
        """Return a picture of an article. Raises PictureGone."""
        for pinned in (True, False):
            data = self._stores.get(self._keys.picture_name(tenant, article_id, digest, pinned=pinned))
            picture = picture_of(data) if data else None
            if picture is not None:
                return picture
        raise PictureGone

    def size(self, tenant: str, article_id: str) -> int:
        """Return the bytes of all pictures that are kept with an article."""
        return _size(self.of(tenant, article_id))

    # ------------------------------------------------------------ keep

    def check(self, tenant: str, article_id: str, src: str, data: bytes) -> None:
        """Raise NotAPicture, PictureTooLarge or PicturesTooLarge when this may not be kept there."""
        if len(data) > self._settings.max_picture_bytes:
            raise PictureTooLarge
        if picture_of(data) is None:
            raise NotAPicture
        others = {one: kept for one, kept in self.of(tenant, article_id).items() if one != src}
        # A store that holds less than all of them would silently lose the first for the last.
        most = min(self._settings.max_pictures_bytes, self._settings.cache_max_bytes // 2)
        if _size(others) + len(data) > most:
            raise PicturesTooLarge

    def keep(self, tenant: str, article_id: str, src: str, data: bytes, *, pinned: bool) -> None:
        """Keep a picture for an address of the article. Raises CacheUnavailable."""
        kept = KeptPicture(sha256(data).hexdigest(), len(data))
        listed = dict(self._listed(tenant, article_id, pinned=pinned))
        former = listed.get(src)
        listed[src] = kept
        # The picture first: what stands in the list is there.
        name = self._keys.picture_name(tenant, article_id, kept.digest, pinned=pinned)
        self._stores.put(name, data, self._ttl(pinned=pinned))
        self._list(tenant, article_id, listed, pinned=pinned)
        if former is not None and former.digest not in {one.digest for one in listed.values()}:
            gone = self._keys.picture_name(tenant, article_id, former.digest, pinned=pinned)
            self._stores.forget(gone, lasting=pinned)

    def pin(self, tenant: str, article_id: str) -> None:
        """Keep the article's pictures until they are unpinned or forgotten. Raises CacheUnavailable."""
        self._move(tenant, article_id, pinned=True)

    def unpin(self, tenant: str, article_id: str) -> None:
        """Let the article's pictures expire, counted from now. Raises CacheUnavailable."""
        self._move(tenant, article_id, pinned=False)

    # ------------------------------------------------------------ forget

    def forget(self, tenant: str, article_id: str) -> None:
        """Forget the article's pictures. Raises CacheUnavailable when a store could not do so."""
        failure: CacheUnavailable | None = None
        for pinned in (True, False):
            try:
                self._forget(tenant, article_id, pinned=pinned)
            except CacheUnavailable as error:
                failure = error
        if failure is not None:
            raise failure

    def _forget(self, tenant: str, article_id: str, *, pinned: bool) -> None:
        name = self._keys.pictures_name(tenant, article_id, pinned=pinned)
        self._stores.forget(name, lasting=pinned)

    def _move(self, tenant: str, article_id: str, *, pinned: bool) -> None:
        listed = self._listed(tenant, article_id, pinned=not pinned)
        if not listed:
            return
        there = {}
        for src, kept in listed.items():
            data = self._stores.get(
                self._keys.picture_name(tenant, article_id, kept.digest, pinned=not pinned)
            )
            if data is not None:
                name = self._keys.picture_name(tenant, article_id, kept.digest, pinned=pinned)
                self._stores.put(name, data, self._ttl(pinned=pinned))
                there[src] = kept
        self._list(tenant, article_id, there, pinned=pinned)
        self._forget(tenant, article_id, pinned=not pinned)

    # ------------------------------------------------------------ the list

    def _listed(self, tenant: str, article_id: str, *, pinned: bool) -> Mapping[str, KeptPicture]:
        name = self._keys.pictures_name(tenant, article_id, pinned=pinned)
        return records.PICTURES.decode(self._stores.get(name)) or {}

    def _list(
        self, tenant: str, article_id: str, pictures: Mapping[str, KeptPicture], *, pinned: bool
    ) -> None:
        digests = sorted({kept.digest for kept in pictures.values()})
        links = [self._keys.picture_name(tenant, article_id, one, pinned=pinned) for one in digests]
        name = self._keys.pictures_name(tenant, article_id, pinned=pinned)
        self._stores.put(name, records.PICTURES.encode(pictures, links=links), self._ttl(pinned=pinned))

    def _ttl(self, *, pinned: bool) -> float:
        return LASTING if pinned else self._settings.cache_ttl


def _size(pictures: Mapping[str, KeptPicture]) -> int:
    return sum({kept.digest: kept.size for kept in pictures.values()}.values())
