"""Indirect speech: "X said that …", "…, X said" and "according to X", the clause and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from personae.actors.languages.en.speech.clauses import MIN_REPORTED, clause_after
from personae.actors.languages.en.speech.cues import ADVERBS, PARTICIPLE, REPORT, SUBORDINATE
from personae.actors.languages.en.speech.passage import Attribution, Named, Passage
from personae.actors.languages.en.speech.speakers import after
from personae.actors.languages.en.speech.subjects import OWNER, opening_subject, subject
from personae.actors.languages.en.speech.trailing_reports import asides
from personae.actors.languages.en.words.descriptions import is_description
from personae.actors.text.punctuation import MASK

Report = tuple[int, int, Attribution]

_ACCORDING = re.compile(r"\b[Aa]ccording to (?:the )?")
# Subjects without a name, at the beginning of a sentence: "But in May, she later ", "The company ".
_NAMELESS = re.compile(
    rf"(?:(?:But|And|Still|Later|However),? |(?:But )?[A-Z][a-z]+(?: [\w-]+){{0,3}}, )?"
    rf"(?:[Hh]e|[Ss]he|[Tt]he(?: [\w-]+){{1,3}}?){ADVERBS} "
)


def reported(passage: Passage) -> Iterator[Report]:
    """Yield each clause that reports speech, start to end (exclusive), whose subject its sentence names."""
    yield from _governed(passage)
    yield from _going_on(passage)
    yield from asides(passage)
    yield from _according(passage)


def _governed(passage: Passage) -> Iterator[Report]:
    """Find "Lee said (that) …"."""
    text = passage.text
    for cue in REPORT.finditer(text):
        first, stop = passage.sentence(cue.start(), cue.end())
        lead = text[first : cue.start()]
        if MASK in lead or SUBORDINATE.search(lead):
            continue
        if not passage.within(first, cue.start()) and not _NAMELESS.fullmatch(lead):
            continue
        clause = clause_after(passage, cue, stop)
        attribution = subject(passage, first, cue) if clause else None
        if clause and attribution:
            yield *clause, attribution


def _going_on(passage: Passage) -> Iterator[Report]:
    """Find "Lee left, saying (that) …" and "“…,” said Lee, adding that …"."""
    text = passage.text
    for cue in PARTICIPLE.finditer(text):
        first, stop = passage.sentence(cue.start(), cue.end())
        if text[cue.start() - 2 : cue.start()] != ", " or not (clause := clause_after(passage, cue, stop)):
            continue
        quoted = text.rfind(MASK, first, cue.start())
        if quoted < 0:
            attribution = opening_subject(passage, first, cue)
        else:
            attribution = after(passage, quoted + 1)
            others = {n.actor for n in passage.within(quoted, cue.start()) if n.type == "person"}
            if attribution and others - {attribution.actor}:
                continue
        if attribution:
            yield *clause, Attribution(attribution.actor, cue[1])


def _according(passage: Passage) -> Iterator[Report]:
    """Find each sentence without quotation that begins or ends "according to Lee", without those words."""
    text = passage.text
    for match in _ACCORDING.finditer(text):
        first, stop = passage.sentence(match.start(), match.end())
        source = next((n for n in passage.within(match.end(), stop)), None)
        if source is None or source.start != match.end() or source.type == "country":
            continue
        if MASK in text[first:stop] or OWNER.match(text, source.end):
            continue
        if match.start() == first:
            start, end = _after_source(text, source, stop), stop
        else:
            closes = re.compile(r"(?:, [^,.;:]{2,120})?[.!?]*$").match(text, source.end, stop)
            start, end = (first, match.start()) if closes and text[match.start() - 2] == "," else (stop, stop)
        end = start + len(text[start:end].rstrip(" ,.!?"))
        if len(text[start:end].split()) > MIN_REPORTED:
            yield start, end, Attribution(source.actor, "according to")


def _after_source(text: str, source: Named, stop: int) -> int:
    """Return where the clause begins after a source, its age and description; `stop` when none does."""
    comma = re.compile(r"(?:, (?:aged )?\d{1,3})?, ").match(text, source.end, stop)
    if comma is None:
        return stop
    described = re.compile(r"([^,.;:\x00]{2,120}), ").match(text, comma.end(), stop)
    if described and is_description(described[1], person=source.type == "person", loose=True):
        return described.end()
    return comma.end()
