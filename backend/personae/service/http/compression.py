"""Answers that travel smaller: gzip for text of some size, for whoever takes it.

Gzip is in Python's standard library and in every browser. docs/security.md says why nothing secret can be
guessed from a compressed answer's length.
"""

from __future__ import annotations

import gzip

from werkzeug.wrappers import Request, Response

from personae.service.http.responses import varies_by

# Below it, an answer fits in one packet as it is.
LEAST_BYTES = 1400
LEVEL = 5  # the next one takes a third longer for two parts in a hundred
_MOST_LEVEL = 9
_TYPES = frozenset({"application/json", "application/javascript", "application/xhtml+xml", "image/svg+xml"})


def takes_gzip(request: Request) -> bool:
    """Whether the client takes gzip, and would not rather have the bytes as they are."""
    accepted = request.accept_encodings
    return 0 < accepted.quality("gzip") >= accepted.quality("identity")


def packed_once(data: bytes) -> bytes:
    """Return what will be sent many times, as small as gzip makes it: for files that are kept packed."""
    return gzip.compress(data, _MOST_LEVEL, mtime=0)


def compressed(answer: Response, request: Request) -> Response:
    """Compress an answer in place when that is worth it and the client takes it; return it."""
    if not _is_text(answer) or answer.direct_passthrough or "Content-Encoding" in answer.headers:
        return answer
    if answer.status_code != 200 or "Content-Range" in answer.headers:  # noqa: PLR2004 - a whole answer
        return answer
    varies_by(answer, "Accept-Encoding")
    data = answer.get_data()
    if len(data) >= LEAST_BYTES and takes_gzip(request):
        answer.set_data(gzip.compress(data, LEVEL, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
        _weaken(answer)
    return answer


def _is_text(answer: Response) -> bool:
    kind = answer.mimetype or ""
    return kind.startswith("text/") or kind in _TYPES


def _weaken(answer: Response) -> None:
    """Say that the answer is the same in meaning, no longer byte for byte (RFC 9110, 8.8.3)."""
    tag, weak = answer.get_etag()
    if tag is not None and not weak:
        answer.set_etag(tag, weak=True)
