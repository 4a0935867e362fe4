"""What stands in or beside a story and is no part of it: boxes, captions, pointers, other stories.

Each step takes the blocks of a page and the indices of those chosen, and returns fewer of them.
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - the numbers are characters, words and shares; the line that uses one says what it tells
import re
from collections import defaultdict

from lxml.html import HtmlElement

from personae.article.judge.page_facts import article_around
from personae.article.rules.headline import SENTENCE_END, bags
from personae.article.segment.blocks import HEADINGS, Block
from personae.article.segment.embeds import is_post
from personae.article.vocabulary.element_names import bit, kinds_named, names_of
from personae.article.vocabulary.phrases import phrases_in
from personae.page.metadata.metadata import Metadata

# A box with at most this share of the chosen text can be taken out as a whole.
_BOX_SHARE = 0.34
_CONSENT = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr|cmp|privacy)(?:$|[\s_-])")
_GATE = re.compile(
    r"paywall|regwall|gate(?:way)?\b|meter|barrier|subscri|piano|offer|plus-?(?:wall|box|promo)|abo-|upsell"
    r"|suscri|subscre|abonn|prenumer|bezahl|betaal|betalings|(?<![a-z])mur[oe]?(?![a-z])"
)
# A box that explains beside the story, as publishing systems call it; it may hold more than the story.
_INSET = re.compile(
    r"(?:^|[\s_-])(?:fact|fakta|info)[_-]{0,2}(?:box|boks|ruta|kasten|kader)|expandable[_-]{0,2}box"
    r"|(?:^|[\s_-])inset-?box"
)
_INSET_SHARE = 0.7
# What a story of its own has at least, in characters of a Latin script.
_STORY_WIDTH = 400.0
_PICTURED = bit("picture", "caption")
_CAPTIONS_SHARE = 0.3
_TAKEN_BY = re.compile(r"[\u4e00-\u9fff] ?(?:摄|攝|摄影|攝影)[）)]?$")
_SUMMARY = bit("summary")
# How large a card may be, and which share of the chosen text all cards: more is a story made of entries.
_CARD_BLOCKS, _CARD_WIDTH, _CARDS_SHARE = 5, 600.0, 0.2
# A box between paragraphs: its elements, and how much of the story and of text may be lost with it.
_BOXES = frozenset({"div", "section", "aside", "article", "figure", "form", "a"})
_BETWEEN_SHARE, _BETWEEN_WIDTH = 0.3, 700.0
_GATEWAY_SAID = frozenset({"paywall", "login", "newsletter"})
_CHROME_SAID = frozenset(
    {"advert", "comments", "cookie", "login", "newsletter", "note", "paywall", "related", "share"}
)


def without_other_stories(blocks: list[Block], chosen: set[int], metadata: Metadata) -> set[int]:
    """Drop the stories that follow in articles of their own, each with a headline of its own."""
    titles = bags(metadata.title, *metadata.headlines)
    headline = next((b for b in blocks if b.tag in HEADINGS and b.words in titles), None)
    own = article_around(headline) if headline is not None else None
    if own is None or sum(blocks[i].width for i in chosen if own in blocks[i].trail) < _STORY_WIDTH:
        return chosen
    end = max(b.index for b in blocks if own in b.trail)
    headed = {article_around(b) for b in blocks if b.index > end and b.tag in ("h1", "h2")} - {None, own}
    return {i for i in chosen if article_around(blocks[i]) not in headed}


def is_paragraph(block: Block) -> bool:
    """Tell a block that is marked as a paragraph, and reads like one."""
    return block.tag == "p" and block.width > 60 and SENTENCE_END.search(block.text) is not None


def without_boxes(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop what stands in a form's box, in a dialogue about consent, in a subscription's gateway."""
    total = sum(blocks[i].width for i in chosen)
    dropped: set[int] = set()
    for element, members in _around_chosen(blocks, chosen).items():
        if element.tag in ("main", "article"):
            continue
        taken = [b for b in members if b.index in chosen]
        width = sum(b.width for b in taken)
        names = names_of(element)
        if (
            (width <= _INSET_SHARE * total and _INSET.search(names))
            or _is_consent(names, members)
            or (width <= _BOX_SHARE * total and (_is_form(element) or _is_gateway(names, members)))
        ):
            dropped |= {b.index for b in taken}
    return chosen - dropped if len(dropped) < len(chosen) else chosen


def _around_chosen(blocks: list[Block], chosen: set[int]) -> dict[HtmlElement, list[Block]]:
    """Return the blocks in each element that is or holds a chosen one."""
    inside: dict[HtmlElement, list[Block]] = {}
    for index in chosen:
        block = blocks[index]
        inside[block.element] = []
        inside.update((element, []) for element in block.trail)
    for block in blocks:
        for element in (block.element, *block.trail):
            if element in inside:
                inside[element].append(block)
    return inside


def _is_form(element: HtmlElement) -> bool:
    """Tell a box that asks for an address or a password: the form and what is said around it, no more."""
    if sum(1 for _ in element.iter("p", "li")) > 12:
        return False
    fields = [(i.get("type") or "").lower() for i in element.iter("input")]
    return any(kind in ("email", "password") for kind in fields)


def _is_consent(names: str, members: list[Block]) -> bool:
    if not _CONSENT.search(names):
        return False
    said = sum("cookie" in phrases_in(b.text[:400]) for b in members)
    return said > 0 and said * 4 >= len(members)


