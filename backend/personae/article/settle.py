"""Settle the verdicts: what holds for any article, whatever the blocks look like one by one.

The model weighs what blocks have in common with those of many pages. These steps know what it cannot learn
from few examples: a form's box is no prose, a consent dialogue is no story, a line that says again what
another one said is a pull quote, and what stands above the story (headline, byline, date) is not part of it.
Each takes the chosen indices and returns fewer or more of them.
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are characters, words and shares; the line that uses one says what it tells
import re
from collections import defaultdict
from collections.abc import Iterable

from lxml.html import HtmlElement

from personae.article.blocks import HEADINGS, Block
from personae.article.features import names_of, phrases_in, words
from personae.page.metadata import Metadata

# A box with at most this share of the chosen text can be taken out as a whole.
_BOX_SHARE = 0.34
_CONSENT = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr|cmp|privacy)(?:$|[\s_-])")
_GATE = re.compile(
    r"paywall|regwall|gate(?:way)?\b|meter|barrier|subscri|piano|offer|plus-?(?:wall|box|promo)|abo-|upsell"
)
_QUOTE = re.compile(r"pull|quote|zitat|citation|callout")
_HEAD = re.compile(
    r"standfirst|lead|lede|dek|deck|subtitle|sub-?head|summary|intro|excerpt|chapo|caption|note|promo|teaser|sub-?title"
)
_FOLLOW = re.compile(
    r"follow|share|folgen|suivez|síguenos|segui|siga|volg|följ|obserwuj|sleduj|takip|フォロー"
)
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»“」』)\]]*$")


def settle(blocks: list[Block], sure: dict[int, float], limit: float, metadata: Metadata) -> set[int]:
    """Return the indices of the article's blocks.

    sure: index -> how surely a block is article, 0..1; limit: above it a block is chosen.
    """
    chosen = {i for i, value in sure.items() if value > limit}
    chosen = _without_boxes(blocks, chosen)
    chosen = _without_other_sections(blocks, chosen)
    chosen = _with_opening(blocks, chosen, sure, limit, metadata)
    chosen = _without_head(blocks, chosen, metadata)
    chosen = _without_pull_quotes(blocks, chosen)
    chosen = {i for i in chosen if not _is_call(blocks[i])}
    return _without_loose_headings(blocks, chosen)


def _without_boxes(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop what stands in a form's box, in a dialogue about consent, in a subscription's gateway."""
    inside: defaultdict[HtmlElement, list[Block]] = defaultdict(list)
    for block in blocks:
        for element in (block.element, *block.trail):
            inside[element].append(block)
    total = sum(blocks[i].width for i in chosen)
    dropped: set[int] = set()
    for element, members in inside.items():
        taken = [b for b in members if b.index in chosen]
        if not taken or element.tag in ("main", "article"):
            continue
        small = sum(b.width for b in taken) <= _BOX_SHARE * total
        if _is_consent(element, members) or (small and (_is_form(element) or _is_gateway(element, members))):
            dropped |= {b.index for b in taken}
    return chosen - dropped if len(dropped) < len(chosen) else chosen


def _is_form(element: HtmlElement) -> bool:
    """Tell a box that asks for an address or a password: the form and what is said around it, no more."""
    if sum(1 for _ in element.iter("p", "li")) > 12:
        return False
    fields = [(i.get("type") or "").lower() for i in element.iter("input")]
    return any(kind in ("email", "password") for kind in fields)


def _is_consent(element: HtmlElement, members: list[Block]) -> bool:
    if not _CONSENT.search(names_of(element)):
        return False
    said = sum("cookie" in phrases_in(b.text[:400]) for b in members)
    return said > 0 and said * 4 >= len(members)


def _is_gateway(element: HtmlElement, members: list[Block]) -> bool:
    if not _GATE.search(names_of(element)) or len(members) > 25:
        return False
    said = sum(bool(phrases_in(b.text[:300]) & {"paywall", "login", "newsletter"}) for b in members)
    return said * 3 >= len(members)


