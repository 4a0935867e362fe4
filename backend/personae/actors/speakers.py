"""Whose words a quotation is: the speaker that its own sentence names, or refers to beyond doubt.

Precision comes first. A sentence is read with its quotations masked, from the cue ("said") to the subject
before or after it. "She said" and "the minister said" count where one person only can be meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from personae.actors.blocks import Block
from personae.actors.descriptions import is_description, is_head
from personae.actors.tables import alternatives, words
from personae.model import ActorType

MASK = "\x00"  # stands for each character of a quotation, but for a full stop at its end

_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Capt|Sgt|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr|No|Inc|Co|Corp|vs))$"
)
_NEXT_SENTENCE = re.compile(r"\s(?=[\"“‘A-Z\x00\d])")
_TAIL = 8  # characters that tell an abbreviation from the end of a sentence
_PUNCTUATION = frozenset(".!?…\"”’')\x00")
_CLOSING = "\"”’')\x00 "


@dataclass(frozen=True, slots=True)
class Named:
    """A mention within a block: characters start to end (exclusive), and the number of its actor."""

    start: int
    end: int
    actor: int
    type: ActorType


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker's number, and the cue that says so."""

    actor: int
    cue: str


@dataclass
class Passage:
    """One paragraph to be searched for speakers.

    text: with its quotations masked, of the same length; named: in order; before: who the paragraph before
    names, and previous: its text, masked; spoke: its only speaker; pronouns: of actors, as far as known;
    titles: what one actor alone is called, in lower case.
    """

    block: Block
    text: str
    named: Sequence[Named]
    before: Sequence[Named] = ()
    spoke: int | None = None
    pronouns: dict[int, str] = field(default_factory=dict)
    titles: Mapping[str, int] = field(default_factory=dict)
    previous: str = ""

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        """Where sentences end and the next begin."""
        found = []
        for match in _NEXT_SENTENCE.finditer(self.text):
            end = match.start()
            if self.text[end - 1 : end] in _PUNCTUATION and _ends_sentence(self.text, end):
                found.append((end, match.end()))
        return found

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the sentence around start to end."""
        before = bisect_right(self._ends, start, key=lambda pair: pair[1])
        after = bisect_left(self._ends, end, key=lambda pair: pair[0])
        first = self._ends[before - 1][1] if before else 0
        return first, self._ends[after][0] if after < len(self._ends) else len(self.text)

    def within(self, start: int, end: int) -> list[Named]:
        """Return the mentions between start and end."""
        first = bisect_left(self.named, start, key=lambda n: n.start)
        last = bisect_right(self.named, end, key=lambda n: n.end)
        return list(self.named[first:last])


def _ends_sentence(text: str, end: int) -> bool:
    last = text[max(0, end - _TAIL) : end].rstrip(_CLOSING)
    return last.endswith((".", "!", "?", "…")) and not _ABBREVIATION.search(last[:-1])


def after(passage: Passage, end: int) -> Attribution | None:
    """Find the speaker in what follows a quotation that ends at `end`, its closing mark included."""
    text = passage.text
    if _NEW_SENTENCE.match(text, end):
        return None
    stop = passage.sentence(end, end)[1]
    nearest = text.find(MASK, end)
    stop = min(stop, nearest) if nearest >= 0 else stop
    match = _cue_first().match(text, end, stop)
    if match:
        return _inverted(passage, match, stop)
    for cue in _cue().finditer(text, end, stop):
        if text.startswith(":", cue.end()):
            return None  # it leads up to the next quotation
        if re.search(r"[;:]|\b(?:and|but|as|when|while|after|before|that)\b", text[end : cue.start()]):
            return None
        return _subject(passage, end, cue)
    return None


def before(passage: Passage, start: int) -> Attribution | None:
    """Find the speaker in the part of the sentence that leads up to a quotation at `start`."""
    text = passage.text
    first = passage.sentence(start, start)[0]
    cues = list(_cue().finditer(text, first, start))
    participle = list(_participle().finditer(text, first, start))
    if participle and (not cues or participle[-1].start() > cues[-1].start()):
        return _sentence_subject(passage, first, participle[-1])
    if not cues:
        return None
    for cue in reversed(cues):
        between = text[cue.end() : start]
        if MASK in between or _OTHER_CLAUSE.search(between):
            return None
        found = _subject(passage, first, cue)
        if found or cue[1].lower() not in _NOUNS:
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
    for cue in _report().finditer(text, earlier, end):
        if not _SUBORDINATE.search(text[earlier : cue.start()]):
            turned = _cue_first().match(text, cue.start() - 2, end)
            attribution = _subject(passage, earlier, cue) or (turned and _inverted(passage, turned, end))
            if attribution is None:
                return None
            found[attribution.actor] = attribution
    people = {n.actor for n in passage.within(earlier, end) if n.type == "person"}
    return next(iter(found.values())) if len(found) == 1 and people <= found.keys() else None


def put_by(passage: Passage, start: int) -> Attribution | None:
    """Find the speaker in "as Lee put it, " and "according to Lee, " right before a quotation at `start`."""
    text = passage.text
    first = passage.sentence(start, start)[0]
    names = passage.within(first, start)
    if match := _PUT_IT.search(text, first, start):
        spoke = next((n for n in names if n.start == match.start(1) and n.end <= match.end(1)), None)
        return Attribution(spoke.actor, "put") if spoke else None
    return None


def according(passage: Passage) -> Iterator[tuple[int, int, Attribution]]:
    """Yield each sentence without quotation that begins or ends "according to Lee", without those words."""
    text = passage.text
    for match in _ACCORDING.finditer(text):
        first, stop = passage.sentence(match.start(), match.end())
        source = next((n for n in passage.within(match.end(), stop)), None)
        if source is None or source.start != match.end() or source.type == "country":
            continue
        if MASK in text[first:stop] or _OWNER.match(text, source.end):
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


def reported(passage: Passage) -> Iterator[tuple[int, int, Attribution]]:
    """Yield each clause that reports speech, start to end (exclusive), whose subject its sentence names."""
    text = passage.text
    for cue in _report().finditer(text):
        first, stop = passage.sentence(cue.start(), cue.end())
        clause = _THAT.match(text, cue.end(), stop) or _bare_clause(passage, cue.end(), stop)
        if clause is None or MASK in text[first:stop]:
            continue
        lead = text[first : cue.start()]
        if _SUBORDINATE.search(lead):
            continue
        if not passage.within(first, cue.start()) and not _PRONOUN_FIRST.fullmatch(lead):
            continue
        attribution = _subject(passage, first, cue)
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


def _inverted(passage: Passage, match: re.Match[str], stop: int) -> Attribution | None:
    """Find the speaker after "said "."""
    text, cue, start = passage.text, match[1], match.end()
    if pronoun := _PRONOUN_HERE.match(text, start):
        return _pronoun(passage, pronoun[1].lower(), start, cue)
    names = passage.within(start, stop)
    for name in names:
        between = text[start : name.start]
        described = _INTRODUCED.fullmatch(between)
        if described and name.type == "person" and is_head(described[1], person=True):
            return Attribution(name.actor, cue)
        if re.search(r"[,.;:()]", _without_abbreviations(between)) or _BELONGS.search(between):
            break
        if _OWNER.match(text, name.end):
            continue
        if name.type == "person" or not _ROLE_NEXT.match(text, name.end):
            return Attribution(name.actor, cue) if name.type != "country" else None
    if re.match(r"the (?:\d\d-year-old|[\w-]+)", text[start:stop]) and not names:
        return _description(passage, text[start:stop], start, cue)
    return None


def _subject(passage: Passage, first: int, cue: re.Match[str]) -> Attribution | None:
    """Find the subject of a cue in the sentence or clause that begins at `first`."""
    lead = passage.text[first : cue.start()]
    if _PASSIVE.search(lead):
        return None
    if pronoun := _PRONOUN_BEFORE.search(lead):
        return _pronoun(passage, pronoun[1].lower(), first + pronoun.start(1), cue[1])
    names = passage.within(first, cue.start())
    if not names:
        return _description(passage, lead, first, cue[1])
    subject = _named_subject(passage.text, names, first, cue)
    return Attribution(subject.actor, cue[1]) if subject and subject.type != "country" else None


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


def _sentence_subject(passage: Passage, first: int, cue: re.Match[str]) -> Attribution | None:
    """Find the subject of a sentence that goes on ", saying"."""
    text = passage.text
    names = passage.within(first, cue.start())
    people = {n.actor for n in names if n.type == "person"}
    opening = [n for n in names if n.start < first + _OPENING]
    if pronoun := re.match(r"(He|She) ", text[first:]):
        return _pronoun(passage, pronoun[1].lower(), first, cue[1])
    if not opening or _BELONGS.search(text[first : opening[0].start]) or _OWNER.match(text, opening[0].end):
        return None
    if opening[0].type == "person" and (len(people) == 1 or opening[0] is names[0]):
        return Attribution(opening[0].actor, cue[1])
    return None


def _pronoun(passage: Passage, pronoun: str, at: int, cue: str) -> Attribution | None:
    """Find who "he" or "she" is, where one person only can be meant."""
    if pronoun not in {"he", "she"}:
        return None

    def fits(actor: int) -> bool:
        return passage.pronouns.get(actor, pronoun) == pronoun

    stop = passage.sentence(at, at)[1]
    # "He said Lee had left": he is not Lee.
    others = {n.actor for n in passage.within(at, stop)}
    here = [n for n in passage.within(0, at) if n.type == "person" and fits(n.actor)]
    # "She accused Lee": she is not Lee, nor in the next sentence.
    here = [n for n in here if not _same_pronoun(passage.text, n, pronoun)]
    inside = {n.actor for n in here} - others
    if len(inside) == 1:
        found = inside.pop()
    elif inside:
        return None
    elif passage.spoke is not None and fits(passage.spoke):
        found = passage.spoke
    else:
        people = {n.actor for n in passage.before if n.type == "person" and fits(n.actor)}
        if len(people) != 1 or any(_same_pronoun(passage.previous, n, pronoun) for n in passage.before[:1]):
            return None
        found = people.pop()
    if found in others:
        return None
    passage.pronouns[found] = pronoun
    return Attribution(found, cue)


def _same_pronoun(text: str, name: Named, pronoun: str) -> bool:
    """Say whether the sentence of a name has the pronoun before it, which then means somebody else."""
    start = max(text.rfind(". ", 0, name.start), text.rfind(MASK, 0, name.start))
    return bool(re.search(rf"\b{pronoun}\b", text[start + 1 : name.start], re.IGNORECASE))


def _description(passage: Passage, phrase: str, at: int, cue: str) -> Attribution | None:
    """Find who "the minister" is, where the paragraph, or the one before, names one person."""
    head = re.search(
        r"\b[Tt]he ((?:[\w-]+ ){0,2}?(?:[\w-]+))(?: of [\w ]+)?(?: (?:also|then|has|had))?[ ,.]*$", phrase
    )
    if not head or not (
        head[1].rpartition(" ")[2].lower() in words("roles") or re.fullmatch(r"\d\d-year-old", head[1])
    ):
        return None
    title = passage.titles.get(head[1].lower())
    if title is not None:
        return Attribution(title, cue)
    people = {n.actor for n in passage.within(0, at) if n.type == "person"}
    people |= {n.actor for n in passage.before if n.type == "person"}
    return Attribution(people.pop(), cue) if len(people) == 1 else None


def _without_abbreviations(text: str) -> str:
    return re.sub(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|Rev|St|[A-Z])\.", "", text)


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({alternatives('speech')}|{alternatives('cues')})(?![\w-])")


@cache
def _cue_first() -> re.Pattern[str]:
    return re.compile(rf",? ({alternatives('speech')}|{alternatives('cues')})(?: \w+ly)? (?:the )?(?=\S)")


@cache
def _report() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({alternatives('reports')})(?![\w-])")


@cache
def _participle() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({alternatives('participles')})(?![\w-])")


_PRONOUN_HERE = re.compile(r"(he|she|they|it|we|I)\b")
_ADVERBS = (
    r"(?: (?:also|then|later|has|have|had|once|previously|simply|only|often|still|\w+ly|himself|herself))*"
)
_PRONOUN_BEFORE = re.compile(
    rf"(?:^ ?|[,;\x00] ?|\b(?:and|but|that|as) )([Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I){_ADVERBS} $"
)
_PRONOUN_FIRST = re.compile(rf"(?:But |And |Later,? |Still, )?(?:He|She|he|she){_ADVERBS} ")
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|be|being|to|not|who|which)(?: \w+ly)? $")
# What may stand between a subject and its cue: nothing, an adverb, an apposition, an age.
_TO_CUE = re.compile(
    rf"(?:,|,? \(?\d\d\)?,?|, (?:[^.;:()\x00]|(?<=[A-Z])\.){{2,120}},| \([^()]{{1,40}}\)"
    rf"| (?:of|from|at|with) (?:the )?[^,.;:()\x00]{{2,60}}?)?{_ADVERBS} "
)
_APPOSITION = re.compile(rf", (?:[^.;:\x00]|(?<=[A-Z])\.){{2,160}},{_ADVERBS} ")
# "as Lee put it, ", "as Lee puts it: "; "according to Lee, a nurse, ".
_PUT_IT = re.compile(r"\bas ([^,.;:()\x00]{2,60}?) (?:has )?puts? it(?:[,:]| [—–-])? ?$")
_ACCORDING = re.compile(r"\b[Aa]ccording to (?:the )?")
_INTRODUCED = re.compile(r"[^,.;:()]{1,80}?([\w-]+), ")  # "Ghana's health minister, "
_OPENING = 60  # characters within which a sentence names its subject
MIN_REPORTED = 3  # words that a reported clause must have more than
# "said that", "said on Friday that", "told the board that", "said by telephone that".
_THAT = re.compile(
    r"(?: (?:on|in|at|by|during|from|to|via|outside|after|last|this|the|an?|reporters|[A-ZÀ-Þ][\w-]*)"
    r"(?: (?!that\b|said\b|and\b)[\w’'-]+){0,4})?,? that "
)
_AUXILIARY_SOON = re.compile(
    r"(?: [\w’'-]+){1,6} (?:had|has|have|was|were|is|are|would|will|could|should|must|can|did|does|do)\b"
)
_SUBORDINATE = re.compile(
    r"\b(?:as|if|when|what|whether|because|unless|until|which|who|how|why) (?:[\w’'-]+ ){0,4}$", re.IGNORECASE
)
_NEW_SENTENCE = re.compile(r" (?:The|He|She|They|It|We|I|But|And|When|In|On|At|As|Asked)\b")
_OTHER_CLAUSE = re.compile(r";|, (?:who|which|where|when|while|but|and|according)\b")
# Cues that may be nouns: "EU states".
_NOUNS = frozenset({"states", "reports", "claims", "notes", "calls", "offered", "read", "shared", "posted"})
_BELONGS = re.compile(
    r"\b(?:of|at|for|from|in|to|with|by|on|against|about)(?: the| a| an)? (?:[A-Z][\w-]+ )?$"
)
_OF = re.compile(r",? (?:of|at|from|with) (?:the )?")
_OWNER = re.compile(r"['’](?:s\b)? ?")
_ROLE_NEXT = re.compile(r" [a-z][\w-]+ (?:[\w-]+ ){0,3}[A-ZÀ-Þ]")
