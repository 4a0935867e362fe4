"""What stands above a story: its opening belongs to it; headline, standfirst, byline and date do not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from personae.article.rules import thresholds
from personae.article.rules.case import Case
from personae.article.segment.blocks import Block
from personae.article.vocabulary.element_names import bit, kinds_named, names_of, names_of_kind
from personae.article.vocabulary.phrases import phrases_in
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import ends_sentence
from personae.markup.text import words, words_of_each
from personae.page.metadata.dates_in_text import is_date_line
from personae.page.metadata.metadata import Metadata

_HEAD = names_of_kind("head")
_HEAD_LEVELS = 2
_CHROME = bit("comments", "newsletter", "cookie", "modal", "sidebar", "advert")
_PICTURES = frozenset({"img", "picture", "figure", "video"})
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|h|uhr|[a-z]{2,4})?")


def with_opening(case: Case, chosen: set[int]) -> set[int]:
    """Take in an opening paragraph that stands in a container of its own between headline and story."""
    if not chosen:
        return chosen
    first = min(chosen)
    standfirsts = words_of_each(case.metadata.standfirst, case.metadata.description)
    out = set(chosen)
    for block in reversed(case.blocks[max(0, first - thresholds.OPENING_BLOCKS) : first]):
        if block.tag == "h1":
            break
        above = case.blocks[block.index - 1] if block.index else block
        if above.tag in HEADINGS and above.linked > thresholds.IS_LINK:  # a teaser's
            continue
        if (
            _reads_as_opening(block)
            and thresholds.OPENING_SCORE < case.score(block) <= case.threshold
            and not any(_is_alike(block.words, standfirst) for standfirst in standfirsts)
            and not _is_named_otherwise(block)
        ):
            out.add(block.index)
    return out


def _reads_as_opening(block: Block) -> bool:
    return (
        block.tag == "p"
        and block.width > thresholds.OPENING_WIDTH
        and block.linked < thresholds.PROSE_LINKED
        and ends_sentence(block.text)
    )


def _is_named_otherwise(block: Block) -> bool:
    """Return True if an element around a block is called something that no opening is."""
    near = (block.element, *block.trail[:_HEAD_LEVELS])
    return any(_HEAD.search(names_of(e)) for e in near) or any(
        kinds_named(names_of(e)) & _CHROME for e in block.trail
    )


def without_head(case: Case, chosen: set[int]) -> set[int]:
    """Drop what repeats the page's head: headline anywhere, standfirst, byline and date above the prose."""
    blocks, metadata = case.blocks, case.metadata
    titles, title = words_of_each(metadata.title, *metadata.headlines), words(metadata.title or "")
    standfirsts = words_of_each(metadata.standfirst)
    prose = [i for i in sorted(chosen) if blocks[i].words not in standfirsts]
    long = [i for i in prose if blocks[i].width > thresholds.FIRST_PROSE_WIDTH]
    start = long[0] if long else max(prose, key=lambda i: blocks[i].width, default=-1)

    def is_head(block: Block) -> bool:
        if block.tag in HEADINGS and block.words == title:
            return True
        if block.index < start and (
            block.words in titles
            or _begins_with_title(block, title)
            or (block.words in standfirsts and not _opens_the_story(case, block.index, start))
            or _is_byline(block, metadata)
        ):
            return True
        return _signs_an_entry(block, metadata.authors)

    return {i for i in chosen if not is_head(blocks[i])} or chosen


def _begins_with_title(block: Block, title: tuple[str, ...]) -> bool:
    """Return True for the title with a byline in one line."""
    rest = len(block.words) - len(title)
    return bool(title) and block.words[: len(title)] == title and rest <= thresholds.BYLINE_WORDS


def _opens_the_story(case: Case, index: int, start: int) -> bool:
    """Return True for a first paragraph that the page quotes as its description.

    It stands among equals, or below the byline, date or picture of the story; a standfirst stands above.
    """
    blocks = case.blocks
    if any(b.text == blocks[index].text for b in blocks[:index]):
        return False
    block, following = blocks[index], blocks[start]
    is_equal = (block.tag, block.trail) == (following.tag, following.trail)
    if is_equal and block.element.get("class") == following.element.get("class"):
        return True
    title = words(case.metadata.title or "")
    headline = next((b for b in reversed(blocks[:index]) if b.words == title), None)
    if headline is None or index - headline.index > thresholds.OPENING_BLOCKS:
        return False
    between = blocks[headline.index + 1 : index]
    return any(_is_byline(b, case.metadata) for b in between) or _is_picture_between(headline, block)


def _is_picture_between(above: Block, below: Block) -> bool:
    """Return True if a picture stands between two blocks of a page."""
    is_below_first = False
    for element in above.element.getroottree().iter():
        if element is below.element:
            return False
        if is_below_first and element.tag in _PICTURES:
            return True
        is_below_first = is_below_first or element is above.element
    return False


def _is_alike(tokens: tuple[str, ...], other: tuple[str, ...]) -> bool:
    own, theirs = set(tokens), set(other)
    return len(own & theirs) > thresholds.STANDFIRST_SHARE * min(len(own), len(theirs))


def _is_byline(block: Block, metadata: Metadata) -> bool:
    """Return True for a line of names or a date: short, and no sentence."""
    tokens = block.words
    if block.width > thresholds.BYLINE_WIDTH or len(tokens) > thresholds.BYLINE_WORDS:
        return False
    if is_date_line(block.text, metadata.language):
        return True
    if block.tag in HEADINGS:
        return False
    if len(tokens) <= thresholds.NAMES_WORDS and any(
        set(words(author)) <= set(tokens) for author in metadata.authors
    ):
        return True
    is_dated = "date" in phrases_in(block.text[: thresholds.SHORT_OPENING_LENGTH])
    return is_dated and any(c.isdigit() for c in block.text)


def _signs_an_entry(block: Block, authors: Iterable[str]) -> bool:
    """Return True for the line of time and name above an entry of a live blog; no space need part the two."""
    if (
        len(block.words) > thresholds.ENTRY_WORDS
        or ends_sentence(block.text)
        or not any(c.isdigit() for c in block.text)
    ):
        return False
    text = block.text.lower()
    return _CLOCK.fullmatch(text) is not None or any(a.lower() in text for a in authors)
