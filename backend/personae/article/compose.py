"""Compose a page's article: find its body, tidy it, say what was taken out and whether it is all there."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Collection, Sequence

from lxml.etree import _Element

from personae.article.account.access import assess
from personae.article.account.language import direction_of, language_of
from personae.article.account.removals import removed_boxes
from personae.article.vocabulary.phrases import phrases_in
from personae.article.write.article_tree import ArticleTree, block_html
from personae.article.write.story import Story, write_story
from personae.markup.elements import html_of
from personae.markup.paragraphs import Paragraph, paragraphs
from personae.markup.sentences import ENDS_CUT
from personae.markup.text import width_of, words
from personae.model import Article, Removal
from personae.page.metadata.metadata import Metadata
from personae.page.parse.parser import Page

WORDS_A_MINUTE = 230
IDEOGRAPHS_A_MINUTE = 500
# The width below which a prompt to subscribe, all its lines together, is a button. Chosen by hand on
# tests/pages, November 2026.
_SHORTEST_GATEWAY = 40.0
# A standfirst is a copy of the story when the story has more than this share of its runs of so many words.
_COPIED_SHARE, _RUN = 0.75, 3
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def compose(page: Page, metadata: Metadata | None = None, *, without: Collection[str] = ()) -> Article:
    """Return the article of a page, without actors and not yet sanitised. Takes the page's tree apart.

    metadata: what the page says of itself, when that was read already; without: names of rules to pass over.

    Raises NoArticle.
    """
    story = write_story(page, metadata, without=without)
    metadata, tree = story.metadata, story.tree
    written = paragraphs(tree.content)
    text = "\n\n".join(p.text for p in written)
    removed = () if page.selection else _removals(story, written, page.base_url)
    gateway = _ends_at_gateway(removed, len(written) - 1)
    access, reason = ("full", None) if page.selection else assess(text, metadata, gateway)
    word_count, minutes = measure(text)
    return Article(
        title=metadata.title or "",
        content=html_of(tree.content),
        text=text,
        url=page.url,
        canonical_url=metadata.canonical_url,
        standfirst=_standfirst(story, text),
        authors=metadata.authors,
        site=metadata.site,
        published=metadata.published,
        modified=metadata.modified,
        language=language_of(text, metadata.language),
        direction=direction_of(text, metadata.direction),
        lead_image=tree.lead_image,
        word_count=word_count,
        reading_minutes=minutes,
        page_kind="list" if story.body.verdict.kind == "list" else "story",
        access=access,
        access_reason=reason,
        removed=removed,
    )


def _standfirst(story: Story, text: str) -> str | None:
    """Return the standfirst: what the page shows as one, or says of the story without repeating it."""
    standfirst = story.metadata.standfirst
    if not standfirst:
        return None
    own, body = words(standfirst), story.body
    first = min(body.chosen, default=0)
    if any(block.words == own for block in body.blocks[:first]):
        return standfirst
    if ENDS_CUT.search(standfirst):
        return None
    told = set(_runs(words(text)))
    runs = _runs(own)
    return None if sum(run in told for run in runs) > _COPIED_SHARE * len(runs) else standfirst


def _runs(tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tokens[i : i + _RUN] for i in range(max(1, len(tokens) - _RUN + 1))]


def measure(text: str) -> tuple[int, int]:
    """Return the number of words, and the minutes that reading takes (at least 1).

    An ideograph or kana counts as a word; those are read at 500 a minute, words at 230.
    """
    ideographs = len(_IDEOGRAPH.findall(text))
    others = len(_WORD.findall(_IDEOGRAPH.sub(" ", text))) if ideographs else len(_WORD.findall(text))
    minutes = others / WORDS_A_MINUTE + ideographs / IDEOGRAPHS_A_MINUTE
    return others + ideographs, max(1, math.ceil(minutes - 0.5))


def _removals(story: Story, written: list[Paragraph], base_url: str | None) -> tuple[Removal, ...]:
    """Return what was taken out, each with its HTML and the paragraph it followed when it stood inside."""
    last = _last_paragraphs(story.tree, written)
    order = sorted(last)
    out = []
    for box, removal in removed_boxes(story.body, story.tree.carried, story.tree.embedded):
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


def _last_paragraphs(tree: ArticleTree, written: list[Paragraph]) -> dict[int, int]:
    """Return the last paragraph of each block in the article: the block's index -> the paragraph's number."""
    last: dict[int, int] = {}
    for position, paragraph in enumerate(written):
        element: _Element | None = paragraph.element
        while element is not None and element not in tree.sources:
            element = element.getparent()
        if element is not None:
            last[tree.sources[element]] = position
    return last


def _ends_at_gateway(removed: Sequence[Removal], last: int) -> bool:
    """Return True for prompts to subscribe that are more than a button, around the story or where it ends.

    last: the number of its last paragraph. A prompt for those who have subscribed counts for nothing, nor
    does one in the story with more of it below.
    """
    prompts = [r for r in removed if r.kind == "paywall" and "subscribed" not in phrases_in(r.text)]
    at_end = sum(width_of(r.text) for r in prompts if r.inside and (r.after is None or r.after >= last - 1))
    around = max((width_of(r.text) for r in prompts if not r.inside), default=0.0)
    return max(at_end, around) > _SHORTEST_GATEWAY
