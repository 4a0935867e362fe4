"""Who somebody is, in the text's own words: the phrase beside a name that describes its bearer.

Looked for beside each mention: a title before the name, an apposition on either side, "X is a …",
"X, who …" and "X of the body". The phrase is verbatim. Precision comes first: where the words do not look
like a description, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.descriptions import (
    closes_as_title,
    is_description,
    singular,
    title_start,
)
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.merge.cluster import Cluster
from personae.actors.text.found_names import Name
from personae.actors.text.text_units import Block

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Role:
    """A description: its words, where they stand, and how they stand to the name."""

    text: str
    block: int
    start: int
    rule: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One mention, the text around it, and all names of its block in order."""

    text: str
    name: Name
    person: bool
    names: Sequence[Name] = ()


def roles(
    blocks: Sequence[Block], cluster: Cluster, names: Mapping[int, Sequence[Name]] | None = None
) -> Iterator[Role]:
    """Yield every description of a cluster, in reading order of the mentions.

    names: those of each block, in order.
    """
    for name in cluster.names if cluster.type != "country" else ():
        block = blocks[name.block]
        row = names.get(name.block, ()) if names else ()
        place = Beside(block.text, name, cluster.type == "person", row)
        for rule, find in _RULES:
            span = find(place)
            if span and span[0] >= block.body_start and not _is_somebody_else(place, span):
                yield Role(block.text[span[0] : span[1]], name.block, span[0], rule)


_COMPLEMENT = re.compile(r"\b(?:at|by|for|from|in|near|of|on|to|with) $")


def _is_somebody_else(at: Beside, span: Span) -> bool:
    """Return whether a phrase is itself a person, named at its end: "drug dealer X (a manic Lee Fox)"."""
    return any(
        n.end == span[1] and not _COMPLEMENT.search(at.text, span[0], n.start) for n in _people(at.names)
    )


def _people(names: Sequence[Name]) -> Iterator[Name]:
    return (name for name in names if name.kind == "person")


_WINDOW = 130  # characters before a name that may hold its title

# With a capital: "the law professor" is no honorific.
_HONORIFIC = re.compile(rf"(?<![\w-])(?:{alternatives('honorifics')})\.? $")


def _title(at: Beside) -> Span | None:
    """Find "U.S. Secretary of State" before "John Kerry"."""
    end = at.name.start
    if at.person and (honorific := _HONORIFIC.search(at.text, max(0, end - 12), end)):
        end = honorific.start()
    tokens = _words_before(at.text, end)
    before = tokens[-2][1] if len(tokens) > 1 else ""
    if not tokens or not closes_as_title(tokens[-1][1], person=at.person, before=before):
        return None
    start = title_start(tokens, person=at.person)
    return None if start is None else (start, end - 1)


def _words_before(text: str, end: int) -> list[tuple[int, str]]:
    """Return the words before `end`, each with its offset, when a space parts them from it."""
    if text[end - 1 : end] != " ":
        return []
    first = max(0, end - _WINDOW)
    tokens = [(first + m.start(), m[0]) for m in re.finditer(r"\S+", text[first:end])]
    return tokens[1:] if first else tokens  # the first one is cut in two by the window


_AND = re.compile(r",? and |, ")


def _shared_title(at: Beside) -> Span | None:
    """Find "board members" before "Ann Lee and Tom Fox", for both."""
    row = list(_people(at.names))
    if not at.person or at.name not in row:
        return None
    first = last = row.index(at.name)
    while first and _AND.fullmatch(at.text, row[first - 1].end, row[first].start):
        first -= 1
    while last + 1 < len(row) and _AND.fullmatch(at.text, row[last].end, row[last + 1].start):
        last += 1
    end = row[first].start
    tokens = _words_before(at.text, end)
    if first == last or not tokens or not (one := singular(tokens[-1][1])):
        return None
    before = tokens[-2][1] if len(tokens) > 1 else ""
    if not closes_as_title(one, person=True, before=before):
        return None
    start = title_start([*tokens[:-1], (tokens[-1][0], one)], person=True)
    return None if start is None else (start, end - 1)


