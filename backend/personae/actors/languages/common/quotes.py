"""Who said what, by the words and the grammar of the language: quotations, and clauses after "X said that".

The speaker is named by the quotation's own sentence, beside the cue. A pronoun counts where one person only
is named before it in the paragraph or in the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from personae.actors.languages.base import Candidate
from personae.actors.languages.common.quoted_words import Quoted, masked, quoted_words
from personae.actors.languages.common.roles import Roles
from personae.actors.languages.common.speech_patterns import SpeechPatterns, cue_of
from personae.actors.text.punctuation import MASK, SENTENCE_ENDS, typewritten
from personae.actors.text.text_units import Block
from personae.model import ActorType, Quote

MIN_WORDS = 3
_NEXT = 90  # characters after a cue in which its subject is named
_NEAR = 4  # names before a cue of which one may be its subject
_LEAD = 30  # characters that hold the word before a name
_TO_CUE = re.compile(rf",? |, [^.;:!?{MASK}]{{2,140}}, | \([^)]{{1,40}}\) ")  # between a subject and its cue
_ADVERB = re.compile(r" ([^\W\d_]{2,}) ")  # one word between them: "X however said"
_TWO_SENTENCES = re.compile(r"[.!?] \w.*[.!?]")
# What may follow "said X": the time, the place, brackets.
_SENTENCE_REST = re.compile(rf"(?: \([^)]{{1,40}}\))?(?: (?P<first>\w+))?[^,;:{MASK}]{{0,60}}")
_ALL_ENDS = f" {SENTENCE_ENDS}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A mention that may speak: characters start to end (exclusive) of a block, and whose it is."""

    start: int
    end: int
    actor: int
    type: ActorType


@dataclass(frozen=True, slots=True)
class _Quotation:
    """Words of an actor: characters start to end (exclusive) of block number `block`."""

    block: int
    start: int
    end: int
    actor: int
    cue: str


def quotes(
    blocks: Sequence[Block], actors: Sequence[Candidate], patterns: SpeechPatterns, roles: Roles
) -> list[list[Quote]]:
    """Return each actor's quotations in reading order; offsets count code points of the article's text."""
    rows: list[list[Quote]] = [[] for _ in actors]
    speakers = _speakers(actors)
    before: Sequence[Speaker] = ()
    last: _Quotation | None = None
    for number, block in enumerate(blocks):
        if block.field != "text":
            continue
        here = speakers.get(number, [])
        paragraph = _Paragraph(number, block.text, here, before, patterns, roles)
        found = paragraph.direct()
        if not found and last and last.block == number - 1 and not before[1:]:
            found = paragraph.continued(last)
        found += paragraph.indirect()
        for one in found:
            text = block.text[one.start : one.end]
            rows[one.actor].append(Quote(block.offset + one.start, block.offset + one.end, text, one.cue))
        last = found[-1] if found else None
        before = paragraph.people_outside() or before
    for row in rows:
        row.sort(key=lambda quote: quote.start)
    return rows


def _speakers(actors: Sequence[Candidate]) -> dict[int, list[Speaker]]:
    """Return who is named in each block, in order."""
    rows: dict[int, list[Speaker]] = {}
    for number, actor in enumerate(actors):
        for name in actor.cluster.names:
            speaker = Speaker(name.start, name.end, number, actor.cluster.type)
            rows.setdefault(name.block, []).append(speaker)
    for row in rows.values():
        row.sort(key=lambda speaker: speaker.start)
    return rows


