"""The description of the HTTP interface, OpenAPI 3.1. Tests drive the service by it."""

from __future__ import annotations

from typing import Any, get_args

from personae.markup.picture_files import MOST_PICTURES, SUFFIXES
from personae.model import MentionField
from personae.service.application.corrections import CORRECTION_KINDS
from personae.service.http.correction_request import MAX_CORRECTIONS, MAX_LENGTH
from personae.service.http.home.list_api import MOST_AT_ONCE, MOST_OFFSET, USUALLY_AT_ONCE
from personae.service.http.operations.schemas import Schema, nouns
from personae.service.http.page_request import MAX_URL
from personae.settings import Settings
from personae.store.cache.keys import ID_LENGTH, SHARE_ID_LENGTH
from personae.store.lists import LIST_NAMES
from personae.version import __version__
from personae.view.exports.formats import EXPORTS, Export

_STRING = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_TIME = {"type": "string", "format": "date-time"}
_BYTES = {"type": "string", "contentMediaType": "application/octet-stream"}
_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": f"The article's id: {ID_LENGTH} characters that nobody can guess.",
    "schema": {"type": "string", "pattern": f"^[A-Za-z0-9_-]{{{ID_LENGTH}}}$"},
    "example": "A" * ID_LENGTH,
}
_SHARE_ID = {
    "name": "share_id",
    "in": "path",
    "required": True,
    "description": f"The link's id: {SHARE_ID_LENGTH} characters that nobody can guess.",
    "schema": {"type": "string", "pattern": f"^[A-Za-z0-9_-]{{{SHARE_ID_LENGTH}}}$"},
    "example": "A" * SHARE_ID_LENGTH,
}
_NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "The picture's place in the article's list, from 0.",
    "schema": {"type": "integer", "minimum": 0},
    "example": 0,
}
_DIGEST = {
    "name": "digest",
    "in": "path",
    "required": True,
    "description": "SHA-256 of the picture, in hexadecimal.",
    "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "example": "0" * 64,
}
_TICKET = {
    "name": "ticket",
    "in": "query",
    "description": "Of `view`; traded once, within a minute, for a cookie.",
    "schema": _STRING,
}


def document(settings: Settings) -> dict[str, Any]:
    """Return the description; with a token set, it says that requests need it."""
    secured = bool(settings.token)
    paths = _api() | _keeping() | _lists() | _pages(secured=secured) | _operations()
    for path, methods in paths.items():
        for operation in methods.values():
            operation["responses"] |= _refusals(
                path, secured=secured and operation.get("security") != [], changes="requestBody" in operation
            )
    described: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Personae",
            "version": __version__,
            "description": "A reader view that shows who is in the story. Every error has one JSON shape.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {"schemas": {**nouns(), **_more_schemas()}},
    }
    if secured:
        described["components"]["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer", "description": "A value of PERSONAE_TOKEN."}
        }
        described["security"] = [{"token": []}]
    return described


# ---------------------------------------------------------------- addresses


def _api() -> dict[str, Any]:
    return {
        "/api/read": {
            "post": {
                "operationId": "read",
                "summary": "Read a page that you have.",
                "description": "The body may be gzipped. `Accept: text/html` gives the page itself.",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": _ref("PageRequest")}},
                },
                "responses": {
                    "200": {
                        "description": "The article.",
                        "content": {
                            "application/json": {"schema": _ref("ReadAnswer")},
                            "text/html": {"schema": _STRING},
                        },
                    },
                    "400": _error("Not JSON, a field is missing or of the wrong type, or a broken encoding."),
                    "413": _error("Larger than this backend accepts, before or after decompression."),
                    "415": _error("Not application/json."),
                    "422": _error("The page cannot be read: no article, too complex, took too long."),
                    "503": _error("All workers are busy and the queue is full."),
                },
            },
            "delete": {
                "operationId": "forgetAll",
                "summary": "Forget every article, pin and share link of yours, in every store.",
                "responses": {
                    "204": {"description": "Nothing of yours is kept here."},
                    "503": _error("A store could not be written: not everything is forgotten yet."),
                },
            },
        },
        "/api/status": {
            "get": {
                "operationId": "status",
                "summary": "Which backend this is.",
                "responses": {"200": _json("Its name, version and languages.", _ref("Status"))},
            }
        },
    }