_RELATION = re.compile(
    r"\b((?:[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w-]+(?: [A-Z][\w-]+)?['’‘]s) (?:[\w-]+ ){0,2}?([\w-]+)) $"
)
_OWNER = r"[A-Z][\w.-]+(?: [A-Z][\w.-]+)*(?:['’‘]s|s['’‘])"
# What an introduction before a name may follow, and how it begins: "but Valencia's mayor, ", "one of …".
_LEAD = re.compile(
    r"(?:^|[,.;:?!—–“\"(] ?"
    r"|(?<= )(?=(?:his|her|their|its) )"
    r"|\b(?:and|to|by|with|for|of|from|as|that|said|says|is|but|while|when|where|if|because) )"
    rf"(?=(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]he|[Aa]n?|[Oo]ne of|{_OWNER}) )"
    r"|(?:^|[.;:?!,”\"] )(?=[A-Z])"
)
# Where a comma closes the name, an introduction may follow any word: "In May a captain, X, wrote".
_LOOSE_LEAD = re.compile(r"(?<=\w )(?=(?:the|an?) )")
_INTRODUCTION = re.compile(r"(?:[\w’‘'-]+ ){1,8}?[\w’‘'-]+(?=, $)")
_AFTER_INTRODUCTION = re.compile(r"[,.;)]| \(|['’]s?\b| (?:said|says|told|is|was|has|had|will|would)\b")


def _before(at: Beside) -> Span | None:
    """Find "his brother" right before a name, and "Valencia's mayor" before ", María José Catalá"."""
    if at.person:
        near = _RELATION.search(at.text, max(0, at.name.start - 60), at.name.start)
        if near and near[2].lower() in words("relations"):
            return near.span(1)
    first = max(0, at.name.start - 100)
    window = at.text[first : at.name.start]
    if not window.endswith(", ") or not _AFTER_INTRODUCTION.match(at.text, at.name.end):
        return None
    leads = list(_LEAD.finditer(window))
    if at.text.startswith(",", at.name.end):
        leads += _LOOSE_LEAD.finditer(window)
    for start in sorted({lead.end() for lead in leads}, reverse=True):  # the shortest first
        match = _INTRODUCTION.match(window, start)
        if match and is_description(match[0], person=at.person):
            return first + match.start(), first + match.end()
    return None


_APPOSITION = re.compile(
    r"(?: \([^()]{1,12}\))?(?:['’]s)?(?:,? \(?(?:aged )?\d{1,3}\)?)?(?:, | [—–-] | \((?=an? |the ))"
)
_END = re.compile(
    r"[;:()—–“”\"\n]|, | (?:when|where|while|after|before|because|said|says|told)\b"
    r"| (?:has|have|had|is|was|are|were|will)\b"
    r"|[.!?](?=\s|$)| [-–—] "
)
_VERB = re.compile(r" (?:has|have|had|is|was|are|were|will|said|says|told)\b")
_RELATIVE = re.compile(r" (?:who|that|which|whose|founded|created)(?: |$)")
_MORE = re.compile(r"[A-Z][\w-]+ and [A-Z][\w-]+(?=[,.])")


def _apposition(at: Beside) -> Span | None:
    """Find "a sociologist at the university" after a name and a comma, a dash or a bracket."""
    match = _APPOSITION.match(at.text, at.name.end)
    span = _phrase(at, match.end(), loose=True) if match else None
    # "According to X, the minister has left": a verb makes it a subject of its own.
    return None if span is None or _VERB.match(at.text, span[1]) else span


_PREDICATE = re.compile(
    r",? (?:is|was|became|has been) (?:now |also |currently |still )?(?=(?:an?|the|one of) )"
)


