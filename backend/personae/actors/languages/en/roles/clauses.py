"""What a clause says of a name: "X is a nurse", "X was named head of Y", "X, who runs a bakery", "X of Y"."""

from __future__ import annotations

import re

from personae.actors.languages.en.roles.phrase import noun_phrase, phrase_end
from personae.actors.languages.en.roles.place import Beside, Span
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.languages.en.words.sentences import begins_sentence
from personae.actors.languages.en.words.verbs import follows_verb

_PREDICATE = re.compile(
    r",? (?:is|was|became|has been|remains) (?:now |also |currently |still )?(?=(?:an?|the|one of) )"
)
_NAMED = re.compile(
    r" (?:(?:is|was|has been|had been|have been|were) (?:(?!not|never|almost|nearly)[a-z]+ )?"
    rf"(?:{alternatives('appointive')}|sworn in)(?: as| to be| to)?|became|becomes|has become) "
)


def predicate(at: Beside) -> Span | None:
    """Find "a fund that pays countries" in "X is a fund that pays countries"."""
    match = _PREDICATE.match(at.text, at.name.end)
    span = noun_phrase(at, match.end()) if match else None
    return None if span is None or is_quoted(at.text, span) or is_opinion(at.text, span) else span


def named(at: Beside) -> Span | None:
    """Find "the new leader of the party" in "X was elected the new leader of the party on Tuesday"."""
    match = _NAMED.match(at.text, at.name.end) if at.person else None
    span = noun_phrase(at, match.end()) if match else None
    return None if span is None or is_quoted(at.text, span) or is_opinion(at.text, span) else span


def is_quoted(text: str, span: Span) -> bool:
    """Return whether a phrase stands within quotation marks, where a predicate is what somebody thinks."""
    before = text[: span[0]]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def is_opinion(text: str, span: Span) -> bool:
    """Return whether a description is a judgement: "a good player"."""
    said = {word.lower() for word in re.findall(r"[\w-]+", text[slice(*span)])[:4]}
    return bool(said & words("opinions"))


_CLAUSE = re.compile(
    r",(?: \d{1,3},)? who (?:(?:is|was) (?=an? |the |one of )|(?:is|was) (?:the |also )?(?=[a-z])|"
    rf"(?=(?:(?:has|had) )?(?:{alternatives('occupations')}) ))"
)
_CLAUSE_WORDS = 12
_LAST_COMPLEMENT = re.compile(
    r" (?:at|in|for|from|with|near|on|since|until)(?: (?!(?:at|in|for|from|with|near|on|since|until) )\S+)+$"
)


def clause(at: Beside) -> Span | None:
    """Find "researches displacement" in "Elizabeth Rhoads, who researches displacement, says"."""
    match = _CLAUSE.match(at.text, at.name.end) if at.person else None
    if match is None:
        return None
    start = match.end()
    if match[0].endswith((" is ", " was ", " also ", " the ")):
        return noun_phrase(at, start)
    auxiliary = re.compile(r"(?:has|had) ").match(at.text, start)
    phrase = at.text[start : phrase_end(at, auxiliary.end() if auxiliary else start + 1)]
    phrase = re.sub(r" (?:and|or|but)$", "", phrase)
    while len(phrase.split()) > _CLAUSE_WORDS and (last := _LAST_COMPLEMENT.search(phrase)):
        phrase = phrase[: last.start()]
    return (start, start + len(phrase)) if 1 < len(phrase.split()) <= _CLAUSE_WORDS else None


_POST = re.compile(
    r"[^.;:]{0,80}?\b(?:works|working|worked|serves|serving|served|appointed|elected|hired|promoted)\b"
    r"[^.;:,]{0,60}? as (?=(?:an?|the) |[A-Za-z])"
)


def post(at: Beside) -> Span | None:
    """Find "the state's chief engineer" in "X, who was appointed as the state's chief engineer"."""
    match = _POST.match(at.text, at.name.end) if at.person else None
    if match is None or any(at.name.end < n.start < match.end() for n in at.people()):
        return None
    return noun_phrase(at, match.end())


_MEMBER = re.compile(r" (of|from|at) (?:the )?$")
_CLOSED = re.compile(r"[,.;:)—–]| [—–-]|$")
_SAID = re.compile(rf"\b(?:{alternatives('speech')}|according to) $", re.IGNORECASE)
_WINDOW = 60  # characters before a name in which somebody is removed or met


def member(at: Beside) -> Span | None:
    """Find "of Oxfam" in "Ann Lee of Oxfam", where Oxfam is the name of a body or a place."""
    for body in at.names if at.person else ():
        gap = at.text[at.name.end : body.start] if body.start > at.name.end else ""
        match = _MEMBER.fullmatch(gap)
        if match is None:
            continue
        # "of Toronto's Mount Sinai Hospital", "of Leeds Business School"
        owns = _GOES_ON.match(at.text, body.end) is not None
        belongs = body.kind == "organization" or (body.kind == "place" and match[1] == "of" and not owns)
        if belongs and (match[1] == "of" or _stands_alone(at, body.end)) and not _is_removed(at):
            return at.name.end + 1, body.end
    return None


_GOES_ON = re.compile(r"['’]s|['’] | [A-Z]")


def _stands_alone(at: Beside, end: int) -> bool:
    """Return whether "X at Y" is a whole: it begins a sentence or is whose words are told, and is closed."""
    before = at.text[max(0, at.name.start - 16) : at.name.start]
    leads = begins_sentence(at.text, at.name.start) or _SAID.search(before) is not None
    return leads and (_CLOSED.match(at.text, end) is not None or follows_verb(at.text, end))


def _is_removed(at: Beside) -> bool:
    before = re.findall(r"[\w-]+", at.text[max(0, at.name.start - _WINDOW) : at.name.start])
    return any(word.lower() in words("removing") for word in before[-3:])


_FROM = re.compile(r",(?: (?:aged )?\d{1,3},)? ((?:from|of) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})(?=,|\.$)")


def origin(at: Beside) -> Span | None:
    """Find "from Leeds" in "Ann Lee, 34, from Leeds, agreed"."""
    match = _FROM.match(at.text, at.name.end) if at.person else None
    return match.span(1) if match else None
