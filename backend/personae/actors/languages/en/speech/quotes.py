"""Who said what: the quotations of an article, each with the speaker that its sentence names.

A quotation that goes on in the next paragraph (which then begins with an opening mark, while the one before
has no closing one) is the same speaker's, and so is one that follows an attributed one in its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from personae.actors.languages.en.speech.passage import Attribution, Named, Passage
from personae.actors.languages.en.speech.referents import pronoun_of
from personae.actors.languages.en.speech.reports import reported
from personae.actors.languages.en.speech.speakers import after, before, put_by, stated
from personae.actors.languages.en.words.sentences import without_abbreviations
from personae.actors.merge.cluster import Cluster
from personae.actors.text.punctuation import MASK
from personae.actors.text.text_units import Block
from personae.model import Quote

MIN_WORDS = 3  # shorter ones are words in inverted commas
# The marks “…”, "…" and ‘…’; without the closing one, up to the end of the paragraph.
_QUOTED = re.compile(r"“([^“”]+)(?:”|$)|(?<![\w\"])\"([^\"]+)(?:\"(?!\w)|$)|(?<![\w’])‘([^‘]+?[,.?!])’(?!\w)")
# What may stand between two parts of one speaker's words: one sentence at most.
_ATTRIBUTION = re.compile(r"[^.!?]{0,140}[.,!?:]? ?")


@dataclass(slots=True)
class Quotation:
    """Words in quotation marks: start to end (exclusive) without the marks, left to right with them."""

    left: int
    start: int
    end: int
    right: int
    closed: bool
    attribution: Attribution | None = None


def quotes(
    blocks: Sequence[Block], actors: Sequence[Cluster], roles: Sequence[str | None] = ()
) -> list[list[Quote]]:
    """Return each actor's quotations, in reading order; offsets count code points of the article's text.

    roles: what the text says that each actor is, so that "the minister said" can be resolved.
    """
    rows: list[list[Quote]] = [[] for _ in actors]
    named: dict[int, list[Named]] = {}
    for number, actor in enumerate(actors):
        for name in actor.names:
            named.setdefault(name.block, []).append(Named(name.start, name.end, number, actor.type))
    people = frozenset(n for n, actor in enumerate(actors) if actor.type == "person")
    pronouns = {n: actor.gender for n, actor in enumerate(actors) if actor.gender}
    reading = _Reading(_titles(roles), people, pronouns)
    for index, block in enumerate(blocks):
        if block.field == "text":
            reading.read(block, sorted(named.get(index, ()), key=lambda n: n.start))
    for block, start, end, attribution in reading.spans():
        text = block.text[start:end]
        rows[attribution.actor].append(Quote(block.offset + start, block.offset + end, text, attribution.cue))
    for row in rows:
        row.sort(key=lambda quote: quote.start)
    return rows


class _Reading:
    """What is known while the paragraphs are read in turn.

    named: by the paragraph before, outside its quotations; text: that paragraph, masked; spoke: its only
    speaker, where it names nobody else; unclosed: the parts of a quotation that goes on in the next one.
    """

    def __init__(self, titles: dict[str, int], people: frozenset[int], pronouns: dict[int, str]) -> None:
        self.titles = titles
        self.people = people
        self.pronouns = pronouns
        self.named: Sequence[Named] = ()
        self.text = ""
        self.spoke: int | None = None
        self.unclosed: list[Quotation] = []
        self.found: list[tuple[Block, Quotation]] = []
        self.reports: list[tuple[Block, int, int, Attribution]] = []

    def spans(self) -> Iterator[tuple[Block, int, int, Attribution]]:
        """Yield what has a speaker: the block, start to end (exclusive) in it, and whose it is."""
        for block, q in self.found:
            if q.attribution:
                yield block, q.start, q.end, q.attribution
        yield from self.reports

    def read(self, block: Block, named: Sequence[Named]) -> None:
        """Read one paragraph."""
        here = list(_quotations(block.text))
        outside = [n for n in named if not any(q.left <= n.start < q.right for q in here)]
        text = _masked(block.text, here)
        passage = Passage(block, text, outside, self.named, self.spoke, self.pronouns, self.titles, self.text)
        for name in outside:
            if name.type == "person" and (pronoun := pronoun_of(block.text, name)):
                self.pronouns.setdefault(name.actor, pronoun)
        reports = list(reported(passage))
        self.reports += [(block, *report) for report in reports]
        _attribute(passage, here)
        self._continue(passage, here)
        self.found += [(block, q) for q in here]
        if here or outside:
            speakers = {q.attribution.actor for q in here if q.attribution}
            speakers |= {attribution.actor for *_, attribution in reports}
            people = {n.actor for n in outside if n.type == "person"}
            alone = len(speakers) == 1 and speakers <= self.people and len(people) <= 1
            self.spoke = speakers.pop() if alone else None
            self.named, self.text = outside, text

    def _continue(self, passage: Passage, here: Sequence[Quotation]) -> None:
        """Tie the paragraph's quotations to those of the paragraph before."""
        goes_on = bool(here) and not passage.text[: here[0].left].strip()
        if self.unclosed and goes_on:
            self.unclosed.append(here[0])
            _share(self.unclosed)
            _go_on(passage, here)
            if here[0].closed:
                self.unclosed = []
            elif len(here) == 1:
                return
        elif self.found:
            _follow(passage, here, self.found[-1], self.named)
        self.unclosed = [here[-1]] if here and not here[-1].closed else []