def _predicate(at: Beside) -> Span | None:
    """Find "a fund that pays countries" in "X is a fund that pays countries"."""
    match = _PREDICATE.match(at.text, at.name.end)
    return _phrase(at, match.end()) if match else None


def _phrase(at: Beside, start: int, *, loose: bool = False) -> Span | None:
    """Return the description that begins at `start`, up to the end of its noun phrase."""
    stop = _END.search(at.text, start)
    end = stop.start() if stop else len(at.text)
    if stop and stop[0] == ", " and (more := _MORE.match(at.text, stop.end())):
        end = more.end()  # "Programme Officer, Mobilization and Outreach"
    phrase = at.text[start:end].rstrip(" .,")
    clause = _RELATIVE.search(phrase)
    if clause and (not at.person or len(phrase.split()) > _CLAUSE_WORDS):
        phrase = phrase[: clause.start()]
    if not is_description(phrase, person=at.person, loose=loose):
        return None
    return start, start + len(phrase)


_CLAUSE = re.compile(
    r",(?: \d{1,3},)? who (?:(?:is|was) (?=an? |the |one of )|(?:is|was) (?:the |also )?(?=[a-z])|"
    rf"(?=(?:(?:has|had) )?(?:{alternatives('occupations')}) ))"
)
_CLAUSE_WORDS = 12
_LAST_COMPLEMENT = re.compile(
    r" (?:at|in|for|from|with|near|on|since|until)(?: (?!(?:at|in|for|from|with|near|on|since|until) )\S+)+$"
)


def _clause(at: Beside) -> Span | None:
    """Find "researches displacement" in "Elizabeth Rhoads, who researches displacement, says"."""
    match = _CLAUSE.match(at.text, at.name.end) if at.person else None
    if match is None:
        return None
    start = match.end()
    if match[0].endswith((" is ", " was ", " also ", " the ")):
        return _phrase(at, start)
    stop = _END.search(at.text, start + len("has "))
    phrase = at.text[start : stop.start() if stop else len(at.text)]
    while len(phrase.split()) > _CLAUSE_WORDS and (last := _LAST_COMPLEMENT.search(phrase)):
        phrase = phrase[: last.start()]
    return (start, start + len(phrase)) if 1 < len(phrase.split()) <= _CLAUSE_WORDS else None


_POST = re.compile(
    r"[^.;:]{0,80}?\b(?:works|working|worked|serves|serving|served|appointed|elected|hired|promoted)\b"
    r"[^.;:,]{0,60}? as (?=(?:an?|the) |[A-Za-z])"
)


def _post(at: Beside) -> Span | None:
    """Find "the state's chief engineer" in "X, who was appointed as the state's chief engineer"."""
    match = _POST.match(at.text, at.name.end) if at.person else None
    if match is None or any(at.name.end < n.start < match.end() for n in _people(at.names)):
        return None
    return _phrase(at, match.end())


def _people_before(at: Beside) -> Span | None:
    """Find "Colombian" in "She beat Colombian Ann Lee"."""
    tokens = _words_before(at.text, at.name.start) if at.person and " " in at.name.text else []
    if not tokens or tokens[-1][1] not in countries().people:
        return None
    return tokens[-1][0], at.name.start - 1


_MEMBER = re.compile(r" (?=(?:of|from|at) (?:the )?$)")


def _member(at: Beside) -> Span | None:
    """Find "of Oxfam" in "Ann Lee of Oxfam", where Oxfam is the name of a body."""
    if at.person:
        for body in at.names:
            gap = at.text[at.name.end : body.start]
            if body.kind == "organization" and body.start > at.name.end and _MEMBER.match(gap):
                return at.name.end + 1, body.end
    return None


_RULES: tuple[tuple[str, Callable[[Beside], Span | None]], ...] = (
    ("title", _title),
    ("apposition", _apposition),
    ("shared title", _shared_title),
    ("apposition before", _before),
    ("predicate", _predicate),
    ("clause", _clause),
    ("post", _post),
    ("member", _member),
    ("people", _people_before),
)
