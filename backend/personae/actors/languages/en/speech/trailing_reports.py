"""Indirect speech with its speaker after it, or in the midst of it: "The bridge is closed, Lee said"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from personae.actors.languages.en.speech.clauses import MIN_REPORTED
from personae.actors.languages.en.speech.cues import ADVERBS, ASIDE, ASIDE_TURNED
from personae.actors.languages.en.speech.passage import Attribution, Passage
from personae.actors.languages.en.speech.referents import by_description, by_pronoun
from personae.actors.languages.en.speech.subjects import subject_after
from personae.actors.languages.en.words.descriptions import is_head
from personae.actors.languages.en.words.lists import words
from personae.actors.languages.en.words.verbs import is_finite
from personae.actors.text.punctuation import MASK

# The comma before it, where the sentence goes on after it, and the speaker.
Aside = tuple[int, int, Attribution]

# What may follow the verb before the sentence goes on or ends: when, where and to whom it was said.
_CIRCUMSTANCE = re.compile(
    r"(?: (?:(?:on|in|at|during|to|after|by|via|through|this|last|yesterday|reporters|journalists|lawmakers"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|(?<=told )the|(?<=told )[A-Z][\w-]*)"
    r"(?: (?!that\b|and\b)[\w’'-]+){0,7})?(?=[,.])"
)
_PRONOUN = re.compile(rf", (he|she){ADVERBS} $")
_DESCRIBED = re.compile(r", (the [\w -]{3,40} )$")
_HONORIFICS = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "the"})
# What a clause begins with, before a name, when that name does not speak: "which Lee said".
_OTHER_CLAUSE = frozenset({"who", "which", "where", "and", "but", "that", "as", "when", "if"})
_NO_STATEMENT = re.compile(r"(?:As|Asked|Like|What|How|Why|Whether|Who)\b")
_ANY_PRONOUN = re.compile(r"(?:he|she|it|they|we|I)\b")
_AFTER_NAME = re.compile(r"(?: (?:of|from|at|in|on|with|during|after) [^,.]{1,60})?(?=[,.!?]|$)")
_CONNECTIVE = re.compile(r"(?:But|And|So|Still|However|Now|Then|Meanwhile|Instead),? ")
# What begins a phrase that the statement itself follows: "After the vote, Lee said, …".
_LEAD_IN = re.compile(
    r"(?:In|On|At|After|Before|When|While|If|For|With|Since|During|Despite|Under|Until|Although|Though|Because|By"
    r"|From|Without|Among|Compared)\b",
    re.IGNORECASE,
)


def asides(passage: Passage) -> Iterator[tuple[int, int, Attribution]]:
    """Yield each clause that an aside attributes, start to end (exclusive), in sentences without quotation.

    A clause that the aside interrupts is its part with the main verb: the second when the first is a mere
    lead-in, else the first.
    """
    text = passage.text
    for pattern, find in ((ASIDE, _speaker), (ASIDE_TURNED, _speaker_turned)):
        for cue in pattern.finditer(text):
            first, stop = passage.sentence(cue.start(), cue.end())
            if MASK in text[first:stop] or _NO_STATEMENT.match(text, first):
                continue
            found = find(passage, first, cue, stop)
            if found is None:
                continue
            comma, resumes, attribution = found
            start, end = first, comma
            if connective := _CONNECTIVE.match(text, first, comma):
                start = connective.end()
            if text.startswith(",", resumes) and _LEAD_IN.match(text, start) and "," not in text[start:comma]:
                start, end = resumes + 2, stop
            end = start + len(text[start:end].rstrip(" ,.!?"))
            clause = text[start:end].split()
            if len(clause) > MIN_REPORTED and any(is_finite(word.strip(",;")) for word in clause):
                yield start, end, attribution


def _speaker(passage: Passage, first: int, cue: re.Match[str], stop: int) -> Aside | None:
    """Find ", Lee said", ", the minister, Lee, said on Monday", ", she said" and ", the minister said"."""
    resumes = _CIRCUMSTANCE.match(passage.text, cue.end(), stop)
    if resumes is None:
        return None
    lead = passage.text[first : cue.start()]
    if pronoun := _PRONOUN.search(lead):
        comma = first + pronoun.start()
        mentioned = frozenset(n.actor for n in passage.within(first, comma))
        attribution = by_pronoun(passage, pronoun[1], first + pronoun.start(1), cue[1], besides=mentioned)
    elif (described := _DESCRIBED.search(lead)) and not passage.within(
        first + described.start(), cue.start()
    ):
        comma = first + described.start()
        attribution = by_description(passage, described[1], first, cue[1])
    else:
        comma, attribution = _named(passage, first, cue)
    return (comma, resumes.end(), attribution) if attribution else None


def _named(passage: Passage, first: int, cue: re.Match[str]) -> tuple[int, Attribution | None]:
    """Find a name right before the cue, and the comma before it and its description."""
    text = passage.text
    to_cue = re.compile(rf",?{ADVERBS} ")
    for name in passage.within(first, cue.start()):
        if not to_cue.fullmatch(text, name.end, cue.start()):
            continue
        comma = text.rfind(", ", first, name.start)
        if comma < 0 or name.type == "country" or not _introduces(text[comma + 2 : name.start]):
            break
        description = text[first:comma].rpartition(", ")[2]
        if description.startswith(("the ", "its ")) and _introduces(description):
            comma -= len(description) + 2
        return comma, Attribution(name.actor, cue[1]) if comma > first else None
    return first, None


def _introduces(phrase: str) -> bool:
    """Return whether nothing, an honorific or a description stands before a name: "Mr. ", "the minister "."""
    parts = phrase.split()
    if not parts or (len(parts) == 1 and parts[0].rstrip(".") in _HONORIFICS):
        return True
    if parts[-1] in words("complements") or _OTHER_CLAUSE & set(parts):
        return False
    head = re.split(r" (?:of|for|in|at)\b", phrase.strip())[0].split()
    return bool(head) and is_head(head[-1], person=True)


def _speaker_turned(passage: Passage, _first: int, cue: re.Match[str], stop: int) -> Aside | None:
    """Find ", said Lee"."""
    text = passage.text
    attribution = None if _ANY_PRONOUN.match(text, cue.end()) else subject_after(passage, cue, stop)
    if attribution is None:
        return None
    name = next((n for n in passage.within(cue.end(), stop) if n.actor == attribution.actor), None)
    # "Lee, a nurse, said Fox was late": Fox does not speak.
    rest = _AFTER_NAME.match(text, name.end, stop) if name else None
    if rest is None or any(is_finite(word) for word in rest[0].split()):
        return None
    return cue.start(), stop, attribution
