"""Pictures in one shape: an `img` with an address for each, and signs of the text as text.

Pages that load pictures late keep the address on the picture, on a figure or a link around it, or on an
element of a script's own. Some print a sign of the text, such as an emoji, as a small picture with the sign
as its other text: read as text, it is the sign.
"""

from __future__ import annotations

import unicodedata

from lxml.html import HtmlElement

from personae.article.segment.picture_addresses import holds_place, is_address, lazy_address
from personae.article.vocabulary.element_names import names_of_kind
from personae.markup.tree import new_element

_EMOJI = names_of_kind("emoji")
_MEDIA = ("img", "video", "iframe", "amp-img")
# The longest sign that a picture stands for, in characters (families and flags are several), and the longest
# that its class has to say is one.
_LONGEST_SIGN, _LONGEST_NAMED_SIGN = 8, 20
# Joiners, variation selectors and the keycap, which make one sign of several.
_JOINING = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_KEYCAPS = frozenset("0123456789#*")
# How many elements around a picture may hold its address.
_LEVELS = 3


def normalise_pictures(body: HtmlElement) -> None:
    """Bring pictures to one shape, in place; no text is lost."""
    for element in list(body.iter()):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag == "img":
            if sign := _sign(element):
                _make_text(element, sign)
            else:
                _take_address_from_around(element)
        elif "-" in tag:
            _make_image(element)
        elif tag == "figure":
            _fill(element)


def _sign(image: HtmlElement) -> str:
    """Return the sign of the text that a picture stands for, "" when it is a picture."""
    alt = (image.get("alt") or "").strip()
    if not alt or len(alt) > _LONGEST_NAMED_SIGN:
        return ""
    if _EMOJI.search((image.get("class") or "").lower()):
        return alt
    return alt if len(alt) <= _LONGEST_SIGN and _is_emoji(alt) else ""


def _is_emoji(text: str) -> bool:
    shown = [c for c in text if c not in _JOINING]
    is_keycap = text[-1] == "\u20e3" and shown[0] in _KEYCAPS
    return is_keycap or all(unicodedata.category(c) in ("So", "Sk", "Cf", "Mn") for c in shown)


def _make_text(element: HtmlElement, text: str) -> None:
    element.attrib.clear()
    element.tag, element.text = "span", text


def _take_address_from_around(image: HtmlElement) -> None:
    """Give an image without an address the one that the elements right around it state."""
    source = image.get("src") or ""
    if (is_address(source) and not holds_place(source)) or lazy_address(image) or image.get("srcset"):
        return
    around = image.getparent()
    for _ in range(_LEVELS):
        if around is None or around.tag in ("body", "article", "main", "li", "td"):
            return
        if address := lazy_address(around):
            image.set("data-src", address)
            return
        if around.tag == "figure":
            return
        around = around.getparent()


def _make_image(element: HtmlElement) -> None:
    """Make an image of an element of a script's own that states a picture's address and holds none."""
    if next(element.iter("img", "video", "iframe"), None) is not None:
        stands_for_itself = element.tag == "amp-img" and next(element.iter("noscript"), None) is not None
        if not stands_for_itself:
            return
    if element.tag == "amp-img" or (lazy_address(element) and not "".join(element.itertext()).strip()):
        element.text = None
        del element[:]
        element.tag = "img"


def _fill(figure: HtmlElement) -> None:
    """Put an image into a figure that holds none and states, on itself or in it, where one is."""
    if next(figure.iter(*_MEDIA, "table", "pre", "blockquote"), None) is not None:
        return
    stating = next((e for e in figure.iter() if isinstance(e.tag, str) and lazy_address(e)), None)
    if stating is None:
        return
    image: HtmlElement = new_element("img", {"src": lazy_address(stating) or ""})
    image.tail, figure.text = figure.text, None
    figure.insert(0, image)
