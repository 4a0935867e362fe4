"""What an actor said, as a line to show: in quotation marks only what the text has in quotation marks."""

from __future__ import annotations

from personae.model import Article, Quote
from personae.view.i18n.catalogue import Catalogue

_OPENING = frozenset("“”\"„«»‹›‘‚'「『《")
_JOINTS = " ,،、，"  # what joins the words to "he said"


def quotation_line(article: Article, quote: Quote, words: Catalogue) -> str:
    """Return “We counted.”, or "said: they had counted" for words that the text only reports."""
    inner = quote.text.rstrip(_JOINTS)
    if is_direct(article, quote):
        return words.text("direct_words", words=inner)
    return words.text("reported_words", cue=quote.cue, words=inner)


def is_direct(article: Article, quote: Quote) -> bool:
    """Return whether the words stand in quotation marks, with or without a space after the opening one."""
    before = article.text[max(quote.start - 2, 0) : quote.start].rstrip()
    return before[-1:] in _OPENING