def _is_gateway(names: str, members: list[Block]) -> bool:
    """Tell a subscription's gateway: called so and speaking so, or speaking of it in most of its lines."""
    if len(members) > 25:
        return False
    named = _GATE.search(names) is not None
    if not named and not any(b.linked > 0.8 and _speaks_of_gate(b) for b in members):
        return False
    said = sum(_speaks_of_gate(b) for b in members)
    return said * 3 >= len(members) if named else said * 2 > len(members) > 2


def _speaks_of_gate(block: Block) -> bool:
    return bool(phrases_in(block.text[:160]) & _GATEWAY_SAID)


def without_other_sections(blocks: list[Block], chosen: set[int]) -> set[int]:
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


def without_captions(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop the lines that stand with a picture in a box of its own, named for that, or end as captions do."""
    inside: defaultdict[HtmlElement, list[Block]] = defaultdict(list)
    for block in blocks:
        for element in block.trail[:2]:
            inside[element].append(block)
    captions: set[int] = set()
    for index in chosen:
        block = blocks[index]
        if _is_credited(block):
            captions.add(index)
        for element in block.trail[:2]:
            members = inside[element]
            if (
                len(members) <= 3
                and sum(b.width for b in members) < 400
                and kinds_named(names_of(element)) & _PICTURED
                and next(element.iter("img"), None) is not None
            ):
                captions.add(index)
    if sum(blocks[i].width for i in captions) > _CAPTIONS_SHARE * sum(blocks[i].width for i in chosen):
        return chosen  # a story told in pictures
    return chosen - captions


def _is_credited(block: Block) -> bool:
    """Tell a short line that ends as captions do where the photographer's name stands last (Chinese)."""
    return block.width < 300 and _TAKEN_BY.search(block.text) is not None


def without_posts(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop the words of embedded posts: a link card stands for each."""
    return {i for i in chosen if not any(is_post(e) for e in blocks[i].trail[:3])}


def without_summary(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop a list above the story that sums it up, in a box named for that."""
    prose = [i for i in sorted(chosen) if is_paragraph(blocks[i])]
    if not prose:
        return chosen
    return {
        i
        for i in chosen
        if i > prose[0]
        or blocks[i].tag != "li"
        or not any(kinds_named(names_of(e)) & _SUMMARY for e in blocks[i].trail[:3])
    }


def without_cards(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop boxes between the story's paragraphs that are headed by a link, or by the word advertisement."""
    total = sum(blocks[i].width for i in chosen)
    dropped: set[int] = set()
    for element, members in _around_chosen(blocks, chosen).items():
        if len(members) > _CARD_BLOCKS or element.tag in ("main", "article", "li", "tr", "td"):
            continue
        head = members[0]
        if head.element is element:
            continue
        heads = head.tag in HEADINGS and head.linked > 0.8
        labelled = head.width < 30 and not head.links and "advert" in phrases_in(head.text)
        taken = {b.index for b in members} & chosen
        if taken and (heads or labelled) and sum(blocks[i].width for i in taken) < _CARD_WIDTH:
            dropped |= taken
    return chosen - dropped if sum(blocks[i].width for i in dropped) <= _CARDS_SHARE * total else chosen


def without_boxes_between(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop what is left of a small box beside the story's paragraphs, when the rest of it is chrome.

    The paragraphs of a story stand in one element. A box that stands there among them, and of which something
    has gone that links, sells or asks, is no part of the story either.
    """
    column = _column(blocks, chosen)
    if column is None:
        return chosen
    total = sum(blocks[i].width for i in chosen)
    boxes: defaultdict[HtmlElement, list[Block]] = defaultdict(list)
    for block in blocks:
        if column in block.trail and (level := block.trail.index(column)):
            boxes[block.trail[level - 1]].append(block)
    out = set(chosen)
    for element, members in boxes.items():
        taken = [b for b in members if b.index in chosen]
        width = sum(b.width for b in taken)
        if (
            element.tag in _BOXES
            and 0 < width <= min(_BETWEEN_SHARE * total, _BETWEEN_WIDTH)
            and not any(b.tag == "pre" for b in taken)
            and any(_gives_away(b) for b in members if b.index not in chosen)
        ):
            out -= {b.index for b in taken}
    return out


def _column(blocks: list[Block], chosen: set[int]) -> HtmlElement | None:
    """Return the element in which at least half of the story stands as paragraphs, if any."""
    mass: defaultdict[HtmlElement, float] = defaultdict(float)
    for index in chosen:
        block = blocks[index]
        if block.tag == "p" and block.trail:
            mass[block.trail[0]] += block.width
    column = max(mass, key=lambda e: mass[e], default=None)
    half = 0.5 * sum(blocks[i].width for i in chosen)
    return column if column is not None and mass[column] >= half else None


def _gives_away(block: Block) -> bool:
    """Tell a block that says of the box around it that it is chrome: a linked headline, a button, a plea."""
    return (
        block.tag == "button"
        or (block.linked > 0.8 and (block.tag in HEADINGS or block.width < 80))
        or (block.width < 250 and bool(phrases_in(block.text[:160]) & _CHROME_SAID))
    )


def without_refrains(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Drop lines that begin alike and link away, three or more of them: pointers to other stories."""
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for index in chosen:
        block = blocks[index]
        if (
            block.links
            and block.linked > 0.3
            and block.tag not in HEADINGS
            and not SENTENCE_END.search(block.text)
        ):
            alike[block.text[:12].lower()].append(index)
    return chosen - {i for group in alike.values() if len(group) >= 3 for i in group}
