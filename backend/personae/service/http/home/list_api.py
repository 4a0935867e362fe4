"""The lists of articles as JSON: for the home page's numbers, the reader page and other tools."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from personae.errors import InvalidField
from personae.service.http.current_backend import backend
from personae.service.http.responses import json_response
from personae.store.lists import LIST_NAMES, ListedArticle

MOST_AT_ONCE = 100
USUALLY_AT_ONCE = 50
MOST_OFFSET = 100_000
blueprint = Blueprint("lists", __name__)


@blueprint.get("/api/articles")
def counts() -> Response:
    """Return how much of each list there is, and when the extension was last seen."""
    keeper = backend().library.lists
    lists = keeper.all(g.tenant)
    seen = keeper.extension_seen(g.tenant)
    return json_response(
        {
            "articles": lists.articles,
            **{name: len(lists.named(name)) for name in LIST_NAMES},
            "extension_seen": _iso(seen) if seen is not None else None,
        }
    )


@blueprint.get(f"/api/articles/<any({', '.join(LIST_NAMES)}):name>")
def articles(name: Any) -> Response:
    """Return one list, the newest first; `offset` and `limit` choose a part of it."""
    for field, values in request.args.lists():
        if field not in ("offset", "limit") or len(values) > 1:
            raise InvalidField('Only "offset" and "limit" may be asked for, each once.')
    offset = _number("offset", 0, least=0, most=MOST_OFFSET)
    limit = _number("limit", USUALLY_AT_ONCE, least=1, most=MOST_AT_ONCE)
    listed = backend().library.lists.all(g.tenant).named(name)
    return json_response(
        {"total": len(listed), "articles": [_shown(one) for one in listed[offset : offset + limit]]}
    )


def _shown(listed: ListedArticle) -> dict[str, Any]:
    entry = listed.entry
    return {
        "id": entry.id,
        "view": f"/read/{entry.id}",
        "title": entry.title,
        "site": entry.site,
        "url": entry.url,
        "published": entry.published,
        "language": entry.language,
        "direction": entry.direction,
        "reading_minutes": entry.reading_minutes,
        "actors": [{"name": name, "type": kind} for name, kind in entry.actors],
        "since": _iso(listed.since),
        "pinned": listed.pinned,
        "share": listed.share,
    }


def _number(name: str, default: int, *, least: int, most: int) -> int:
    given = request.args.get(name, str(default))
    if not (given.isascii() and given.isdigit() and len(given) < 8 and least <= int(given) <= most):  # noqa: PLR2004
        raise InvalidField(f'The field "{name}" must be a whole number from {least} to {most}.')
    return int(given)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
