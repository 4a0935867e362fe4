"""A page as a client sends it: JSON or a form, checked field by field."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from personae.errors import InvalidField, InvalidJSON
from personae.service.application.reading import PageRequest

MAX_URL = 8192  # characters
SCHEMES = ("http", "https", "file", "about")
_KINDS = {str: "a string", bool: "true or false"}


def page_request(body: Any, tenant: str) -> PageRequest:
    """Return the request of a tenant for {"url", "html", "private", "actors"}; the last two may be left out.

    Raises InvalidJSON when the body is no object, InvalidField.
    """
    if not isinstance(body, dict):
        raise InvalidJSON("The request's body is JSON, but not an object.")
    return PageRequest(
        tenant=tenant,
        url=page_url(_field(body, "url", str)),
        html=_field(body, "html", str),
        private=_field(body, "private", bool, default=False),
        actors=_field(body, "actors", bool, default=True),
    )


def page_url(text: str) -> str:
    """Return the page's address, "" when it has none. Raises InvalidField."""
    url = text.strip()
    try:
        scheme = urlsplit(url).scheme
        url.encode("utf-8")
    except ValueError:
        scheme = "broken"
    if url and (scheme not in SCHEMES or len(url) > MAX_URL or not url.isprintable()):
        raise InvalidField(
            'The field "url" must be the address of a page.',
            hint=f"It begins with http:// or https:// and has at most {MAX_URL} characters; "
            "leave it empty when the page has none.",
        )
    return url


def _field(body: dict[str, Any], name: str, kind: type, *, default: Any = None) -> Any:
    value = body.get(name, default)
    if value is None and name not in body:
        raise InvalidField(f'The field "{name}" is missing.')
    if not isinstance(value, kind):
        raise InvalidField(f'The field "{name}" must be {_KINDS[kind]}.')
    return value
