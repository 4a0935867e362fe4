"""What kind of page it is: one story, a list of stories, or nothing to read.

Scores and rules say which blocks read like a story's, and the summaries of a front page do as well. What
tells the two apart is weighed here, each piece of evidence for or against with its points; none decides
alone. A list is refused only where its text is no more than what goes with its headlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from personae.article.rules import thresholds
from personae.article.rules.case import Case
from personae.article.segment.blocks import Block
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import has_sentence
from personae.markup.text import text_of, width_of
from personae.page.metadata.metadata import Metadata

# The numbers here were chosen by hand in November 2026 on the pages of tests/pages, and judged on those of
# the development corpora, which are stories all of them.

Kind = Literal["story", "list", "nothing"]
# A story of one short sentence is about this wide; a search form's or a player's page has less. Right below
# the page's headline a shorter paragraph is enough, the more so on a page with an author or a date.
_LEAST_WIDTH, _LEAST_BELOW_HEADLINE, _LEAST_SIGNED = 100.0, 80.0, 40.0
# Text without a sentence, as verse often has none, is something to read when so much of it is sure.
_LEAST_VERSE = 300.0
# A teaser is a link at least and at most so wide; a front page has so many of them.
_TEASER_WIDTH = (18.0, 160.0)
_FEWEST_TEASERS = 12
# A paragraph of that width is more than a summary; so is prose wider than this share of the page's teasers.
_LONG_PARAGRAPH = 300.0
_PROSE_SHARE = 0.5
# So many sure paragraphs on end are a story's.
_ON_END = 3
# With a larger share of the prose right below linked headlines, it is summaries.
_SUMMARIES_SHARE = 0.5
# A title as wide as that is a headline; the name of a section or a site is shorter.
_HEADLINE_WIDTH = 20.0
# A slug: that many words of a headline in the address.
_SLUG = re.compile(r"[^\W_]+(?:[-_][^\W_]+){3,}")
_ROOT = re.compile(r"/?(?:(?:index|home|default)(?:\.\w+)?/?)?$")
_ARTICLE_TYPE = re.compile("article$|posting$|^reportage")
_LIST_TYPE = re.compile("collectionpage|searchresultspage|itemlist")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation: what was seen, and how much it speaks for a story; against it below 0."""

    what: str
    points: int


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """The kind of a page, and all that was weighed for it."""

    kind: Kind
    evidence: tuple[Evidence, ...]

    def line(self) -> str:
        """Return the verdict as one line for a terminal."""
        weighed = ", ".join(f"{e.what} {e.points:+d}" for e in self.evidence)
        return f"page: {self.kind}{f' ({weighed})' if weighed else ''}"


