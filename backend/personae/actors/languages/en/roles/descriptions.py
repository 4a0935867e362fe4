"""Who each actor is, in the text's own words: all descriptions of it, the most informative first."""

from __future__ import annotations

from collections.abc import Sequence

from personae.actors.languages.en.roles.beside_name import roles
from personae.actors.languages.en.roles.place import Role
from personae.actors.languages.en.roles.roles_in_next_sentence import roles_in_next_sentence
from personae.actors.languages.en.words.descriptions import is_office
from personae.actors.merge.cluster import Cluster
from personae.actors.text.found_names import FoundNames
from personae.actors.text.spelling import distinct
from personae.actors.text.text_units import Block

# The surest rules first.
_RANKS = {
    "title": 0,
    "apposition": 0,
    "shared title": 0,
    "apposition before": 0,
    "predicate": 1,
    "named": 1,
    "clause": 2,
    "post": 2,
    "pronoun": 2,
    "definite": 3,
    "member": 4,
    "people": 5,
    "origin": 6,
}
_WORDS = 5  # a longer description says no more


def descriptions(
    blocks: Sequence[Block], found: FoundNames, clusters: Sequence[Cluster]
) -> list[tuple[str, ...]]:
    """Return the descriptions of each cluster, each once: the most informative, then by the surest rule."""
    names = found.by_block()
    return [
        _ordered([*roles(blocks, cluster, names), *roles_in_next_sentence(blocks, cluster, names)])
        for cluster in clusters
    ]


def _ordered(found: Sequence[Role]) -> tuple[str, ...]:
    best = best_role(found)
    if best is None:
        return ()
    by_rule = sorted(found, key=lambda role: (_RANKS[role.rule], role.block, role.start))
    return tuple(distinct(role.text for role in (best, *by_rule)))


def best_role(found: Sequence[Role]) -> Role | None:
    """Return the most informative description: of the surest rule, the first that is more than a word.

    An office before the name says more than what follows it: "President X, a former dentist".
    """
    if not found:
        return None
    rank = min(_RANKS[role.rule] for role in found)
    candidates = [role for role in found if _RANKS[role.rule] == rank]
    first = candidates[0]
    if " " in first.text or (first.rule == "title" and is_office(first.text)):
        return first
    return max(candidates, key=lambda role: (min(len(role.text.split()), _WORDS), -role.block, -role.start))
