"""Who made the story: its publisher and its agency are cited in it, and are no key actors of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from personae.markup.text import word_key
from personae.model import Actor, Article

# "LIMA (Agency) -" before the first sentence; "(Agency)" or "[Agency]" as the last words.
_DATELINE = re.compile(r"[^.!?\n]{0,60}\(([^)\n]{2,40})\) ?[—–:-]")
_SIGN_OFF = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]]\s*\Z")
# Words that a name of an outlet may have or lack: "BBC News" is "BBC".
_LOOSE = frozenset({"the", "news", "online", "com"})


def without_key_makers(article: Article, actors: Sequence[Actor]) -> list[Actor]:
    """Return the actors, of whom the publisher and the agency of the article are no key actors."""
    makers = {_key(name) for name in _makers(article)} - {""}
    return [
        replace(actor, key=False)
        if actor.key and (_is_one(actor, makers) or _is_agency(actor, article))
        else actor
        for actor in actors
    ]


def _makers(article: Article) -> Iterator[str]:
    """Yield the names of the site and its host, and of whoever signs."""
    if article.site:
        yield article.site
    host = urlsplit(article.canonical_url or article.url or "").hostname or ""
    yield max(host.removeprefix("www.").split(".")[:-1], key=len, default="")
    yield from article.authors


def _is_one(actor: Actor, makers: set[str]) -> bool:
    return actor.type == "organization" and any(_key(alias) in makers for alias in actor.aliases)


def _is_agency(actor: Actor, article: Article) -> bool:
    """Return whether dateline or sign-off gives an actor, whom nothing before it names: "the Union (TU)"."""
    for match in (_DATELINE.match(article.text), _SIGN_OFF.search(article.text)):
        if match and _is_one(actor, {_key(match[1])}):
            starts = [mention.start for mention in actor.mentions if mention.field == "text"]
            return match.re is _SIGN_OFF or min(starts, default=match.start(1)) >= match.start(1)
    return False


def _key(name: str) -> str:
    """Return what names of outlets are compared by: their telling words, as a host writes them."""
    words = word_key(name.replace(".com", " com")).split()
    return "".join(word for word in words if word not in _LOOSE) or "".join(words)
