"""Where on the page something of the article's text stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from personae.model import Actor, Article


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A stretch of one paragraph, as a link and a script find it.

    number: of the paragraph, from 1; anchor: the id of its element.
    skip, length: characters of the paragraph before the stretch and in it. White space does not count: it
        folds in another way on the page than in the text.
    """

    number: int
    anchor: str
    skip: int
    length: int


class Places:
    """Finds the places of one article. paragraphs: the ids of its paragraphs' elements, None for no id."""

    def __init__(self, article: Article, paragraphs: Sequence[str | None]) -> None:
        self._text = article.text
        self._anchors = paragraphs
        self.starts = starts(article.paragraphs)

    def paragraph(self, offset: int) -> int:
        """Return the index of the paragraph in which an offset of the text lies."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def anchor(self, paragraph: int) -> str | None:
        """Return the id of a paragraph's element, None when it has none of its own."""
        return self._anchors[paragraph] if paragraph < len(self._anchors) else None

    def of(self, start: int, end: int) -> PagePlace | None:
        """Return the place of text[start:end]; None when a link could not lead there."""
        paragraph = self.paragraph(start)
        anchor = self.anchor(paragraph)
        if anchor is None:
            return None
        before = self._text[self.starts[paragraph] : start]
        return PagePlace(paragraph + 1, anchor, _solid(before), _solid(self._text[start:end]))

    def of_role(self, actor: Actor) -> PagePlace | None:
        """Return where the text says who an actor is: the role's occurrence nearest to a mention.

        None when there is no role, or it stands in the headline or standfirst only.
        """
        mentions = [mention for mention in actor.mentions if mention.field == "text"]
        if not actor.role or not mentions:
            return None
        whole = rf"(?<!\w){re.escape(actor.role)}(?!\w)"
        found = [(match.start(), match.end()) for match in re.finditer(whole, self._text)]
        if not found:
            return None
        start, end = min(
            found, key=lambda span: min(max(span[0] - m.end, m.start - span[1], 0) for m in mentions)
        )
        return self.of(start, end)


def starts(paragraphs: Sequence[str]) -> list[int]:
    """Return the offset in the text at which each paragraph begins."""
    found, offset = [], 0
    for paragraph in paragraphs:
        found.append(offset)
        offset += len(paragraph) + len("\n\n")
    return found


def _solid(text: str) -> int:
    return sum(not character.isspace() for character in text)
