"""How much each actor of an English article matters to the story.

The features follow the hand rules of the literature on entity salience (headline, first sentence,
frequency, spread, position); a logistic model weighs them (words/data/weights.toml). Salience is its
probability that the actor is key.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from personae.actors.languages.base import Candidate
from personae.actors.languages.en.words.weights import probability, weights
from personae.actors.salience.hand_rule import hand_points
from personae.actors.salience.prominence import paragraph_count, prominence
from personae.actors.text.text_units import Block
from personae.model import Quote

LEAD = 3  # paragraphs
QUOTED = 5  # weighs the share of the text that is an actor's words, which is small, like the other features


def features(
    blocks: Sequence[Block], actors: Sequence[Candidate], quotes: Sequence[Sequence[Quote]]
) -> list[dict[str, float]]:
    """Return the features of each actor, most of them relative to the other actors of the article."""
    if not actors:
        return []
    places = [prominence(blocks, actor.cluster) for actor in actors]
    most = max(place.mentions for place in places)
    paragraphs = paragraph_count(blocks)
    length = max(1, sum(len(block.text) for block in blocks))
    rows = []
    for actor, place, spoken in zip(actors, places, quotes, strict=True):
        kind, uses = actor.cluster.type, actor.uses
        quoted = sum(quote.end - quote.start for quote in spoken)
        has_role = actor.role is not None
        rows.append(
            {
                "bias": 1.0,
                "title": float("title" in place.fields),
                "first_paragraph": float(place.first == 0 or "standfirst" in place.fields),
                "second_paragraph": float(place.first == 1),
                "lead": float(place.first < LEAD or "standfirst" in place.fields),
                "early": 1 - place.first / paragraphs,
                "share_of_most": place.mentions / most,
                "mentions": math.log(place.mentions),
                "single": float(place.mentions == 1),
                "spread": place.blocks / paragraphs,
                "rough_of_top": 0.0,  # these two once all rows are there
                "rank": 0.0,
                "subject": uses.subject / uses.mentions,
                "speech": math.log1p(uses.speech),
                "possessive": uses.possessive / uses.mentions,
                "placed": uses.placed / uses.mentions,
                "quoted": QUOTED * quoted / length,
                "listed": uses.listed / uses.mentions,
                "role": float(has_role),
                "introduced": float(has_role and place.first <= 1 and kind == "person"),
                "speaker": float(kind == "person" and uses.speech > 0),
                "person": float(kind == "person"),
                "country": float(kind == "country"),
                "joined": float(len(actor.cluster.rules) > 1),
                "cast": math.log(len(actors)),
            }
        )
    # By the rule of thumb, to which a standfirst is no first paragraph.
    rough = [
        sum(hand_points({**row, "first_paragraph": float(place.first == 0)}).values())
        for row, place in zip(rows, places, strict=True)
    ]
    top = max(rough)
    for rank, number in enumerate(sorted(range(len(rows)), key=lambda i: -rough[i])):
        rows[number] |= {"rough_of_top": rough[number] / top, "rank": 1 / (1 + rank)}
    return rows


def salience(values: Mapping[str, float]) -> float:
    """Return how much an actor with these features matters: 0..1."""
    return probability("key", values)


def shares(values: Mapping[str, float]) -> dict[str, float]:
    """Return what each feature adds to the score in log-odds, the bias aside, largest first."""
    table = weights()["key"]
    parts = {f: round(table.get(f, 0.0) * v, 3) for f, v in values.items() if f not in {"bias", "cast"}}
    return {f: v for f, v in sorted(parts.items(), key=lambda kv: -abs(kv[1])) if v}
