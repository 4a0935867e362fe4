"""The page as lines of text in its own order, and where its story begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from personae.markup.content_model import CONTROLS, HEADINGS, INLINE_IN_METADATA
from personae.markup.sentences import has_sentence
from personae.markup.text import fold, width_of
from personae.page.metadata.word_tables import element_pattern

_FURNITURE = frozenset({"nav", "footer", "form", "dialog"})
_DIALOGUE_ROLES = frozenset({"dialog", "alertdialog", "navigation", "search"})
_TOOL = element_pattern("tool")
_LINKS = frozenset({"a", "time"})
_UNREAD = frozenset({"script", "noscript", "template", "head"}) | CONTROLS
# Where an inline element ends (link or time, another) and begins: no parsed page holds these signs.
_ENDS_LINK, _ENDS, _BEGINS_LINK, _BEGINS = "\x1c", "\x1d", "\x1e", "\x1f"
_MARKS = re.compile(r"[\x1c-\x1f]")
_BETWEEN = re.compile(r"((?:[ \t\r\n\xa0]*[\x1c\x1d])+)([ \t\r\n\xa0]*)((?:[\x1e\x1f][ \t\r\n\xa0]*)+)")
_GLUED = re.compile(
    r"(?<=[^\W\d_])[\x1c-\x1f]+(?=\d)|(?<=[a-zà-öø-ÿа-яα-ω])[\x1c-\x1f]+(?=[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω])"
)
_CLOSES = frozenset(":;,.!?…)]»”")
_DROP_CAP = re.compile(r"(?:^|\W)\w$")
_PROSE_WIDTH, _LONG_PROSE_WIDTH, _MOST_LINKED = 80, 200, 0.4
_LEVELS_UP, _LESS_BY_LEVEL = 3, 0.1
_MOST_TOGETHER = 6


@dataclass(frozen=True)
class Line:
    """One run of text between two ends of a line.

    element: the innermost block around all of it; inline: the elements that begin within it.
    raw: its text with a sign at each end and beginning of an inline element.
    level: of the heading it stands in, 1 to 6, or 0; linked: characters of it in links.
    """

    element: HtmlElement
    inline: tuple[HtmlElement, ...]
    raw: str
    level: int
    linked: int

    @cached_property
    def text(self) -> str:
        """The line as it is read; a space between inline elements that nothing parts."""
        return fold(_MARKS.sub("", _BETWEEN.sub(_space_between, self.raw)))

    @cached_property
    def parts(self) -> str:
        """The line with " | " where one inline element ends and another begins, in doubt between links.

        Also where an element begins or ends between a small letter and a capital, or a letter and a digit.
        """
        parted = _BETWEEN.sub(_bar_between, self.raw)
        return fold(_MARKS.sub("", _GLUED.sub(" | ", parted)))

    @classmethod
    def within(cls, element: HtmlElement) -> list[Line]:
        """Return the lines of one element, its own inline elements told apart."""
        return list(_LineReader(element).read())

    @property
    def elements(self) -> tuple[HtmlElement, ...]:
        """The block and the inline elements in it, outer ones first."""
        return (self.element, *self.inline)

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads as a paragraph of a story: long, of sentences, not mostly links."""
        if self.level or len(self.raw) < _PROSE_WIDTH / 3 or self.linked > _MOST_LINKED * len(self.raw):
            return False
        text = fold(_MARKS.sub("", self.raw))
        width = width_of(text)
        return width >= _PROSE_WIDTH and (width >= _LONG_PROSE_WIDTH or has_sentence(text))


def _space_between(match: re.Match[str]) -> str:
    is_closed = _MARKS.sub("", match.string[match.end() : match.end() + 2])[:1] in _CLOSES
    return match[1] + (match[2] if is_closed or _is_drop_cap(match) else " ") + match[3]


def _bar_between(match: re.Match[str]) -> str:
    if _is_drop_cap(match):
        return match[0]
    is_spaced = match[2] or " " in match[1] or " " in match[3]
    links = _ENDS_LINK in match[1] or _BEGINS_LINK in match[3]
    before = _MARKS.split(match.string[: match.start()])[-1]
    after = _MARKS.split(match.string[match.end() :], maxsplit=1)[0]
    is_one_name = len(before.split()) <= 1 or len(after.split()) <= 1
    return " " if is_spaced and not links and is_one_name else " | "


def _is_drop_cap(match: re.Match[str]) -> bool:
    following = _MARKS.sub("", match.string[match.end() : match.end() + 2])[:1]
    return following.islower() and _DROP_CAP.search(match.string[: match.start()][-2:]) is not None


