"""Reading a page, through both levels of the cache; finding and forgetting what was read. Without Flask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Protocol

import structlog

from personae.cache import values
from personae.cache.keys import Keys
from personae.cache.memory import MemoryCache
from personae.cache.two_stores import TRACE_TTLS, TwoStores
from personae.errors import ArticleGone, CacheUnavailable
from personae.model import Actor, ActorsStatus, Article, actor_from_dict, actor_to_dict
from personae.service.metrics import Metrics
from personae.service.pipeline import cast_version, pipeline_version
from personae.service.workers import PageSession, WorkerPool
from personae.settings import Settings

_log = structlog.get_logger(__name__)


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
    """An article, and whether it was already there."""

    article: Article
    cache: Literal["hit", "miss"]


class _Store(Protocol):
    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, value: bytes, ttl: float) -> None: ...


class Reading:
    """The use case. memory: for private articles, and for all others when no store can be written."""

    def __init__(
        self,
        *,
        settings: Settings,
        keys: Keys,
        pool: WorkerPool,
        stores: TwoStores,
        memory: MemoryCache,
        metrics: Metrics,
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._pool = pool
        self._stores = stores
        self._memory = memory
        self._metrics = metrics

    def read(self, request: PageRequest) -> Outcome:
        """Read a page; what was read before costs only the parse. The article is kept under its id.

        Raises PersonaeError: of the page, of its worker, or Busy.
        """
        with self._pool.session() as page:
            with self._metrics.timed("open"):
                fingerprint = page.open(request.html, request.url or None)
            article_id = self._article_id(request, fingerprint)
            known = self._known(request, article_id)
            self._metrics.looked_up("article", hit=known is not None)
            if known is None:
                article, cast_name = self._made(request, page)
                article = replace(article, id=article_id)
            else:
                article, cast_name = known
        self._keep_article(request, article, article_id, cast_name)
        return Outcome(article, "miss" if known is None else "hit")

    def find(self, tenant: str, article_id: str) -> Article:
        """Return an article that was read before. Raises ArticleGone."""
        name = self._keys.article_name(tenant, article_id)
        for store in (self._memory, self._stores):
            known = _article(store.get(name))
            if known is not None:
                return known[0]
        raise ArticleGone

    def original(self, tenant: str, article_id: str) -> str | None:
        """Return the address of the page that an expired article came from, while it is remembered."""
        name = self._keys.trace_name(tenant, article_id)
        for store in (self._memory, self._stores):
            value = store.get(name)
            record = value and values.decode("trace", value)
            if record:
                return str(record.get("url") or "") or None
        return None

    def forget(self, tenant: str, article_id: str) -> None:
        """Forget an article, its actors and where it came from. Raises CacheUnavailable when that failed."""
        names = (self._keys.trace_name(tenant, article_id), self._keys.article_name(tenant, article_id))
        for name in names:
            for linked in values.linked(self._memory.get(name) or b""):
                self._memory.delete(linked)
            self._memory.delete(name)
        failure: CacheUnavailable | None = None
        for name in names:
            try:
                self._stores.forget(name)
            except CacheUnavailable as error:
                failure = error
        if failure is not None:
            raise failure

    # ------------------------------------------------------------ level 1: the article

    def _article_id(self, request: PageRequest, fingerprint: bytes) -> str:
        models = " ".join(f"{k}={v}" for k, v in sorted(self._pool.description.models.items()))
        return self._keys.article_id(
            tenant=request.tenant,
            url=request.url,
            fingerprint=fingerprint,
            pipeline=f"{pipeline_version()} {models}",
            options=request.options,
        )

    def _known(self, request: PageRequest, article_id: str) -> tuple[Article, str | None] | None:
        return _article(self._store(request).get(self._keys.article_name(request.tenant, article_id)))

    def _keep_article(
        self, request: PageRequest, article: Article, article_id: str, cast_name: str | None
    ) -> None:
        """Keep it, also when it was there: the page that is promised now must be there for a while."""
        links = [cast_name] if cast_name else []
        name = self._keys.article_name(request.tenant, article_id)
        record = {"article": article.to_dict(), "cast": cast_name}
        self._keep(request, name, values.encode("article", record, links=links))
        trace = values.encode("trace", {"url": request.url}, links=[name, *links])
        self._keep(request, self._keys.trace_name(request.tenant, article_id), trace, ttls=TRACE_TTLS)

    # ------------------------------------------------------------ level 2: the actors

    def _made(self, request: PageRequest, page: PageSession) -> tuple[Article, str | None]:
        """Read the page; return the article without id, and the name under which its actors are kept."""
        with self._metrics.timed("extract"):
            draft = page.extract()
        cast: list[Actor] = []
        status: ActorsStatus = "not-requested"
        name = None
        if request.actors:
            cast, status, name = self._cast(request, page, draft)
        with self._metrics.timed("finish"):
            return page.finish(cast, status), name

    def _cast(
        self, request: PageRequest, page: PageSession, draft: Article
    ) -> tuple[list[Actor], ActorsStatus, str | None]:
        language = (draft.language or "").partition("-")[0].lower()
        model = self._pool.description.models.get(language)
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
        known = _cast(self._store(request).get(name))
        self._metrics.looked_up("cast", hit=known is not None)
        if known is not None:
            return known, "found", name
        with self._metrics.timed("cast"):
            cast, status = page.find_cast()
        if status != "found":
            return cast, status, None
        record = {"actors": [actor_to_dict(actor) for actor in cast]}
        self._keep(request, name, values.encode("cast", record))
        return cast, status, name

    # ------------------------------------------------------------ where things are kept

    def _store(self, request: PageRequest) -> _Store:
        return self._memory if request.private else self._stores

    def _keep(self, request: PageRequest, name: str, value: bytes, *, ttls: int = 1) -> None:
        if not request.private:
            try:
                self._stores.put(name, value, self._settings.cache_ttl * ttls)
            except CacheUnavailable:
                # The page that a POST promised must be there for the GET that follows.
                _log.warning("kept_in_memory_only")
            else:
                return
        self._memory.put(name, value, self._settings.private_ttl * ttls)


def _article(value: bytes | None) -> tuple[Article, str | None] | None:
    record = value and values.decode("article", value)
    if not record:
        return None
    try:
        return Article.from_dict(record["article"]), record.get("cast")
    except (KeyError, TypeError, AttributeError):
        _log.warning("cache_value_broken", kind="article")
        return None


def _cast(value: bytes | None) -> list[Actor] | None:
    record = value and values.decode("cast", value)
    if not record:
        return None
    try:
        return [actor_from_dict(actor) for actor in record["actors"]]
    except (KeyError, TypeError, AttributeError):
        _log.warning("cache_value_broken", kind="cast")
        return None
