"""Indirect speech: "X said that …" and "according to X", the clause and whose words it reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from personae.actors.descriptions import is_description
from personae.actors.speech.cues import ADVERBS, REPORT, SUBORDINATE
from personae.actors.speech.passage import MASK, Attribution, Named, Passage
from personae.actors.speech.subjects import OWNER, subject
from personae.actors.tables import words

MIN_REPORTED = 3  # words that a reported clause must have more than
_ACCORDING = re.compile(r"\b[Aa]ccording to (?:the )?")
# "said that", "said on Friday that", "told the board that", "said by telephone that".
_THAT = re.compile(
    r"(?: (?:on|in|at|by|during|from|to|via|outside|after|last|this|the|an?|reporters|[A-ZÀ-Þ][\w-]*)"
    r"(?: (?!that\b|said\b|and\b)[\w’'-]+){0,4})?,? that "
)
_AUXILIARY_SOON = re.compile(
    r"(?: [\w’'-]+){1,6} (?:had|has|have|was|were|is|are|would|will|could|should|must|can|did|does|do)\b"
)
_PRONOUN_FIRST = re.compile(rf"(?:But |And |Later,? |Still, )?(?:He|She|he|she){ADVERBS} ")


def reported(passage: Passage) -> Iterator[tuple[int, int, Attribution]]:
    """Yield each clause that reports speech, start to end (exclusive), whose subject its sentence names."""
    text = passage.text
    for cue in REPORT.finditer(text):
        first, stop = passage.sentence(cue.start(), cue.end())
        clause = _THAT.match(text, cue.end(), stop) or _bare_clause(passage, cue.end(), stop)
        if clause is None or MASK in text[first:stop]:
            continue
        lead = text[first : cue.start()]
        if SUBORDINATE.search(lead):
            continue
        if not passage.within(first, cue.start()) and not _PRONOUN_FIRST.fullmatch(lead):
            continue
        attribution = subject(passage, first, cue)
        end = clause.end() + len(text[clause.end() : stop].rstrip(" .!?"))
        if attribution and len(text[clause.end() : end].split()) > MIN_REPORTED:
            yield clause.end(), end, attribution


def _bare_clause(passage: Passage, start: int, stop: int) -> re.Match[str] | None:
    """Match the space before a clause that has no "that": its first word and a verb soon after tell it."""
    match = re.match(r" (?=(\S+))", passage.text[start:stop])
    if match is None or match[1].lower() in words("complements") | words("no_clauses"):
        return None
    if not _AUXILIARY_SOON.match(passage.text, start, stop):
        return None
    return re.compile(" ").match(passage.text, start)


def according(passage: Passage) -> Iterator[tuple[int, int, Attribution]]:
    """Yield each sentence without quotation that begins or ends "according to Lee", without those words."""
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
