"""The clause that a verb of saying governs: where it begins after the verb, and where it ends."""

from __future__ import annotations

import re

from personae.actors.languages.en.speech.cues import ADVERBS, ANY_CUE, PARTICIPLE
from personae.actors.languages.en.speech.passage import Passage
from personae.actors.languages.en.words.lists import words
from personae.actors.languages.en.words.verbs import is_finite
from personae.actors.text.punctuation import MASK

MIN_REPORTED = 3  # words that a reported clause must have more than
# "said that", "said on Friday that", "told the board that", "said by telephone that".
_THAT = re.compile(
    r"(?: (?:on|in|at|by|during|from|to|via|outside|after|last|this|the|an?|reporters|[A-ZÀ-Þ][\w-]*)"
    r"(?: (?!that\b|said\b|and\b)[\w’'-]+){0,4})?,? that "
)
# Who is told a clause without "that": "told Reuters the fine was late".
_ADDRESSES = frozenset({"told", "tells"})
_ADDRESSEE = re.compile(
    r" (?:reporters|(?:the )?[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,3})"
    r"(?= (?:the|a|an|his|her|its|their|he|she|it|they|we)\b)"
)
_AUXILIARY_SOON = re.compile(
    r"(?: [\w’'-]+){1,6} (?:had|has|have|was|were|is|are|would|will|could|should|must|can|did|does|do)\b"
)
_PRONOUN = r"(?:he|she|it|they|we|there|nobody|everyone)"
_PRONOUN_VERB = re.compile(rf" {_PRONOUN}{ADVERBS} ([\w’']+)")
_NOUN_VERB = re.compile(
    r" (?:the|a|an|his|her|its|their|some|many|most|all|both|[A-ZÀ-Þ][\w’'-]*)((?: [\w’'-]+){2,9})"
)
_NO_VERB_OF_IT = frozenset({"who", "which", "that", "whose", "where", "and", "or"})
# Where another verb of saying goes on: ", but she later admitted", ", and blamed", ", adding".
_NEXT_REPORT = re.compile(
    rf"(?:, (?:and|but)|;)(?: (?:{_PRONOUN}|then|also|later))*{ADVERBS} (?:{ANY_CUE}|blamed)\b"
    rf"|(?:,| and) {PARTICIPLE.pattern}"
    r"|, (?:even )?(?:though|although|while|whereas) "
)


def clause_after(passage: Passage, cue: re.Match[str], stop: int) -> tuple[int, int] | None:
    """Return the clause after a cue, start to end (exclusive), within the sentence that ends at `stop`.

    None when there is none, when it is short, or when words in quotation marks stand in it.
    """
    text = passage.text
    start = _that_clause(text, cue.end(), stop) or _bare_clause(text, cue, stop)
    if start is None:
        return None
    if onward := _NEXT_REPORT.search(text, start, stop):
        stop = onward.start()
    end = start + len(text[start:stop].rstrip(" .!?"))
    clause = text[start:end]
    return (start, end) if MASK not in clause and len(clause.split()) > MIN_REPORTED else None


def _that_clause(text: str, start: int, stop: int) -> int | None:
    match = _THAT.match(text, start, stop)
    return match.end() if match else None


def _bare_clause(text: str, cue: re.Match[str], stop: int) -> int | None:
    """Return where a clause without "that" begins: its first words and a verb soon after tell it."""
    addressee = _ADDRESSEE.match(text, cue.end(), stop) if cue[1] in _ADDRESSES else None
    start = addressee.end() if addressee else cue.end()
    match = re.compile(r" (?=(\S+))").match(text, start, stop)
    if match is None or match[1].lower() in words("complements") | words("no_clauses"):
        return None
    if _AUXILIARY_SOON.match(text, start, stop):
        return match.end()
    return match.end() if cue[1].lower() in words("sayings") and _finite(text, start, stop) else None


def _finite(text: str, start: int, stop: int) -> bool:
    """Return whether a subject and its finite verb begin at `start`."""
    if pronoun := _PRONOUN_VERB.match(text, start, stop):
        return is_finite(pronoun[1])
    noun = _NOUN_VERB.match(text, start, stop)
    following = noun[1].split()[1:] if noun else []
    verb = next((i for i, word in enumerate(following) if is_finite(word)), None)
    return verb is not None and not _NO_VERB_OF_IT & set(following[:verb])
