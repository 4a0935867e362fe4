"""Other stories on the page, which follow this one."""

from __future__ import annotations

from personae.article.judge.page_facts import article_around
from personae.article.rules import thresholds
from personae.article.rules.case import Case
from personae.markup.content_model import HEADINGS
from personae.markup.text import words_of_each


def without_other_stories(case: Case, chosen: set[int]) -> set[int]:
    """Drop the stories that follow in articles of their own, each with a headline of its own."""
    blocks, metadata = case.blocks, case.metadata
    titles = words_of_each(metadata.title, *metadata.headlines)
    headline = next((b for b in blocks if b.tag in HEADINGS and b.words in titles), None)
    own = article_around(headline) if headline is not None else None
    if own is None or case.width(i for i in chosen if own in blocks[i].trail) < thresholds.STORY_WIDTH:
        return chosen
    end = max(b.index for b in blocks if own in b.trail)
    headed = {article_around(b) for b in blocks if b.index > end and b.tag in ("h1", "h2")} - {None, own}
    return {i for i in chosen if article_around(blocks[i]) not in headed}
