"""Quotations that are set apart and say again what a paragraph says."""

from __future__ import annotations

from personae.article.rules import thresholds
from personae.article.rules.case import Case
from personae.article.segment.blocks import Block
from personae.article.vocabulary.element_names import names_of, names_of_kind

_QUOTE = names_of_kind("pull_quote")
_QUOTING = frozenset({"blockquote", "aside", "figure"})
_LEVELS = 2


def without_pull_quotes(case: Case, chosen: set[int]) -> set[int]:
    """Drop the quotations that are set apart and say again what a paragraph says."""
    texts = {i: " ".join(case.blocks[i].words) for i in chosen}
    paragraphs = {i: t for i, t in texts.items() if case.blocks[i].width > thresholds.QUOTED_WIDTH}
    return {
        i
        for i, text in texts.items()
        if not (
            _is_set_apart(case.blocks[i])
            and _says_enough(case.blocks[i])
            and any(text in other for j, other in paragraphs.items() if j != i)
        )
    }


def _says_enough(block: Block) -> bool:
    """Return False for so few words that a paragraph has them by chance; some scripts part none."""
    return len(block.words) >= thresholds.PULL_QUOTE_WORDS or block.width > thresholds.PULL_QUOTE_WIDTH


def _is_set_apart(block: Block) -> bool:
    around = (block.element, *block.trail[:_LEVELS])
    return any(e.tag in _QUOTING or _QUOTE.search(names_of(e)) for e in around)