def _keeping() -> dict[str, Any]:
    return {
        "/api/read/{id}": {
            "delete": _done("forget", "Forget an article, with its pin and its share link, in every store.")
        },
        "/api/read/{id}/pin": {
            "put": _lasting("pin", "Keep an article until it is unpinned or forgotten.")
            | {"responses": {"204": {"description": "It stays."}, **_why_not()}},
            "delete": _done("unpin", "Let an article expire again, counted from now."),
        },
        "/api/read/{id}/pictures": {
            "get": {
                "operationId": "pictures",
                "summary": "The article's pictures, and which of them are kept with it.",
                "parameters": [_ID],
                "responses": {"200": _json("They, in order.", _ref("Pictures")), **_gone()},
            },
            "delete": _done("forgetPictures", "Forget an article's pictures; the article stays."),
        },
        "/api/read/{id}/pictures/{number}": {
            "put": {
                "operationId": "keepPicture",
                "summary": "Keep a picture of an article, as the client has it, for as long as the article.",
                "description": "JPEG, PNG, WebP, GIF or AVIF, by its bytes. Nothing is ever fetched here.",
                "parameters": [_ID, _NUMBER],
                "requestBody": {
                    "required": True,
                    "content": {"application/octet-stream": {"schema": _BYTES}},
                },
                "responses": {
                    "204": {"description": "It is kept."},
                    **_why_not(),
                    "413": _error("Larger than one picture, or all of one article, may be."),
                    "415": _error("Not application/octet-stream."),
                    "422": _error("No picture of a kind that is kept."),
                },
            }
        },
        "/api/read/{id}/share": {
            "post": _lasting("share", "Return the article's share link; it is made when there is none.")
            | {"responses": {"200": _json("The link's path.", _ref("Shared")), **_why_not()}},
            "delete": _done("unshare", "Take an article's share link back."),
        },
    }


def _lists() -> dict[str, Any]:
    counts = {
        "operationId": "countArticles",
        "summary": "How many articles are kept, shared, read lately; when the extension was last seen.",
        "responses": {"200": _json("The numbers.", _ref("Counts"))},
    }
    listing = {
        "parameters": [
            _number("offset", 0, least=0, most=MOST_OFFSET),
            _number("limit", USUALLY_AT_ONCE, least=1, most=MOST_AT_ONCE),
        ],
        "responses": {
            "200": _json("A part of the list.", _ref("ArticleList")),
            "400": _error("`offset` or `limit` is no such number."),
        },
    }
    summaries = {
        "kept": "The articles that are kept for good, the newest first.",
        "shared": "The articles with a share link that is alive, the newest first.",
        "recent": "The articles that were read lately, for as long as they are kept, the newest first.",
    }
    return {
        "/api/articles": {"get": counts},
        **{
            f"/api/articles/{name}": {
                "get": {"operationId": f"{name}Articles", "summary": summaries[name], **listing}
            }
            for name in LIST_NAMES
        },
    }


def _number(name: str, default: int, *, least: int, most: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return {"name": name, "in": "query", "schema": schema}


def _lasting(name: str, summary: str) -> dict[str, Any]:
    return {"operationId": name, "summary": summary, "parameters": [_ID]}


def _why_not() -> dict[str, Schema]:
    return {
        **_gone(),
        "409": _error("It is of a private window, or as many are pinned as may be."),
        "503": _error("No store can be written."),
        "507": _error("What does not expire takes all the room that it may."),
    }


def _gone() -> dict[str, Schema]:
    return {"404": _error("It has expired, was forgotten, or never was yours.")}


def _done(name: str, summary: str) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [_ID],
        "responses": {
            "204": {"description": "So it is; also when there was nothing to do."},
            "404": _error("That is no article's id."),
            "503": _error("A store could not be written: not everything is done yet."),
        },
    }


