"""In which language and direction the text is written: what the page says, checked against the text."""

from __future__ import annotations

import unicodedata
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from personae.model import Direction

_SAMPLE = 1500
# So much is enough to agree with what the page says; the identifier takes time by the character.
_FIRST_SAMPLE = 500
_ENOUGH_TO_TELL = 40
_ENOUGH_TO_CONTRADICT = 400
_CONFIDENT = 0.999
_LIKELY = 0.5
# Pairs that the identifier takes for each other: the page's own word stands.
_CLOSE = (
    {"no", "nb", "nn", "da"},
    {"hr", "sr", "bs", "sh"},
    {"cs", "sk"},
    {"id", "ms"},
    {"es", "gl", "pt"},
    {"zu", "xh", "ss", "nr"},
    {"hi", "mr", "ne"},
)


def language_of(text: str, stated: str | None) -> str | None:
    """Return the language of a text as a lower-case tag.

    stated: what the page says; it stands unless a long text contradicts it beyond doubt.
    """
    sample = text[:_SAMPLE]
    if len(sample) < (_ENOUGH_TO_CONTRADICT if stated else _ENOUGH_TO_TELL):
        return stated
    primary = stated.split("-")[0] if stated else ""
    if primary == _identifier().classify(sample[:_FIRST_SAMPLE])[0]:
        return stated
    found, confidence = _identifier().classify(sample)
    if not stated:
        return str(found) if confidence > _LIKELY else None
    if found == primary or confidence < _CONFIDENT or any({found, primary} <= pair for pair in _CLOSE):
        return stated
    return str(found)


def direction_of(text: str, stated: Direction) -> Direction:
    """Return the direction that most letters of a text have; `stated` when it has no letters."""
    kinds = [unicodedata.bidirectional(c) for c in text[:_SAMPLE]]
    right = sum(kind in ("R", "AL") for kind in kinds)
    left = kinds.count("L")
    if not right and not left:
        return stated
    return "rtl" if right > left else "ltr"


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
