"""The subject of a cue: the name before it ("Lee said"), after it ("said Lee"), or what stands for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personae.actors.languages.en.speech.cues import ADVERBS
from personae.actors.languages.en.speech.passage import Attribution, Named, Passage
from personae.actors.languages.en.speech.referents import by_description, by_pronoun
from personae.actors.languages.en.words.descriptions import is_head
from personae.actors.languages.en.words.sentences import without_abbreviations
from personae.actors.languages.en.words.verbs import is_finite

_PRONOUN_HERE = re.compile(r"(he|she|they|it|we|I)\b")
_PRONOUN_BEFORE = re.compile(
    rf"(?:^ ?|[,;\x00] ?|\b(?:and|but|that|as) )([Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I){ADVERBS} $"
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|be|being|to|not|who|which)(?: \w+ly)? $")
_COORDINATE = re.compile(rf"\b(?:and|but){ADVERBS} $")
_OPENING_PRONOUN = re.compile(r"(?:[A-Z][\w ]{1,40}, )?(He|She|he|she) ")
_OTHER_SUBJECT = re.compile(r"\b(?:who|which|when|while|as|because|if|they|we|it|he|she|I)\b|[;\x00]")
_DESCRIBED = re.compile(rf"(?<=, )the [\w-]+{ADVERBS} $")
_RELATIVE = re.compile(rf",? who{ADVERBS} $")
# What may stand between a subject and its cue: nothing, an adverb, an apposition, an age.
_TO_CUE = re.compile(
    rf"(?:['’]s? (?:[\w-]+ )?(?:report|statement|study|analysis)"
    rf"|,|,? \(?\d\d\)?,?|, (?:[^.;:()\x00]|(?<=[A-Z])\.){{2,120}},| \([^()]{{1,40}}\)"
    rf"| (?:of|from|at|with) (?:the )?[^,.;:()\x00]{{2,60}}?)?{ADVERBS} "
)
_APPOSITION = re.compile(rf", (?:[^.;:\x00]|(?<=[A-Z])\.){{2,220}},{ADVERBS} ")
_INTRODUCED = re.compile(r"[^,.;:()]{1,80}?([\w-]+), ")  # "Ghana's health minister, "
_OPENING = 60  # characters within which a sentence names its subject
_BELONGS = re.compile(
    r"\b(?:of|at|for|from|in|to|with|by|on|against|about)(?: the| a| an)? (?:[A-Z][\w-]+ )?$"
)
_OF = re.compile(r",? (?:of|at|from|with) (?:the )?")
OWNER = re.compile(r"['’](?:s\b)? ?")
_ROLE_NEXT = re.compile(r" [a-z][\w-]+ (?:[\w-]+ ){0,3}[A-ZÀ-Þ]")


def subject(passage: Passage, first: int, cue: re.Match[str]) -> Attribution | None:
    """Find the subject of a cue in the sentence or clause that begins at `first`."""
    lead = passage.text[first : cue.start()]
    if (relative := _RELATIVE.search(lead)) and (who := _ending_at(passage, first + relative.start())):
        return Attribution(who.actor, cue[1])
    if _PASSIVE.search(lead):
        return None
    if pronoun := _PRONOUN_BEFORE.search(lead):
        return by_pronoun(passage, pronoun[1].lower(), first + pronoun.start(1), cue[1])
    names = passage.within(first, cue.start())
    if names and _COORDINATE.search(lead):
        return _shared_subject(passage, first, cue)
    named = _named_subject(passage.text, names, first, cue) if names else None
    if named:
        return Attribution(named.actor, cue[1]) if named.type != "country" else None
    described = _DESCRIBED.search(lead) if names else None
    return by_description(passage, described[0] if described else lead, first, cue[1])


def _shared_subject(passage: Passage, first: int, cue: re.Match[str]) -> Attribution | None:
    """Find the subject of "Lee visited the bridge and said", where no other verb has one of its own."""
    text = passage.text
    lead = text[first : cue.start()]
    names = passage.within(first, cue.start())
    pronoun = _OPENING_PRONOUN.match(lead)
    if _OTHER_SUBJECT.search(lead, pronoun.end() if pronoun else 0):
        return None
    acting = [n for n in names if is_finite(_next_word(text, n.end))]
    if pronoun:
        if acting:
            return None
        mentioned = frozenset(n.actor for n in names)
        return by_pronoun(passage, pronoun[1].lower(), first + pronoun.start(1), cue[1], besides=mentioned)
    if acting != names[:1] or names[0].start > first + _OPENING or names[0].type != "person":
        return None
    return None if _BELONGS.search(text[first : names[0].start]) else Attribution(names[0].actor, cue[1])


def _next_word(text: str, start: int) -> str:
    word = re.compile(rf"{ADVERBS} ([\w’']+)").match(text, start)
    return word[1] if word else ""


def _ending_at(passage: Passage, end: int) -> Named | None:
    """Return the person whose name ends there and is no other noun's complement."""
    for name in passage.within(0, end):
        if name.end == end and name.type == "person" and not _BELONGS.search(passage.text[: name.start]):
            return name
    return None


