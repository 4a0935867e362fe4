"""What is kept of a page, and how it becomes a value: article, actors, link, entry in a list, pictures.

A value is compressed JSON that says which kind of record it is and of which version. Never pickle: a store
that others can write to must not be able to run code here.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

import structlog

from personae.model import (
    SCHEMA_VERSION,
    Actor,
    ActorType,
    Article,
    Direction,
    actor_from_dict,
    actor_to_dict,
)

MAX_DECODED_BYTES = 64 * 1000**2
_BROKEN = (zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError)
_log = structlog.get_logger(__name__)
T = TypeVar("T")


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
    """A share link: its id, the life of the article that it was made for, since when it is there (Unix)."""

    share_id: str
    life: str
    since: float = 0.0

    @property
    def path(self) -> str:
        """Where it leads, on this backend."""
        return f"/shared/{self.share_id}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list shows of an article.

    life: as of the article; site: the publication's name or host; actors: (name, type) of the first key
    actors; since: when it was read or kept, in Unix time.
    """

    id: str
    life: str
    title: str
    site: str | None
    url: str | None
    published: str | None
    language: str | None
    direction: Direction
    reading_minutes: int
    actors: tuple[tuple[str, ActorType], ...]
    since: float


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture that is kept with an article. digest: SHA-256 in hexadecimal; size: in bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How one kind of record becomes a value and comes back.

    to_json, from_json: to plain JSON types and back; from_json raises KeyError, TypeError or AttributeError
    when a name is missing or of the wrong shape.
    """

    kind: str
    to_json: Callable[[T], dict[str, Any]]
    from_json: Callable[[dict[str, Any]], T]

    def encode(self, record: T, *, links: Iterable[str] = ()) -> bytes:
        """Return a record as a value; links: names of other values that are to be forgotten with it."""
        envelope = {
            "kind": self.kind,
            "schema": SCHEMA_VERSION,
            "links": list(links),
            "record": self.to_json(record),
        }
        return zlib.compress(json.dumps(envelope, separators=(",", ":")).encode("ascii"), level=6)

    def decode(self, value: bytes | None) -> T | None:
        """Return the record; None, with a log line, when it is broken or of another kind or version."""
        if value is None:
            return None
        try:
            envelope = _unpacked(value)
            if (envelope["kind"], envelope["schema"]) == (self.kind, SCHEMA_VERSION):
                return self.from_json(envelope["record"])
        except _BROKEN as error:
            _log.warning("cache_value_broken", kind=self.kind, cause=type(error).__name__)
            return None
        _log.info("cache_value_of_another_version", kind=self.kind)
        return None


def linked(value: bytes) -> list[str]:
    """Return the names that a value links to; none when it cannot be read."""
    try:
        links = _unpacked(value)["links"]
    except _BROKEN:
        return []
    return [link for link in links if isinstance(link, str)] if isinstance(links, list) else []


def _unpacked(value: bytes) -> Any:
    inflater = zlib.decompressobj()
    text = inflater.decompress(value, MAX_DECODED_BYTES)
    # What was cut off, or is larger than any record, is no JSON.
    return json.loads(text if inflater.eof else b"")


def _article_to_json(kept: KeptArticle) -> dict[str, Any]:
    article = kept.article.to_dict()
    return {"article": article, "life": kept.life, "private": kept.private, "cast": kept.cast_name}


def _article_from_json(record: dict[str, Any]) -> KeptArticle:
    article = Article.from_dict(record["article"])
    return KeptArticle(article, str(record["life"]), bool(record["private"]), record["cast"])


def _cast_to_json(actors: list[Actor]) -> dict[str, Any]:
    return {"actors": [actor_to_dict(actor) for actor in actors]}


def _cast_from_json(record: dict[str, Any]) -> list[Actor]:
    return [actor_from_dict(actor) for actor in record["actors"]]


def _entry_from_json(record: dict[str, Any]) -> Entry:
    actors = tuple((str(name), kind) for name, kind in record["actors"])
    return Entry(**{**record, "actors": actors, "since": float(record["since"])})


def _pictures_to_json(pictures: Mapping[str, KeptPicture]) -> dict[str, Any]:
    return {"pictures": [[src, one.digest, one.size] for src, one in pictures.items()]}


def _pictures_from_json(record: dict[str, Any]) -> dict[str, KeptPicture]:
    return {str(src): KeptPicture(str(digest), int(size)) for src, digest, size in record["pictures"]}


ARTICLE = Codec("article", _article_to_json, _article_from_json)
CAST = Codec("cast", _cast_to_json, _cast_from_json)
# The address that an article came from, "" when it has none: kept for longer than the article.
TRACE: Codec[str] = Codec("trace", lambda url: {"url": url}, lambda record: str(record["url"]))
# An article's share link, and the way back: the id of the article that a link leads to.
LINK = Codec(
    "link",
    lambda link: {"share": link.share_id, "life": link.life, "since": link.since},
    lambda record: Link(str(record["share"]), str(record["life"]), float(record.get("since", 0))),
)
SHARED: Codec[str] = Codec("shared", lambda article_id: {"id": article_id}, lambda record: str(record["id"]))
ENTRY: Codec[Entry] = Codec("entry", asdict, _entry_from_json)
# When the extension was last there.
SEEN: Codec[float] = Codec("seen", lambda at: {"at": at}, lambda record: float(record["at"]))
# The pictures that are kept with an article, by the addresses at which its publisher has them.
PICTURES: Codec[Mapping[str, KeptPicture]] = Codec("pictures", _pictures_to_json, _pictures_from_json)
