"""The head of a story on its page: what may be its headline, and the lines around that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from personae.markup.content_model import HEADINGS
from personae.markup.text import fold, spaced_text
from personae.page.metadata.bylines import begins_as_byline
from personae.page.metadata.page_lines import Line, is_furniture, lines_of, story_start
from personae.page.metadata.sites import name_key
from personae.page.metadata.word_tables import element_pattern

_WITHIN_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST_ABOVE, _MOST_BELOW, _ABOVE_STORY = 6, 40, 12
_HIGH_LEVELS, _MOST_TITLES = 2, 5
_LONGEST_BYLINE = 160
_MOST_SIBLINGS, _HEADLINE_WORDS = 3, 3
_LONGER_HEADING, _LONGER_LINE, _MARKS_AND_SPACES = 3, 1.3, 40
_PARAGRAPHS = 3  # the byline stands below a standfirst or a first paragraph too
_WORD = re.compile(r"\w+")
_ANCHOR = re.compile(r"\s*[¶§#🔗⚓]+\s*$")
_KICKER, _LOGO = element_pattern("kicker"), element_pattern("logo")
_ASIDE = frozenset({"nav", "footer", "aside", "form", "dialog"})
_MAX_HEADINGS, _MOST_PIECES = 12, 8
_LONGEST_TITLE = 400
_RIGHT_ABOVE = 25
_FRAME = frozenset({"body", "html", "main"})
_BESIDE = frozenset({"aside", "footer", "nav"})
_ELSEWHERE = element_pattern("elsewhere")
_FURTHER_DOWN = element_pattern("elsewhere", "elsewhere_further_down")
_OF_AUTHOR = element_pattern("byline")
_STANDFIRST = element_pattern("standfirst")
_LONGEST_STANDFIRST = 500


@dataclass(frozen=True)
class PageText:
    """The page's lines, and where its story's first paragraph stands among them.

    story: an index into lines, their number when there is no story.
    """

    lines: list[Line]
    story: int

    @classmethod
    def of(cls, tree: HtmlElement) -> PageText:
        """Read a page's lines, once."""
        lines = lines_of(tree)
        return cls(lines, story_start(lines))


@dataclass(frozen=True)
class HeadMatter:
    """What stands around the headline.

    lines: those that may hold a byline or a date: below the headline up to the third paragraph, then
    above it, nearest first. openings: the first paragraphs. holders: the elements around the headline.
    """

    lines: list[Line]
    openings: list[Line]
    holders: frozenset[HtmlElement] = field(default_factory=frozenset)

    @classmethod
    def of(cls, text: PageText, titles: Iterable[str]) -> HeadMatter:
        """Find the headline by the titles, the best first; without one, take what stands above the story."""
        lines = text.lines
        at = _headline(text, [name_key(title) for title in titles if title])
        start = at + 1 if at is not None else max(0, text.story - _ABOVE_STORY)
        prose = [i for i in range(start, min(len(lines), start + _MOST_BELOW)) if _is_paragraph(lines[i])]
        end = prose[_PARAGRAPHS - 1] if len(prose) >= _PARAGRAPHS else start + _MOST_BELOW
        below = [line for line in lines[start:end] if not _is_paragraph(line)]
        above = lines[max(0, start - 1 - _MOST_ABOVE) : start - 1][::-1] if at is not None else []
        openings = [lines[i] for i in prose[:_PARAGRAPHS]]
        anchor = lines[at] if at is not None else next(iter(openings), None)
        holders = frozenset() if anchor is None else frozenset(anchor.element.iterancestors())
        near = [line for line in below if _is_near(line, holders)]
        near += [line for line in above if not line.is_prose and _is_near(line, holders)]
        return cls(near, openings, holders)

    def holds(self, element: HtmlElement) -> bool:
        """Return True for an element around the headline: what it is called says nothing of what is in it."""
        return element in self.holders or element.tag in _FRAME

    def is_elsewhere(self, element: HtmlElement, names: re.Pattern[str] = _FURTHER_DOWN) -> bool:
        """Return True if an element stands beside the article or in another text than the article.

        names: of the elements around it that say so, unless the headline stands in them too.
        """
        for holder in (element, *element.iterancestors()):
            if self.holds(holder):
                return False
            named = names_of_element(holder)
            if holder.tag in _BESIDE or (names.search(named) and not _names_an_author(named)):
                return True
            if (
                holder is not element
                and holder.tag == "article"
                and any(h.tag == "article" for h in self.holders)
            ):
                return True
            if _is_comment(holder) or _follows_linked_headline(holder):
                return True
        return False


def _is_paragraph(line: Line) -> bool:
    """Return True for prose, but not for a long byline with its date, section and comments."""
    if not line.is_prose or len(line.text) > _LONGEST_BYLINE:
        return line.is_prose
    return not (begins_as_byline(line.text) or _OF_AUTHOR.search(names_of_element(line.element)))


def shown_standfirst(head: HeadMatter) -> str | None:
    """Return the text by the headline that stands in an element named for it, or None."""
    for line in (*head.lines, *head.openings[:1]):
        if _STANDFIRST.search(names_of_element(line.element)) and len(line.text) <= _LONGEST_STANDFIRST:
            return line.text or None
    return None


def names_of_element(element: HtmlElement) -> str:
    """Return what an element is called, class and id, with hyphens in "camelCase"."""
    return _WITHIN_WORD.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}")


def _is_comment(element: HtmlElement) -> bool:
    return "comment" in (element.get("itemtype") or "").lower()


