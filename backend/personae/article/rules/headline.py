"""What stands above a story: its opening belongs to it; headline, standfirst, byline and date do not."""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are characters, words and shares; the line that uses one says what it tells
import re
from collections.abc import Iterable

from personae.article.segment.blocks import HEADINGS, Block, words
from personae.article.vocabulary.element_names import bit, kinds_named, names_of
from personae.article.vocabulary.phrases import phrases_in
from personae.page.metadata.metadata import Metadata

SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»“」』)\]]*$")
_HEAD = re.compile(
    r"standfirst|lead|lede|dek|deck|subtitle|sub-?head|summary|intro|excerpt|chapo|caption|note|promo|teaser|sub-?title"
)
_CHROME = bit("comments", "newsletter", "cookie", "modal", "sidebar", "advert")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|h|uhr|[a-z]{2,4})?")


def with_opening(
    blocks: list[Block], chosen: set[int], sure: dict[int, float], limit: float, metadata: Metadata
) -> set[int]:
    """Take in an opening paragraph that stands in a container of its own between headline and story."""
    if not chosen:
        return chosen
    first = min(i for i in chosen)
    stands = bags(metadata.standfirst, metadata.description)
    out = set(chosen)
    for block in reversed(blocks[max(0, first - 12) : first]):
        if block.tag == "h1":
            break
        if (
            block.tag == "p"
            and block.width > 100
            and block.linked < 0.3
            and 0.05 < sure.get(block.index, 0.0) <= limit
            and SENTENCE_END.search(block.text)
            and not any(_alike(block.words, stand) for stand in stands)
            and not any(_HEAD.search(names_of(e)) for e in (block.element, *block.trail[:2]))
            and not any(kinds_named(names_of(e)) & _CHROME for e in block.trail)
        ):
            out.add(block.index)
    return out


def without_head(blocks: list[Block], chosen: set[int], metadata: Metadata) -> set[int]:
    """Drop what repeats the page's head: headline anywhere, standfirst, byline and date above the prose."""
    titles, title = bags(metadata.title, *metadata.headlines), words(metadata.title or "")
    stands = bags(metadata.standfirst)
    out = set(chosen)
    prose = [i for i in sorted(chosen) if blocks[i].words not in stands]
    long = [i for i in prose if blocks[i].width > 140]
    start = long[0] if long else max(prose, key=lambda i: blocks[i].width, default=-1)
    for index in chosen:
        block = blocks[index]
        bag = block.words
        above = index < start
        if (
            (block.tag in HEADINGS and bag == title)
            or (above and bag in titles)
            or (above and bag in stands and not _opens_the_prose(blocks, index, start))
            or (above and _is_byline(block, bag, metadata.authors))
            or _signs_an_entry(block, bag, metadata.authors)
        ):
            out.discard(index)
    return out or chosen


def _opens_the_prose(blocks: list[Block], index: int, start: int) -> bool:
    """Tell a first paragraph quoted as the page's description from a standfirst: it stands among equals."""
    block, following = blocks[index], blocks[start]
    return (
        (block.tag, block.trail) == (following.tag, following.trail)
        and block.element.get("class") == following.element.get("class")
        and not any(b.text == block.text for b in blocks[:index])
    )


def _alike(bag: tuple[str, ...], other: tuple[str, ...]) -> bool:
    own, theirs = set(bag), set(other)
    return len(own & theirs) > 0.5 * min(len(own), len(theirs))


def _is_byline(block: Block, bag: tuple[str, ...], authors: Iterable[str]) -> bool:
    """Tell a line of names or a date: short, and no sentence."""
    if block.width > 90 or len(bag) > 14 or block.tag in HEADINGS:
        return False
    if any(set(words(a)) <= set(bag) for a in authors) and len(bag) < 10:
        return True
    return "date" in phrases_in(block.text[:60]) and any(c.isdigit() for c in block.text)


def _signs_an_entry(block: Block, bag: tuple[str, ...], authors: Iterable[str]) -> bool:
    """Tell the line of time and name above an entry of a live blog; the two may stand without a space."""
    if len(bag) > 8 or SENTENCE_END.search(block.text) or not any(c.isdigit() for c in block.text):
        return False
    said = block.text.lower()
    return _CLOCK.fullmatch(said) is not None or any(a.lower() in said for a in authors)


def bags(*texts: str | None) -> set[tuple[str, ...]]:
    """Return the words of each text that there is."""
    return {words(text) for text in texts if text}