def _without_other_sections(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop sections of their own that link away: called more or related, or made of linked headlines."""
    dropped: set[int] = set()
    for index in sorted(chosen):
        block = blocks[index]
        if block.tag not in HEADINGS or block.width > 80 or not block.trail or index in dropped:
            continue
        section = block.trail[0]
        if any(section in blocks[i].trail for i in chosen if i < index):
            continue
        members = [b for b in blocks[index:] if section in b.trail]
        if any(i > members[-1].index for i in chosen):
            continue
        linked = [b for b in members[1:] if b.linked > 0.5]
        named = bool(phrases_in(block.text) & {"related", "comments"})
        headlines = sum(b.tag in HEADINGS for b in linked)
        if len(linked) >= 0.4 * len(members) and (named or headlines >= 2):
            dropped |= {b.index for b in members}
    return chosen - dropped


def _with_opening(
    blocks: list[Block], chosen: set[int], sure: dict[int, float], limit: float, metadata: Metadata
) -> set[int]:
    """Take in an opening paragraph that stands in a container of its own between headline and story."""
    if not chosen:
        return chosen
    first = min(i for i in chosen)
    stands = _bags(metadata.standfirst, metadata.description)
    out = set(chosen)
    for block in reversed(blocks[max(0, first - 12) : first]):
        if block.tag == "h1":
            break
        if (
            block.tag == "p"
            and block.width > 100
            and block.linked < 0.3
            and 0.05 < sure.get(block.index, 0.0) <= limit
            and _SENTENCE_END.search(block.text)
            and not any(_alike(words(block.text), stand) for stand in stands)
            and not any(_HEAD.search(names_of(e)) for e in (block.element, *block.trail[:2]))
        ):
            out.add(block.index)
    return out


def _without_head(blocks: list[Block], chosen: set[int], metadata: Metadata) -> set[int]:
    """Drop what repeats the page's head: headline anywhere, standfirst, byline and date above the prose."""
    titles, title = _bags(metadata.title, *metadata.headlines), tuple(words(metadata.title or ""))
    stands = _bags(metadata.standfirst)
    out = set(chosen)
    prose = [i for i in sorted(chosen) if tuple(words(blocks[i].text)) not in stands]
    long = [i for i in prose if blocks[i].width > 140]
    start = long[0] if long else max(prose, key=lambda i: blocks[i].width, default=-1)
    for index in chosen:
        block = blocks[index]
        bag = tuple(words(block.text))
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


def _alike(bag: list[str], other: tuple[str, ...]) -> bool:
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
    if len(bag) > 8 or _SENTENCE_END.search(block.text) or not any(c.isdigit() for c in block.text):
        return False
    said = block.text.lower()
    return any(a.lower() in said for a in authors)


def _is_call(block: Block) -> bool:
    """Tell a paragraph that only calls its reader to a newsletter or a network: short, linked, saying so."""
    if block.width > 180 or not block.links or block.tag not in ("p", "li", "div"):
        return False
    said = phrases_in(block.text[:60])
    return "newsletter" in phrases_in(block.text) or (
        "share" in said and _FOLLOW.match(block.text.lower()) is not None
    )


def _without_pull_quotes(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop the quotations that are set apart and say again what a paragraph says."""
    texts = {i: " ".join(words(blocks[i].text)) for i in chosen}
    joined = {i: t for i, t in texts.items() if blocks[i].width > 80}
    out = set(chosen)
    for index, text in texts.items():
        block = blocks[index]
        around = (block.element, *block.trail[:2])
        apart = any(e.tag in ("blockquote", "aside", "figure") or _QUOTE.search(names_of(e)) for e in around)
        if apart and text.count(" ") > 2 and any(text in other for i, other in joined.items() if i != index):
            out.discard(index)
    return out


def _without_loose_headings(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop the headings after the last paragraph: what they headed was not the article."""
    left = sorted(chosen)
    while left and blocks[left[-1]].tag in HEADINGS:
        left.pop()
    return set(left)


def _bags(*texts: str | None) -> set[tuple[str, ...]]:
    return {tuple(words(text)) for text in texts if text}
