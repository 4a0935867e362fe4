"""Articles to fit the weights of the actors on: annotated ones, and stories whose entities a crowd judged.

Each is analysed once, up to the candidates and their features; what was annotated is paired with these.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.annotated.__main__ import HERE, STORIES, digest

from personae.actors.cast import candidates
from personae.actors.languages.base import Candidate
from personae.actors.languages.en import agency
from personae.actors.languages.en.language import LANGUAGE
from personae.actors.names.recogniser import recogniser
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block, text_blocks

SALIENT = 2.0  # of the crowd's scores, 0 to 3: "salient" by the makers of the corpus
OUR_STORIES, DEVELOPMENT, WIRE, OTHERS, CROWD = "our stories", "development", "wire", "others", "crowd"
GROUPS = (OUR_STORIES, DEVELOPMENT, WIRE, OTHERS)


@dataclass
class Example:
    """One article, its candidates with their features, and what is known of each.

    acts: whether a candidate is an actor; [] where nobody said.
    key: whether it matters; None where nobody said.
    n_actors, n_key: how many were annotated, found or not.
    """

    group: str
    blocks: list[Block]
    candidates: list[Candidate]
    features: list[dict[str, float]]
    acts: list[bool]
    key: list[bool | None]
    n_actors: int = 0
    n_key: int = 0


def read_annotated(path: Path) -> list[Example]:
    """Read articles as `python -m benchmarks.annotated` puts them together."""
    groups = {digest(json.loads(f.read_text("utf-8"))["text"]): OUR_STORIES for f in STORIES.glob("*.json")}
    for entry in json.loads((HERE / "articles.json").read_text(encoding="utf-8")):
        groups[entry["sha256"]] = WIRE if entry["id"].startswith("lee") else OTHERS
    return [
        _annotated(article, groups.get(digest(article["text"]), DEVELOPMENT))
        for article in json.loads(path.read_text(encoding="utf-8"))
    ]


def _annotated(article: dict[str, Any], group: str) -> Example:
    """Analyse one article and pair its candidates with the annotated actors, by shared names."""
    example = _analysed(group, article["title"] or "", article["text"])
    actors = article["actors"]
    match = _pair([actor["aliases"] for actor in actors], example.candidates)
    numbers = range(len(example.candidates))
    example.acts = [j in match for j in numbers]
    example.key = [j in match and actors[match[j]]["key"] for j in numbers]
    example.n_actors, example.n_key = len(actors), sum(actor["key"] for actor in actors)
    return example


def read_crowd(path: Path) -> list[Example]:
    """Read stories whose entities a crowd judged, a JSON object a line of a gzip file.

    Each has title, body and entities; an entity has a title, names (strings, or several with commas
    between) and the mean score of its judges.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_crowd(json.loads(line)) for line in lines]


def _crowd(story: dict[str, Any]) -> Example:
    example = _analysed(CROWD, story["title"], story["body"])
    entities = story["entities"]
    names = [[e["title"], *(part for name in e["names"] for part in name.split(", "))] for e in entities]
    match = _pair(names, example.candidates)
    example.key = [
        entities[match[j]]["score"] >= SALIENT if j in match else None for j in range(len(example.candidates))
    ]
    return example


def _analysed(group: str, title: str, text: str) -> Example:
    blocks = text_blocks(title=title, standfirst="", text=text)
    names = LANGUAGE.names(blocks, recogniser("en").entities([block.plain for block in blocks]))
    found = [c for c in candidates(blocks, names, LANGUAGE) if agency.may_act(c.cluster, c.uses)]
    return Example(group, blocks, found, [agency.features(blocks, names, c) for c in found], [], [])


def _pair(wanted: Sequence[Iterable[str]], found: Sequence[Candidate]) -> dict[int, int]:
    """Return which of the wanted each candidate is, most shared names first: candidate -> wanted."""
    gold = [{normal(alias).lower() for alias in aliases} for aliases in wanted]
    ours = [{normal(alias).lower() for alias in c.cluster.rules} for c in found]
    shared = sorted(
        ((len(g & o), i, -j) for i, g in enumerate(gold) for j, o in enumerate(ours) if g & o), reverse=True
    )
    match: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, minus_j in shared:
        if -minus_j not in match and i not in taken:
            match[-minus_j] = i
            taken.add(i)
    return match
