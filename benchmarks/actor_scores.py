"""How right the actors found in annotated articles are, with all that is said of them.

An annotated folder holds one JSON file an article, as tests/actors/stories/README.md describes. Actors
found are paired one to one with those annotated, by shared aliases, most shared first. Precision and
recall are over all articles together; R-precision, the share of the n key actors among the first n found,
is averaged over the articles that have key actors. A role is right when it shares half of its words with
the annotated one (Dice). A quotation is right when it is its speaker's and covers half of the annotated
characters and the reverse.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from personae.model import Actor

HALF = 0.5
Span = tuple[int, int]


@dataclass(frozen=True)
class QuoteSpan:
    """Where a quotation stands: code points start to end (exclusive) of the article's text."""

    start: int
    end: int


@dataclass(frozen=True)
class Agent:
    """An actor as annotated or as found."""

    name: str
    type: str
    key: bool
    aliases: tuple[str, ...]
    role: str | None = None
    quotes: tuple[QuoteSpan, ...] = ()

    @classmethod
    def of(cls, actor: Actor) -> Agent:
        """Return an actor that Personae found, as the scores compare it."""
        quotes = tuple(QuoteSpan(quote.start, quote.end) for quote in actor.quotes)
        return cls(actor.name, actor.type, actor.key, actor.aliases, actor.role, quotes)


@dataclass(frozen=True)
class Story:
    """An annotated article, its actors in order of importance."""

    id: str
    title: str
    text: str
    agents: tuple[Agent, ...]


def read_folder(folder: Path) -> list[Story]:
    """Read the annotated articles of a folder, in order of their names.

    Raises KeyError or ValueError when a file is not as it should be.
    """
    return [read_story(path) for path in sorted(folder.glob("*.json"))]


def read_story(path: Path) -> Story:
    """Read one annotated article."""
    data = json.loads(path.read_text(encoding="utf-8"))
    quotes: dict[str, list[QuoteSpan]] = {}
    for quote in data.get("quotes", ()):
        quotes.setdefault(quote["speaker"], []).append(QuoteSpan(quote["start"], quote["end"]))
    agents = tuple(
        Agent(
            a["name"], a["type"], a["key"], tuple(a["aliases"]), a["role"], tuple(quotes.pop(a["name"], ()))
        )
        for a in data["actors"]
    )
    if quotes:
        raise ValueError(f"{path.name}: no actor is called {', '.join(quotes)}")
    return Story(path.stem, data["title"], data["text"], agents)


@dataclass
class Rate:
    """Right answers, answers given and answers wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, right: int, given: int, wanted: int) -> None:
        """Count one article."""
        self.right += right
        self.given += given
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """The share of the given that is right; 0 when nothing is given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The share of the wanted that is given."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.given + self.wanted) if self.right else 0.0


