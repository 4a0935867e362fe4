"""Did the page hold the whole story, or a preview of it?

Publishers declare a story as paid for both readers: the one who sees a paragraph and a gate, and the
subscriber who sees it all. So a declaration alone decides nothing; how much text there is, how it
ends and whether a gate stood at its end do.
"""

from __future__ import annotations

import re

from personae.model import Access
from personae.page.metadata import Metadata

_WORD = re.compile(r"\w+")
# Scripts that are written without spaces: characters are counted, two to a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_CUT = re.compile(r"(?:\u2026|\.{3}|\[(?:\u2026|\.{3})\])[\"'”’»)\]]*$")
_ENDED = re.compile(r"[.!?。！？…:;।؟۔][\"'“”‘’«»„)\]]*$")
_COMPLETE, _FRAGMENT = 0.75, 0.6
_SHORT, _VERY_SHORT = 250, 120


def assess(text: str, metadata: Metadata, gateway: bool) -> tuple[Access, str | None]:  # noqa: FBT001
    """Return ("full", None), or "preview" and a short sentence that says what tells so.

    text: the article's paragraphs, joined by blank lines; gateway: a block that sells or asks to log
    in stood at its end. The order is from the surest evidence to the weakest.
    """
    words = count_words(text)
    share = _share(words, metadata)
    if not words:
        return "preview", "The page held no text of the article."
    if share is not None and share >= _COMPLETE:
        return "full", None
    paid = metadata.is_accessible_for_free is False
    cut = _is_cut(text)
    if share is not None and share < _FRAGMENT and (paid or gateway or cut):
        return "preview", f"The page held about {words} of the {_stated(metadata)} words that it declares."
    if gateway and paid and words < _SHORT:
        return "preview", "The publisher marks the story as paid, and the text ends at a subscription prompt."
    if gateway and cut:
        return "preview", "The text breaks off at a subscription prompt."
    if paid and cut and words < _SHORT:
        return "preview", "The publisher marks the story as paid, and the text breaks off."
    if paid and words < _VERY_SHORT:
        return "preview", "The publisher marks the story as paid, and only its beginning is on the page."
    if gateway and words < _VERY_SHORT:
        return "preview", "Only a few sentences stand before a subscription prompt."
    return "full", None


def count_words(text: str) -> int:
    """Count words; in scripts without spaces, two characters count as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def _stated(metadata: Metadata) -> int:
    """How many words the page says the article has; 0 when it does not say."""
    body = count_words(metadata.article_body) if metadata.article_body else 0
    return max(body, metadata.word_count or 0)


def _share(words: int, metadata: Metadata) -> float | None:
    """The share of the declared words that the text has; None when nothing plausible is declared."""
    stated = _stated(metadata)
    return words / stated if stated >= _VERY_SHORT else None


def _is_cut(text: str) -> bool:
    """Whether the last paragraph breaks off: an ellipsis, or a sentence without its end."""
    last = text.rstrip().rpartition("\n\n")[2].strip()
    return bool(_CUT.search(last)) or (count_words(last) > 7 and not _ENDED.search(last))  # noqa: PLR2004
