"""Where an element says that a picture is: any attribute whose value is the address of one.

Scripts that load pictures late keep the address in an attribute of their own choice; there is no list of
them. What such an attribute says is known by its value: the address of a picture's file, or a set of them.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from personae.article.vocabulary.element_names import names_of_kind

_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|jfif|bmp)(?![a-z0-9])", re.IGNORECASE)
_QUOTED_FILE = re.compile(
    r"https?:(?:\\?/){2}[^\s\"'<>()]+?\.(?:jpe?g|png|webp|avif)(?![a-z0-9])[^\s\"'<>(),]*", re.IGNORECASE
)
_CANDIDATE = re.compile(r"\S+\s+\d+(?:\.\d+)?[wx]\s*(?:,|$)")
_FORMULA_SERVICE = re.compile(
    r"latex\.(?:php|cgi|svg|png)|mathtex|mimetex|/latex[/?]|[?&](?:latex|tex|chl)=", re.IGNORECASE
)
# What stands in no address: a template that a script fills, a script itself, several words with a sign
# between.
_NO_ADDRESS = re.compile(r"[<>{}\"\\]|%7b|\(.*=|\[\[|\s.*[=('\s]", re.IGNORECASE)
_OFF_THE_WEB = ("data:", "about:", "blob:", "javascript:", "#", "mailto:")
# Attributes that tell of a picture in words, or of something else at an address.
_OTHER_ATTRIBUTES = frozenset(
    {"alt", "title", "class", "id", "style", "itemtype", "cite", "longdesc", "usemap"}
)
_HOLDS_PLACE = names_of_kind("attribute_of_placeholder")
_LARGE, _SMALL = names_of_kind("attribute_of_large_picture"), names_of_kind("attribute_of_small_picture")
# Attributes whose value may be an address that names no kind of file.
_NAMED = frozenset(
    {
        "data-src",
        "data-original",
        "data-lazy-src",
        "data-lazy",
        "data-hi-res-src",
        "data-full-src",
        "data-image",
    }
)
_LONGEST = 8_000
DRAWINGS = frozenset({"gif", "svg"})
PHOTOGRAPHS = frozenset({"jpg", "jpeg", "webp", "avif"})
_EMPTY_DRAWING, _PLACEHOLDER = names_of_kind("empty_drawing"), names_of_kind("placeholder")
_EMPTY_WORD, _NEUTRAL_WORD = names_of_kind("empty_word"), names_of_kind("neutral_word")
_PLACEHOLDER_FOLDER = names_of_kind("placeholder_folder")


def is_address(value: str) -> bool:
    """Return True if a value may be an address, False for data, a template, a script, words."""
    return bool(value) and not value.lower().startswith(_OFF_THE_WEB) and not _NO_ADDRESS.search(value)


def is_drawn_by_address(address: str) -> bool:
    """Return True for the address of a service that draws the formula which the address holds."""
    return _FORMULA_SERVICE.search(address) is not None


def address_in(value: str) -> str | None:
    """Return the first address of a picture's file that a script or JSON quotes, None without one."""
    found = _QUOTED_FILE.search(value[:_LONGEST])
    return found[0].replace("\\/", "/") if found else None


def holds_place(address: str) -> bool:
    """Return True if a file's name is that of an empty picture: a photograph of a grey seal is none."""
    if any(_PLACEHOLDER_FOLDER.search(folder) for folder in folders_of(address)):
        return True
    stem, _, form = file_of(address).lower().rpartition(".")
    if form in DRAWINGS:
        return _EMPTY_DRAWING.search(stem) is not None
    if form not in PHOTOGRAPHS and form != "png":
        return False
    words = set(re.split(r"[-_.]+", stem))
    others = {word for word in words if not _EMPTY_WORD.fullmatch(word)}
    return _PLACEHOLDER.search(stem) is not None or (
        others < words and all(_NEUTRAL_WORD.fullmatch(word) for word in others)
    )


def file_of(address: str) -> str:
    """Return the last part of an address's path."""
    return "" if address.startswith("data:") else re.split(r"[?#]", address, maxsplit=1)[0].rsplit("/", 1)[-1]


def folders_of(address: str) -> list[str]:
    """Return the folders of an address's path, lower case."""
    return urlsplit(address).path.lower().split("/")[:-1] if not address.startswith("data:") else []


def stated_sizes(image: HtmlElement) -> list[int]:
    """Return the width and height that an image states, in pixels, without those that it does not state."""
    values = ((image.get(name) or "").removesuffix("px") for name in ("width", "height"))
    return [int(value) for value in values if value.isascii() and value.isdigit()]


def set_values(element: HtmlElement) -> list[str]:
    """Return the values of an element's attributes that list a picture in several sizes."""
    return [
        value
        for name, value in element.attrib.items()
        if name == "srcset"
        or (name.startswith("data-") and ("srcset" in name or "src-set" in name))
        or (name not in _OTHER_ATTRIBUTES and name != "sizes" and len(value) < _LONGEST and _is_set(value))
    ]


def stated_addresses(element: HtmlElement) -> list[str]:
    """Return the addresses of one picture that an element's attributes state, the best one first.

    Attributes that are known to hold the picture itself come first, then `src`, then those whose values are a
    picture's address; a drawing in `src`, which often holds the place of a photograph, comes after those.
    """
    holding = {
        value.strip() for name, value in element.attrib.items() if name != "src" and _HOLDS_PLACE.search(name)
    }
    ranked: list[tuple[int, str]] = []
    for name, value in element.attrib.items():
        stated = value.strip()
        if name in _OTHER_ATTRIBUTES or not stated or stated in holding or len(stated) > _LONGEST:
            continue
        rank = _rank(name, stated)
        if rank is None:
            continue
        address = stated if is_address(stated) else address_in(stated)
        if address is not None:
            ranked.append((rank, address))
    return [address for _, address in sorted(ranked, key=lambda found: found[0])]


def lazy_address(element: HtmlElement) -> str | None:
    """Return the address of a picture's file that any element states, None when it states none."""
    stated = stated_addresses(element)
    found = [address for address in stated if _FILE.search(address) and not holds_place(address)]
    return found[0] if found else None


def _rank(name: str, value: str) -> int | None:
    """Return how good an attribute's picture is, 0 the best; None when it tells of none."""
    if name in _NAMED:
        return 0
    if name == "src":
        return 4 if _is_drawing(value) else 1
    if not _FILE.search(value) or _HOLDS_PLACE.search(name) or _is_set(value):
        return None
    if _SMALL.search(name):
        return 5
    return 2 if _LARGE.search(name) else 3


def _is_drawing(value: str) -> bool:
    """Return True for the address of a file that is less often a picture than what holds its place."""
    found = _FILE.search(value)
    return value.lower().startswith(_OFF_THE_WEB) or (found is not None and found[0].lower() == ".gif")


def _is_set(value: str) -> bool:
    return _CANDIDATE.search(value) is not None and _FILE.search(value) is not None
