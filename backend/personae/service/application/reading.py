"""Reading a page, through both levels of the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import Literal, NamedTuple

from personae.errors import ReaderCrashed, TookTooLong
from personae.model import Actor, ActorsStatus, Article
from personae.service.application.metrics import Metrics
from personae.store import records
from personae.store.cache.keys import Keys
from personae.store.fingerprints import Fingerprints, digest_of
from personae.store.library import Library
from personae.store.records import KeptArticle
from personae.version import cast_version, pipeline_version
from personae.workers.pool import WorkerPool
from personae.workers.session import PageSession


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page that somebody wants to read.

    tenant: who; url: where the page came from, "" when nobody knows; private: it was open in a private
    window, so nothing of it may touch a disk.
    """

    tenant: str
    url: str
    html: str
    private: bool = False
    actors: bool = True

    @property
    def options(self) -> tuple[str, ...]:
        """What besides the page shapes the result, or where it is kept."""
        return tuple(name for name in ("actors", "private") if getattr(self, name))


class Outcome(NamedTuple):
    """An article as it is kept, and whether it was already there."""

    kept: KeptArticle
    cache: Literal["hit", "miss"]

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.kept.article


class Reading:
    """The use case."""

    def __init__(self, *, keys: Keys, pool: WorkerPool, library: Library, metrics: Metrics) -> None:
        self._keys = keys
        self._pool = pool
        self._library = library
        self._metrics = metrics
        self._fingerprints = Fingerprints()

    def read(self, request: PageRequest) -> Outcome:
        """Read a page. What was read before costs only the parse, and the very same bytes not even that.

        The article is kept under its id. Raises PersonaeError: of the page, of its worker, or Busy.
        """
        digest = digest_of(request.html, request.url)
        kept = self._by_its_bytes(request, digest)
        hit = kept is not None
        if kept is None:
            kept, hit = self._opened(request, digest)
        self._metrics.looked_up("article", hit=hit)
        # Also when it was there: the page that is promised now must be there for a while.
        self._library.keep_article(request.tenant, kept, url=request.url)
        return Outcome(kept, "hit" if hit else "miss")

    def _by_its_bytes(self, request: PageRequest, digest: bytes) -> KeptArticle | None:
        fingerprint = self._fingerprints.find(digest)
        if fingerprint is None:
            return None
        return self._known(request, self._article_id(request, fingerprint, self._pool.capabilities.models))

    def _opened(self, request: PageRequest, digest: bytes) -> tuple[KeptArticle, bool]:
        """Return the article, and whether it was already there.

        Where looking for its actors takes too long or ends the worker, it is the article without them.
        """
        extracted: list[str] = []

        def work(page: PageSession) -> tuple[KeptArticle, bool]:
            extracted.clear()
            with self._metrics.timed("open"):
                fingerprint = page.open(request.html, request.url or None)
            self._fingerprints.note(digest, fingerprint)
            # Those of the worker: others may be taken in at this moment, and this page is not read by them.
            article_id = self._article_id(request, fingerprint, page.models)
            known = self._known(request, article_id)
            if known is not None:
                return known, True
            with self._metrics.timed("extract"):
                draft = page.extract()
            extracted.append(article_id)
            return self._made(request, page, article_id, draft), False

        try:
            return self._pool.run(work)
        except (TookTooLong, ReaderCrashed):
            if not (extracted and request.actors):
                raise
            return self._pool.run(lambda page: (self._without_cast(request, page, extracted[0]), False))

    def _without_cast(self, request: PageRequest, page: PageSession, article_id: str) -> KeptArticle:
        """Read a page once more, without looking for the actors that took too long or ended the worker."""
        page.open(request.html, request.url or None)
        page.extract()
        article = replace(page.finish([], "unavailable"), id=article_id)
        return KeptArticle(article, token_urlsafe(12), request.private, None)

    def _known(self, request: PageRequest, article_id: str) -> KeptArticle | None:
        kept = self._library.known(request.tenant, article_id, private=request.private)
        # What failed once is tried again.
        return None if kept is not None and kept.article.actors_status == "unavailable" else kept

    # ------------------------------------------------------------ level 1: the article

    def _article_id(self, request: PageRequest, fingerprint: bytes, models: Mapping[str, str]) -> str:
        named = " ".join(f"{k}={v}" for k, v in sorted(models.items()))
        return self._keys.article_id(
            tenant=request.tenant,
            url=request.url,
            fingerprint=fingerprint,
            pipeline=f"{pipeline_version()} {named}",
            options=request.options,
        )

    # ------------------------------------------------------------ level 2: the actors

    def _made(self, request: PageRequest, page: PageSession, article_id: str, draft: Article) -> KeptArticle:
        cast: list[Actor] = []
        status: ActorsStatus = "not-requested"
        name = None
        if request.actors:
            cast, status, name = self._cast(request, page, draft)
        with self._metrics.timed("finish"):
            article = replace(page.finish(cast, status), id=article_id)
        return KeptArticle(article, token_urlsafe(12), request.private, name)

    def _cast(
        self, request: PageRequest, page: PageSession, draft: Article
    ) -> tuple[list[Actor], ActorsStatus, str | None]:
        language = (draft.language or "").partition("-")[0].lower()
        model = page.models.get(language)
        if model is None:
            # Nothing costly will happen, so nothing is kept; and it must not be under this name: whom the
            # page's structured data name has a say in it, and is no part of the name.
            return (*page.find_cast(), None)
        name = self._keys.cast_name(
            tenant=request.tenant,
            title=draft.title,
            standfirst=draft.standfirst or "",
            text=draft.text,
            language=language,
            model=f"{model} {cast_version()}",
        )
        known = records.CAST.decode(self._library.get(name, private=request.private))
        self._metrics.looked_up("cast", hit=known is not None)
        if known is not None:
            return known, "found", name
        with self._metrics.timed("cast"):
            cast, status = page.find_cast()
        if status != "found":
            return cast, status, None
        self._library.keep(name, records.CAST.encode(cast), private=request.private)
        return cast, status, name
