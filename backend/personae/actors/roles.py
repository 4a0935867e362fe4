"""Who somebody is, in the text's own words: the phrase beside a name that describes its bearer.

Looked for beside each mention: a title before the name, an apposition on either side, "X is a …" and
"X, who …". The phrase is verbatim. Precision comes first: where the words do not look like a description,
there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from personae.actors.aliases import Cluster
from personae.actors.blocks import Block
from personae.actors.descriptions import closes_as_title, is_description, title_start
from personae.actors.names import Name
from personae.actors.tables import words

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Role:
    """A description: its words, where they stand, and how they stand to the name."""

    text: str
    block: int
    start: int
    rule: str


def roles(blocks: Sequence[Block], made: Cluster) -> Iterator[Role]:
    """Yield every description of a cluster, in reading order of the mentions."""
    person = made.type == "person"
    rules = [] if made.type == "country" else _RULES
    for name in made.names:
        block = blocks[name.block]
        for rule, find in rules:
            span = find(block.text, name, person)
            if span is not None and span[0] >= block.body_start:
                yield Role(block.text[span[0] : span[1]], name.block, span[0], rule)


def best_role(found: Sequence[Role]) -> Role | None:
    """Return the most informative description: of the surest rule, the first that is more than a word."""
    if not found:
        return None
    rank = min(_RANKS[role.rule] for role in found)
    candidates = [role for role in found if _RANKS[role.rule] == rank]
    first = candidates[0]
    if " " in first.text:
        return first
    return max(candidates, key=lambda role: (min(len(role.text.split()), 5), -role.block, -role.start))


_WINDOW = 130  # characters before a name that may hold its title

_HONORIFIC = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(words('honorifics'), key=len)))})\.? $", re.IGNORECASE
)


def _title(text: str, name: Name, person: bool) -> Span | None:  # noqa: FBT001  all rules have one signature
    """Find "U.S. Secretary of State" before "John Kerry"."""
    end = name.start
    if person and (honorific := _HONORIFIC.search(text, max(0, end - 12), end)):
        end = honorific.start()
    if not text[:end].endswith(" "):
        return None
    first = max(0, end - _WINDOW)
    tokens = [(first + m.start(), m[0]) for m in re.finditer(r"\S+", text[first:end])]
    if first and tokens:
        tokens = tokens[1:]  # cut in two by the window
    before = tokens[-2][1] if len(tokens) > 1 else ""
    if not tokens or not closes_as_title(tokens[-1][1], person=person, before=before):
        return None
    start = title_start(tokens, person=person)
    return None if start is None else (start, end - 1)


_RELATION = re.compile(
    r"\b((?:[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w-]+(?: [A-Z][\w-]+)?['’‘]s) (?:[\w-]+ ){0,2}?([\w-]+)) $"
)
# What an introduction before a name may follow, and how it begins: "but Valencia's mayor, ", "one of …".
_LEAD = re.compile(
    r"(?:^|[,.;:?!—–“\"(] ?"
    r"|(?<= )(?=(?:his|her|their|its) )"
    r"|\b(?:and|to|by|with|for|of|from|as|that|said|says|is|but|while|when|where|if|because) )"
    r"(?=(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]he|[Aa]n?|[Oo]ne of|[A-Z][\w.-]+(?: [A-Z][\w.-]+)*['’‘]s) )"
)
_INTRODUCTION = re.compile(r"(?:[\w’‘'-]+ ){1,8}?[\w’'-]+(?=, $)")
_AFTER_INTRODUCTION = re.compile(r"[,.;)]|['’]s?\b| (?:said|says|told|is|was|has|had|will|would)\b")


def _before(text: str, name: Name, person: bool) -> Span | None:  # noqa: FBT001
    """Find "his brother" right before a name, and "Valencia's mayor" before ", María José Catalá"."""
    if person:
        near = _RELATION.search(text, max(0, name.start - 60), name.start)
        if near and near[2].lower() in words("relations"):
            return near.span(1)
    first = max(0, name.start - 100)
    window = text[first : name.start]
    if not window.endswith(", ") or not _AFTER_INTRODUCTION.match(text, name.end):
        return None
    for lead in reversed(list(_LEAD.finditer(window))):  # the shortest first
        match = _INTRODUCTION.match(window, lead.end())
        if match and is_description(match[0], person=person):
            return first + match.start(), first + match.end()
    return None


_APPOSITION = re.compile(r"(?:['’]s)?(?:,? \(?(?:aged )?\d{1,3}\)?)?(?:, | [—–-] | \((?=an? |the ))")
_END = re.compile(
    r"[;:()—–“”\"\n]|, | (?:when|where|while|after|before|because|said|says|told)\b"
    r"| (?:has|have|had|is|was|are|were|will)\b"
    r"|[.!?](?=\s|$)| [-–—] "
)
_RELATIVE = re.compile(r" (?:who|that|which|whose|founded|created)(?: |$)")
_MORE = re.compile(r"[A-Z][\w-]+ and [A-Z][\w-]+(?=[,.])")


def _apposition(text: str, name: Name, person: bool) -> Span | None:  # noqa: FBT001
    """Find "a sociologist at the university" after a name and a comma, a dash or a bracket."""
    match = _APPOSITION.match(text, name.end)
    return _phrase(text, match.end(), person, loose=True) if match else None


_PREDICATE = re.compile(
    r",? (?:is|was|became|has been) (?:now |also |currently |still )?(?=(?:an?|the|one of) )"
)


def _predicate(text: str, name: Name, person: bool) -> Span | None:  # noqa: FBT001
    """Find "a fund that pays countries" in "X is a fund that pays countries"."""
    match = _PREDICATE.match(text, name.end)
    return _phrase(text, match.end(), person) if match else None


def _phrase(text: str, start: int, person: bool, *, loose: bool = False) -> Span | None:  # noqa: FBT001
    """Return the description that begins at `start`, up to the end of its noun phrase."""
    stop = _END.search(text, start)
    end = stop.start() if stop else len(text)
    if stop and stop[0] == ", " and (more := _MORE.match(text, stop.end())):
        end = more.end()  # "Programme Officer, Mobilization and Outreach"
    phrase = text[start:end].rstrip(" .,")
    clause = _RELATIVE.search(phrase)
    if clause and (not person or len(phrase.split()) > _CLAUSE_WORDS):
        phrase = phrase[: clause.start()]
    if not is_description(phrase, person=person, loose=loose):
        return None
    return start, start + len(phrase)


_CLAUSE = re.compile(
    r",(?: \d{1,3},)? who (?:(?:is|was) (?=an? |the )|"
    r"(?=(?:heads|leads|runs|chairs|directs|founded|owns|manages|studies|researches|works|teaches) ))"
)
_CLAUSE_WORDS = 12
_LAST_COMPLEMENT = re.compile(
    r" (?:at|in|for|from|with|near|on)(?: (?!(?:at|in|for|from|with|near|on) )\S+)+$"
)


def _clause(text: str, name: Name, person: bool) -> Span | None:  # noqa: FBT001
    """Find "researches displacement" in "Elizabeth Rhoads, who researches displacement, says"."""
    match = _CLAUSE.match(text, name.end) if person else None
    if match is None:
        return None
    start = match.end()
    if text.startswith(("a ", "an ", "the "), start):
        return _phrase(text, start, person)
    stop = _END.search(text, start)
    phrase = text[start : stop.start() if stop else len(text)]
    while len(phrase.split()) > _CLAUSE_WORDS and (last := _LAST_COMPLEMENT.search(phrase)):
        phrase = phrase[: last.start()]
    return (start, start + len(phrase)) if 1 < len(phrase.split()) <= _CLAUSE_WORDS else None


_RULES: tuple[tuple[str, Callable[[str, Name, bool], Span | None]], ...] = (
    ("apposition", _apposition),
    ("title", _title),
    ("apposition before", _before),
    ("predicate", _predicate),
    ("clause", _clause),
)
_RANKS = {"apposition": 0, "title": 0, "apposition before": 0, "predicate": 1, "clause": 2}
