"""Every extractor reads every page, in turn, so that all share the machine's moods."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .metric import Overlap, f1_precision_recall, tokens
from .pages import Page
from .peers import Peer, Reading

WARM_UP = 3  # pages


@dataclass(slots=True)
class Score:
    """How one extractor did, page by page.

    seconds: the fastest round of each page; failures: name of the page -> why there is no text.
    """

    peer: Peer
    overlaps: list[Overlap] = field(default_factory=list)
    matches: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    def add(self, page: Page, readings: Sequence[Reading]) -> None:
        """Add one page, read once in each round; its text is the last round's."""
        last = readings[-1]
        self.overlaps.append(Overlap.between(page.gold, last.text))
        self.matches.append(tokens(page.gold) == tokens(last.text))
        self.seconds.append(min(reading.seconds for reading in readings))
        if not last.text:
            self.failures[page.name] = last.error or "found no article"

    @property
    def f1_precision_recall(self) -> tuple[float, float, float]:
        """F1, precision, recall, over all pages."""
        return f1_precision_recall(self.overlaps)

    @property
    def exact(self) -> float:
        """The share of pages whose tokens are all the same."""
        return statistics.mean(self.matches)

    @property
    def median(self) -> float:
        """Seconds for the median page."""
        return statistics.median(self.seconds)


def warm_up(peers: Sequence[Peer], pages: Sequence[Page]) -> None:
    """Read a few pages off the clock, so that tables are loaded, patterns and code compiled."""
    for page in pages[:WARM_UP]:
        for peer in peers:
            peer.read(page)


def compare(peers: Sequence[Peer], pages: Iterable[Page], *, rounds: int) -> list[Score]:
    """Let every peer read every page, `rounds` times in turn."""
    scores = [Score(peer) for peer in peers]
    for page in pages:
        turns = [[peer.read(page) for peer in peers] for _ in range(rounds)]
        for score, readings in zip(scores, zip(*turns, strict=True), strict=True):
            score.add(page, readings)
    return scores