def _pages(*, secured: bool) -> dict[str, Any]:
    page = {"text/html": {"schema": _STRING}}
    gone = _gone()["404"]
    return {
        "/": {
            "get": {
                "operationId": "home",
                "summary": "The home page: what was read, kept and shared; how to add the extension.",
                "responses": {"200": {"description": "The page.", "content": page}},
            }
        },
        "/try": {
            "get": {
                "operationId": "trying",
                "summary": "A page to try it without the extension.",
                "responses": {"200": {"description": "The page.", "content": page}},
            }
        },
        "/read/{id}": {
            "get": {
                "operationId": "view",
                "summary": "The reader view of an article.",
                "parameters": [_ID, _TICKET],
                "security": [{"token": []}, {}] if secured else [],  # a ticket or a cookie does as well
                "responses": {
                    "200": {"description": "The page.", "content": page},
                    "303": {"description": "The ticket was traded; the page follows."},
                    "404": gone,
                },
            },
            "post": _correcting("view", "The reader view", page, gone),
        },
        "/read/{id}/pictures/{digest}": {
            "get": {
                "operationId": "picture",
                "summary": "A picture that is kept with an article.",
                "parameters": [_ID, _DIGEST],
                "responses": {
                    "200": {
                        "description": "The picture, as its publisher made it.",
                        "content": {mimetype: {"schema": _BYTES} for mimetype in SUFFIXES},
                    },
                    "404": _error("It is not kept, or not yours."),
                },
            }
        },
        "/shared/{share_id}": {
            "get": {
                "operationId": "shared",
                "summary": "The page of a shared article. Needs no token.",
                "parameters": [_SHARE_ID],
                "security": [],
                "responses": {
                    "200": {"description": "The page.", "content": page},
                    "404": _error("The link was taken back, or its article is gone."),
                },
            }
        },
        **{f"/read/{{id}}.{form.suffix}": _export(form, gone) for form in EXPORTS.values()},
    }


def _export(form: Export, gone: Schema) -> dict[str, Any]:
    name, content = form.name, {form.mimetype: {"schema": _content(form)}}
    return {
        "get": {
            "operationId": f"export_{name}",
            "summary": f"The article as {name}, for other tools.",
            "parameters": [_ID],
            "responses": {"200": {"description": "The article.", "content": content}, "404": gone},
        },
        "post": _correcting(f"export_{name}", f"The article as {name}", content, gone),
    }


def _content(form: Export) -> Schema:
    if form.mimetype == "application/json":
        return _ref("Article")
    return _STRING if form.is_text else _BYTES


def _correcting(name: str, what: str, content: dict[str, Any], gone: Schema) -> dict[str, Any]:
    """Return the operation that gives the same as a GET, with the cast as the body corrects it."""
    return {
        "operationId": f"{name}_corrected",
        "summary": f"{what}, with the cast as its reader corrects it.",
        "description": "Nothing of the corrections is kept. An `Origin` has to come, the backend's own.",
        "parameters": [_ID],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _ref("Corrections")}},
        },
        "responses": {
            "200": {"description": "The article, corrected.", "content": content},
            "400": _error("Not JSON, no corrections, or a broken encoding."),
            "404": gone,
            "413": _error("Larger than this backend accepts, before or after decompression."),
            "415": _error("Not application/json."),
        },
    }


def _operations() -> dict[str, Any]:
    return {
        "/healthz": {
            "get": {
                "operationId": "health",
                "summary": "Whether the process answers. Needs no token.",
                "security": [],
                "responses": {"200": _json("It does.", _ref("Health"))},
            }
        },
        "/readyz": {
            "get": {
                "operationId": "readiness",
                "summary": "Whether pages can be read, and what is away.",
                "responses": {
                    "200": _json("They can; `degraded` when a store is away.", _ref("Readiness")),
                    "503": _json("They cannot.", _ref("Readiness")),
                },
            }
        },
        "/metrics": {
            "get": {
                "operationId": "metrics",
                "summary": "Figures for Prometheus.",
                "responses": {
                    "200": {"description": "The figures.", "content": {"text/plain": {"schema": _STRING}}}
                },
            }
        },
        "/openapi.json": {
            "get": {
                "operationId": "openapi",
                "summary": "This description.",
                "responses": {"200": _json("The description.", {"type": "object"})},
            }
        },
    }


# ---------------------------------------------------------------- answers


def _refusals(path: str, *, secured: bool, changes: bool) -> dict[str, Schema]:
    """Return the answers that the guards may give before an operation is reached."""
    answers: dict[str, Schema] = {"421": _error("This backend does not answer under that Host.")}
    if changes or path.startswith("/api/read"):
        answers["403"] = _error("A page of another site may not do this.")
    if secured:
        answers["401"] = _error("A token is missing or wrong.")
        answers["429"] = _error("Too many wrong tokens came from this address.")
    return answers


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(description: str, schema: Schema) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _error(description: str) -> Schema:
    answer = _json(description, _ref("Error"))
    answer["content"]["text/html"] = {"schema": _STRING}
    return answer


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties}


