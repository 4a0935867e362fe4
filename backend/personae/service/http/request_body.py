"""How much a request may bring: as it was sent, and once it is unpacked."""

from __future__ import annotations

import json
import zlib
from io import BytesIO
from typing import IO, Any

from flask import Request

from personae.errors import BadEncoding, InvalidJSON, PictureTooLarge, TooLarge, UnsupportedMedia

_CHUNK = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS


class BoundedRequest(Request):
    """A request whose files stay in memory: a page must never come to lie in a temporary file."""

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
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise InvalidJSON from None


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
