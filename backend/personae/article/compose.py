"""Compose a page's article: find its body, tidy it, say what was taken out and whether it is all there."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import replace

from lxml.etree import _Element

from personae.article.account.access import assess
from personae.article.account.language import direction_of, language_of
from personae.article.account.removals import removed_boxes
from personae.article.choose.body import Body, all_of, find_body
from personae.article.segment.blocks import width_of
from personae.article.vocabulary.phrases import phrases_in
from personae.article.write.article_tree import Tidy, block_html, tidy
from personae.errors import NoArticle
from personae.markup.elements import html_of
from personae.markup.paragraphs import Paragraph, paragraphs
from personae.model import Article, Removal
from personae.page.metadata.metadata import Metadata, read_metadata
from personae.page.parse.parser import Page

WORDS_A_MINUTE = 230
IDEOGRAPHS_A_MINUTE = 500
_SHORTEST_GATEWAY = 40.0
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def compose(page: Page, metadata: Metadata | None = None) -> Article:
    """Return the article of a page, without actors and not yet sanitised. Takes the page's tree apart.

    metadata: what the page says of itself, when that was read already.

    Raises NoArticle.
    """
    metadata = metadata or read_metadata(page)
    root = page.tree.find("body")
    if root is None:
        raise NoArticle
    held = list(root.iter())  # lxml builds an element anew each time it is met, unless somebody holds it
    if page.selection:  # what the reader chose is all there is, whatever else the page tells of itself
        metadata = replace(metadata, standfirst=None, lead_image=None)
    body = all_of(root, metadata) if page.selection else find_body(root, metadata)
    done = tidy(root, body.blocks, body.chosen, page.base_url, metadata.lead_image)
    written = paragraphs(done.content)
    text = "\n\n".join(p.text for p in written)
    removed = () if page.selection else _removals(body, done, written, page.base_url)
    del held
    gateway = any(_is_gateway(r) for r in removed)
    access, reason = ("full", None) if page.selection else assess(text, metadata, gateway)
    words, minutes = measure(text)
    return Article(
        title=metadata.title or "",
        content=html_of(done.content),
        text=text,
        url=page.url,
        canonical_url=metadata.canonical_url,
        standfirst=metadata.standfirst,
        authors=metadata.authors,
        site=metadata.site,
        published=metadata.published,
        modified=metadata.modified,
        language=language_of(text, metadata.language),
        direction=direction_of(text, metadata.direction),
        lead_image=done.lead_image,
        word_count=words,
        reading_minutes=minutes,
        access=access,
        access_reason=reason,
        removed=removed,
    )


def measure(text: str) -> tuple[int, int]:
    """Return the number of words, and the minutes that reading takes (at least 1).

    An ideograph or kana counts as a word; those are read at 500 a minute, words at 230.
    """
    ideographs = len(_IDEOGRAPH.findall(text))
    others = len(_WORD.findall(_IDEOGRAPH.sub(" ", text))) if ideographs else len(_WORD.findall(text))
    minutes = others / WORDS_A_MINUTE + ideographs / IDEOGRAPHS_A_MINUTE
    return others + ideographs, max(1, math.ceil(minutes - 0.5))


def _removals(body: Body, done: Tidy, written: list[Paragraph], base_url: str | None) -> tuple[Removal, ...]:
    """Return what was taken out, each with its HTML and the paragraph it followed when it stood inside."""
    last: dict[int, int] = {}
    for position, paragraph in enumerate(written):
        element: _Element | None = paragraph.element
        while element is not None and element not in done.sources:
            element = element.getparent()
        if element is not None:
            last[done.sources[element]] = position
    order = sorted(last)
    out = []
    for box, removal in removed_boxes(body, done.carried, done.embedded):
        before = bisect_right(order, box.after)
        out.append(
            Removal(
                kind=removal.kind,
                reason=removal.reason,
                text=removal.text,
                inside=box.inside,
                html=block_html(box.blocks, base_url) if box.inside else "",
                after=last[order[before - 1]] if box.inside and before else None,
            )
        )
    return tuple(out)


def _is_gateway(removal: Removal) -> bool:
    if removal.kind != "paywall" or width_of(removal.text) <= _SHORTEST_GATEWAY:
        return False
    return "subscribed" not in phrases_in(removal.text)
