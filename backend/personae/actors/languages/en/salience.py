"""How much each actor matters to the story, and which of them are key.

The features follow the hand rules of the literature on entity salience (headline, first sentence,
frequency, spread, position); a logistic model weighs them (data/weights.toml). Salience is its
probability that the actor is key. Key is who is likely enough, and not far behind the first: so there is
one key actor in a profile, and there are six in the report of a summit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from personae.actors.languages.en.agency import Uses, probability
from personae.actors.languages.en.merge.clusters import Cluster
from personae.actors.languages.en.words.tables import weights
from personae.actors.text.text_units import Block

# Of the fitted probability, and of the first actor's; chosen by cross-validation.
KEY = 0.34
KEY_OF_FIRST = 0.46
LEAD = 3  # paragraphs
QUOTED = 5  # weighs the share of the text that is an actor's words, which is small, like the other features


def features(
    blocks: Sequence[Block],
    actors: Sequence[Cluster],
    uses: Sequence[Uses],
    roles: Sequence[bool],
    quoted: Sequence[int],
) -> list[dict[str, float]]:
    """Return the features of each actor, most of them relative to the other actors of the article.

    quoted: how many characters of the text are each actor's own words.
    """
    if not actors:
        return []
    spreads = [len({n.block for n in a.names}) for a in actors]
    most = max(len(a.names) for a in actors)
    paragraphs = max(1, sum(b.field == "text" for b in blocks))
    length = max(1, sum(len(b.text) for b in blocks))
    rough = [_rough(blocks, a, most, paragraphs) for a in actors]
    by_rank = sorted(range(len(actors)), key=lambda i: -rough[i])
    ranks = {i: rank for rank, i in enumerate(by_rank)}
    top = max(rough)
    found = []
    for i, actor in enumerate(actors):
        fields = [blocks[n.block].field for n in actor.names]
        first = _first_paragraph(blocks, actor)
        found.append(
            {
                "bias": 1.0,
                "title": float("title" in fields),
                "first_paragraph": float(first == 0 or "standfirst" in fields),
                "second_paragraph": float(first == 1),
                "lead": float(first < LEAD or "standfirst" in fields),
                "early": 1 - first / paragraphs,
                "share_of_most": len(actor.names) / most,
                "mentions": math.log(len(actor.names)),
                "single": float(len(actor.names) == 1),
                "spread": spreads[i] / paragraphs,
                "rough_of_top": rough[i] / top,
                "rank": 1 / (1 + ranks[i]),
                "subject": uses[i].subject / uses[i].mentions,
                "speech": math.log1p(uses[i].speech),
                "possessive": uses[i].possessive / uses[i].mentions,
                "placed": uses[i].placed / uses[i].mentions,
                "quoted": QUOTED * quoted[i] / length,
                "listed": uses[i].listed / uses[i].mentions,
                "role": float(roles[i]),
                "introduced": float(roles[i] and first <= 1 and actor.type == "person"),
                "speaker": float(actor.type == "person" and uses[i].speech > 0),
                "person": float(actor.type == "person"),
                "country": float(actor.type == "country"),
                "joined": float(len(actor.rules) > 1),
                "cast": math.log(len(actors)),
            }
        )
    return found


def _first_paragraph(blocks: Sequence[Block], actor: Cluster) -> int:
    inside = [p for n in actor.names if (p := blocks[n.block].paragraph) is not None]
    return min(inside, default=0)


def _rough(blocks: Sequence[Block], actor: Cluster, most: int, paragraphs: int) -> float:
    """Return a hand rule: 2·headline + 1.5·first paragraph + count/max + 0.7·spread + 0.5·(1 - position)."""
    fields = [blocks[n.block].field for n in actor.names]
    first = _first_paragraph(blocks, actor)
    spread = len({n.block for n in actor.names}) / paragraphs
    return (
        2 * ("title" in fields)
        + 1.5 * (first == 0)
        + len(actor.names) / most
        + 0.7 * spread
        + 0.5 * (1 - first / paragraphs)
    )


def salience(values: dict[str, float]) -> float:
    """Return how much an actor with these features matters: 0..1."""
    return probability("key", values)


def is_key(score: float, first: float) -> bool:
    """Say whether an actor of this salience is key in a story whose first actor has that of `first`."""
    return score >= max(KEY, KEY_OF_FIRST * first)


def shares(values: dict[str, float]) -> dict[str, float]:
    """Return what each feature adds to the score in log-odds, the bias aside, largest first."""
    table = weights()["key"]
    parts = {f: round(table.get(f, 0.0) * v, 3) for f, v in values.items() if f not in {"bias", "cast"}}
    return {f: v for f, v in sorted(parts.items(), key=lambda kv: -abs(kv[1])) if v}
