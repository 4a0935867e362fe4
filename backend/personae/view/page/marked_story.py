"""The article's HTML as the page shows it: marks with type and id, images that do not shift the page.

The sanitised string is never parsed and serialised again: attributes are put into its start tags.
That is safe because nh3 writes every tag in one form, quotes every value, and escapes `"` within
values and `<` within text, so that each `<` outside a tag's quotes begins a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from lxml.etree import _Element
from markupsafe import Markup, escape

from personae.markup.elements import body_of
from personae.markup.paragraphs import Paragraph, paragraphs
from personae.model import Actor, Article, Mention, MentionField
from personae.view.i18n.catalogue import Catalogue
from personae.view.page.cast_members import in_order
from personae.view.page.writing_mode import with_upright_numbers

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z:-]+="[^"]*")*)>')
_TAG_OR_TEXT = re.compile(f"{_TAG.pattern}|([^<]+)")
_ATTRIBUTE = re.compile(r' ([a-z:-]+)="([^"]*)"')
# What begins a paragraph, or ends one.
_BLOCKS = frozenset(
    [
        "address",
        "blockquote",
        "caption",
        "dd",
        "div",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "p",
        "pre",
        "section",
        "summary",
        "td",
        "th",
    ]
)
# Horizontal whatever the story's lines are, or a name whose mark holds nothing but text.
_AS_IT_STANDS = frozenset(("code", "mark", "math", "pre", "table"))


class Shown(NamedTuple):
    """The marked texts of the page, and where things stand in them.

    anchors: for each mention that has a mark, the mark's id.
    paragraphs: for each paragraph of the article's text, the id of its element: "p1", or the one that it
        had already; None when it shares its element with an earlier paragraph.
    """

    title: Markup
    standfirst: Markup
    content: Markup
    anchors: Mapping[tuple[str, Mention], str]
    paragraphs: tuple[str | None, ...]

    def paragraph_before(self, after: int) -> str:
        """Return the id of the paragraph at an index, or of the next before it that has one, else ""."""
        return next((name for name in reversed(self.paragraphs[: after + 1]) if name), "")


def show(article: Article, words: Catalogue, *, pictures: str = "show", upright: bool = False) -> Shown:
    """Mark title, standfirst and content. `article` is sanitised.

    pictures: "show", "ask" (a button in place of each, that loads it) or "off" (their captions stay).
    upright: whether short numbers are wrapped, so that they can stand upright in vertical lines.
    """
    marker = _Marker(article, words, pictures, upright=upright)
    title = marker.plain("title", article.title)
    standfirst = marker.plain("standfirst", article.standfirst or "")
    content = marker.html(article.content)
    return Shown(title, standfirst, content, marker.shown, tuple(marker.paragraphs))


class _Marker:
    """Writes the marks of one article, each mention's id once."""

    def __init__(self, article: Article, words: Catalogue, pictures: str, *, upright: bool) -> None:
        self._words = words
        self._pictures = pictures
        self._upright = upright
        self._left_alone = 0  # how many elements of _AS_IT_STANDS are open
        self._scroller = (
            f'<div class="scroll" role="region" aria-label="{escape(words.text("table"))}" tabindex="0">'
        )
        self._actors = {actor.id: actor for actor in article.actors}
        self._ordered = in_order(article)
        self._ids = {
            (actor.id, mention): f"m{i}" for i, (actor, mention) in enumerate(self._ordered, start=1)
        }
        self._meanings: Iterator[tuple[Actor, Mention] | None] = iter(())
        self._names: Iterator[str | None] = iter(())
        self._named_here: dict[str, Mention | None] = {}  # in this paragraph: actor's id -> its first mention
        self.shown: dict[tuple[str, Mention], str] = {}
        self.paragraphs: list[str | None] = []

    def plain(self, field: MentionField, text: str) -> Markup:
        """Escape a plain text and mark the mentions of its field; overlapping ones are passed over."""
        self._named_here.clear()
        out, at = Markup(), 0
        for actor, mention in self._ordered:
            if mention.field == field and at <= mention.start < mention.end <= len(text):
                attributes = Markup(self._attributes(actor, mention))  # noqa: S704 - escaped there
                name = text[mention.start : mention.end]
                before = self._text(text[at : mention.start])
                out += Markup("{}<mark{}>{}</mark>").format(before, attributes, name)
                at = mention.end
        return out + self._text(text[at:])

    def _text(self, text: str) -> Markup:
        return with_upright_numbers(escape(text)) if self._upright else escape(text)

    def html(self, content: str) -> Markup:
        """Complete the tags of sanitised HTML."""
        body = body_of(content)
        found = paragraphs(body)
        spans = [(actor, mention) for actor, mention in self._ordered if mention.field == "text"]
        self._meanings = _meanings(body, found, spans)
        self.paragraphs = _paragraph_names(content, body, found)
        named = {p.element: name for p, name in zip(found, self.paragraphs, strict=True) if name}
        self._names = (named.get(element) for element in _elements(body))
        complete = (
            _TAG_OR_TEXT.sub(self._tag_or_text, content)
            if self._upright
            else _TAG.sub(self._complete, content)
        )
        return Markup(complete)  # noqa: S704 - sanitised by nh3

    def _tag_or_text(self, match: re.Match[str]) -> str:
        closing, name, _, text = match.groups()
        if text:
            return text if self._left_alone else with_upright_numbers(Markup(text))  # noqa: S704 - the same
        if name in _AS_IT_STANDS:
            self._left_alone += -1 if closing else 1
        return self._complete(match)

    def _complete(self, match: re.Match[str]) -> str:
        closing, name, attributes = match.group(1, 2, 3)
        own = None if closing else next(self._names, None)
        if name in _BLOCKS:
            self._named_here.clear()
        if name == "table":
            return match[0] + "</div>" if closing else self._scroller + match[0]
        if name == "mark" and ' class="actor"' in attributes:
            return self._mark(match[0], dict(_ATTRIBUTE.findall(attributes)))
        if name == "img":
            return self._image(attributes)
        return f'<{name} id="{own}"{attributes}>' if own and ' id="' not in attributes else match[0]

    def _image(self, attributes: str) -> str:
        if self._pictures == "show":
            return _image(attributes)
        if self._pictures == "off" and ' class="formula"' not in attributes:
            return ""
        given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        return picture_button(given, self._words)

    def _mark(self, tag: str, given: dict[str, str]) -> str:
        meaning = next(self._meanings, None)
        actor = self._actors.get(unescape(given.get("data-actor", "")))
        if actor is None:
            return tag
        is_its = meaning is not None and meaning[0] is actor
        return f"<mark{self._attributes(actor, meaning[1] if meaning and is_its else None)}>"

    def _attributes(self, actor: Actor, mention: Mention | None) -> str:
        """Return a mark's attributes; an id for the first mark of a mention.

        class: "again" says that the paragraph has named this actor before.
        role: a mark is an aid to the eye; said aloud, "highlighted" at every name would be noise.
        """
        anchor = ""
        if mention is not None and (actor.id, mention) not in self.shown:
            name = self.shown[actor.id, mention] = self._ids[actor.id, mention]
            anchor = f' id="{name}"'
        first = self._named_here.setdefault(actor.id, mention)
        classes = f"actor {actor.type}{' key' if actor.key else ''}{' again' if mention != first else ''}"
        return f'{anchor} class="{classes}" data-actor="{escape(actor.id)}" role="none"'


