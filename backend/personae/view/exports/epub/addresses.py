"""Links as a strict reader of addresses takes them (RFC 3986): what a browser would repair is repaired."""

from __future__ import annotations

import re
from urllib.parse import quote

from personae.markup.hosts import web_origin

# After scheme and authority: path, query, fragment.
_REST = re.compile(r"^\s*https?:[/\\]*[^/\\?#]*(.*)$", re.IGNORECASE | re.DOTALL)
_IGNORED = dict.fromkeys(map(ord, "\t\n\r"))
_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+(?:\?[A-Za-z0-9._~%=&+,:@/?-]*)?", re.IGNORECASE)
_KEPT = "!$&'()*+,;=:@/?-._~"


def link_address(url: str | None) -> str | None:
    """Return a web or mail address in which every character is allowed where it stands; None for others."""
    if url and _MAIL.fullmatch(url.strip()):
        return _escaped(url.strip())
    origin = web_origin(url)
    rest = _REST.match((url or "").strip().translate(_IGNORED))
    if origin is None or rest is None:
        return None
    before, hash_sign, fragment = rest[1].partition("#")
    path, question, query = before.partition("?")
    path = _escaped(path.replace("\\", "/"))
    return (
        f"{origin}{path or '/'}{question}{_escaped(query)}"
        f"{hash_sign}{_escaped(fragment) if hash_sign else ''}"
    )


def _escaped(part: str) -> str:
    """Percent-encode what may not stand in an address, also a "%" that begins no code."""
    coded = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return quote(coded, safe=_KEPT + "%", errors="replace")
