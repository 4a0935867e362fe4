"""Galleries of other stories, shown between the paragraphs of this one.

Each of their pictures has a headline of its own, and none of them speaks of what the story does. A gallery
of the story's own pictures has captions, or speaks of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from lxml.html import HtmlElement

from personae.article.rules import thresholds
from personae.article.rules.case import Case, is_paragraph
from personae.article.segment.blocks import Block
from personae.article.vocabulary.element_names import names_of, names_of_kind
from personae.markup.content_model import HEADINGS

_GALLERY = names_of_kind("gallery")
_NUMBERED = re.compile(r"\s*[\[(]?(\d{1,3})\s*/\s*(\d{1,3})\b")
_WORD = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]+")
_ITEMS = frozenset({"li", "div", "article", "section", "figure", "td"})


def without_galleries(case: Case, chosen: set[int]) -> set[int]:
    """Drop galleries of other stories that stand among the story's paragraphs."""
    lists = _item_lists(case.blocks)
    galleries = {holder: items for holder, items in lists.items() if _is_gallery(holder, items)}
    if not galleries:
        return chosen
    members = {
        holder: [b for blocks in items.values() for b in blocks] for holder, items in galleries.items()
    }
    inside = {b.index for blocks in members.values() for b in blocks}
    outside = [b for i in chosen - inside if is_paragraph(b := case.blocks[i])]
    if len(outside) < thresholds.GALLERY_PARAGRAPHS:
        return chosen
    known = _telling(case.metadata.title or "").union(*(_telling(b.text) for b in outside))
    dropped: set[int] = set()
    for holder, items in galleries.items():
        if _speaks_of(items, known):
            continue
        first = members[holder][0].index
        dropped |= {b.index for b in members[holder]}
        if first and case.blocks[first - 1].tag in HEADINGS:
            dropped.add(first - 1)
    return chosen - dropped


def _item_lists(blocks: Iterable[Block]) -> dict[HtmlElement, dict[HtmlElement, list[Block]]]:
    """Return the elements whose items have headline and picture each: element -> item -> its blocks."""
    found: defaultdict[HtmlElement, dict[HtmlElement, list[Block]]] = defaultdict(dict)
    for block in blocks:
        for item, holder in zip(block.trail, block.trail[1 : thresholds.GALLERY_LEVELS], strict=False):
            if item.tag in _ITEMS:
                found[holder].setdefault(item, []).append(block)
    return {
        holder: items
        for holder, items in found.items()
        if len(items) >= thresholds.GALLERY_ITEMS
        and all(any(b.tag in HEADINGS for b in blocks) for blocks in items.values())
        and all(next(item.iter("img"), None) is not None for item in items)
    }


def _is_gallery(holder: HtmlElement, items: dict[HtmlElement, list[Block]]) -> bool:
    """Return True if a list is called a gallery, or its items are numbered as the pictures of one."""
    around = [holder, *list(holder.iterancestors())[: thresholds.GALLERY_LEVELS - 2]]
    if any(e.tag not in ("body", "main", "article") and _GALLERY.search(names_of(e)) for e in around):
        return True
    numbers = [m for blocks in items.values() if (m := _NUMBERED.match(blocks[0].text))]
    return len(numbers) == len(items) and all(int(m[1]) == i for i, m in enumerate(numbers, 1))


def _speaks_of(items: dict[HtmlElement, list[Block]], known: set[str]) -> bool:
    """Return True if many headlines of a gallery have one of the story's telling words."""
    headlines = [" ".join(b.text for b in blocks if b.tag in HEADINGS) for blocks in items.values()]
    speaking = sum(not known.isdisjoint(_telling(headline)) for headline in headlines)
    return speaking > thresholds.GALLERY_SPEAKING * len(items)


def _telling(text: str) -> set[str]:
    """Return the words of a text that are long enough to tell something; of wide scripts, pairs of signs."""
    least = thresholds.TELLING_LETTERS
    found = {word for word in _WORD.findall(text.casefold()) if len(word) >= least}
    if text.isascii():
        return found
    return found | {run[i : i + 2] for run in _WIDE.findall(text) for i in range(len(run) - 1)}
