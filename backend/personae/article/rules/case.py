"""What every rule gets, and the one shape that every rule has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from personae.article.rules import thresholds
from personae.article.segment.blocks import Block
from personae.markup.content_model import HEADINGS
from personae.markup.sentences import ends_sentence
from personae.markup.text import words
from personae.page.metadata.metadata import Metadata

_LEAST_TITLE = 3  # words of a title that a longer heading may end with


@dataclass(frozen=True, slots=True)
class Case:
    """A page's blocks and what is known of them.

    blocks: all of the page's, in its order, so that a block's index is its place in the list.
    scores: index -> how likely a block is article, 0..1; those that were not judged have none.
    threshold: a block with a higher score is chosen before any rule.
    """

    blocks: list[Block]
    scores: dict[int, float]
    threshold: float
    metadata: Metadata

    def headline(self) -> Block | None:
        """Return the first heading whose words are the page's title, else the first that ends with them.

        A kicker or a date may stand before them in the same heading.
        """
        title = words(self.metadata.title or "")
        if not title:
            return None
        headings = [block for block in self.blocks if block.tag in HEADINGS]
        whole = (block for block in headings if block.words == title)
        return next(whole, None) or next((b for b in headings if self._ends_with_title(b)), None)

    def _ends_with_title(self, heading: Block) -> bool:
        """Return whether a heading is a title of several words with no more than as much before it."""
        parts = words(self.metadata.title or "")
        title, whole = "".join(parts), "".join(heading.words)
        return (
            len(parts) >= _LEAST_TITLE and len(title) < len(whole) <= 2 * len(title) and whole.endswith(title)
        )

    def score(self, block: Block) -> float:
        """Return a block's score, 0 when it was not judged."""
        return self.scores.get(block.index, 0.0)

    def width(self, indices: Iterable[int]) -> float:
        """Return how wide the blocks of these indices are together."""
        return sum(self.blocks[i].width for i in indices)

    def mean_score(self, indices: Collection[int]) -> float:
        """Return the mean score of blocks, weighed by their width."""
        total = self.width(indices)
        return sum(self.blocks[i].width * self.score(self.blocks[i]) for i in indices) / (total or 1.0)

    def width_by_parent(self, indices: Iterable[int]) -> dict[HtmlElement, float]:
        """Return for each element how wide those of the blocks are together that stand right within it."""
        width: defaultdict[HtmlElement, float] = defaultdict(float)
        for block in (self.blocks[i] for i in indices):
            for parent in block.trail[:1]:
                width[parent] += block.width
        return width

    def leads_within_site(self, link: HtmlElement) -> bool:
        """Return True for an address on the page's own site; sources lead away."""
        host = urlsplit(self.metadata.canonical_url or "").netloc
        return names_no_host(link) or (bool(host) and f"//{host}/" in (link.get("href") or ""))

    def above_threshold(self) -> set[int]:
        """Return the indices of the blocks that the model alone would choose."""
        return {i for i, score in self.scores.items() if score > self.threshold}


# Takes the indices of the blocks that are chosen so far, and returns those that are chosen after it.
Rule = Callable[[Case, set[int]], set[int]]


def is_prose(block: Block) -> bool:
    """Return True if a block is no heading, no link, and ends as a sentence does."""
    return block.tag not in HEADINGS and block.linked < thresholds.PROSE_LINKED and ends_sentence(block.text)


def is_paragraph(block: Block) -> bool:
    """Return True if a block is marked as a paragraph, and reads like one."""
    return block.tag == "p" and reads_as_paragraph(block)


def reads_as_paragraph(block: Block) -> bool:
    """Return True if a block reads like a paragraph, or is marked as one by a div."""
    return (
        block.tag in ("p", "div") and block.width > thresholds.PARAGRAPH_WIDTH and ends_sentence(block.text)
    )


def names_no_host(link: HtmlElement) -> bool:
    """Return True for a link by an address without a host, which stays on its site."""
    return (link.get("href") or "").startswith(("/", "?", "."))
