"""Notes that a page hides until their call is clicked: moved below the story, where their call links to them.

A note is shown by a click on its number in the text. Its reader can see it, so it stays, unlike all else that
is not rendered; but it stands inside the sentence, or far away, and would be read as part of either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from personae.markup.content_model import BLOCKS_ON_PAGES
from personae.markup.text import short_text

_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5}|\+|…|\.\.\.)\s*[\])]?\.?")
_NAMING = (
    "href",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "popovertarget",
    "data-target",
    "data-bs-target",
    "data-footnote",
    "data-note",
    "for",
)
_STORIES = frozenset({"article", "main", "body"})
_NEVER_NOTES = frozenset({"script", "style", "template", "form", "nav", "html", "body", "main", "article"})
_INPUTS = ("input", "form", "textarea", "select", "iframe", "nav")
# The longest mark and note, in characters, and how far before a note its call stands, in elements.
_LONGEST_MARK, _LONGEST_NOTE = 8, 3000
_CALL_BEFORE = 2
_PREFIX = "personae-note-"


def move_hidden_notes(tree: HtmlElement, hidden: Iterable[HtmlElement]) -> set[HtmlElement]:
    """Move the notes among the hidden elements to the end of their stories, and link their calls to them.

    A note is hidden; its call is not, is a mark such as a number, and names the note or stands right before
    it. Returns the elements that were notes.
    """
    unseen = set(hidden)
    candidates = [e for e in unseen if _may_be_note(e)]
    if not candidates:
        return set()
    named = _calls_by_name(tree)
    moved: set[HtmlElement] = set()
    for note in [e for e in tree.iter() if e in unseen and _may_be_note(e)]:
        if any(around in unseen for around in note.iterancestors()):
            continue
        call = _call_of(note, named)
        if call is None or any(e in unseen for e in (call, *call.iterancestors())):
            continue
        _move(note, call, len(moved) + 1)
        moved.add(note)
    return moved


def _may_be_note(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NEVER_NOTES or element.getparent() is None:
        return False
    text = short_text(element, _LONGEST_NOTE)
    return bool(text) and next(element.iter(*_INPUTS), None) is None


def _calls_by_name(tree: HtmlElement) -> dict[str, HtmlElement]:
    """Return the marks that name an element: name, lower case -> the first of its marks."""
    calls: dict[str, HtmlElement] = {}
    for element in tree.iter("a", "button", "sup", "span", "label", "abbr"):
        names = [unquote(v.rpartition("#")[2]).lower() for name in _NAMING if (v := element.get(name))]
        if names and is_mark(element):
            for name in names:
                calls.setdefault(name, element)
    return calls


def is_mark(element: HtmlElement) -> bool:
    """Return True for what reads like a note's call: a number, a letter or a sign, perhaps in brackets."""
    text = short_text(element, _LONGEST_MARK)
    return text is not None and _MARK.fullmatch(text.lower()) is not None


def _call_of(note: HtmlElement, named: dict[str, HtmlElement]) -> HtmlElement | None:
    names = {value.lower() for e in islice(note.iter(), 2) if (value := e.get("id"))}
    found = next((named[name] for name in names if name in named), None)
    if found is not None:
        return found
    if note.tag in BLOCKS_ON_PAGES and note.tag != "div":
        return None
    for before in islice(note.itersiblings(preceding=True), _CALL_BEFORE):
        if not isinstance(before.tag, str) or (before.tail or "").strip():
            return None
        if is_mark(before) and before.tag in ("sup", "a", "button", "span", "label"):
            return before
    return None


def _move(note: HtmlElement, call: HtmlElement, number: int) -> None:
    """Put a note, as an item with a name, at the end of the story, and make a link of its call."""
    name = f"{_PREFIX}{number}"
    link = next(iter(call.iter("a")), None)
    if link is None:
        link = call.makeelement("a")
        link.text, call.text = call.text, None
        link.extend(list(call))
        call.append(link)
    link.set("href", f"#{name}")
    if call.tag in ("button", "label"):
        call.attrib.clear()
        call.tag = "sup"
    story = next((e for e in call.iterancestors() if e.tag in _STORIES), None)
    parent = note.getparent()
    if story is None or parent is None:
        return
    place = note.makeelement("span")
    place.tail, note.tail = note.tail, None
    parent.replace(note, place)
    place.drop_tag()
    notes = story[-1] if len(story) and story[-1].get("data-personae-notes") is not None else None
    if notes is None:
        notes = note.makeelement("ol", {"data-personae-notes": ""})
        story.append(notes)
    item = note.makeelement("li", {"id": name, "role": "doc-endnote"})
    item.append(note)
    notes.append(item)
    for inner in note.iter():
        for attribute in ("hidden", "style", "data-personae-hidden", "popover"):
            if attribute in inner.attrib:
                del inner.attrib[attribute]
    if note.tag in ("sup", "span", "small", "dialog", "aside", "label"):
        note.tag = "div" if note.tag in ("dialog", "aside") else "span"