@dataclass
class _Paragraph:
    """One paragraph to be searched for words of actors.

    here: whom it names, in order; earlier: the people named by the paragraph before.
    """

    number: int
    text: str
    here: Sequence[Speaker]
    earlier: Sequence[Speaker]
    patterns: SpeechPatterns
    roles: Roles

    @cached_property
    def sentence_starts(self) -> list[int]:
        return self.patterns.sentence_starts(self.text)

    @cached_property
    def quotations(self) -> list[Quoted]:
        return quoted_words(self.text, self.patterns)

    def people_outside(self) -> list[Speaker]:
        """Return the people who are named outside quotations, each once."""
        people = [s for s in _outside(self.here, self.quotations) if s.type == "person"]
        return list({s.actor: s for s in people}.values())

    def continued(self, last: _Quotation) -> list[_Quotation]:
        """Return the paragraph's words if it is one quotation and nothing else: who spoke before goes on."""
        first = next(iter(self.quotations), None)
        if first is None or self.text[: first.start].strip() or self.text[first.end :].strip(" ."):
            return []
        return [_Quotation(self.number, first.words_start, first.words_end, last.actor, last.cue)]

    def direct(self) -> list[_Quotation]:
        """Return the quotations that have a speaker in the paragraph, or by a pronoun in the one before."""
        matches = [q for q in self.quotations if len(self._words_of(q).split()) >= MIN_WORDS]
        outside = _outside(self.here, matches)
        hidden = masked(self.text, matches)
        starts = self.patterns.sentence_starts(hidden) if matches else []
        owners = [
            self._speaker_after(hidden, m.end, outside)
            or self._speaker_before(hidden, starts[bisect_right(starts, m.start) - 1], m.start, outside)
            for m in matches
        ]
        for i, (left, right) in enumerate(pairwise(matches)):
            between = hidden[left.end : right.start]
            people = {s.actor for s in outside if left.end <= s.start < right.start and s.type == "person"}
            owner = owners[i]
            if (
                owners[i + 1] is None
                and owner
                and people <= {owner[0]}
                and not _TWO_SENTENCES.search(between)
            ):
                owners[i + 1] = owner
        return [
            _Quotation(self.number, match.words_start, match.words_end, *owner)
            for match, owner in zip(matches, owners, strict=True)
            if owner
        ]

    def _words_of(self, quotation: Quoted) -> str:
        return self.text[quotation.words_start : quotation.words_end]

    def _speaker_after(self, text: str, end: int, here: Sequence[Speaker]) -> tuple[int, str] | None:
        """Find the speaker in ", said X", ", according to X", ", said she" after a quotation."""
        if match := self.patterns.pronoun_after_quotation.match(text, end):
            return self._by_pronoun(match, end, here)
        return self._named_after(text, end, here)

    def _named_after(self, text: str, end: int, here: Sequence[Speaker]) -> tuple[int, str] | None:
        match = self.patterns.after_quotation.match(text, end)
        speaker = next((s for s in here if s.start >= match.end()), None) if match else None
        if match is None or speaker is None:
            return None
        between = text[match.end() : speaker.start]
        if len(between) > _NEXT or MASK in between or re.search(r"[.;:!?]", between):
            return None
        if not self._leads_to(text, match.end(), speaker):
            return None
        if match.groupdict().get("auxiliary"):  # "has X said"
            rest = self.patterns.split_participle.match(text, speaker.end)
            return (speaker.actor, cue_of(rest)) if rest else None
        return speaker.actor, cue_of(match)

    def _leads_to(self, text: str, start: int, speaker: Speaker) -> bool:
        """Return whether nothing but the speaker's title stands between a cue and the speaker's name."""
        words = self.patterns.words
        between = text[start : speaker.start].strip()
        if not between or typewritten(between).rstrip(" .") in words.determiners | words.honorifics:
            return speaker.type != "country" or bool(between)
        title = self.roles.title_before(text, speaker.start, person=speaker.type == "person")
        lead = typewritten(text[start : title[0]].strip()) if title else None
        return lead is not None and (not lead or lead in words.determiners)

    def _by_pronoun(self, match: re.Match[str], end: int, here: Sequence[Speaker]) -> tuple[int, str] | None:
        """Find who "she" is: the one person named before it here, else in the paragraph before."""
        people = {s.actor for s in here if s.end <= end and s.type == "person"} or {
            s.actor for s in self.earlier if s.type == "person"
        }
        return (people.pop(), cue_of(match)) if len(people) == 1 else None

    def _speaker_before(
        self, text: str, first: int, start: int, here: Sequence[Speaker]
    ) -> tuple[int, str] | None:
        """Find the speaker in "X said: “…" and "According to X, “…"; first: where the sentence begins."""
        first = max(first, text.rfind(MASK, first, start) + 1)
        lead = [s for s in here if first <= s.start and s.end <= start]
        if found := self._source(text, first, lead):
            speaker, cue = found
            if re.match(rf"[^.;:]{{0,60}}(?:,|{MASK})", text[speaker.end :]):
                return speaker.actor, cue
        cues = list(self.patterns.speech_verb.finditer(text, first, start))
        if not cues or self.patterns.other_statement.search(text[cues[-1].end() : start]):
            return None
        subject = self._subject(text, first, cues[-1].start(), lead)
        return (subject.actor, cue_of(cues[-1])) if subject else None

    def _source(self, text: str, first: int, lead: Sequence[Speaker]) -> tuple[Speaker, str] | None:
        """Find who stands after "according to" at the beginning of a sentence."""
        match = self.patterns.source.match(text, first)
        if match is None or match["source"].lower() in self.patterns.grammar.weak_sources:
            return None
        speaker = next((s for s in lead if s.start >= match.end()), None)
        if speaker is None or not self._leads_to(text, match.end(), speaker):
            return None
        return speaker, match["source"].lower()

    def _subject(self, text: str, first: int, cue: int, lead: Sequence[Speaker]) -> Speaker | None:
        """Return who is the subject of a cue: right before it, or before an apposition in commas."""
        for speaker in reversed([s for s in lead if s.end <= cue][-_NEAR:]):
            between = text[speaker.end : cue]
            before = typewritten(text[max(first, speaker.start - _LEAD) : speaker.start]).split()
            last = before[-1] if before else ""
            adverb = _ADVERB.fullmatch(between)
            if not _TO_CUE.fullmatch(between) and (
                not adverb or adverb[1] in self.patterns.words.stops or adverb[1][0].isupper()
            ):
                continue
            if last in self.patterns.no_subject_after or last.endswith(self.patterns.elided_prepositions):
                continue
            return speaker if speaker.type != "country" or between == " " else None
        return None

    def indirect(self) -> list[_Quotation]:
        """Return each clause of "X said that …", of "According to X, …", and of "…, said X"."""
        found = [*self._reported(), *self._according()]
        taken = {self._sentence(one.start)[0] for one in found}
        return found + [one for one in self._before_cue() if self._sentence(one.start)[0] not in taken]

    def _reported(self) -> Iterator[_Quotation]:
        text, patterns = self.text, self.patterns
        for cue in patterns.speech_verb.finditer(text):
            joint = patterns.conjunction.match(text, cue.end())
            if joint is None:
                continue
            first, stop = self._sentence(cue.start())
            stop = max(stop, joint.end())
            start, end = self._clause(joint.end(), stop)
            if self._has_quotation(first, stop) or end == start:
                continue
            if patterns.condition.match(text, first):
                continue
            subject = self._subject(text, first, cue.start(), [s for s in self.here if s.start >= first])
            actor = subject.actor if subject else self._meant(first, cue.start())
            if actor is not None:
                yield _Quotation(self.number, start, end, actor, cue_of(cue))

    def _has_quotation(self, first: int, stop: int) -> bool:
        at = bisect_left(self._quotation_ends, first + 1)
        return at < len(self.quotations) and self.quotations[at].start < stop

    @cached_property
    def _quotation_ends(self) -> list[int]:
        return [one.end for one in self.quotations]

    def _sentence(self, at: int) -> tuple[int, int]:
        """Return the sentence in which a place is: start and end (exclusive)."""
        starts = self.sentence_starts
        number = bisect_right(starts, at)
        return starts[number - 1], starts[number] if number < len(starts) else len(self.text)

    def _clause(self, start: int, stop: int) -> tuple[int, int]:
        """Return a clause without what ends its sentence; empty when it is too short to be one."""
        end = start + len(self.text[start:stop].rstrip(_ALL_ENDS))
        return (start, end) if len(self.text[start:end].split()) > MIN_WORDS else (start, start)

    def _meant(self, first: int, cue: int) -> int | None:
        """Return who "she" is that begins a sentence: the one person named before it in the paragraph."""
        if self.text[first:cue].strip().lower() not in self.patterns.words.pronouns:
            return None
        people = {s.actor for s in self.here if s.end <= first and s.type == "person"}
        return people.pop() if len(people) == 1 else None

    def _according(self) -> Iterator[_Quotation]:
        for first, following in pairwise([*self.sentence_starts, len(self.text) + 1]):
            stop = following - 1
            found = self._source(self.text, first, [s for s in self.here if s.start >= first])
            if found is None or self._has_quotation(first, stop):
                continue
            speaker, cue = found
            joint = self.patterns.after_source.match(self.text, speaker.end)
            start, end = self._clause(joint.end(), stop) if joint else (stop, stop)
            if end > start:
                yield _Quotation(self.number, start, end, speaker.actor, cue)

    def _before_cue(self) -> Iterator[_Quotation]:
        """Yield the clauses of "…, said X." that are sentences but for these last words."""
        for first, following in pairwise([*self.sentence_starts, len(self.text) + 1]):
            stop = following - 1
            comma = self.text.find(", ", first, stop)
            while comma >= 0:
                start, end = self._clause(first, comma)
                found = self._last_words(first, comma, stop) if end > start else None
                if found and not self._has_quotation(first, comma):
                    yield _Quotation(self.number, start, end, *found)
                    break
                comma = self.text.find(", ", comma + 1, stop)

    def _last_words(self, first: int, comma: int, stop: int) -> tuple[int, str] | None:
        """Return who says the words before a comma, and the cue, where a cue and a name end the sentence."""
        text, patterns = self.text, self.patterns
        if patterns.condition.match(text, first):
            return None
        if match := patterns.pronoun_after_quotation.match(text, comma):
            others = any(s.type == "person" and first <= s.start < comma for s in self.here)
            is_last = _SENTENCE_REST.fullmatch(text, match.end(), stop)
            return self._by_pronoun(match, first, self.here) if is_last and not others else None
        if not patterns.after_quotation.match(text, comma):
            return None
        speaker = next((s for s in self.here if comma < s.start < stop), None)
        found = self._named_after(text, comma, self.here) if speaker else None
        if speaker is None or found is None or found[0] != speaker.actor:
            return None
        role = self.roles.role_after(text, speaker.end, person=speaker.type == "person")
        rest = _SENTENCE_REST.fullmatch(text, role[1] if role else speaker.end, stop)
        opens = patterns.words.locative | patterns.words.stops | patterns.words.dealing
        if rest is None or (rest["first"] and typewritten(rest["first"]) not in opens):
            return None
        return found if patterns.is_cue(found[1]) else None


def _outside(here: Sequence[Speaker], quotations: Sequence[Quoted]) -> list[Speaker]:
    return [s for s in here if not any(one.start <= s.start < one.end for one in quotations)]
