"""Who somebody is, in the text's own words: the phrase beside a name that describes its bearer.

Looked for beside each mention: a title before the name, an apposition on either side, "X is a …",
"X, who …" and "X of the body". The phrase is verbatim. Precision comes first: where the words do not look
like a description, or have no sense alone, there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from personae.actors.languages.en.roles.appositions import (
    apposition,
    introduction,
    relation_before,
    shared_apposition,
    shared_introduction,
)
from personae.actors.languages.en.roles.clauses import clause, member, named, origin, post, predicate
from personae.actors.languages.en.roles.place import Beside, Role, Span
from personae.actors.languages.en.roles.sense import with_sense
from personae.actors.languages.en.roles.titles import (
    people_before,
    shared_title,
    title,
    title_with_complement,
)
from personae.actors.merge.cluster import Cluster
from personae.actors.text.found_names import Name
from personae.actors.text.text_units import Block


def roles(
    blocks: Sequence[Block], cluster: Cluster, names: Mapping[int, Sequence[Name]] | None = None
) -> Iterator[Role]:
    """Yield every description of a cluster, in reading order of the mentions.

    names: those of each block, in order.
    """
    for name in cluster.names if cluster.type != "country" else ():
        if _LABEL.fullmatch(name.text):
            continue  # "Rep. X, D-Calif., a survivor": the party's label is nobody
        block = blocks[name.block]
        row = _near(names.get(name.block, ()), name) if names else ()
        place = Beside(block.text, name, cluster.type == "person", row)
        for rule, find in _RULES:
            span = find(place)
            if span and rule not in _NO_NOUN:
                span = with_sense(block.text, span, person=place.person)
            if span and span[0] >= block.body_start and not _is_somebody_else(place, span):
                yield Role(block.text[slice(*span)], name.block, span[0], rule)


_NEAR = 600  # characters on either side of a name: further names say nothing of it


def _near(row: Sequence[Name], name: Name) -> Sequence[Name]:
    """Return those names of a block, given in order, that stand near one of them."""
    first = bisect_left(row, name.start - _NEAR, key=_start)
    return row[first : bisect_left(row, name.end + _NEAR, lo=first, key=_start)]


def _start(name: Name) -> int:
    return name.start


_LABEL = re.compile(r"[A-Z]{1,4}-[A-Z][a-z]+\.?")
_COMPLEMENT = re.compile(r"\b(?:at|by|for|from|in|near|of|on|to|with) $")


def _is_somebody_else(at: Beside, span: Span) -> bool:
    """Return whether a phrase is itself a person, named at its end: "drug dealer X (a manic Lee Fox)"."""
    return any(n.end == span[1] and not _COMPLEMENT.search(at.text, span[0], n.start) for n in at.people())


_RULES: tuple[tuple[str, Callable[[Beside], Span | None]], ...] = (
    ("title", title),
    ("title", title_with_complement),
    ("apposition", apposition),
    ("apposition", shared_apposition),
    ("shared title", shared_title),
    ("apposition before", relation_before),
    ("apposition before", introduction),
    ("apposition before", shared_introduction),
    ("predicate", predicate),
    ("named", named),
    ("clause", clause),
    ("post", post),
    ("member", member),
    ("people", people_before),
    ("origin", origin),
)
_NO_NOUN = frozenset({"clause", "member", "people", "origin"})