def _follows_linked_headline(element: HtmlElement) -> bool:
    """Return True for what stands below a linked headline, as the byline and date of a teaser do."""
    previous = element.getprevious()
    for _ in range(_MOST_SIBLINGS):
        if previous is None:
            return False
        if isinstance(previous.tag, str) and (previous.tag == "a" or previous.tag in HEADINGS):
            link = previous if previous.tag == "a" else next(previous.iter("a"), None)
            text = spaced_text(link, longest=_LONGEST_TITLE) if link is not None else ""
            is_dated = previous.tag == "a" and any(character.isdigit() for character in text)
            return len(text.split()) >= _HEADLINE_WORDS and not is_dated
        previous = previous.getprevious()
    return False


def _names_an_author(named: str) -> bool:
    """Return True for a box that holds an author (`author-card`), not for that of a comment's author."""
    return _OF_AUTHOR.search(named) is not None and not _ELSEWHERE.search(named)


def _headline(text: PageText, titles: list[str]) -> int | None:
    """Return the index of the line that is the headline.

    A heading that says no more than the title rather than a line that does, and that rather than a heading
    with more; of several the last above the story, for menus and lists of contents stand before.
    """
    for key in list(dict.fromkeys(titles))[:_MOST_TITLES]:
        best: tuple[tuple[int, int], int] | None = None
        for index, line in enumerate(text.lines):
            if worth := _says(line, key):
                rank = (
                    worth,
                    index - text.story if index <= text.story else text.story - index - len(text.lines),
                )
                best = max(best, (rank, index)) if best else (rank, index)
        if best:
            return best[1]
    headings = [i for i in range(min(text.story, len(text.lines))) if 0 < text.lines[i].level <= _HIGH_LEVELS]
    return headings[-1] if headings and headings[-1] >= text.story - _ABOVE_STORY else None


def _says(line: Line, key: str) -> int:
    """Return how surely a line is the headline of a title, 0 when it is not.

    5 an <h1>, 4 another heading, 3 an <h1> with more, 2 a line, 1 another heading with more.
    """
    longest = _LONGER_HEADING if line.level else _LONGER_LINE
    if not key or not len(key) <= len(line.raw) <= longest * len(key) + _MARKS_AND_SPACES:
        return 0
    own = name_key(line.text)
    if own == key:
        return 5 if line.level == 1 else 4 if line.level else 2
    has_more = line.level > 0 and (own.endswith(key) or own.startswith(key))
    return 0 if not has_more else 3 if line.level == 1 else 1


def _is_near(line: Line, holders: frozenset[HtmlElement]) -> bool:
    """Return False for a line in a menu, a comment or a box of other stories; an aside may be head matter."""
    for holder in (line.element, *line.element.iterancestors()):
        if holder in holders or holder.tag in _FRAME:
            return True
        named = names_of_element(holder)
        if holder.tag in ("nav", "footer") or _ELSEWHERE.search(named) or _is_comment(holder):
            return False
    return not is_furniture(line.element)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading or line that may be the headline.

    bare, whole: without and with its kicker; level: 1 to 6, or 0; above: the lines from it to the story.
    ends: what is left of it without the first one or more of the elements and texts in it.
    """

    bare: str
    whole: str
    level: int
    above: int
    ends: tuple[str, ...] = ()


def headings(text: PageText) -> list[Heading]:
    """Return the headings and short lines of the page that may be its headline, those above the story first.

    An <h1> below the story's first paragraph only when none stands above.
    """
    found: list[Heading] = []
    below: list[Heading] = []
    done: set[HtmlElement] = set()
    counted = 0
    for index, line in enumerate(text.lines):
        level = line.level
        if index > text.story and level != 1:
            continue
        element = _heading_of(line) if level else line.element
        if element in done or (
            not level and (len(line.raw) > _LONGEST_TITLE or text.story - index > _RIGHT_ABOVE)
        ):
            continue
        done.add(element)
        counted += level > 0
        if counted > 4 * _MAX_HEADINGS:
            break
        if _is_no_headline(element):
            continue
        bare, whole = _without_kicker(element) if level else ("", line.text)
        heading = Heading(
            bare or whole, whole, level, text.story - index, _ends(element) if level == 1 else ()
        )
        (found if index <= text.story else below).append(heading)
    return found if any(h.level == 1 for h in found) else found + below[:_MAX_HEADINGS]


def _heading_of(line: Line) -> HtmlElement:
    return next(e for e in (line.element, *line.element.iterancestors()) if e.tag == f"h{line.level}")


def _without_kicker(heading: HtmlElement) -> tuple[str, str]:
    """Return a heading's text without its kicker ("" when that leaves a word or none), and with it."""
    whole = _ANCHOR.sub("", " ".join(line.text for line in Line.within(heading)))
    kickers = [
        element
        for element in heading.iterdescendants()
        if isinstance(element.tag, str)
        and (
            _KICKER.search(element.get("class") or "")
            or element.get("aria-hidden") == "true"
            or (element.tag == "small" and not fold(heading.text or ""))
        )
    ]
    if not kickers:
        return "", whole
    bare = _ANCHOR.sub("", spaced_text(heading, without=kickers)).strip(" :|–—-•·/")
    return (bare if len(_WORD.findall(bare)) > 1 else ""), whole


def _ends(heading: HtmlElement) -> tuple[str, ...]:
    texts = [text for text in heading.itertext() if text.strip()][:_MOST_PIECES]
    return tuple(fold(" ".join(texts[place:])).lstrip(" :|–—-•·/") for place in range(1, len(texts)))


def _is_no_headline(heading: HtmlElement) -> bool:
    """Return whether a heading is of the page's frame: a logo, in a menu or tool, or in another text."""
    for element in (heading, *heading.iterancestors()):
        if element.tag in ("article", "main", "body"):
            break
        if _LOGO.search(f"{element.get('class') or ''} {element.get('id') or ''}") or element.tag in _ASIDE:
            return True
    return is_furniture(heading)
