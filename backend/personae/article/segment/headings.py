"""Headings in one shape: nothing in them but their words.

Publishing systems put buttons, anchors and empty boxes into headings, and links for those who edit the page.
A box in a heading would make a paragraph of it; a link to edit is not its text.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from personae.markup.content_model import CONTROLS, HEADINGS, INLINE_ON_PAGES
from personae.markup.shape import remove
from personae.markup.text import short_text, width_of

# A few words in brackets of any script; several of them may stand in one pair.
_BRACKETED = re.compile(r"\s*[\[(（［【〔]\s*[^\[\]()]{1,40}\s*[\])）］】〕]\s*")
_OPENING, _CLOSING = re.compile(r"\s*[\[(（［【〔]\s*$"), re.compile(r"\s*[\])）］】〕]\s*")
_LONGEST_LINK = 48
# A heading that holds more text than this, in characters, was never closed; what stands in it stays as it is.
_LONGEST_HEADING = 400
_OF_NO_HEADING = ("p", "ul", "ol", "table", "figure", "blockquote", "pre", *HEADINGS)
# How many elements right after a heading may be links to edit.
_AFTER = 2


def normalise_headings(body: HtmlElement) -> None:
    """Take links to edit, buttons and anchors out of headings, in place, and make lines of their boxes."""
    for heading in list(body.iter(*HEADINGS)):
        text = short_text(heading, _LONGEST_HEADING)
        if not text:
            continue
        _drop_edit_links_after(heading)
        _drop_edit_links_in(heading)
        if next(heading.iterdescendants(*_OF_NO_HEADING), None) is None:
            _flatten(heading)


def _drop_edit_links_after(heading: HtmlElement) -> None:
    for _ in range(_AFTER):
        after = heading.getnext()
        if after is None or (heading.tail or "").strip() or not _is_edit_link(after):
            return
        remove(after)


def _drop_edit_links_in(heading: HtmlElement) -> None:
    """Drop the links at a heading's end that stand in brackets, and what a click on it copies or shares."""
    controls = list(heading.iter("button", "select", "input"))
    said = sum(len("".join(element.itertext()).strip()) for element in controls)
    if said < len("".join(heading.itertext()).strip()):
        for element in controls:
            remove(element)
    while len(heading) and not (heading[-1].tail or "").strip():
        last = heading[-1]
        if not isinstance(last.tag, str) or not _is_edit_link(last) or _is_all(last, heading):
            break
        remove(last)
    _drop_loose_brackets(heading)


def _drop_loose_brackets(heading: HtmlElement) -> None:
    """Drop a link at a heading's end whose brackets stand right in the heading."""
    if not len(heading):
        return
    last = heading[-1]
    opening = heading[-2].tail if len(heading) > 1 else heading.text
    found, closing = _OPENING.search(opening or ""), _CLOSING.fullmatch(last.tail or "")
    if found is None or closing is None or last.tag != "a" or not short_text(last, _LONGEST_LINK):
        return
    rest = (opening or "")[: found.start()]
    if not rest.strip() and len(heading) == 1:
        return
    if len(heading) > 1:
        heading[-2].tail = rest
    else:
        heading.text = rest
    last.tail = None
    heading.remove(last)


def _is_edit_link(element: HtmlElement) -> bool:
    """Return True for a few words in brackets, with a link or a button among them."""
    if element.tag not in INLINE_ON_PAGES and element.tag not in ("div", *CONTROLS):
        return False
    text = short_text(element, _LONGEST_LINK)
    if not text or _BRACKETED.fullmatch(text) is None:
        return False
    return element.tag in ("a", "button") or next(element.iter("a", "button"), None) is not None


def _is_all(element: HtmlElement, heading: HtmlElement) -> bool:
    return width_of("".join(element.itertext()).strip()) >= width_of("".join(heading.itertext()).strip())


def _flatten(heading: HtmlElement) -> None:
    """Make lines of the boxes in a heading, and drop those that hold nothing."""
    for element in list(heading.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag in INLINE_ON_PAGES:
            continue
        if not "".join(element.itertext()).strip() and next(element.iter("img", "picture"), None) is None:
            remove(element)
        else:
            element.tag = "span"
            element.tail = f" {element.tail or ''}"
