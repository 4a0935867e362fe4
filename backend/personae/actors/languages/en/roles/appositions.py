"""What stands beside a name with a comma, a dash or a bracket: "X, the mayor of Y", "The mayor of Y, X,"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from personae.actors.languages.en.roles.clauses import is_opinion
from personae.actors.languages.en.roles.phrase import is_closed, noun_phrase
from personae.actors.languages.en.roles.place import Beside, Span, in_singular
from personae.actors.languages.en.words.descriptions import is_description, is_head
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.text.found_names import Name

_OPENING = re.compile(
    r"(?: \([^()]{1,12}\))?(?:['’]s)?"
    r"(?:, (?:[DRI]|[A-Z]{1,4})-[A-Z][\w.]{1,8}| \((?:[DRI]|[A-Z]{1,4})-[A-Z][^()]{1,20}\)|, (?:Jr|Sr)\.?)?"
    r"(?:,? \(?(?:aged )?\d{1,3}\)?)?(?:, | [—–-] | \((?=an? |the ))"
    rf"(?:(?:{alternatives('ongoing')}) )?"
)
# "X, MD, PhD, a surgeon": letters after a name.
_LETTERS = re.compile(r"(?:, (?:[A-Z][a-z]?[A-Z.]{0,4}\.?)(?=,)){1,4}, ")
_OVER = re.compile(rf"(?:{alternatives('over')}) ")
_AFFILIATION = re.compile(r" (?:of|from|at) (?:the )?$")


def apposition(at: Beside) -> Span | None:
    """Find "a sociologist at the university" after a name and a comma, a dash or a bracket."""
    for start in _openings(at):
        span = _after(at, start)
        if span is not None:
            return span
    return None


def _openings(at: Beside) -> list[int]:
    """Return where an apposition may begin after the name, its age, party, letters and affiliation."""
    ends = [at.name.end]
    if at.person:
        for other in at.names:
            gap = at.text[at.name.end : other.start]
            if (
                other.kind in {"organization", "place"}
                and other.start > at.name.end
                and _AFFILIATION.fullmatch(gap)
            ):
                ends.append(other.end)
                break
    found = []
    for end in ends:
        found += [
            match.end() for match in (_OPENING.match(at.text, end), _LETTERS.match(at.text, end)) if match
        ]
    return found


def _after(at: Beside, start: int) -> Span | None:
    over = _OVER.match(at.text, start)
    span = noun_phrase(at, over.end() if over else start, loose=True)
    if span is None or at.is_name(span) or not is_closed(at, span) or _belongs_to_member(at, span):
        return None
    if not at.person and _NEIGHBOUR.match(at.text, span[0]) and _AND.match(at.text, span[1]):
        return None  # "A, the team at B, and many others"
    if not at.person and at.text[span[0]].isupper() and not _POSSESSIVE.match(at.text, span[0]):
        return None
    return (over.start(), span[1]) if over else span


_NEIGHBOUR = re.compile(r"the ")
_AND = re.compile(r",? (?:and|or) ")
_POSSESSIVE = re.compile(r"(?:[A-Z][\w.-]+ ){0,3}[A-Z][\w.-]+(?:['’]s|s['’]) ")
_MEMBER_BEFORE = re.compile(r"(?:of|from|at)(?: the)? $")


def _belongs_to_member(at: Beside, span: Span) -> bool:
    """Return whether what follows a body describes a person of it: "X of the university, a scholar of Y"."""
    if at.person or not _MEMBER_BEFORE.search(at.text[max(0, at.name.start - 9) : at.name.start]):
        return False
    noun = re.split(
        r" (?:of|at|for|in|from|with|to|by|near|that|which|who|on|behind) ", at.text[slice(*span)], maxsplit=1
    )
    head = noun[0].rpartition(" ")[2]
    return is_head(head, person=True) and not is_head(head, person=False)


def shared_apposition(at: Beside) -> Span | None:
    """Find "the club's directors" after "X and Y", for both."""
    row = at.series()
    match = re.compile(r", ").match(at.text, row[1].end) if row else None
    span = noun_phrase(at, match.end(), plural=True) if match else None
    return None if span is None or at.is_name(span) or not is_closed(at, span) else span


_RELATION = re.compile(
    r"\b((?:[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w-]+(?: [A-Z][\w-]+)?['’‘]s) (?:[\w-]+ ){0,2}?([\w-]+)) $"
)


def relation_before(at: Beside) -> Span | None:
    """Find "Tom Fox's brother" right before a name."""
    near = _RELATION.search(at.text, max(0, at.name.start - 60), at.name.start) if at.person else None
    return near.span(1) if near and near[2].lower() in words("relations") else None


_OWNER = r"[A-Z][\w.-]+(?: [A-Z][\w.-]+)*(?:['’‘]s|s['’‘])"
# What an introduction before a name may follow, and how it begins: "but Valencia's mayor, ", "one of …".
_LEAD = re.compile(
    r"(?:^|[,.;:?!”] |[—–“\"(] ?"
    r"|(?<= )(?=(?:his|her|their|its) )"
    r"|\b(?:and|to|by|with|for|of|from|as|that|said|says|is|but|while|when|where|if|because|whether) )"
    rf"(?=(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]he|[Aa]n?|[Aa]nother|[Oo]ne of|{_OWNER}) )"
    r"|(?:^|[.;:?!,”\"] )(?=[A-Z])"
)
# "As policy director for the union, X has …"
_IN_OFFICE = re.compile(r"(?:^|[.?!”\"] )As (?=[A-Za-z])")
# Where a comma closes the name, an introduction may follow any word: "In May a captain, X, wrote".
_LOOSE_LEAD = re.compile(rf"\b[a-z0-9][\w-]* (?=(?:the|an?|another|one of|{_OWNER}) )")
_INTRODUCTION = re.compile(r"(?:[\w’‘'.&-]+ ){1,10}?[\w’‘'.&-]+(?=, $)")
_AFFILIATED = r"(?: (?:of|from|at) (?:the )?[A-Z][\w’'-]*(?: [\w’'-]+){0,4}?(?=,))?"
_AFTER_INTRODUCTION = re.compile(
    rf"{_AFFILIATED}(?:[,.;)”\"]| [—–(-]|['’]s?\b| (?:said|says|told|is|was|has|had|will|would)\b)"
)
_CLOSED = re.compile(rf"{_AFFILIATED}(?: \([^()]{{1,12}}\))?(?:,| [—–-] )")
_HEAD_OF = re.compile(r"([\w-]+) (?:of|to|for) $")
_LONGEST = 130  # characters


def _actors(at: Beside) -> Iterator[Name]:
    return (name for name in at.names if name.kind in {"person", "organization", "thing"})


def introduction(at: Beside) -> Span | None:
    """Find "Valencia's mayor" before ", María José Catalá"."""
    return _introduced(at, at.name.start, at.name.end)


def shared_introduction(at: Beside) -> Span | None:
    """Find "the club's directors" before ", X and Y", for both."""
    row = at.series()
    return _introduced(at, row[0].start, row[1].end, plural=True) if row else None


def _introduced(at: Beside, begins: int, ends: int, *, plural: bool = False) -> Span | None:
    first = max(0, begins - _LONGEST)
    window = at.text[first:begins]
    after = _AFTER_INTRODUCTION.match(at.text, ends) or (
        plural and re.compile(r"[:,.;]").match(at.text, ends)
    )
    if not window.endswith(", ") or not after:
        return None
    closed = _CLOSED.match(at.text, ends) is not None
    leads = list(_LEAD.finditer(window)) + list(_IN_OFFICE.finditer(window))
    if closed:
        leads += _LOOSE_LEAD.finditer(window)
    for start in sorted({lead.end() for lead in leads}, reverse=True):  # the shortest first
        match = _INTRODUCTION.match(window, start)
        if match is None or "." in re.sub(r"\b(?:[A-Z]\.)+|\.(?=\S)", "", match[0]):
            continue
        phrase = in_singular(match[0]) if plural else match[0]
        span = (first + match.start(), first + match.end())
        if phrase and is_description(phrase, person=at.person) and not at.is_name(span):
            of = _HEAD_OF.search(window, 0, start)
            if not closed and match[0].startswith("the ") and match[0].count(" ") == 1:
                return None  # "Of the director, X said": somebody else
            if is_opinion(at.text, span):
                return None
            before = first + start - len(", ")
            if any(n.end == before and (n.kind == "person") == at.person for n in _actors(at)):
                return None  # "According to Y, a firm that counts, X has": Y is the firm
            # "an aide to the president, X,": either of them.
            return None if of and is_head(of[1], person=at.person) else span
    return None
