"""What tells an actor from a namesake in another story: who he is there, in whose company, and how sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from personae.actors.merge.namesakes import AMONG_SEVERAL
from personae.actors.merge.same_person import CLOSE_SPELLING, NAMED_MOST
from personae.model import Actor, Identity

MAX_COMPANY = 8
_IN_DOUBT = frozenset({AMONG_SEVERAL, CLOSE_SPELLING})
_WITHOUT_FULL_NAME = 0.5  # of the certainty: a surname alone is borne by many


def identities(actors: Sequence[Actor], roles: Sequence[tuple[str, ...]]) -> list[Identity]:
    """Return the identity of each actor of one story; roles: the descriptions of each."""
    company = _company(actors)
    return [
        Identity(roles=own, company=near, certainty=round(_certainty(actor), 3))
        for actor, own, near in zip(actors, roles, company, strict=True)
    ]


def _company(actors: Sequence[Actor]) -> list[tuple[str, ...]]:
    """Return with whom each actor shares paragraphs, most paragraphs first, then as the cast has them."""
    places = [{m.paragraph for m in actor.mentions if m.paragraph is not None} for actor in actors]
    by_paragraph: dict[int, list[int]] = {}
    for number, paragraphs in enumerate(places):
        for paragraph in paragraphs:
            by_paragraph.setdefault(paragraph, []).append(number)
    return [
        tuple(actors[other].id for other in _most_often(number, paragraphs, by_paragraph))
        for number, paragraphs in enumerate(places)
    ]


def _most_often(number: int, paragraphs: Iterable[int], by_paragraph: dict[int, list[int]]) -> list[int]:
    shared = Counter(other for p in paragraphs for other in by_paragraph[p] if other != number)
    return sorted(shared, key=lambda other: (-shared[other], other))[:MAX_COMPANY]


def _certainty(actor: Actor) -> float:
    rules = actor.why.aliases
    if not actor.mentions:
        return 0.0
    sure = sum(not _is_in_doubt(rules.get(mention.text, "")) for mention in actor.mentions)
    share = sure / len(actor.mentions)
    return share if actor.type != "person" or " " in actor.name else share * _WITHOUT_FULL_NAME


def _is_in_doubt(rule: str) -> bool:
    return rule in _IN_DOUBT or rule.endswith(NAMED_MOST)