def picture_button(attributes: Mapping[str, str], words: Catalogue) -> str:
    """Return the button that stands for a picture until somebody wants it.

    attributes: of the image, unescaped.
    """
    description = attributes.get("alt", "").strip()
    label = words.text("load_picture_of", name=description) if description else words.text("load_picture")
    data = "".join(
        f' data-{name}="{escape(attributes[name])}"'
        for name in ("src", "alt", "width", "height")
        if name in attributes
    )
    return f'<button type="button" class="picture-later"{data}>{escape(label)}</button>'


def _image(attributes: str) -> str:
    """Let an image load late, and give one without a size a class that reserves its room.

    A picture of a formula stands in its line and needs no room of its own.
    """
    described = attributes if ' alt="' in attributes else f'{attributes} alt=""'
    sized = ' class="' in attributes or (' width="' in attributes and ' height="' in attributes)
    unsized = "" if sized else ' class="unsized"'
    return f'<img{described}{unsized} loading="lazy" decoding="async" referrerpolicy="no-referrer">'


def _paragraph_names(content: str, body: _Element, found: list[Paragraph]) -> list[str | None]:
    """Return an id for each paragraph: its element's own, or one that tells its place, from 1.

    There is none when it shares its element with an earlier paragraph; and none at all when the tags of the
    content are not one by one the elements that it parses to, as those of sanitised content are.
    """
    tags = [match[2] for match in _TAG.finditer(content) if not match[1]]
    if tags != [element.tag for element in _elements(body)]:
        return [None] * len(found)
    names: list[str | None] = []
    taken = {body}
    for place, paragraph in enumerate(found, start=1):
        element = paragraph.element
        names.append(None if element in taken else element.get("id") or f"p{place}")
        taken.add(element)
    return names


def _elements(body: _Element) -> Iterator[_Element]:
    return (element for element in body.iterdescendants() if isinstance(element.tag, str))


def _meanings(
    body: _Element, found: list[Paragraph], spans: list[tuple[Actor, Mention]]
) -> Iterator[tuple[Actor, Mention] | None]:
    """Yield, for each mark of the content in order, the mention that its first character belongs to."""
    firsts = _first_characters(body, found)
    by_start = iter(spans)
    current = next(by_start, None)
    for mark in body.iter("mark"):
        if mark.get("class") != "actor":
            continue
        offset = firsts.get(mark)
        while current is not None and offset is not None and current[1].end <= offset:
            current = next(by_start, None)
        inside = current is not None and offset is not None and current[1].start <= offset
        yield current if inside else None


def _first_characters(body: _Element, found: list[Paragraph]) -> dict[_Element, int]:
    """Return for each element the offset in the article's text of the first character inside it."""
    firsts: dict[_Element, int] = {}
    start = 0
    for paragraph in found:
        for i, place in enumerate(paragraph.places):
            if place is None:
                continue
            holder = place.element if place.slot == "text" else place.element.getparent()
            while holder is not None and holder not in firsts and holder is not body:
                firsts[holder] = start + i
                holder = holder.getparent()
        start += len(paragraph.text) + len("\n\n")
    return firsts
