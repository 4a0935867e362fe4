"""How much an actor matters by a hand rule of the literature on entity salience, without fitted weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from personae.actors.merge.cluster import Cluster
from personae.actors.salience.prominence import paragraph_count, prominence
from personae.actors.text.text_units import Block

# Headline, first paragraph, count, share of the paragraphs, earliness.
WEIGHTS: Mapping[str, float] = {
    "title": 2.0,
    "first_paragraph": 1.5,
    "share_of_most": 1.0,
    "spread": 0.7,
    "early": 0.5,
}
MOST_POINTS = sum(WEIGHTS.values())


def hand_points(values: Mapping[str, float]) -> dict[str, float]:
    """Return the points that the rule gives for each of its features; values: of these, each 0..1."""
    return {feature: weight * values[feature] for feature, weight in WEIGHTS.items()}


def points_of(blocks: Sequence[Block], actors: Sequence[Cluster]) -> list[dict[str, float]]:
    """Return the points of each actor of an article."""
    paragraphs = paragraph_count(blocks)
    places = [prominence(blocks, actor) for actor in actors]
    most = max((place.mentions for place in places), default=1)
    return [
        hand_points(
            {
                "title": float("title" in place.fields),
                "first_paragraph": float(place.first == 0 or "standfirst" in place.fields),
                "share_of_most": place.mentions / most,
                "spread": place.paragraphs / paragraphs,
                "early": 1 - place.first / paragraphs,
            }
        )
        for place in places
    ]