def judge_page(case: Case, chosen: Iterable[int], url: str | None, *, threshold: float) -> PageVerdict:
    """Judge a page by the blocks that are chosen of it. threshold: the score above which a block is sure."""
    prose = [case.blocks[i] for i in sorted(chosen) if _is_prose(case.blocks[i])]
    width = sum(b.width for b in prose)
    sure = [b for b in prose if _is_sure(b, case.score(b), threshold)]
    longest = max((b.width for b in prose), default=0.0)
    is_below_headline = _is_below_headline(case, sure)
    if width < _LEAST_WIDTH and not (is_below_headline and longest >= _least_below_headline(case)):
        return PageVerdict("nothing", (Evidence(f"{width:.0f} characters of prose", 0),))
    verse = sum(b.width for b in prose if case.score(b) > threshold and b.linked < thresholds.PROSE_LINKED)
    if verse < _LEAST_VERSE and not any(has_sentence(b.text) for b in prose):
        return PageVerdict("nothing", (Evidence("no sentence", 0),))
    teasers = [b for b in case.blocks if _is_teaser(b)]
    is_more_than_teasers = longest >= _LONG_PARAGRAPH or width >= _PROSE_SHARE * sum(b.width for b in teasers)
    address = urlsplit(url or "")
    says_article = _calls_itself(case.metadata, _ARTICLE_TYPE)
    says_list = not says_article and _calls_itself(case.metadata, _LIST_TYPE)
    is_summaries = _below_links(case.blocks, prose) > _SUMMARIES_SHARE * len(prose)
    is_headline = width_of(case.metadata.title or "") >= _HEADLINE_WIDTH
    is_root = bool(address.netloc) and _ROOT.match(address.path) is not None and not address.query
    weighed = (
        (longest_run(case.blocks, {b.index for b in sure}) >= _ON_END, "sure paragraphs on end", 5),
        (is_below_headline, "the page's title above them", 3 if is_headline else 1),
        (says_article, "calls itself an article", 3),
        (_SLUG.search(unquote(address.path)) is not None, "an address of words", 1),
        (longest >= _LONG_PARAGRAPH, "a long paragraph", 2),
        (len(teasers) >= _FEWEST_TEASERS and not is_more_than_teasers, "more teasers than prose", -3),
        (is_summaries, "prose below linked headlines", -3),
        (is_root, "the site's first page", -2),
        (says_list, "calls itself a list", -2),
    )
    evidence = tuple(Evidence(what, points) for holds, what, points in weighed if holds)
    total = sum(e.points for e in evidence)
    if total >= 0:
        return PageVerdict("story", evidence)
    return PageVerdict("list" if sure and is_more_than_teasers else "nothing", evidence)


def longest_run(blocks: Sequence[Block], sure: set[int]) -> int:
    """Return how many sure paragraphs follow each other at most, with no heading or link between them."""
    longest = run = 0
    for block in blocks:
        if block.index in sure:
            run += 1
            longest = max(longest, run)
        elif block.tag in HEADINGS or block.linked > thresholds.IS_LINK:
            run = 0
    return longest


def _is_sure(block: Block, score: float, threshold: float) -> bool:
    return score > threshold and block.linked < thresholds.PROSE_LINKED and has_sentence(block.text)


def _is_prose(block: Block) -> bool:
    """Return True for text of a story, False for a link, a heading, the label of a control."""
    return (
        block.linked < thresholds.HALF_LINKED
        and block.tag not in HEADINGS
        and not (block.links and _is_dated_link(block))
        and not any(e.tag in ("label", "fieldset") for e in block.trail)
    )


def _is_dated_link(block: Block) -> bool:
    """Return True for links with no more than numbers and signs beside them: a headline and its date."""
    rest = block.text
    for link in block.element.iter("a"):
        rest = rest.replace(text_of(link), "", 1)
    return not any(character.isalpha() for character in rest)


def _is_teaser(block: Block) -> bool:
    """Return True for a linked headline in the page's middle."""
    return (
        block.linked > thresholds.IS_LINK
        and _TEASER_WIDTH[0] < block.width < _TEASER_WIDTH[1]
        and not any(e.tag in ("nav", "footer", "aside", "header") for e in block.trail)
    )


def _least_below_headline(case: Case) -> float:
    metadata = case.metadata
    is_signed = bool(metadata.authors or metadata.published)
    return _LEAST_SIGNED if is_signed or _calls_itself(metadata, _ARTICLE_TYPE) else _LEAST_BELOW_HEADLINE


def _calls_itself(metadata: Metadata, kind: re.Pattern[str]) -> bool:
    return any(kind.search(t) for t in metadata.page_types)


def _is_below_headline(case: Case, paragraphs: Sequence[Block]) -> bool:
    """Return True if a heading with the page's title stands above one of some paragraphs."""
    headline = case.headline()
    return headline is not None and any(b.index > headline.index for b in paragraphs)


def _below_links(blocks: Sequence[Block], prose: Iterable[Block]) -> int:
    """Return how many blocks have a linked headline right above them."""
    above = (blocks[b.index - 1] for b in prose if b.index)
    return sum(b.linked > thresholds.IS_LINK and b.width > _TEASER_WIDTH[0] for b in above)
