"""How much a request may bring: as it was sent, once it is unpacked, and in how many pieces.

A page is one long text among few others. What is made of many small pieces costs far more to build than its
bytes tell, so the pieces are counted before anything is built of them.
"""

from __future__ import annotations

import json
import re
import zlib
from io import BytesIO
from typing import IO, Any

from flask import Request

from personae.errors import (
    BadEncoding,
    InvalidJSON,
    PictureTooLarge,
    RequestError,
    TooLarge,
    UnsupportedMedia,
)

# A form with a token or a choice in it; the corrections of a cast (at most 100, of 200 characters a field).
FORM_BYTES = 8192
CORRECTIONS_BYTES = 512 * 1024
_MOST_FIELDS = 20  # of a form
# Of a request's JSON: texts, keys among them, and what stands outside of them.
_MOST_TEXTS = 2000
_LONGEST_OUTSIDE = 64 * 1024
_TEXT_END = re.compile(rb'(?:[^"\\]|\\.)*+"', re.DOTALL)
_CHUNK = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS


class BoundedRequest(Request):
    """A request whose files stay in memory: a page must never come to lie in a temporary file."""

    max_form_parts = _MOST_FIELDS

    def _load_form_data(self) -> None:
        """Count the fields of a form before they are told apart. Raises RequestError."""
        is_plain = "form" not in self.__dict__ and self.mimetype == "application/x-www-form-urlencoded"
        if is_plain and self.get_data(parse_form_data=False).count(b"&") >= _MOST_FIELDS:
            raise RequestError(
                "The form has more fields than any form of Personae has.",
                hint="Send the page's address and its HTML, and nothing else.",
            )
        super()._load_form_data()

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - werkzeug's signature
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return BytesIO()


def json_body(request: Request, *, max_body: int, max_unpacked: int) -> Any:
    """Return the request's JSON, unpacked when it came gzipped.

    Raises UnsupportedMedia (another content type), BadEncoding, TooLarge, InvalidJSON.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMedia
    data = _unpacked(request, max_body=max_body, max_unpacked=max_unpacked)
    if not _has_few_pieces(data):
        raise InvalidJSON("The request's JSON has far more pieces than any request of Personae has.")
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise InvalidJSON from None


def _has_few_pieces(data: bytes) -> bool:
    """Return whether JSON has few texts and little beside them; it is read no further than to say so."""
    position = outside = 0
    for _ in range(_MOST_TEXTS):
        start = data.find(b'"', position)
        outside += (len(data) if start < 0 else start) - position
        if outside > _LONGEST_OUTSIDE:
            return False
        end = _TEXT_END.match(data, start + 1) if start >= 0 else None
        if end is None:
            return True  # no further text, or one without an end, which is no JSON
        position = end.end()
    return False


def picture_body(request: Request, *, most: int) -> bytes:
    """Return the request's body as it came: the bytes of a picture, at most so many.

    Raises UnsupportedMedia (a content type that forms send), PictureTooLarge.
    """
    if request.mimetype != "application/octet-stream":
        raise UnsupportedMedia(hint="Send the picture's bytes as application/octet-stream.")
    if (request.content_length or 0) > most:
        raise PictureTooLarge
    data = bytearray()
    while chunk := request.stream.read(_CHUNK):
        data += chunk
        if len(data) > most:
            raise PictureTooLarge
    return bytes(data)


def _unpacked(request: Request, *, max_body: int, max_unpacked: int) -> bytes:
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", ""):
        raise BadEncoding("The request's Content-Encoding is not one that this backend takes.")
    if (request.content_length or 0) > max_body:
        raise too_large_as_sent()
    inflater = zlib.decompressobj(_GZIP) if encoding == "gzip" else None
    unpacked = bytearray()
    sent = 0
    # Neither Content-Length nor what the first bytes promise is believed: what arrives is counted.
    while chunk := request.stream.read(_CHUNK):
        sent += len(chunk)
        if sent > max_body:
            raise too_large_as_sent()
        unpacked += _inflated(inflater, chunk, max_unpacked + 1 - len(unpacked)) if inflater else chunk
        if len(unpacked) > max_unpacked:
            raise TooLarge
    if inflater and (not inflater.eof or inflater.unused_data):
        raise BadEncoding
    return bytes(unpacked)


def _inflated(inflater: Any, chunk: bytes, most: int) -> bytes:
    try:
        return bytes(inflater.decompress(chunk, most))
    except zlib.error:
        raise BadEncoding from None


def too_large_as_sent() -> TooLarge:
    """Return the error for a request that is too large as it was sent."""
    return TooLarge(hint="Raise PERSONAE_MAX_BODY_BYTES on the backend if you need to read such pages.")


def _refuse(_constant: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")