def _correction() -> Schema:
    return _object(
        {
            "kind": {"type": "string", "enum": list(CORRECTION_KINDS)},
            "actor": {"type": "string", "maxLength": MAX_LENGTH, "description": "Its id."},
            "value": {
                "type": "string",
                "maxLength": MAX_LENGTH,
                "default": "",
                "description": (
                    "The new name (rename), the role or nothing for none (role), the id of the actor that it "
                    "is (merge), the alias that is somebody else (split), the name of whom the alias means, "
                    "of the cast or new (reassign); nothing to hide."
                ),
            },
            "alias": {
                "type": "string",
                "maxLength": MAX_LENGTH,
                "default": "",
                "description": "What the text calls somebody else (reassign).",
            },
            "place": {
                **_object(
                    {
                        "field": {"type": "string", "enum": list(get_args(MentionField))},
                        "start": {"type": "integer", "minimum": 0},
                    }
                ),
                "type": ["object", "null"],
                "description": (
                    "Where the one mention that is meant begins, in code points; none: all so called."
                ),
            },
        },
        optional=("value", "alias", "place"),
    )


def _listed_article() -> Schema:
    article = nouns()["Article"]["properties"]
    actor = nouns()["Actor"]["properties"]
    as_read = ("title", "site", "url", "published", "language", "direction", "reading_minutes")
    return _object(
        {
            "id": _ID["schema"],
            "view": {"type": "string", "description": "Path of its reader view."},
            **{name: article[name] for name in as_read},
            "actors": {
                "type": "array",
                "items": _object({"name": actor["name"], "type": actor["type"]}),
                "description": "The first of the key actors.",
            },
            "since": {**_TIME, "description": "When it was kept, shared or read."},
            "pinned": {"type": "boolean"},
            "share": _or_null({"type": "string", "description": "Path of its share link."}),
        }
    )


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _more_schemas() -> dict[str, Schema]:
    away = {"type": "string", "enum": ["ok", "away", "not configured"]}
    return {
        "PageRequest": _object(
            {
                "url": {
                    "type": "string",
                    "maxLength": MAX_URL,
                    "description": "Where the page came from; empty when it has no address.",
                    "examples": ["https://news.example/story"],
                    "pattern": "^$|^https?://[a-z0-9.-]+(/[A-Za-z0-9_./-]*)?$",
                },
                "html": {"type": "string", "description": "The page as the browser has it."},
                "private": {
                    "type": "boolean",
                    "default": False,
                    "description": "It was open in a private window: nothing of it touches a disk.",
                },
                "actors": {"type": "boolean", "default": True, "description": "Find the actors, too."},
            },
            optional=("private", "actors"),
        ),
        "Corrections": _object(
            {"corrections": {"type": "array", "maxItems": MAX_CORRECTIONS, "items": _correction()}},
        ),
        "ReadAnswer": {
            "type": "object",
            "required": [*nouns()["Article"]["required"], "view", "cache"],
            "properties": {
                **nouns()["Article"]["properties"],
                "view": {
                    "type": "string",
                    "description": "Path of its reader view, with a ticket if one is needed.",
                },
                "cache": {"type": "string", "enum": ["hit", "miss"]},
            },
            "additionalProperties": False,
        },
        "Error": _object({"error": _object({"code": _STRING, "message": _STRING, "hint": _STRING})}),
        "Shared": _object({"path": {"type": "string", "examples": [f"/shared/{_SHARE_ID['example']}"]}}),
        "Counts": _object(
            {
                "articles": {**_COUNT, "description": "In any of the lists."},
                **dict.fromkeys(LIST_NAMES, _COUNT),
                "extension_seen": _or_null(_TIME),
            }
        ),
        "ArticleList": _object(
            {"total": _COUNT, "articles": {"type": "array", "items": _ref("ListedArticle")}}
        ),
        "ListedArticle": _listed_article(),
        "Pictures": _object(
            {
                "pictures": {
                    "type": "array",
                    "maxItems": MOST_PICTURES,
                    "items": _object({"src": _STRING, "kept": {"type": "boolean"}}),
                },
                "max_picture_bytes": {"type": "integer"},
            }
        ),
        "Status": _object(
            {
                "name": {"type": "string", "const": "personae"},
                "version": _STRING,
                "api": {"type": "integer"},
                "languages": {"type": "array", "items": _STRING},
            }
        ),
        "Health": _object({"status": {"type": "string", "const": "ok"}, "name": _STRING}),
        "Readiness": _object(
            {
                "status": {"type": "string", "enum": ["ok", "degraded", "unready"]},
                "cache": _object({"sqlite": away, "redis": away}),
                "workers": {"type": "string", "enum": ["ok", "away"]},
                "model": {"type": "string", "enum": ["ok", "missing"]},
            }
        ),
    }
