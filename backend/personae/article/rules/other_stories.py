"""Other stories on the page: those that follow, sections of them, and lines that point to them."""

from __future__ import annotations

from collections import defaultdict

from personae.article.judge.page_facts import article_around
from personae.article.rules import thresholds
from personae.article.rules.case import Case, is_prose
from personae.article.segment.blocks import Block
from personae.article.vocabulary.phrases import phrases_in
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import ends_sentence
from personae.markup.text import words_of_each

_LEADS_AWAY = frozenset({"related", "comments"})


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


def without_other_sections(case: Case, chosen: set[int]) -> set[int]:
    """Drop sections of their own that link away: called more or related, or made of linked headlines."""
    dropped: set[int] = set()
    for index in sorted(chosen):
        if index not in dropped:
            section = _section_at_end(case.blocks[index], case, chosen)
            if _links_away(section):
                dropped |= {b.index for b in section}
    return chosen - dropped


def _section_at_end(heading: Block, case: Case, chosen: set[int]) -> list[Block]:
    """Return the blocks of the section that a heading opens; none unless the story stands wholly above it.

    Where no paragraph is chosen above, the heading is the story's own, or its first sub-heading.
    """
    if heading.tag not in HEADINGS or heading.width > thresholds.SECTION_HEADING_WIDTH or not heading.trail:
        return []
    element = heading.trail[0]
    section = [b for b in case.blocks[heading.index :] if element in b.trail]
    begins_above = any(element in case.blocks[i].trail for i in chosen if i < heading.index)
    goes_on_below = any(i > section[-1].index for i in chosen)
    story_above = any(i < heading.index and is_prose(case.blocks[i]) for i in chosen)
    return section if story_above and not begins_above and not goes_on_below else []


def _links_away(section: list[Block]) -> bool:
    """Return True if a section, its heading first, is full of links and says so, or they are headlines."""
    if not section:
        return False
    links = [b for b in section[1:] if b.linked > thresholds.HALF_LINKED]
    if len(links) < thresholds.SECTION_LINKS_SHARE * len(section):
        return False
    headlines = sum(b.tag in HEADINGS for b in links)
    return bool(phrases_in(section[0].text) & _LEADS_AWAY) or headlines >= thresholds.SECTION_HEADLINES


def without_refrains(case: Case, chosen: set[int]) -> set[int]:
    """Drop lines that begin alike and link away, three or more of them: pointers to other stories."""
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for index in chosen:
        block = case.blocks[index]
        if (
            block.links
            and block.linked > thresholds.PROSE_LINKED
            and block.tag not in HEADINGS
            and not ends_sentence(block.text)
        ):
            alike[block.text[: thresholds.REFRAIN_LENGTH].lower()].append(index)
    return chosen - {i for group in alike.values() if len(group) >= thresholds.REFRAIN_LINES for i in group}
