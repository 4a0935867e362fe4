"""The pictures of an article: where they stand in its HTML, and what a file's first bytes say that it is.

No picture is ever decoded here: its kind and the size that it states are read from its first bytes, so that a
small file that unfolds into a huge one costs nothing, and is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape, unescape
from typing import NamedTuple

from personae.markup.hosts import web_origin
from personae.model import Article

MOST_PICTURES = 60
MOST_PIXELS = 50_000_000
# MIME type -> the ending of a file's name.
SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
}
# As nh3 writes it: every value in quotes, and no quote within.
_IMAGE = re.compile(r'<img(?: [a-z:-]+="[^"]*")*>')
_SRC = re.compile(r' src="([^"]*)"')
_FORMULA = ' class="formula"'
# Markers of a JPEG that begin a frame, which states its size; the others of this row are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_AVIF_HEADER_BYTES = 1 << 16
_AVIF_BRANDS = frozenset({b"avif", b"avis"})


class Picture(NamedTuple):
    """A picture as its publisher made it. mimetype: one of `SUFFIXES`, as its bytes say."""

    data: bytes
    mimetype: str


# By the addresses at which an article has them.
Pictures = Mapping[str, Picture]


def picture_of(data: bytes) -> Picture | None:
    """Return a file as a picture, by its bytes alone; None when it is none that is kept.

    Kept are JPEG, PNG, WebP, GIF and AVIF that state a size of at most `MOST_PIXELS`. Never SVG: it is a
    document, with scripts and addresses of its own.
    """
    for mimetype, size_of in _SIZES.items():
        size = size_of(data)
        if size is not None:
            return Picture(data, mimetype) if 0 < size[0] * size[1] <= MOST_PIXELS else None
    return None


def picture_addresses(article: Article) -> tuple[str, ...]:
    """Return where a sanitised article's pictures are, each address once, the lead picture's first.

    At most `MOST_PICTURES` of them. A picture of a formula is none of them: its source stands in the text.
    """
    found = [article.lead_image.src] if article.lead_image else []
    images = [tag for tag in _IMAGE.findall(article.content) if _FORMULA not in tag]
    found += [unescape(src) for tag in images for src in _SRC.findall(tag)]
    return tuple(dict.fromkeys(src for src in found if web_origin(src)))[:MOST_PICTURES]


def with_pictures_at(article: Article, addresses: Mapping[str, str]) -> Article:
    """Return a sanitised article whose pictures are at other addresses. addresses: old -> new."""
    if not addresses:
        return article

    def moved(src: re.Match[str]) -> str:
        new = addresses.get(unescape(src[1]))
        return src[0] if new is None else f' src="{escape(new)}"'

    content = _IMAGE.sub(lambda image: _SRC.sub(moved, image[0]), article.content)
    lead = article.lead_image
    if lead is not None:
        lead = replace(lead, src=addresses.get(lead.src, lead.src))
    return replace(article, lead_image=lead, content=content)


# ---------------------------------------------------------------- what the first bytes say

_Size = tuple[int, int]


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _jpeg(data: bytes) -> _Size | None:
    """Walk the segments to the frame (ITU-T T.81, B.1.1 and B.2.2)."""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - what each marker begins with
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - filling
            at += 1
        elif marker in _FRAMES:
            return _big(data[at + 7 : at + 9]), _big(data[at + 5 : at + 7])
        else:
            at += 2 + max(2, _big(data[at + 2 : at + 4]))
    return None


def _png(data: bytes) -> _Size | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") or len(data) < 33:  # noqa: PLR2004 - the header
        return None
    return _big(data[16:20]), _big(data[20:24])


def _gif(data: bytes) -> _Size | None:
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:  # noqa: PLR2004 - the header
        return None
    return _little(data[6:8]), _little(data[8:10])


def _webp(data: bytes) -> _Size | None:
    """Read the first chunk (RFC 9649): lossy, lossless or extended."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:  # noqa: PLR2004 - the header
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return _little(data[24:27]) + 1, _little(data[27:30]) + 1
    if kind == b"VP8L":
        bits = _little(data[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF
    return None


def _avif(data: bytes) -> _Size | None:
    """Read the brands, and the property "ispe" (ISO/IEC 23008-12, 6.5.3) that stands before the picture."""
    length = min(_big(data[:4]), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, length, 4))}
    place = data.find(b"ispe", 0, _AVIF_HEADER_BYTES)
    if data[4:8] != b"ftyp" or not brands & _AVIF_BRANDS or place < 0:
        return None
    return _big(data[place + 8 : place + 12]), _big(data[place + 12 : place + 16])


_SIZES: dict[str, Callable[[bytes], _Size | None]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/gif": _gif,
    "image/avif": _avif,
}
