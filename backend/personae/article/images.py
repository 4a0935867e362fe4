"""Pictures: which source is the best, and which are no pictures at all."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-src-set")
_SOURCES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "src",
)
_WIDEST = 1920
_OTHER_SCREENS = re.compile(r"^print|prefers-color-scheme:\s*dark")
_CANDIDATE = re.compile(r"(\S*[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")
_PLACEHOLDER = re.compile(
    r"(?:blank|spacer|pixel|placeholder|transparent|lazy|loading|1x1|grey|gray)[^/]*\.(?:gif|png|svg|jpe?g)$",
    re.IGNORECASE,
)
_ICON = re.compile(r"emoji|icon|logo|avatar|badge|sprite|gravatar|smil(?:ey|ies)|favicon|flag", re.IGNORECASE)
_SIGN = re.compile(
    r"zoom|enlarge|expand|fullscreen|magnif|arrow|chevron|close|play|quote|share", re.IGNORECASE
)
_SIZE = re.compile(r"[-_]?\d{2,4}x\d{2,4}|[-_@](?:scaled|large|small|medium|thumb)|@\dx")
SMALLEST = 90
_TELLING_NAME = 6


def best_source(image: HtmlElement, base_url: str | None) -> str | None:
    """Return the absolute http(s) address of an image's best source, or None when it has none."""
    for source in (_widest(image), _plain(image)):
        if source and (absolute := absolute_url(source, base_url)):
            return absolute
    return None


def absolute_url(address: str, base_url: str | None) -> str | None:
    """Resolve an address; None when it is not on the web."""
    try:
        joined = urljoin(base_url or "", address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.netloc else None


def _widest(image: HtmlElement) -> str | None:
    """Return the best candidate of the image's sets and its picture's sources: the widest to 1920 pixels."""
    sets = [value for name in _SETS if (value := image.get(name))]
    # The parser takes <source> for an element with content, so the image may stand inside one.
    picture = next(image.iterancestors("picture"), None)
    if picture is not None:
        sources = [s for s in picture.iter("source") if not _OTHER_SCREENS.search(s.get("media") or "")]
        sets += [value for s in sources for name in _SETS if (value := s.get(name))]
    best: tuple[float, str] | None = None
    for address, size in (c for value in sets for c in _candidates(value)):
        rank = size if size <= _WIDEST else _WIDEST**2 / size
        if best is None or rank > best[0]:
            best = (rank, address)
    return best[1] if best else None


def _candidates(value: str) -> list[tuple[str, float]]:
    out = []
    for address, number, unit in _CANDIDATE.findall(value):
        if address.startswith("data:") or "{" in address or _PLACEHOLDER.search(address):
            continue
        try:
            size = float(number) if number else 1.0
        except ValueError:
            size = 1.0
        out.append((address, size if unit == "w" else size * 100))
    return out


def _plain(image: HtmlElement) -> str | None:
    for name in _SOURCES:
        value = (image.get(name) or "").strip()
        if (
            value
            and not value.startswith(("data:", "about:", "blob:"))
            and not _PLACEHOLDER.search(value.split("?")[0])
            and "{" not in value  # a template that a script fills
        ):
            return value
    return None


def is_decoration(image: HtmlElement) -> bool:
    """Tell a tracking pixel, an icon or an avatar from a picture."""
    for name in ("width", "height"):
        value = (image.get(name) or "").removesuffix("px")
        if value.isascii() and value.isdigit() and int(value) < SMALLEST:
            return True
    file = (image.get("src") or "").rsplit("/", 1)[-1]
    if ".svg" in file.lower() and _SIGN.search(file):
        return True
    names = " ".join((image.get("class") or "", image.get("id") or "", file))
    return _ICON.search(names) is not None


def same_picture(one: str, other: str) -> bool:
    """Tell whether two addresses show one picture, perhaps in two sizes."""
    return one == other or (_key(one) == _key(other) and len(_key(one)) > _TELLING_NAME)


def _key(address: str) -> str:
    name = urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1].lower()
    return _SIZE.sub("", name.rsplit(".", 1)[0])
