"""What a library shows of the book, and what tells it from every other one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from personae.model import Article
from personae.view.exports.epub.addresses import link_address
from personae.view.exports.epub.xhtml import language_tag
from personae.view.i18n.catalogue import Catalogue
from personae.view.i18n.date_format import DATE_ONLY

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)  # the earliest time that a ZIP can state


class BookMetadata(NamedTuple):
    """The book's metadata, as texts.

    language: a BCP 47 tag; direction: "ltr" or "rtl"; date: W3CDTF; modified: the same in UTC.
    """

    identifier: str
    title: str
    language: str | None
    direction: str
    authors: list[str]
    publisher: str | None
    description: str | None
    date: str | None
    modified: str
    source: str | None


def metadata(article: Article, words: Catalogue, *, files: Sequence[str] = ()) -> BookMetadata:
    """Describe the book of an article; what the article does not tell is None. files: of its pictures."""
    published, modified = _moment(article.published), _moment(article.modified)
    return BookMetadata(
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, _identity(article, files))}",
        title=_folded(article.title) or words.text("untitled"),
        language=language_tag(article.language),
        direction=article.direction,
        authors=[name for author in article.authors if (name := _folded(author))],
        publisher=_folded(article.site or "") or None,
        description=_folded(article.standfirst or "") or None,
        date=_w3c_date(article.published, published),
        modified=_in_utc(modified or published or EPOCH),
        source=link_address(article.url) or link_address(article.canonical_url),
    )


def _identity(article: Article, files: Sequence[str]) -> str:
    """Return what makes this book this one: where the article came from, its words, pictures and cast."""
    # A reader may have corrected the cast: a library must not take that book for the one that it has.
    cast = [[actor.name, actor.role, actor.aliases] for actor in article.actors]
    texts = [article.url, article.canonical_url, article.title, article.standfirst, article.content]
    return json.dumps([*texts, cast, *([list(files)] if files else [])])


def _moment(iso: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(iso or "")
    except ValueError:
        return None


def _w3c_date(iso: str | None, moment: datetime | None) -> str | None:
    """Return a date as https://www.w3.org/TR/NOTE-datetime has it: with a time when its offset is known."""
    if moment is None:
        return None
    has_time = moment.utcoffset() is not None and len(iso or "") > DATE_ONLY
    return moment.isoformat(timespec="seconds") if has_time else moment.date().isoformat()


def _in_utc(moment: datetime) -> str:
    """Return "2024-05-01T12:00:00Z"; a time without an offset is taken for UTC."""
    try:
        utc = moment.astimezone(UTC) if moment.utcoffset() is not None else moment
    except OverflowError:  # on the first or the last day of all
        utc = moment
    return utc.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _folded(text: str) -> str:
    return " ".join(text.split())
