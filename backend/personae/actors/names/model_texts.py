"""Texts as a model can read them: no piece too long, and nothing in it that no language calls a word.

A tokenizer tries its patterns at every sign of what stands between two spaces: a rule of eight thousand
equals signs takes it as long as a hundred stories. What is so long holds no name. Offsets stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from personae.actors.text.scripts import HANGUL, UNSPACED

LONGEST_PIECE = 100_000  # characters; spaCy's models refuse more than a million
_LONGEST_WORD = 100
_NO_WORD = re.compile(rf"[^\s{UNSPACED}{HANGUL}]{{{_LONGEST_WORD + 1},}}")
_SPACE = re.compile(r"\s")
T = TypeVar("T")


def readable(text: str) -> str:
    """Return a text of the same length with spaces in place of what is too long to be a word."""
    return _NO_WORD.sub(lambda match: " " * len(match[0]), text)


def pieces(text: str) -> list[tuple[int, str]]:
    """Return a text in pieces, each with its offset; it is cut at a space where there is one."""
    found: list[tuple[int, str]] = []
    start = 0
    while len(text) - start > LONGEST_PIECE:
        end = start + LONGEST_PIECE
        space = next((i for i in range(end, start + LONGEST_PIECE // 2, -1) if text[i].isspace()), end)
        found.append((start, text[start:space]))
        start = space
    found.append((start, text[start:]))
    return found


def in_pieces(texts: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return all pieces of some texts as a model can read them: number of the text, offset, piece."""
    return [
        (number, offset, piece)
        for number, text in enumerate(texts)
        for offset, piece in pieces(readable(text))
    ]


def by_text(
    number_of_texts: int, rows: Iterable[tuple[int, int, str]], found: Iterable[Sequence[T]]
) -> list[list[tuple[int, T]]]:
    """Return for each text what was found in its pieces, each with the offset of the piece."""
    gathered: list[list[tuple[int, T]]] = [[] for _ in range(number_of_texts)]
    for (number, offset, _), row in zip(rows, found, strict=True):
        gathered[number] += [(offset, one) for one in row]
    return gathered
