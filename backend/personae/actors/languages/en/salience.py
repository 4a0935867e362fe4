"""How much each actor of an English article matters to the story.

Eight features, after the literature on entity salience: where the story first names an actor, how often, what
it does there, and in whose words the story is told. A logistic model weighs them
(words/data/weights.toml). Salience is its probability that the actor is key.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from personae.actors.languages.base import Candidate
from personae.actors.languages.en.words.weights import probability, weights
from personae.actors.salience.prominence import prominence
from personae.actors.text.text_units import Block
from personae.model import Quote

# Neither early nor late, neither before nor behind the others: there the evidence changes its sign.
MIDDLE = 2000  # code points into the text
HARDLY = 100  # code points that make no difference
FOURTH = 4
QUOTED = 5  # weighs the share of the text that is an actor's words, which is small, like the other features


def features(
    blocks: Sequence[Block], actors: Sequence[Candidate], quotes: Sequence[Sequence[Quote]]
) -> list[dict[str, float]]:
    """Return the features of each actor; `order` is relative to the other actors of the article."""
    places = [prominence(blocks, actor.cluster) for actor in actors]
    length = max(1, sum(len(block.text) for block in blocks))
    order = {i: n for n, i in enumerate(sorted(range(len(places)), key=lambda i: places[i].start), start=1)}
    return [
        {
            "bias": 1.0,
            "title": float("title" in place.fields),
            "early": math.log((MIDDLE + HARDLY) / (place.depth + HARDLY)),
            "order": math.log(FOURTH / order[i]),
            "mentions": math.log(place.mentions),
            "quoted": QUOTED * sum(quote.end - quote.start for quote in spoken) / length,
            "cited": actor.uses.source / actor.uses.mentions,
            "acts": math.log1p(actor.uses.subject + actor.uses.speech),
            "country": float(actor.cluster.type == "country"),
        }
        for i, (actor, place, spoken) in enumerate(zip(actors, places, quotes, strict=True))
    ]


def salience(values: Mapping[str, float]) -> float:
    """Return how much an actor with these features matters: 0..1."""
    return probability("key", values)


def shares(values: Mapping[str, float]) -> dict[str, float]:
    """Return what each feature adds to the score in log-odds, the bias aside, largest first."""
    table = weights()["key"]
    parts = {f: round(table.get(f, 0.0) * v, 3) for f, v in values.items() if f != "bias"}
    return {f: v for f, v in sorted(parts.items(), key=lambda kv: -abs(kv[1])) if v}