def lines_of(tree: HtmlElement) -> list[Line]:
    """Return the lines of a page's body in document order, in one pass; lines without text are left out."""
    body = tree.find("body")
    return list(_LineReader(body).read()) if body is not None else []


class _LineReader:
    """A walk through an element that cuts its text into lines: where a block begins or ends."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._blocks: list[HtmlElement] = [root]
        self._levels = [0]
        self._raw: list[str] = []
        self._inline: list[HtmlElement] = []
        self._linked = 0
        self._links_around = 0
        self._unread = 0

    def read(self) -> Iterator[Line]:
        for event, node in iterwalk(self._root, events=("start", "end", "comment", "pi")):
            if event == "start":
                text = node.text
                line = self._enter(node)
            elif event == "end":
                text = node.tail if node is not self._root else None
                line = self._leave(node)
            else:
                text, line = node.tail, None
            if line is not None:
                yield line
            # White space at the beginning of a line is none of it.
            if text and not self._unread and (self._raw or not text.isspace()):
                self._raw.append(text)
                self._linked += len(text) if self._links_around else 0
        if self._raw and (line := self._cut()) is not None:
            yield line

    def _enter(self, node: HtmlElement) -> Line | None:
        tag = node.tag
        if tag in INLINE_IN_METADATA:
            if tag == "a":
                self._links_around += 1
            if not self._unread:
                self._raw.append(_BEGINS_LINK if tag in _LINKS else _BEGINS)
                self._inline.append(node)
            return None
        if tag in _UNREAD:
            self._unread += 1
        line = self._cut() if self._raw else None
        if node is not self._root:
            self._blocks.append(node)
            self._levels.append(int(str(tag)[1]) if tag in HEADINGS else self._levels[-1])
        return line

    def _leave(self, node: HtmlElement) -> Line | None:
        tag = node.tag
        if tag in INLINE_IN_METADATA:
            if tag == "a":
                self._links_around -= 1
            if not self._unread:
                self._raw.append(_ENDS_LINK if tag in _LINKS else _ENDS)
            return None
        if tag in _UNREAD:
            self._unread -= 1
        line = self._cut() if self._raw else None
        if node is not self._root:
            self._blocks.pop()
            self._levels.pop()
        return line

    def _cut(self) -> Line | None:
        """Return what was read since the last end of a line as one, None when there is no text in it."""
        raw = "".join(self._raw)
        line = Line(self._blocks[-1], tuple(self._inline), raw, self._levels[-1], self._linked)
        self._raw, self._inline, self._linked = [], [], 0
        return line if raw and not raw.isspace() else None


def story_start(lines: list[Line]) -> int:
    """Return the index of the first paragraph of the page's story, the number of lines when it has none.

    The story is the container with most prose in it, near or far; what a reader operates holds none.
    """
    sums: dict[HtmlElement, float] = {}
    firsts: dict[HtmlElement, int] = {}
    for index, line in enumerate(lines):
        if not line.is_prose or is_furniture(line.element):
            continue
        holder = line.element.getparent() if line.element.tag == "p" else line.element
        for level in range(_LEVELS_UP):
            if holder is None or holder.tag in ("body", "html"):
                break
            worth = width_of(line.text) * (1 - level * _LESS_BY_LEVEL)
            sums[holder] = sums.get(holder, 0.0) + worth
            firsts.setdefault(holder, index)
            holder = holder.getparent()
    if not sums:
        return next((i for i, line in enumerate(lines) if line.is_prose), len(lines))
    return firsts[max(sums, key=lambda holder: sums[holder])]


def is_furniture(element: HtmlElement) -> bool:
    """Return True for what stands in a menu, footer or form, or in a tool put over the page."""
    for holder in (element, *element.iterancestors()):
        if holder.tag in ("body", "html", "main", "article"):
            return False
        named = f"{holder.get('class') or ''} {holder.get('id') or ''}"
        if (
            holder.tag in _FURNITURE
            or (holder.get("role") or "").lower() in _DIALOGUE_ROLES
            or _TOOL.search(named)
        ):
            return True
    return False


def lines_below(lines: list[Line], place: int) -> list[Line]:
    """Return the lines that follow one in the same container, as names do that stand one below the other."""
    holder = lines[place].element.getparent()
    rest = lines[place + 1 : place + 1 + _MOST_TOGETHER]
    return [
        line for line in rest if line.element.getparent() is holder or line.element is lines[place].element
    ]
