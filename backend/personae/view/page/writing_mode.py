"""How a script is set: whether its lines may be vertical, and which numbers then stand upright."""

from __future__ import annotations

import re
from typing import Literal

from markupsafe import Markup

from personae.model import Article

Vertical = Literal["rl", "lr"]

# Written in vertical lines as well as in horizontal ones.
_EAST_ASIAN = frozenset(("ja", "ko", "zh"))
_MONGOLIAN = range(0x1800, 0x18B0)
_SAMPLE = 5000  # code points that tell a text's script

# One or two figures, or two signs, that are no part of a longer number, of a word or of a character's code.
_SHORT = re.compile(
    r"(?<![0-9A-Za-z+-])(?<![0-9][.,:/])(?<!&#)[0-9]{1,2}(?![0-9A-Za-z%])(?![.,:/+-][0-9])"
    r"|(?<![!?])[!?]{2}(?![!?])"
)


def vertical(article: Article) -> Vertical | None:
    """Return in which order vertical lines of this article follow each other; None when it has no such lines.

    "rl": from the right, as East Asian languages are written; "lr": from the left, where most letters of the
    text are of the Mongolian script, whatever the language is said to be.
    """
    letters = [c for c in (article.text[:_SAMPLE] or article.title) if c.isalpha()]
    if 2 * sum(ord(c) in _MONGOLIAN for c in letters) > len(letters):
        return "lr"
    return "rl" if (article.language or "").partition("-")[0] in _EAST_ASIAN else None


def with_upright_numbers(text: Markup) -> Markup:
    """Wrap each number of one or two figures in an element that stands upright in a vertical line (縦中横).

    text: of an element, without tags.
    """
    return Markup(_SHORT.sub(r'<span class="upright">\g<0></span>', str(text)))  # noqa: S704 - it was HTML
