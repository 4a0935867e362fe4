"""Where a description ends: at a mark, a clause, a verb or a date, and never in a later sentence."""

from __future__ import annotations

import re

from personae.actors.languages.en.roles.place import Beside, Span, in_singular
from personae.actors.languages.en.words.descriptions import is_description
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.languages.en.words.sentences import abbreviates, begins_sentence
from personae.actors.languages.en.words.verbs import verb_forms

_AUXILIARIES = (
    r"(?:has|have|had|is|was|are|were|will|would|can|could|should|may|might|must|did|does|do(?! [A-Z]))"
    r"(?:n['’]t)?"
)
_CLAUSES = "when|where|while|after|before|because|said|says|told|as saying|and (?:he|she|they|it)"
_END = re.compile(
    rf"[;:()—–“”\"\n]|, | (?:{_CLAUSES}|{_AUXILIARIES})\b"
    r"|[.!?](?=\s|$)| [-–—] "
)
_WHEN = re.compile(
    rf" (?:on|in|last|this|next|since) (?:(?:early|late|mid) )?(?:{alternatives('when')})\b"
    r"| (?:in|since|until|from) (?:early |late |mid-)?(?:1[89]|20)\d\d\b| (?:yesterday|today|tonight)\b"
)
_RELATIVE = re.compile(r" (?:(?:who|that|which|whose)(?:['’]s)?|founded|created)(?: |$)")
_MORE = re.compile(r"[A-Z][\w-]+ and [A-Z][\w-]+(?=[,.])")
_CLAUSE_WORDS = 12
_TOKEN = re.compile(r"\S+")
# After a verb: it has an object or a clause, and stands for no "that was …".
_OBJECT = re.compile(r" (?:(?:an?|the|that|this|how|why|whether|to|\$?\d[\d,.]*)\b|[“\"‘])")
_FINITE_VERB = re.compile(rf" (?:{_AUXILIARIES}|said|says|told)\b")


def phrase_end(at: Beside, start: int) -> int:
    """Return where the words from `start` stop to belong together."""
    starts = {name.start for name in at.people()}
    for stop in _END.finditer(at.text, start):
        if stop[0][0] == "." and abbreviates(at.text, stop.start()):
            after = stop.end() + 1
            # "in Lancaster, Calif. Bingham is", but "for Sen. Lee".
            if after in starts and not _is_title(at.text, stop.start()):
                return stop.start()
            continue
        if stop[0] == ", " and (more := _MORE.match(at.text, stop.end())):
            return more.end()  # "Programme Officer, Mobilization and Outreach"
        return stop.start()
    return len(at.text)


def _is_title(text: str, stop: int) -> bool:
    word = re.search(r"[^\W\d_]+$", text[max(0, stop - 8) : stop])
    return word is not None and (len(word[0]) == 1 or word[0].lower() in words("titles"))


_MEASURE = re.compile(r"\.\d")


def noun_phrase(at: Beside, start: int, *, loose: bool = False, plural: bool = False) -> Span | None:
    """Return the description that begins at `start`, up to the end of its noun phrase, or None.

    loose: see `is_description`; plural: it describes several, "the club's directors".
    """
    stop = phrase_end(at, start)
    when = _WHEN.search(at.text, start, stop)
    phrase = _without_verb(at.text[start : when.start() if when else stop]).rstrip(" .,")
    if at.text[start + len(phrase) : start + len(phrase) + 1] == "." and _ends_dotted(phrase):
        phrase += "."
    clause = _RELATIVE.search(phrase)
    cut = _FINITE_VERB.match(at.text, start + len(phrase)) is not None
    if clause and (not at.person or cut or len(phrase.split()) > _CLAUSE_WORDS):
        phrase = phrase[: clause.start()]
    whole = in_singular(phrase) if plural else phrase
    last = phrase.rpartition(" ")[2]
    loose = loose and at.text[start : start + 1].islower()  # no heading: "X – A Way That Works"
    if whole is None or last in words("complements") or last in words("determiners"):
        return None  # cut in the middle
    if _MEASURE.search(phrase):
        return None  # an entry in a table of figures: "a .375 average", "a 1.5 GHz processor"
    if not is_description(whole, person=at.person, loose=loose):
        return None
    return start, start + len(phrase)


def _ends_dotted(phrase: str) -> bool:
    return re.search(r"(?:^|[\s(])(?:[A-Za-z]\.)+[A-Za-z]$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr)$", phrase) is not None


def _without_verb(phrase: str) -> str:
    """Return a phrase up to a verb that runs through it: "director of Orrin expressed his thanks"."""
    last = ""
    for match in _TOKEN.finditer(phrase):
        word = match[0]
        pronoun = _is_pronoun(phrase, match.end())
        taking = word in verb_forms() and (pronoun or _OBJECT.match(phrase, match.end()))
        told = word in words("speech") and match.end() == len(phrase)
        finite = word in words("finite") or taking or told or (pronoun and word.endswith("ed"))
        if (
            last
            and finite
            and last.lower() not in words("stops")
            and last.lower() not in words("before_verbs")
        ):
            return phrase[: match.start()].rstrip()
        last = word
    return phrase


def _is_pronoun(phrase: str, end: int) -> bool:
    following = _TOKEN.search(phrase, end)
    return following is not None and following[0].lower() in words("pronouns")


def is_finite_here(word: str) -> bool:
    """Return whether a word after a noun phrase is taken for its verb."""
    return word in verb_forms() or word in words("finite")


def is_closed(at: Beside, span: Span) -> bool:
    """Return whether a description after a name ends with a mark, not as the subject of a verb.

    "According to X, the minister has left": a subject of its own. "X, director of Orrin said": the comma is
    forgotten, which is believed where the name begins the sentence and the noun has a complement.
    """
    rest = at.text[span[1] : span[1] + 40]
    following = re.match(r" ([a-z]+)\b(,?)", rest)
    if following is None or not (is_finite_here(following[1]) or _FINITE_VERB.match(rest)):
        return True
    alone = begins_sentence(at.text, at.name.start) and not following[2]
    return alone and re.search(r" (?:of|at|for|in|from|to|with) ", at.text[slice(*span)]) is not None
