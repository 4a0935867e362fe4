"""A paragraph as the speakers of its quotations are sought in it: masked, its sentences and names known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from personae.actors.languages.en.words.sentences import sentence_breaks
from personae.actors.text.text_units import Block
from personae.model import ActorType


@dataclass(frozen=True, slots=True)
class Named:
    """A mention within a block: characters start to end (exclusive), and the number of its actor."""

    start: int
    end: int
    actor: int
    type: ActorType


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker's number, and the cue that says so."""

    actor: int
    cue: str


@dataclass
class Passage:
    """One paragraph to be searched for speakers.

    text: with its quotations masked, of the same length; named: in order; before: who the paragraph before
    names, and previous: its text, masked; spoke: its only speaker; pronouns: of actors, as far as known;
    titles: what one actor alone is called, in lower case.
    """

    block: Block
    text: str
    named: Sequence[Named]
    before: Sequence[Named] = ()
    spoke: int | None = None
    pronouns: dict[int, str] = field(default_factory=dict)
    titles: Mapping[str, int] = field(default_factory=dict)
    previous: str = ""

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        """Where sentences end and the next begin."""
        return sentence_breaks(self.text)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the sentence around start to end."""
        before = bisect_right(self._ends, start, key=lambda pair: pair[1])
        after = bisect_left(self._ends, end, key=lambda pair: pair[0])
        first = self._ends[before - 1][1] if before else 0
        return first, self._ends[after][0] if after < len(self._ends) else len(self.text)

    def within(self, start: int, end: int) -> list[Named]:
        """Return the mentions between start and end."""
        first = bisect_left(self.named, start, key=lambda n: n.start)
        last = bisect_right(self.named, end, key=lambda n: n.end)
        return list(self.named[first:last])
