"""The home page: lists of articles, how to add the extension, the questions before something is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from babel.dates import format_timedelta

from personae.store.lists import ListedArticle, ListName, Lists
from personae.view.i18n import date_format
from personae.view.i18n.catalogue import Catalogue, catalogue
from personae.view.page.render import filled

# How many of a list the home page shows; a page of its own shows them all.
SHOWN: dict[ListName, int] = {"kept": 6, "recent": 8, "shared": 6}
# What the address may say was done -> the message that says so.
DONE = {
    "pin": "pinned",
    "unpin": "unpinned",
    "unshare": "unshared",
    "forget": "forgotten",
    "forget_everything": "forgotten_everything",
}
_TITLES = {"kept": "list_kept", "shared": "list_shared", "recent": "list_recent"}
_EMPTY = {"kept": "list_kept_empty", "shared": "list_shared_empty", "recent": "list_recent_empty"}
_SINCE = {"kept": "kept_since", "shared": "shared_since", "recent": "read_since"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page here needs to know.

    language: of the interface; now: Unix time; keeps_for: seconds for which what is read is kept.
    """

    language: str
    now: float
    keeps_for: float


@dataclass(frozen=True, slots=True)
class ListedRow:
    """An article as a list shows it. since: "read 2 hours ago"; moment: the same for machines, in UTC."""

    listed: ListedArticle
    published: date_format.ShownDate | None
    since: str
    moment: str


@dataclass(frozen=True, slots=True)
class ListPart:
    """The part of a list that a page shows, of so many in all. empty: what it says when there is nothing."""

    name: ListName
    title: str
    empty: str
    rows: tuple[ListedRow, ...]
    total: int


def home_page(
    lists: Lists, *, extension_seen: float | None, is_firefox: bool, done: str, frame: Frame
) -> str:
    """Return the home page.

    extension_seen: Unix time, None: not yet; is_firefox: whose steps to show first; done: a key of `DONE`.
    """
    words = catalogue(frame.language)
    parts = [
        _part(name, lists.named(name)[: SHOWN[name]], len(lists.named(name)), words, frame)
        for name in ("kept", "recent", "shared")
    ]
    return filled(
        "home.html",
        words,
        parts=parts,
        counted=_counted(lists, words),
        is_new=lists.articles == 0,
        done=words.text(DONE[done]) if done in DONE else None,
        seen=_ago(extension_seen, words, frame) if extension_seen is not None else None,
        is_firefox=is_firefox,
        keeps_for=_duration(frame.keeps_for, words),
    )


def list_page(
    name: ListName, listed: Sequence[ListedArticle], *, number: int, pages: int, total: int, frame: Frame
) -> str:
    """Return a page of one list: the number-th of so many."""
    words = catalogue(frame.language)
    part = _part(name, listed, total, words, frame)
    return filled(
        "list.html",
        words,
        part=part,
        number=number,
        pages=pages,
    )


def forget_page(listed: ListedArticle, *, frame: Frame) -> str:
    """Return the question whether an article shall be forgotten."""
    words = catalogue(frame.language)
    return filled("forget.html", words, row=_row("recent", listed, words, frame), goes=None)


def forget_all_page(lists: Lists, *, frame: Frame) -> str:
    """Return the question whether everything shall be forgotten, with how much that is."""
    words = catalogue(frame.language)
    return filled("forget.html", words, row=None, goes=_counted(lists, words))


def _part(
    name: ListName, listed: Sequence[ListedArticle], total: int, words: Catalogue, frame: Frame
) -> ListPart:
    rows = tuple(_row(name, one, words, frame) for one in listed)
    empty = words.text(_EMPTY[name], time=_duration(frame.keeps_for, words))
    return ListPart(name, words.text(_TITLES[name]), empty, rows, total)


def _row(name: ListName, listed: ListedArticle, words: Catalogue, frame: Frame) -> ListedRow:
    entry = listed.entry
    return ListedRow(
        listed,
        date_format.shown(entry.published, entry.language),
        words.text(_SINCE[name], time=_ago(listed.since, words, frame)),
        datetime.fromtimestamp(listed.since, UTC).isoformat(timespec="seconds"),
    )


def _counted(lists: Lists, words: Catalogue) -> str | None:
    """Return "12 articles, 3 kept for good, 2 share links"; None when there is nothing."""
    numbers = {
        "articles_counted": lists.articles,
        "kept_counted": len(lists.kept),
        "links_counted": len(lists.shared),
    }
    return words.listed([words.counted(key, number) for key, number in numbers.items() if number]) or None


def _ago(then: float, words: Catalogue, frame: Frame) -> str:
    """Return "2 hours ago": a server does not know its reader's clock, and need not."""
    passed = timedelta(seconds=max(1.0, frame.now - then))
    return format_timedelta(-passed, granularity="minute", add_direction=True, locale=words.tag)


def _duration(seconds: float, words: Catalogue) -> str:
    return format_timedelta(timedelta(seconds=seconds), granularity="minute", threshold=1, locale=words.tag)