@dataclass
class Scores:
    """The figures of a set of articles."""

    actor: Rate = field(default_factory=Rate)
    key: Rate = field(default_factory=Rate)
    alias: Rate = field(default_factory=Rate)
    mention: Rate = field(default_factory=Rate)
    quote: Rate = field(default_factory=Rate)
    types: list[bool] = field(default_factory=list)
    roles: list[bool] = field(default_factory=list)
    r_precisions: list[float] = field(default_factory=list)
    wrong_roles: int = 0
    given_roles: int = 0

    @property
    def type(self) -> float:
        """The share of the actors found whose type is right."""
        return _mean(self.types)

    @property
    def role(self) -> float:
        """The share of the roles annotated, of actors found, that are right."""
        return _mean(self.roles)

    @property
    def role_precision(self) -> float:
        """The share of the roles given to annotated actors that are right."""
        return 1 - self.wrong_roles / self.given_roles if self.given_roles else 0.0

    @property
    def r_precision(self) -> float:
        """The mean share of key actors among the first, over the articles that have some."""
        return _mean(self.r_precisions)

    @property
    def figures(self) -> dict[str, float]:
        """Every figure by its name, as tests hold them to a floor."""
        return {
            "actor": self.actor.f1,
            "actor_precision": self.actor.precision,
            "key": self.key.f1,
            "r_precision": self.r_precision,
            "alias": self.alias.f1,
            "mention": self.mention.f1,
            "type": self.type,
            "role": self.role,
            "role_precision": self.role_precision,
            "quote_precision": self.quote.precision,
            "quote_recall": self.quote.recall,
        }

    def add(self, story: Story, found: Sequence[Agent]) -> None:
        """Count one article; found: most important first."""
        wanted = story.agents
        pairs = pair(wanted, found)
        self.actor.add(len(pairs), len(found), len(wanted))
        key = [i for i, agent in enumerate(wanted) if agent.key]
        self.key.add(
            sum(i in pairs and found[pairs[i]].key for i in key), sum(a.key for a in found), len(key)
        )
        if key:
            self.r_precisions.append(sum(pairs.get(i, len(found)) < len(key) for i in key) / len(key))
        for i, j in pairs.items():
            self._add_pair(wanted[i], found[j])
        text = f"{story.title}\n\n{story.text}"
        self._add_mentions(mentions(text, wanted), mentions(text, found), pairs)
        self._add_quotes(wanted, found, pairs)

    def _add_pair(self, wanted: Agent, found: Agent) -> None:
        ours, theirs = {canonical(a) for a in found.aliases}, {canonical(a) for a in wanted.aliases}
        self.alias.add(len(ours & theirs), len(ours), len(theirs))
        self.types.append(wanted.type == found.type)
        right = same_words(wanted.role, found.role)
        if wanted.role:
            self.roles.append(right)
        if found.role:
            self.given_roles += 1
            self.wrong_roles += not right

    def _add_mentions(
        self, wanted: Mapping[Span, int], found: Mapping[Span, int], pairs: Mapping[int, int]
    ) -> None:
        back = {j: i for i, j in pairs.items()}
        right = sum(
            any(start < e and s < end and back.get(j) == i for (s, e), i in wanted.items())
            for (start, end), j in found.items()
        )
        self.mention.add(right, len(found), len(wanted))

    def _add_quotes(self, wanted: Sequence[Agent], found: Sequence[Agent], pairs: Mapping[int, int]) -> None:
        back = {j: i for i, j in pairs.items()}
        right = 0
        for j, agent in enumerate(found):
            annotated = wanted[back[j]].quotes if j in back else ()
            right += sum(any(_same_quote(ours, theirs) for theirs in annotated) for ours in agent.quotes)
        self.quote.add(right, sum(len(a.quotes) for a in found), sum(len(a.quotes) for a in wanted))


def pair(wanted: Sequence[Agent], found: Sequence[Agent]) -> dict[int, int]:
    """Return which annotated actor is which of those found: number -> number."""
    candidates = []
    for i, ours in enumerate(wanted):
        names = {canonical(alias) for alias in ours.aliases}
        for j, theirs in enumerate(found):
            shared = len(names & {canonical(alias) for alias in (*theirs.aliases, theirs.name)})
            if shared:
                candidates.append((shared, canonical(ours.name) == canonical(theirs.name), -j, i, j))
    pairs: dict[int, int] = {}
    for *_, i, j in sorted(candidates, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def canonical(name: str) -> str:
    """Return a name without article and possessive, in lower case."""
    name = re.sub(r"[’']s?$", "", name.strip().replace("’", "'"))
    return re.sub(r"\s+", " ", re.sub(r"^the ", "", name, flags=re.IGNORECASE)).lower()


def mentions(text: str, agents: Iterable[Agent]) -> dict[Span, int]:
    """Return where each actor is named, longest aliases first: span -> number of the actor."""
    aliases = sorted(
        ((alias, number) for number, agent in enumerate(agents) for alias in agent.aliases if alias),
        key=lambda row: -len(row[0]),
    )
    taken = bytearray(len(text))
    found: dict[Span, int] = {}
    for alias, number in aliases:
        for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found[start, end] = number
    return found


def same_words(wanted: str | None, given: str | None) -> bool:
    """Return whether two phrases share at least half of their words."""
    a, b = (Counter(re.findall(r"\w+", (phrase or "").lower())) for phrase in (wanted, given))
    total = len(a) + len(b)
    return bool(a and b) and 2 * len(a.keys() & b.keys()) / total >= HALF


def _same_quote(a: QuoteSpan, b: QuoteSpan) -> bool:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared >= HALF * max(a.end - a.start, b.end - b.start)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
