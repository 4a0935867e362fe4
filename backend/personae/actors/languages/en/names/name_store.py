"""The names of an article while they are gathered: per block, sorted, without overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from personae.actors.text.found_names import Kind
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block


class NameStore:
    """Names per block, without overlap, each with a label of the model's kind.

    labels: how often each string has each label, once they are counted (repetition.py).
    settled: the kind of strings of which the text itself says what they name.
    titled: strings that are a title and a name, though the title could be a name as well.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.rows: list[list[tuple[int, int, str]]] = [[] for _ in blocks]
        self.labels: dict[str, Counter[str]] = defaultdict(Counter)
        self.settled: dict[str, Kind] = {}
        self.titled: set[str] = set()

    def add(self, number: int, start: int, end: int, label: str) -> None:
        """Add a name after the last one of its block."""
        self.rows[number].append((start, end, label))

    def put(self, number: int, start: int, end: int, label: str) -> None:
        """Add a name and drop those it covers."""
        row, over = self.rows[number], self.over(number, start, end)
        self.rows[number] = [*row[: over.start], (start, end, label), *row[over.stop :]]

    def over(self, number: int, start: int, end: int) -> range:
        """Return the places in a block's row of the names that overlap what is between start and end."""
        row = self.rows[number]
        first = bisect_right(row, start, key=lambda name: name[1])
        return range(first, max(first, bisect_left(row, (end,))))

    def is_free(self, number: int, start: int, end: int) -> bool:
        """Return whether no name stands between start and end."""
        row = self.rows[number]
        i = bisect_left(row, (end,))
        return all(other_end <= start for _, other_end, _ in row[max(0, i - 2) : i])

    def items(self) -> Iterator[tuple[str, int, int, str]]:
        """Yield each name: the text of its block, start to end (exclusive) in it, and its label."""
        for block, row in zip(self.blocks, self.rows, strict=True):
            for start, end, label in row:
                yield block.text, start, end, label

    def labelled(self, label: str) -> set[str]:
        """Return the strings that have a label somewhere."""
        return {normal(text[start:end]) for text, start, end, found in self.items() if found == label}

    def relabel(self, label: str, names: Collection[str]) -> None:
        """Give a label to every name that is among these."""
        for number, row in enumerate(self.rows if names else ()):
            text = self.blocks[number].text
            self.rows[number] = [
                (start, end, label if normal(text[start:end]) in names else old) for start, end, old in row
            ]

    def settle(self, kind: Kind, label: str, names: Collection[str]) -> None:
        """Give a label to every name that is among these, and a kind that no vote changes."""
        self.relabel(label, names)
        self.settled |= dict.fromkeys(names, kind)
