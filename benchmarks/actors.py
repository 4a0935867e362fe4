"""Who is in a story, by Personae and by spaCy's own pipeline: how right, and how fast.

    python -m benchmarks.actors                 the stories of tests/actors/stories
    python -m benchmarks.actors FOLDER          any folder annotated in the same way (its README tells how)
    python -m benchmarks.actors --rounds 3 --each

The rival is what a few lines of spaCy give: `nlp(text)` with every component of the same model, the
people, organisations and places among its entities, surnames merged, ordered by frequency; those named at
least half as often as the first are key.

Time is CPU time of one thread for 800 words, the median over the articles and rounds, both in turn, so that
the ratio holds on any machine. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# Before numpy is imported, or it is too late.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", BLIS_NUM_THREADS="1")

from benchmarks.actor_scores import Agent, Scores, Story, read_folder
from spacy.util import load_model_from_path

from personae.actors import analyse, load
from personae.actors.names.recogniser import model_folder

STORIES = Path(__file__).resolve().parent.parent / "tests" / "actors" / "stories"
WORDS = 800
TYPES = {"PERSON": "person", "ORG": "organization", "GPE": "country"}

Finder = Callable[[Story], list[Agent]]


def personae(story: Story) -> list[Agent]:
    """Return the actors that Personae finds, most important first."""
    found = analyse(title=story.title, standfirst="", text=story.text, language="en")
    return [Agent.of(actor) for actor in found]


def spacy_pipeline() -> Finder:
    """Return what finds actors by spaCy's whole pipeline, surnames merged, by frequency."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        nlp = load_model_from_path(model_folder("en"))

    def find(story: Story) -> list[Agent]:
        document = nlp(f"{story.title}\n\n{story.text}")
        counts = Counter((e.text, TYPES[e.label_]) for e in document.ents if e.label_ in TYPES)
        people = [name for name, kind in counts if kind == "person" and " " in name]
        total: Counter[tuple[str, str]] = Counter()
        aliases: dict[tuple[str, str], list[str]] = {}
        for (name, kind), count in counts.items():
            bearers = [p for p in people if p.split()[-1] == name] if kind == "person" else []
            actor = (bearers[0] if bearers else name, kind)
            total[actor] += count
            aliases.setdefault(actor, []).append(name)
        most = max(total.values(), default=0)
        return [
            Agent(name, kind, 2 * count >= most, tuple(aliases[name, kind]))
            for (name, kind), count in total.most_common()
        ]

    return find


def measure(
    stories: Sequence[Story], finders: Sequence[Finder], rounds: int
) -> list[tuple[Scores, list[Scores], float]]:
    """Return for each finder its scores, those of each article, and its seconds for 800 words."""
    each: list[list[Scores]] = [[] for _ in finders]
    together = [Scores() for _ in finders]
    seconds: list[list[float]] = [[] for _ in finders]
    for story in stories:
        words = len(story.text.split())
        for number, find in enumerate(finders):
            for _ in range(rounds):
                start = time.process_time()
                agents = find(story)
                seconds[number].append((time.process_time() - start) * WORDS / max(1, words))
            alone = Scores()
            for scores in (together[number], alone):
                scores.add(story, agents)
            each[number].append(alone)
    return [(t, e, statistics.median(s)) for t, e, s in zip(together, each, seconds, strict=True)]


HEADS = ("actor", "key", "R-prec", "alias", "ment.", "type", "role", "role P", "quote P", "R")


def line(name: str, s: Scores) -> str:
    """Return one line of the table."""
    figures: list[Any] = [s.actor.f1, s.key.f1, s.r_precision, s.alias.f1, s.mention.f1, s.type, s.role]
    row = " ".join(f"{figure:6.3f}" for figure in [*figures, s.role_precision])
    return f"{name:<26} {row} {s.quote.precision:7.3f} {s.quote.recall:6.3f}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=STORIES)
    parser.add_argument("--rounds", type=int, default=1, help="how often each article is timed")
    parser.add_argument("--each", action="store_true", help="a line for each article as well")
    options = parser.parse_args()
    stories = read_folder(options.folder)
    if not stories:
        parser.error(f"there is no annotated article in {options.folder}")
    load("en")
    names = ["Personae", "spaCy, by frequency"]
    results = measure(stories, [personae, spacy_pipeline()], options.rounds)
    print(f"{len(stories)} articles")
    print(" " * 26, " ".join(f"{head:>6}" for head in HEADS))
    for name, (scores, _, _) in zip(names, results, strict=True):
        print(line(name, scores))
    (_, each, ours), (_, _, theirs) = results
    print(f"CPU ms for {WORDS} words: {ours * 1e3:.1f} and {theirs * 1e3:.1f}, ratio {ours / theirs:.2f}")
    if options.each:
        for story, scores in zip(stories, each, strict=True):
            print(line(story.id, scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
