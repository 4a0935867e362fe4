"""How right given quotations are, against those annotated; the package tells the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from personae import Actor

from .annotations import Annotated, Article, Kind, Span

HALF = 0.5
MARKS = "“\"‘'„«"

Fault = Literal["wrong", "extent", "missed"]


@dataclass(frozen=True)
class Given:
    """A quotation as found: whose it is, and the code points start to end (exclusive) of the text."""

    kind: Kind
    span: Span
    actor: Actor


@dataclass(frozen=True)
class Mistake:
    """One that is wrong or missed; speaker: to whom it was given, or whose it is.

    fault: "extent" when it overlaps an annotated one of its speaker, and is merely too long or too short.
    """

    article: str
    fault: Fault
    kind: Kind
    span: Span
    speaker: str


@dataclass
class Tally:
    """right of given, found of wanted."""

    right: int = 0
    given: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float | None:
        """The share of those given that is right; None when none is given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """The share of those wanted that is found; None when none is wanted."""
        return self.found / self.wanted if self.wanted else None


@dataclass
class Scores:
    """The figures of a set of articles, and every mistake in them."""

    direct: Tally = field(default_factory=Tally)
    indirect: Tally = field(default_factory=Tally)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def overall(self) -> Tally:
        """Both kinds together."""
        a, b = self.direct, self.indirect
        return Tally(a.right + b.right, a.given + b.given, a.found + b.found, a.wanted + b.wanted)

    def add(self, article: Article, actors: Iterable[Actor]) -> None:
        """Count what was found in one article."""
        given = given_in(article, actors)
        for one in given:
            right = [q for q in article.quotations if is_right(article, q, one)]
            if right and all(q.optional for q in right):
                continue
            self._tally(one.kind).given += 1
            self._tally(one.kind).right += bool(right)
            if not right:
                fault: Fault = "extent" if _is_part(article, one) else "wrong"
                self.mistakes.append(Mistake(article.id, fault, one.kind, one.span, one.actor.name))
        for quotation in article.quotations:
            if quotation.optional or not quotation.speakers:
                continue
            found = any(is_right(article, quotation, one) for one in given)
            self._tally(quotation.kind).wanted += 1
            self._tally(quotation.kind).found += found
            if not found:
                speaker = " or ".join(quotation.speakers)
                self.mistakes.append(
                    Mistake(article.id, "missed", quotation.kind, quotation.spans[0], speaker)
                )

    def _tally(self, kind: Kind) -> Tally:
        return self.direct if kind == "direct" else self.indirect


def given_in(article: Article, actors: Iterable[Actor]) -> list[Given]:
    """Return the actors' quotations, each with its kind, in reading order."""
    given = [
        Given(
            "direct" if article.text[max(0, q.start - 1) : q.start] in tuple(MARKS) else "indirect",
            (q.start, q.end),
            actor,
        )
        for actor in actors
        for q in actor.quotes
    ]
    return sorted(given, key=lambda one: one.span)


def is_right(article: Article, quotation: Annotated, given: Given) -> bool:
    """Return True if a given quotation is the annotated one, with one of its speakers."""
    return any(_alike(span, given.span) for span in quotation.spans) and any(
        _same(article, speaker, given.actor) for speaker in quotation.speakers
    )


def _is_part(article: Article, given: Given) -> bool:
    """Return True if a wrong one overlaps its speaker's words, and is not as a whole somebody else's."""
    if any(_alike(span, given.span) for quotation in article.quotations for span in quotation.spans):
        return False
    return any(
        span[0] < given.span[1] and given.span[0] < span[1] and _same(article, speaker, given.actor)
        for quotation in article.quotations
        for span in quotation.spans
        for speaker in quotation.speakers
    )


def _alike(a: Span, b: Span) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared >= HALF * max(a[1] - a[0], b[1] - b[0])


def _same(article: Article, speaker: str, actor: Actor) -> bool:
    ours = _canonical(article.names[speaker])
    if _canonical([actor.name]) <= ours:
        return True
    others = [names for other, names in article.names.items() if other != speaker]
    if any(_canonical([actor.name]) <= _canonical(names) for names in others):
        return False
    return bool(ours & _canonical(actor.aliases))


def _canonical(names: Sequence[str]) -> set[str]:
    """Return names in lower case, without article, as they are compared."""
    return {name.lower().removeprefix("the ") for name in names}