def _named_subject(text: str, names: Sequence[Named], first: int, cue: re.Match[str]) -> Named | None:
    """Return which of the names before a cue is its subject."""
    outer = _apposed(text, names, cue)
    at = next(
        (i for i in reversed(range(len(names))) if _TO_CUE.fullmatch(text, names[i].end, cue.start())), None
    )
    if at is None:
        return outer
    name, earlier = names[at], names[:at]
    lead = text[first : name.start]
    if _BELONGS.search(lead):
        linked = earlier and _OF.fullmatch(text, earlier[-1].end, name.start)
        owner = earlier[-1] if linked and earlier[-1].type == "person" else None
        return owner or _apposed(text, earlier, cue)
    if re.search(r"\b(?:and|&|or) $", lead) and earlier and earlier[-1].type == name.type:
        return None  # two speak
    return name if name.type == "person" else _apposed(text, earlier, cue) or name


def _apposed(text: str, names: Sequence[Named], cue: re.Match[str]) -> Named | None:
    """Return the person who is followed by an apposition that runs up to the cue."""
    for name in names:
        if name.type == "person" and _APPOSITION.fullmatch(text, name.end, cue.start()):
            return name
    return None


def subject_after(passage: Passage, match: re.Match[str], stop: int) -> Attribution | None:
    """Find the subject of a turned cue ("said "), in the sentence's rest up to `stop` (exclusive)."""
    text, cue, start = passage.text, match[1], match.end()
    if pronoun := _PRONOUN_HERE.match(text, start):
        return by_pronoun(passage, pronoun[1].lower(), start, cue)
    names = passage.within(start, stop)
    for name in names:
        between = text[start : name.start]
        described = _INTRODUCED.fullmatch(between)
        if described and name.type == "person" and is_head(described[1], person=True):
            return Attribution(name.actor, cue)
        if re.search(r"[,.;:()]", without_abbreviations(between)) or _BELONGS.search(between):
            break
        if OWNER.match(text, name.end):
            continue
        if name.type == "person" or not _ROLE_NEXT.match(text, name.end):
            return Attribution(name.actor, cue) if name.type != "country" else None
    if re.match(r"the (?:\d\d-year-old|[\w-]+)", text[start:stop]) and not names:
        return by_description(passage, text[start:stop], start, cue)
    return None


def opening_subject(passage: Passage, first: int, cue: re.Match[str]) -> Attribution | None:
    """Find the subject of a sentence that goes on ", saying"."""
    text = passage.text
    names = passage.within(first, cue.start())
    people = {n.actor for n in names if n.type == "person"}
    opening = [n for n in names if n.start < first + _OPENING]
    if pronoun := re.match(r"(He|She) ", text[first:]):
        return by_pronoun(passage, pronoun[1].lower(), first, cue[1])
    if not opening or _BELONGS.search(text[first : opening[0].start]) or OWNER.match(text, opening[0].end):
        return None
    if opening[0].type == "person" and (len(people) == 1 or opening[0] is names[0]):
        return Attribution(opening[0].actor, cue[1])
    return None
