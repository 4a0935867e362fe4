"""Pictures: which source is the best, and which are no pictures at all."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from personae.article.segment.picture_addresses import (
    DRAWINGS,
    PHOTOGRAPHS,
    file_of,
    folders_of,
    holds_place,
    is_address,
    set_values,
    stated_addresses,
    stated_sizes,
)
from personae.article.vocabulary.element_names import names_of_kind

_WIDEST = 1920
_OTHER_SCREENS = re.compile(r"^print|prefers-color-scheme:\s*dark")
_ADDRESS = re.compile(r"[\s,]*(\S+)")
_DESCRIPTOR = re.compile(r"(\d+(?:\.\d+)?)([wx])")
_ICON_FOLDER = names_of_kind("icon_folder")
_ICON, _FACE, _SIGN = (names_of_kind(kind, re.IGNORECASE) for kind in ("icon", "face", "sign"))
_FORMAT = re.compile(r"\.[a-z]{3,4}$")
_SIZE = re.compile(r"[-_]?\d{2,4}x\d{2,4}|[-_@](?:scaled|large|small|medium|thumb)|@\dx")
# Chosen by hand on tests/pages and the development corpus in November 2026: a picture that is less wide or
# high, in pixels, is none of the story; nor is one that is no larger than the second and links to a page, so
# many elements around it at most.
_SMALLEST = 90
_SIGN_SIZE, _LINK_LEVELS = 128, 3
_TELLING_NAME = 6


def best_source(image: HtmlElement, base_url: str | None) -> str | None:
    """Return the absolute http(s) address of an image's best source, or None when it has none."""
    for source in (_widest(image), _plain(image)):
        if source and (absolute := absolute_url(source, base_url)):
            return absolute
    return None


def absolute_url(address: str, base_url: str | None) -> str | None:
    """Resolve an address; None when it is empty or not on the web."""
    if not address.strip():
        return None
    try:
        joined = urljoin(base_url or "", address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.netloc else None


def _widest(image: HtmlElement) -> str | None:
    """Return the best candidate of the image's sets and its picture's sources: the widest to 1920 pixels."""
    sets = set_values(image)
    # The parser takes <source> for an element with content, so the image may stand inside one.
    picture = next(image.iterancestors("picture"), None)
    if picture is not None:
        sources = [s for s in picture.iter("source") if not _OTHER_SCREENS.search(s.get("media") or "")]
        sets += [value for source in sources for value in set_values(source)]
    best: tuple[float, str] | None = None
    for address, size in (c for value in sets for c in _candidates(value)):
        rank = size if size <= _WIDEST else _WIDEST**2 / size
        if best is None or rank > best[0]:
            best = (rank, address)
    return best[1] if best else None


def _candidates(value: str) -> list[tuple[str, float]]:
    """Return the addresses of a set with their widths in pixels (a density counts 100), as HTML parses it."""
    out, at = [], 0
    while found := _ADDRESS.match(value, at):
        address, at = found[1].rstrip(","), found.end()
        described: list[str] = []
        if address == found[1]:
            end = value.find(",", at)
            described = (value[at:] if end < 0 else value[at:end]).split()
            at = len(value) if end < 0 else end
        if address and not _is_unusable(address):
            sizes = [d for part in described if (d := _DESCRIPTOR.fullmatch(part))]
            number, unit = sizes[0].groups() if sizes else ("1", "x")
            out.append((address, float(number) * (1 if unit == "w" else 100)))
    return out


def _plain(image: HtmlElement) -> str | None:
    return next((found for found in stated_addresses(image) if not _is_unusable(found)), None)


def _is_unusable(address: str) -> bool:
    """Return True for what holds a place: data, a template that a script fills, an empty drawing."""
    return not is_address(address) or holds_place(address)


def is_decoration(image: HtmlElement) -> bool:
    """Return True for a tracking pixel, an icon or an avatar; photographs may show flags and logos."""
    sizes = stated_sizes(image)
    is_small = max(sizes) <= _SIGN_SIZE if sizes else file_of(image.get("src") or "").lower().endswith(".svg")
    if any(size < _SMALLEST for size in sizes) or (is_small and _leads_away(image)):
        return True
    return is_named_decoration(image)


def is_named_decoration(image: HtmlElement) -> bool:
    """Return True for a picture whose file, folder, class or id says that it is an icon or an avatar."""
    source = image.get("src") or ""
    file = file_of(source)
    form = file.rpartition(".")[2].lower()
    if form == "svg" and _SIGN.search(file):
        return True
    if form not in PHOTOGRAPHS and any(_ICON_FOLDER.search(folder) for folder in folders_of(source)):
        return True
    pattern = _FACE if form in PHOTOGRAPHS else _ICON
    return any(_ICON.search(image.get(name) or "") for name in ("class", "id")) or bool(pattern.search(file))


def _leads_away(image: HtmlElement) -> bool:
    """Return True for a picture that links to a page, outside a figure: a section's sign, a button."""
    for around in islice(image.iterancestors(), _LINK_LEVELS):
        if around.tag == "figure":
            return False
        if around.tag == "a":
            return bool(around.get("href")) and not is_picture_file(around.get("href") or "")
    return False


def is_picture_file(address: str) -> bool:
    """Return whether a link leads to a picture rather than a page."""
    return file_of(address).rpartition(".")[2].lower() in PHOTOGRAPHS | DRAWINGS | {"png"}


def same_picture(one: str, other: str) -> bool:
    """Return whether two addresses show one picture, perhaps in two sizes."""
    return picture_key(one) == picture_key(other)


def picture_key(address: str) -> str:
    """Return what a picture's addresses in several sizes share: its name, when that is a telling one."""
    key = _key(address)
    return key if len(key) > _TELLING_NAME else address


def _key(address: str) -> str:
    """Return a picture's name without size and format; resizers quote the address that they resize."""
    name = unquote(urlsplit(address).path).rstrip("/").rsplit("/", 1)[-1].lower()
    return _SIZE.sub("", _FORMAT.sub("", name))
