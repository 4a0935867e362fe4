"""What an actor said, as a line to show: words in quotation marks, or the text's own sentence around them."""

from __future__ import annotations

from typing import NamedTuple

from personae.markup.sentences import sentences_around
from personae.model import Article, Quote
from personae.view.i18n.catalogue import Catalogue

_OPENING = frozenset("“”\"„«»‹›‘‚'「『《")
_JOINTS = " ,،、，"  # what joins the words to "he said"


class QuotationLine(NamedTuple):
    """One quotation, read on its own. before, after: the rest of the text's sentence around the words."""

    before: str
    words: str
    after: str

    @property
    def text(self) -> str:
        """The whole line."""
        return self.before + self.words + self.after


def quotation_line(article: Article, quote: Quote, words: Catalogue) -> QuotationLine:
    """Return “We counted.”; or the sentence, "She said they had counted.", of words that do not stand alone.

    Those are words that the text only reports, and a part of a sentence in quotation marks.
    """
    if _is_direct(article, quote) and not _is_fragment(quote.text):
        return QuotationLine("", words.text("direct_words", words=quote.text.rstrip(_JOINTS)), "")
    text = article.text
    first, last = sentences_around(text, quote.start, quote.end)
    return QuotationLine(text[first : quote.start], text[quote.start : quote.end], text[quote.end : last])


def _is_direct(article: Article, quote: Quote) -> bool:
    """Return whether the words stand in quotation marks, with or without a space after the opening one."""
    before = article.text[max(quote.start - 2, 0) : quote.start].rstrip()
    return before[-1:] in _OPENING


def _is_fragment(text: str) -> bool:
    return next((character.islower() for character in text if character.isalpha()), False)
