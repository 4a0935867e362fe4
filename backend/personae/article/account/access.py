"""Whether the page held the whole story, or a preview of it.

Publishers declare a story as paid for both readers: the one who sees a paragraph and a gate, and the
subscriber who sees it all. So a declaration alone decides nothing; how much text there is, how it
ends and whether a gate stood at its end do.
"""

from __future__ import annotations

import re

from personae.article.account.reasons import Reason
from personae.markup.sentences import ENDS_CUT, ENDS_WHOLE
from personae.markup.text import word_key
from personae.model import Access
from personae.page.metadata.metadata import Metadata

_WORD = re.compile(r"\w+")
# Scripts that are written without spaces: characters are counted, two to a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026.
# From the first share of the declared words on a story is all there, below the second one a piece of it.
_COMPLETE, _FRAGMENT = 0.75, 0.6
# Words below which a text is short, and too few to be a story.
_SHORT, _VERY_SHORT = 250, 120
# A last line of at most so many words may be a label, which ends without a sign.
_LABEL_WORDS = 7
# In how many last paragraphs the end of the declared body is looked for, by how many last characters of each,
# in how many of the body's.
_LAST_PARAGRAPHS, _ENDING_CHARACTERS, _END_CHARACTERS = 3, 40, 240


def assess(text: str, metadata: Metadata, gateway: bool) -> tuple[Access, str | None]:  # noqa: FBT001
    """Return ("full", None), or "preview" and a short sentence that says why.

    text: the article's paragraphs, joined by blank lines; gateway: a block that sells or asks to log
    in stood at its end. The order is from the surest evidence to the weakest.
    """
    words = count_words(text)
    stated = _stated(metadata)
    share = words / stated if stated >= _VERY_SHORT else None
    if words and ((share is not None and share >= _COMPLETE) or _reaches_end(text, metadata.article_body)):
        return "full", None
    paid = metadata.is_accessible_for_free is False
    cut = _is_cut(text)
    fragment = share is not None and share < _FRAGMENT
    evidence = (
        (not words, Reason.NO_TEXT),
        (fragment and (paid or gateway or cut), Reason.DECLARED),
        (gateway and paid and words < _SHORT, Reason.PAID_PROMPT),
        (gateway and cut, Reason.BREAKS_PROMPT),
        (paid and cut and words < _SHORT, Reason.PAID_BREAKS),
        (paid and words < _VERY_SHORT, Reason.PAID_BEGINNING),
        (gateway and words < _VERY_SHORT, Reason.FEW_SENTENCES),
    )
    reason = next((why for holds, why in evidence if holds), None)
    return ("preview", reason.sentence(words=words, stated=stated)) if reason else ("full", None)


def count_words(text: str) -> int:
    """Count words; in scripts without spaces, two characters count as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def _stated(metadata: Metadata) -> int:
    """Return how many words the page says the article has; 0 when it does not say."""
    body = count_words(metadata.article_body) if metadata.article_body else 0
    return max(body, metadata.word_count or 0)


def _reaches_end(text: str, article_body: str | None) -> bool:
    """Return whether one of the last paragraphs is where the declared body ends."""
    if not article_body:
        return False
    end = word_key(article_body)[-_END_CHARACTERS:]
    endings = (
        word_key(paragraph)[-_ENDING_CHARACTERS:] for paragraph in text.split("\n\n")[-_LAST_PARAGRAPHS:]
    )
    return any(len(ending) == _ENDING_CHARACTERS and ending in end for ending in endings)


def _is_cut(text: str) -> bool:
    """Return whether the last paragraph breaks off: an ellipsis, or a sentence without its end."""
    last = text.rstrip().rpartition("\n\n")[2].strip()
    return bool(ENDS_CUT.search(last)) or (count_words(last) > _LABEL_WORDS and not ENDS_WHOLE.search(last))