def _quotations(text: str) -> Iterator[Quotation]:
    for match in _QUOTED.finditer(text):
        start, end = next(match.span(group) for group in (1, 2, 3) if match[group] is not None)
        if len(text[start:end].split()) >= MIN_WORDS:
            yield Quotation(match.start(), start, end, match.end(), match.end() > end)


def _masked(text: str, quotations: Sequence[Quotation]) -> str:
    parts, end = [], 0
    for q in quotations:
        stop = "." if text[q.end - 1] == "." else MASK
        parts += [text[end : q.left], MASK * (q.right - q.left - 1), stop]
        end = q.right
    return "".join([*parts, text[end:]])


def _attribute(passage: Passage, quotations: Sequence[Quotation]) -> None:
    """Find the speaker of each quotation in the paragraph itself."""
    for q in quotations:
        lead = before(passage, q.left) or put_by(passage, q.left)
        q.attribution = (after(passage, q.right) or lead) if _leads_on(passage.block.text, q) else lead
    _go_on(passage, quotations)
    for q in quotations:
        if q.attribution is None and q.closed and passage.block.text[q.end - 1] in ".!?":
            q.attribution = stated(passage, q.left)
    _go_on(passage, quotations)


def _leads_on(text: str, q: Quotation) -> bool:
    """Return whether the sentence may go on after a quotation: it ends in no full stop."""
    return q.closed and (text[q.end - 1] in ",?!—…" or text.startswith(",", q.right))


def _go_on(passage: Passage, quotations: Sequence[Quotation]) -> None:
    """Give a quotation that has no speaker of its own to that of the one before in its paragraph."""
    for earlier, later in pairwise(quotations):
        if later.attribution is None and earlier.attribution and _goes_on(passage, earlier, later):
            later.attribution = earlier.attribution


def _goes_on(passage: Passage, earlier: Quotation, later: Quotation) -> bool:
    """Return whether nothing but the attribution stands between two quotations."""
    between = passage.text[earlier.right : later.left]
    speaker = earlier.attribution.actor if earlier.attribution else None
    others = {n.actor for n in passage.within(earlier.right, later.left) if n.type == "person"}
    whole = passage.block.text[later.start].isupper() or between.rstrip().endswith((",", ":"))
    if "(" in between:
        return False
    plain = without_abbreviations(between, suffixes=True)
    return whole and others <= {speaker} and _ATTRIBUTION.fullmatch(plain) is not None


def _follow(
    passage: Passage,
    quotations: Sequence[Quotation],
    found: tuple[Block, Quotation],
    previous: Sequence[Named],
) -> None:
    """Give a paragraph that is a quotation and nothing else to the only speaker of the one before."""
    block, last = found
    alone = len(quotations) == 1 and not passage.text.strip(MASK + " .")
    if not alone or quotations[0].attribution or last.attribution is None:
        return
    adjacent = (block.paragraph or 0) + 1 == passage.block.paragraph
    people = {n.actor for n in previous if n.type == "person"}
    if adjacent and people <= {last.attribution.actor}:
        quotations[0].attribution = last.attribution


def _titles(roles: Sequence[str | None]) -> dict[str, int]:
    """Return what "the …" may be followed by for one actor alone: "prime minister", "minister"."""
    bearers: dict[str, set[int]] = {}
    for number, role in enumerate(roles):
        noun = re.split(r" (?:of|for|at|in|from|to|and)\b|,", role or "", maxsplit=1)[0].lower().split()
        for length in (1, 2, 3):
            if len(noun) >= length:
                bearers.setdefault(" ".join(noun[-length:]), set()).add(number)
    return {title: numbers.pop() for title, numbers in bearers.items() if len(numbers) == 1}


def _share(chain: Sequence[Quotation]) -> None:
    """Give one speaker to the parts of a quotation that runs over several paragraphs."""
    known = {q.attribution for q in chain if q.attribution}
    if len({a.actor for a in known}) == 1:
        attribution = next(iter(known))
        for q in chain:
            q.attribution = q.attribution or attribution
