"""Who said what, by the table of the language: “…”, « … » and "…", and clauses after "X said that".

A speaker is whom the quotation's own sentence names beside the cue. A pronoun counts where one person only
is named before it in the paragraph or in the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from personae.actors.languages.common.roles import title_before
from personae.actors.languages.common.words import Lexicon, alternatives, lexicon
from personae.actors.text.text_units import Block
from personae.model import ActorType, Quote

MIN_WORDS = 3
_QUOTED = re.compile(
    r"«\s*([^«»]+?)\s*(?:»|$)|“([^“”]+)(?:”|$)|„([^„“”]+)(?:[“”]|$)|(?<![\w\"])\"([^\"]+)(?:\"(?!\w)|$)"
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[«“\"„\w])")
_THAT = re.compile(r"(?: [^.;:!?«»“”\"]{0,40}?)? (?:que |qu['’])")
_CONDITION = re.compile(r"\W*(?:si|quand|lorsqu|parce qu|puisqu)", re.IGNORECASE)
_COMMA = re.compile(r"(?:, [^,.;:]{2,80})?, ")  # perhaps after an apposition
_NEXT = 90  # characters after a cue in which its subject is named
_NEAR = 4  # names before a cue of which one may be its subject
_LEAD = 30  # characters that hold the word before a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """A mention that may speak: characters start to end (exclusive) of a block, and whose it is."""

    start: int
    end: int
    actor: int
    type: ActorType


@dataclass(frozen=True, slots=True)
class _Found:
    block: int
    start: int
    end: int
    actor: int
    cue: str


def quotes(
    blocks: Sequence[Block], speakers: dict[int, list[Speaker]], actors: int, cues: Cues
) -> list[list[Quote]]:
    """Return each actor's quotations in reading order; offsets count code points of the article's text.

    speakers: number of a block -> who is named there, in order; actors: how many there are.
    """
    said: list[list[Quote]] = [[] for _ in range(actors)]
    before: list[Speaker] = []
    last: _Found | None = None
    for number, block in enumerate(blocks):
        if block.field != "text":
            continue
        here = speakers.get(number, [])
        found = list(_direct(block.text, number, here, before, cues))
        if not found and last and _alone(block.text) and last.block == number - 1 and not before[1:]:
            match = _QUOTED.match(block.text.strip())
            if match:
                start, end = _inside(match)
                found = [_Found(number, start, end, last.actor, last.cue)]
        found += _reported(block.text, number, here, cues)
        for one in found:
            text = block.text[one.start : one.end]
            said[one.actor].append(Quote(block.offset + one.start, block.offset + one.end, text, one.cue))
        last = found[-1] if found else None
        before = _people_outside(block.text, here) or before
    for row in said:
        row.sort(key=lambda quote: quote.start)
    return said


@lru_cache(maxsize=4)
def _starts(text: str) -> list[int]:
    return [0, *(m.end() for m in _SENTENCE.finditer(text))]


def _sentence(text: str, at: int) -> tuple[int, int]:
    """Return the sentence in which a place is: start and end (exclusive)."""
    starts = _starts(text)
    number = bisect_right(starts, at)
    return starts[number - 1], starts[number] if number < len(starts) else len(text)


def _alone(text: str) -> bool:
    """Say whether a paragraph is one quotation and nothing else."""
    match = _QUOTED.match(text.strip())
    return match is not None and not text.strip()[match.end() :].strip(" .")


def _inside(match: re.Match[str]) -> tuple[int, int]:
    group = next(i for i in range(1, 5) if match[i] is not None)
    return match.span(group)


def _people_outside(text: str, here: Sequence[Speaker]) -> list[Speaker]:
    spans = [m.span() for m in _QUOTED.finditer(text)]
    outside = [s for s in here if not any(a <= s.start < b for a, b in spans) and s.type == "person"]
    return list({s.actor: s for s in outside}.values())


def _direct(
    text: str,
    number: int,
    here: Sequence[Speaker],
    earlier: Sequence[Speaker],
    cues: Cues,
) -> Iterator[_Found]:
    matches = [m for m in _QUOTED.finditer(text) if len(text[slice(*_inside(m))].split()) >= MIN_WORDS]
    spans = [m.span() for m in matches]
    outside = [s for s in here if not any(a <= s.start < b for a, b in spans)]
    characters = list(text)
    for a, b in spans:
        characters[a:b] = "\x00" * (b - a)
    masked = "".join(characters)
    whose = [
        _after(masked, m.end(), outside, earlier, cues) or _before(masked, m.start(), outside, cues)
        for m in matches
    ]
    for i, (left, right) in enumerate(pairwise(matches)):
        between = masked[left.end() : right.start()]
        people = {s.actor for s in outside if left.end() <= s.start < right.start() and s.type == "person"}
        owner = whose[i]
        if (
            whose[i + 1] is None
            and owner
            and people <= {owner[0]}
            and not re.search(r"[.!?] \w.*[.!?]", between)
        ):
            whose[i + 1] = owner
    for match, found in zip(matches, whose, strict=True):
        if found:
            start, end = _inside(match)
            yield _Found(number, start, end, *found)


def _after(
    text: str, end: int, here: Sequence[Speaker], earlier: Sequence[Speaker], cues: Cues
) -> tuple[int, str] | None:
    """Find the speaker in ", a déclaré X", ", selon X", ", a-t-il ajouté" after a quotation."""
    if match := cues.turned.match(text, end):
        return _pronoun(match, end, here, earlier)
    match = cues.inverted.match(text, end)
    if match is None:
        return None
    cue = _cue(match)
    for speaker in here:
        if speaker.start < match.end():
            continue
        between = text[match.end() : speaker.start]
        if len(between) > _NEXT or "\x00" in between or re.search(r"[.;:!?]", between):
            return None
        return (speaker.actor, cue) if _leads_to(text, match.end(), speaker, cues) else None
    return None


def _leads_to(text: str, start: int, speaker: Speaker, cues: Cues) -> bool:
    """Say whether nothing but the speaker's title stands between a cue and the speaker's name."""
    between = text[start : speaker.start].strip()
    if (
        not between
        or between.lower().replace("’", "'").rstrip(" .") in cues.words.determiners | cues.words.honorifics
    ):
        return speaker.type != "country" or bool(between)
    title = title_before(text, speaker.start, cues.words, person=speaker.type == "person")
    lead = text[start : title[0]].strip().lower().replace("’", "'") if title else None
    return lead is not None and (not lead or lead in cues.words.determiners)


def _pronoun(
    match: re.Match[str], end: int, here: Sequence[Speaker], earlier: Sequence[Speaker]
) -> tuple[int, str] | None:
    """Find who "il" is: the one person named before it here, else in the paragraph before."""
    people = {s.actor for s in here if s.end <= end and s.type == "person"} or {
        s.actor for s in earlier if s.type == "person"
    }
    return (people.pop(), _cue(match)) if len(people) == 1 else None


def _before(text: str, start: int, here: Sequence[Speaker], cues: Cues) -> tuple[int, str] | None:
    """Find the speaker in "X a déclaré : « …" and "Selon X, « …"."""
    first = _sentence(text, start)[0]
    nearest = text.rfind("\x00", first, start)
    first = max(first, nearest + 1)
    lead = [s for s in here if first <= s.start and s.end <= start]
    if found := _source(text, first, lead, cues):
        speaker, cue = found
        if re.match(r"[^.;:]{0,60}(?:,|\x00)", text[speaker.end :]):
            return speaker.actor, cue
    said = list(cues.said.finditer(text, first, start))
    if not said or re.search(r";|\b(?:et|mais) (?!\x00)\w+ ", text[said[-1].end() : start]):
        return None
    subject = _subject(text, first, said[-1].start(), lead, cues)
    return (subject.actor, _cue(said[-1])) if subject else None


def _source(text: str, first: int, lead: Sequence[Speaker], cues: Cues) -> tuple[Speaker, str] | None:
    """Find who stands after "selon" at the beginning of a sentence; "pour" may mean anything."""
    match = cues.source.match(text, first)
    if match is None or match["source"].lower() == "pour":
        return None
    for speaker in lead:
        if speaker.start >= match.end():
            return (speaker, match["source"].lower()) if _leads_to(text, match.end(), speaker, cues) else None
    return None


def _subject(text: str, first: int, cue: int, lead: Sequence[Speaker], cues: Cues) -> Speaker | None:
    """Return who stands before a cue as its subject: right before it, or before an apposition in commas."""
    for speaker in reversed([s for s in lead if s.end <= cue][-_NEAR:]):
        between = text[speaker.end : cue]
        led = text[max(first, speaker.start - _LEAD) : speaker.start].rstrip().lower().replace("’", "'")
        last = led.split()[-1] if led.split() else ""
        if not re.fullmatch(r",? |, [^.;:!?\x00]{2,140}, | \([^)]{1,40}\) ", between):
            continue
        if (
            last in cues.words.locative
            or last in cues.words.dealing
            or last.endswith("d'")
            or last in cues.words.auxiliaries
        ):
            continue
        return speaker if speaker.type != "country" or between == " " else None
    return None


def _reported(text: str, number: int, here: Sequence[Speaker], cues: Cues) -> Iterator[_Found]:
    """Yield each clause of "X a déclaré que …"."""
    for cue in cues.said.finditer(text):
        that = _THAT.match(text, cue.end())
        if that is None:
            continue
        first, stop = _sentence(text, cue.start())
        stop = max(stop, that.end())
        end = that.end() + len(text[that.end() : stop].rstrip(" .!?…"))
        if _QUOTED.search(text, first, stop) or len(text[that.end() : end].split()) <= MIN_WORDS:
            continue
        if _CONDITION.match(text, first):
            continue
        subject = _subject(text, first, cue.start(), [s for s in here if s.start >= first], cues)
        actor = subject.actor if subject else _meant(text, first, cue.start(), here, cues)
        if actor is not None:
            yield _Found(number, that.end(), end, actor, _cue(cue))
    yield from _according(text, number, here, cues)


def _meant(text: str, first: int, cue: int, here: Sequence[Speaker], cues: Cues) -> int | None:
    """Return who "il" is at the beginning of a sentence: the one person named before it in the paragraph."""
    if text[first:cue].strip().lower() not in cues.words.pronouns:
        return None
    people = {s.actor for s in here if s.end <= first and s.type == "person"}
    return people.pop() if len(people) == 1 else None


def _according(text: str, number: int, here: Sequence[Speaker], cues: Cues) -> Iterator[_Found]:
    """Yield each clause of "Selon X, …"."""
    for first, following in pairwise([*_starts(text), len(text) + 1]):
        stop = following - 1
        found = _source(text, first, [s for s in here if s.start >= first], cues)
        if found is None or _QUOTED.search(text, first, stop):
            continue
        speaker, cue = found
        comma = _COMMA.match(text, speaker.end)
        end = first + len(text[first:stop].rstrip(" .!?…"))
        if comma and len(text[comma.end() : end].split()) > MIN_WORDS:
            yield _Found(number, comma.end(), end, speaker.actor, cue)


class Cues:
    """The patterns of one language's cues, compiled once."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        auxiliary, past = alternatives(words.auxiliaries), alternatives(words.participles)
        now, self_ = alternatives(words.cues), alternatives(words.reflexive)
        turned = alternatives(frozenset(words.pronouns))
        verb = (
            rf"(?:{auxiliary}) (?:\w+ )?(?P<past>{past})"
            rf"|s['’](?:est|était) (?P<self>{self_})e?s?|(?P<now>{now})"
        )
        self.said = re.compile(rf"(?<![\w'’-])(?:{verb})(?!\w)", re.IGNORECASE)
        self.source = re.compile(rf"(?:^|(?<=\W))(?P<source>{alternatives(words.sources)})\s", re.IGNORECASE)
        self.inverted = re.compile(
            rf"\s*,?\s*(?:{verb}|(?P<source>{alternatives(words.sources)}))(?: \w+ment)? ", re.IGNORECASE
        )
        self.turned = re.compile(
            rf"\s*,?\s*(?:(?:{auxiliary})-t-(?:{turned}) (?:\w+ )?(?P<past>{past})"
            rf"|s['’]est-(?:{turned}) (?P<self>{self_})e?|(?P<now>{now})(?:-t)?-(?:{turned}))(?!\w)",
            re.IGNORECASE,
        )


@cache
def cues(language: str) -> Cues | None:
    """Return the cues of a language, or None where there is no table for it."""
    words = lexicon(language)
    return Cues(words) if words else None


def _cue(match: re.Match[str]) -> str:
    return next(text for text in match.groupdict().values() if text)
