"""The speaker of a direct quotation, named in the sentence that it stands in, or in the one before."""

from __future__ import annotations

import re

from personae.actors.languages.en.speech.cues import CUE, MAYBE_NOUNS, PARTICIPLE, REPORT, SUBORDINATE, TURNED
from personae.actors.languages.en.speech.passage import Attribution, Passage
from personae.actors.languages.en.speech.subjects import opening_subject, subject, subject_after
from personae.actors.text.punctuation import MASK

_NEW_SENTENCE = re.compile(r" (?:The|He|She|They|It|We|I|But|And|When|In|On|At|As|Asked)\b")
_OTHER_CLAUSE = re.compile(r";|, (?:who|which|where|when|while|but|and|according)\b")
# "as Lee put it, ", "as Lee puts it: ".
_PUT_IT = re.compile(r"\bas ([^,.;:()\x00]{2,60}?) (?:has )?puts? it(?:[,:]| [—–-])? ?$")


def after(passage: Passage, end: int) -> Attribution | None:
    """Find the speaker in what follows a quotation that ends at `end`, its closing mark included."""
    text = passage.text
    if _NEW_SENTENCE.match(text, end):
        return None
    stop = passage.sentence(end, end)[1]
    nearest = text.find(MASK, end)
    stop = min(stop, nearest) if nearest >= 0 else stop
    match = TURNED.match(text, end, stop)
    if match:
        return subject_after(passage, match, stop)
    for cue in CUE.finditer(text, end, stop):
        if text.startswith(":", cue.end()):
            return None  # it leads up to the next quotation
        if re.search(r"[;:]|\b(?:and|but|as|when|while|after|before|that)\b", text[end : cue.start()]):
            return None
        return subject(passage, end, cue)
    return None


def before(passage: Passage, start: int) -> Attribution | None:
    """Find the speaker in the part of the sentence that leads up to a quotation at `start`."""
    text = passage.text
    first = passage.sentence(start, start)[0]
    cues = list(CUE.finditer(text, first, start))
    participle = list(PARTICIPLE.finditer(text, first, start))
    if participle and (not cues or participle[-1].start() > cues[-1].start()):
        return opening_subject(passage, first, participle[-1])
    if not cues:
        return None
    for cue in reversed(cues):
        between = text[cue.end() : start]
        if MASK in between or _OTHER_CLAUSE.search(between):
            return None
        found = subject(passage, first, cue)
        if found or cue[1].lower() not in MAYBE_NOUNS:
            return found
    return None


def stated(passage: Passage, start: int) -> Attribution | None:
    """Find the speaker in the sentence right before a quotation at `start` that is one of its own.

    "Lee said that he was tired. “I need a break.”"
    """
    text = passage.text
    first = passage.sentence(start, start)[0]
    if first == 0 or text[first:start].strip():
        return None
    earlier, end = passage.sentence(first - 2, first - 2)
    if MASK in text[earlier:first] or end >= start:
        return None
    found = {}
    for cue in REPORT.finditer(text, earlier, end):
        if not SUBORDINATE.search(text[earlier : cue.start()]):
            turned = TURNED.match(text, cue.start() - 2, end)
            attribution = subject(passage, earlier, cue) or (turned and subject_after(passage, turned, end))
            if attribution is None:
                return None
            found[attribution.actor] = attribution
    people = {n.actor for n in passage.within(earlier, end) if n.type == "person"}
    return next(iter(found.values())) if len(found) == 1 and people <= found.keys() else None


def put_by(passage: Passage, start: int) -> Attribution | None:
    """Find the speaker in "as Lee put it, " right before a quotation at `start`."""
    text = passage.text
    first = passage.sentence(start, start)[0]
    names = passage.within(first, start)
    if match := _PUT_IT.search(text, first, start):
        spoke = next((n for n in names if n.start == match.start(1) and n.end <= match.end(1)), None)
        return Attribution(spoke.actor, "put") if spoke else None
    return None
