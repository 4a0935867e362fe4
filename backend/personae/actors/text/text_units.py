"""The texts to look at: title, standfirst and each paragraph, without datelines, ready for the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from personae.model import MentionField

# Same length, so that offsets hold: the model learnt from typewriter quotes.
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "\xa0": " ", "\u202f": " "}
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# "MOSCOW —", "PARIS (Agency) —", "NEW YORK, May 3 (Agency) -", "Kathmandu (Agency) -", "(Agency) --".
_DATELINE = re.compile(
    r"""(?: [A-Z][\w.'’/-]+ (?:[ ,]\ ?[A-Z][\w.'’/-]*){0,5} (?:,?\ \d{1,2})? (?:,\ \d{4})? \ ?
            \( [^)\n]{2,40} \) \ ?(?:[—–-]|--)+ \ ?
        |   [A-ZÀ-Þ][A-ZÀ-Þ.'’/-]+ (?:,?\ [A-ZÀ-Þ][\w.'’/-]*){0,4} (?:,?\ \d{1,2})? \ ?(?:[—–]|\ -|--) \ ?
        |   \( [A-Z][^)\n]{1,39} \) \ ?(?:[—–-]|--)+ \ ?
        )""",
    re.VERBOSE,
)
_MOSTLY = 0.7
_FEW_LETTERS = 12
_SHORT_WORD = 3


@dataclass(frozen=True)
class Block:
    """One text of the article.

    offset: where the block begins in its field, in code points.
    paragraph: index in the text's paragraphs, else None.
    """

    field: MentionField
    text: str
    offset: int = 0
    paragraph: int | None = None

    @cached_property
    def body_start(self) -> int:
        """Where the text begins after a dateline, which names a place and no actor."""
        match = _DATELINE.match(self.text) if self.field == "text" else None
        return match.end() if match else 0

    @cached_property
    def plain(self) -> str:
        """The text as the model reads it, of the same length: plain quotes, no dateline, no capitals.

        Half of a surrogate pair, which no encoding takes, becomes a question mark.
        """
        text = _SURROGATE.sub("?", self.text.translate(_PLAIN))
        if self.is_capitals:
            text = re.sub(r"[^\W\d_]{2,}", _lower_rest, text)
        return " " * self.body_start + text[self.body_start :]

    @cached_property
    def is_capitals(self) -> bool:
        """Most letters are capitals: a heading, in which case says nothing."""
        large, small = sum(map(str.isupper, self.text)), sum(map(str.islower, self.text))
        return large + small > _FEW_LETTERS and large > _MOSTLY * (large + small)

    @cached_property
    def is_heading_case(self) -> bool:
        """Most words begin with a capital, as in an English headline; a list of names ends in a full stop."""
        if self.field == "text" and self.text.rstrip("\"”’')] ").endswith((".", "!", "?")):
            return False
        words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", self.text) if len(w) > _SHORT_WORD]
        return len(words) > _SHORT_WORD and sum(w[0].isupper() for w in words) > _MOSTLY * len(words)


def _lower_rest(match: re.Match[str]) -> str:
    word = match[0]
    lower = word[1:].lower()
    return word[0] + lower if len(lower) == len(word) - 1 else word


def text_blocks(*, title: str, standfirst: str, text: str) -> list[Block]:
    """Cut an article into its blocks, in reading order; empty ones are left out."""
    found = [Block("title", title), Block("standfirst", standfirst)]
    offset = 0
    for index, paragraph in enumerate(text.split("\n\n")):
        found.append(Block("text", paragraph, offset, index))
        offset += len(paragraph) + 2
    return [block for block in found if block.text.strip()]
