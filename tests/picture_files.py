"""Picture files for tests: real ones where they are shown or checked, else their first bytes."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode

GIF = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
WEBP_LOSSY = b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
WEBP_LOSSLESS = b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><title>Not found</title><p>This picture is not for you.</p>"


def png(width: int = 6, height: int = 4, shade: int = 128, *, stated: tuple[int, int] | None = None) -> bytes:
    """Return a grey picture. stated: a size that its header states in place of its own."""
    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", *(stated or (width, height)), 8, 0, 0, 0, 0)
    parts = [_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def png_of_size(size: int, shade: int = 1) -> bytes:
    """Return a picture of so many bytes: what it lacks stands in a chunk that nobody shows."""
    whole = png(shade=shade)
    filling = _chunk(b"prVt", bytes(size - len(whole) - 12))
    return whole[:-12] + filling + whole[-12:]


def jpeg(width: int, height: int) -> bytes:
    """Return what stands before a JPEG's picture: a comment, a table, the frame."""
    comment, table = b"\xff\xfe\0\x06abcd", b"\xff\xdb\0\x43" + bytes(65)
    frame = b"\xff\xc2\0\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\0"
    return b"\xff\xd8" + comment + table + frame


def webp_extended(width: int, height: int) -> bytes:
    sides = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    return b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(4) + sides


def avif(width: int, height: int, brand: bytes = b"avif") -> bytes:
    """Return what stands before an AVIF's picture: its brands, and the property with its size."""
    brands = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1miaf"
    extent = b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", width, height)
    return brands + b"\0\0\0\x40meta" + extent


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum
