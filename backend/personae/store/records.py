"""What is kept of a page, as values of the cache: the article, its actors, its address, its share link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from personae.model import Actor, Article, actor_from_dict, actor_to_dict
from personae.store.cache import values

_MISSHAPEN = (KeyError, TypeError, AttributeError)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article as it is kept.

    life: names this stay in the stores. The same page read again while it is kept continues it, read after it
    was gone it begins another. private: nothing of it may touch a disk; cast_name: where its actors are kept.
    """

    article: Article
    life: str
    private: bool
    cast_name: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A share link: its id, and the life of the article that it was made for."""

    share_id: str
    life: str


def article_value(kept: KeptArticle, *, links: Sequence[str] = ()) -> bytes:
    """Return an article as a value; links: what is to be forgotten with it."""
    record = {
        "article": kept.article.to_dict(),
        "life": kept.life,
        "private": kept.private,
        "cast": kept.cast_name,
    }
    return values.encode("article", record, links=links)


def article_of(value: bytes | None) -> KeptArticle | None:
    """Return the article of a value, or None when there is none in it."""
    record = value and values.decode("article", value)
    if not record:
        return None
    try:
        article = Article.from_dict(record["article"])
        return KeptArticle(article, str(record["life"]), bool(record["private"]), record["cast"])
    except _MISSHAPEN:
        _broken("article")
        return None


def cast_value(actors: Sequence[Actor]) -> bytes:
    """Return the actors of an article as a value."""
    return values.encode("cast", {"actors": [actor_to_dict(actor) for actor in actors]})


def cast_of(value: bytes | None) -> list[Actor] | None:
    """Return the actors of a value, or None when there are none in it."""
    record = value and values.decode("cast", value)
    if not record:
        return None
    try:
        return [actor_from_dict(actor) for actor in record["actors"]]
    except _MISSHAPEN:
        _broken("cast")
        return None


def trace_value(url: str, *, links: Sequence[str]) -> bytes:
    """Return the address that an article came from, "" when it has none, as a value."""
    return values.encode("trace", {"url": url}, links=links)


def trace_of(value: bytes | None) -> str | None:
    """Return the address of a value, or None."""
    record = value and values.decode("trace", value)
    return str(record.get("url") or "") or None if record else None


def link_value(link: Link, *, shared_name: str) -> bytes:
    """Return an article's share link as a value; shared_name: where the way back from it is kept."""
    return values.encode("link", {"share": link.share_id, "life": link.life}, links=[shared_name])


def link_of(value: bytes | None) -> Link | None:
    """Return the share link of a value, or None."""
    record = value and values.decode("link", value)
    return Link(str(record.get("share")), str(record.get("life"))) if record else None


def shared_value(article_id: str) -> bytes:
    """Return which article a share link leads to, as a value."""
    return values.encode("shared", {"id": article_id})


def shared_of(value: bytes | None) -> str | None:
    """Return the id of the article that a share link leads to, or None."""
    record = value and values.decode("shared", value)
    return str(record.get("id")) if record else None


def _broken(kind: str) -> None:
    _log.warning("cache_value_broken", kind=kind)
