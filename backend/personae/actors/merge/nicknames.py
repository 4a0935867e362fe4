"""Nicknames and insults: what the text puts in quotation marks, beside the name of whom it means."""

from __future__ import annotations

from collections.abc import Sequence

from personae.actors.merge.same_person import Joined
from personae.actors.text.found_names import Name
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block

NICKNAME = "nickname in quotation marks"
_OPENING = frozenset("“\"‘'„«")
_CLOSING = frozenset("”\"’'“»")


def nicknames(blocks: Sequence[Block], names: Sequence[Name]) -> Joined:
    """Join "Prada Dora", which stands in quotation marks only, to Dora, whom the text names so elsewhere.

    names: of people, in reading order.
    """
    texts = dict.fromkeys(normal(name.text) for name in names)
    plain = {normal(name.text) for name in names if not _is_quoted(blocks[name.block].text, name)}
    joined: Joined = {}
    for text in texts:
        parts = text.split() if text not in plain else []
        own = next((end for i in range(1, len(parts)) if (end := " ".join(parts[i:])) in plain), None)
        if own is not None:
            joined[text] = own, NICKNAME
    return joined


def _is_quoted(text: str, name: Name) -> bool:
    return text[name.start - 1 : name.start] in _OPENING and text[name.end : name.end + 1] in _CLOSING


def holds_nickname(name: str) -> bool:
    """Return whether a nickname stands in quotation marks within a name: "Tom “Tank” Hill"."""
    return any(word[0] in _OPENING and word[-1] in _CLOSING for word in name.split())
