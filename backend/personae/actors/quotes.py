"""Who said what: words in quotation marks whose speaker the same paragraph names beside them.

Precision comes first: “…,” X said · said X · X said: “…”. A second quotation after the cue, in the same
paragraph, is the same speaker's while nobody else is named in between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from personae.actors.aliases import Cluster
from personae.actors.blocks import Block
from personae.actors.names import Name
from personae.actors.tables import alternatives
from personae.model import Quote

MIN_WORDS = 3  # shorter ones are words in inverted commas
CLAUSE = 80  # characters between a quotation and its speaker
_QUOTED = re.compile(r"“([^“”]+)”|(?<!\w)\"([^\"]+)\"(?!\w)|(?<![\w’])‘([^‘]+?[,.?!])’(?!\w)")
_SAID = alternatives("speech")
_AFTER_NAME = re.compile(rf"(?:, [^,.;“\"]{{2,80}},)? ((?:{_SAID}))(?!\w)")
_BEFORE_NAME = re.compile(rf"(?:^|[,.?!”\"’] )((?:{_SAID}))(?: the)?(?: [\w.’'-]+){{0,6}}? $")


def quotes(blocks: Sequence[Block], actors: Sequence[Cluster]) -> list[list[Quote]]:
    """Return each actor's quotations, in reading order; offsets count code points of the article's text."""
    said: list[list[Quote]] = [[] for _ in actors]
    named: dict[int, list[tuple[Name, int]]] = {}
    for number, actor in enumerate(actors):
        for name in actor.names:
            named.setdefault(name.block, []).append((name, number))
    for index, row in named.items():
        if blocks[index].field != "text":
            continue
        row.sort(key=lambda pair: pair[0].start)
        for speaker, quote in _in_paragraph(blocks[index], row, actors):
            said[speaker].append(quote)
    return said


def _in_paragraph(
    block: Block, named: Sequence[tuple[Name, int]], actors: Sequence[Cluster]
) -> list[tuple[int, Quote]]:
    found: list[tuple[int, Quote]] = []
    last: tuple[int, str, int] | None = None  # speaker, cue, and where the quotation ended
    for match in _QUOTED.finditer(block.text):
        start, end = next(match.span(g) for g in (1, 2, 3) if match[g] is not None)
        if len(block.text[start:end].split()) < MIN_WORDS:
            continue
        outside = [
            (name, who) for name, who in named if name.end <= match.start() or name.start >= match.end()
        ]
        speaker = _after(block.text, match.end(), outside, actors) or _before(
            block.text, match.start(), outside, actors
        )
        if speaker is None and last is not None:
            others = {who for name, who in outside if last[2] <= name.start < match.start()}
            continues = re.fullmatch(r"[^“”\"]{0,90}", block.text[last[2] : match.start()]) and others <= {
                last[0]
            }
            speaker = last[:2] if continues else None
        if speaker is None:
            last = None
            continue
        last = (*speaker, match.end())
        found.append(
            (speaker[0], Quote(block.offset + start, block.offset + end, block.text[start:end], speaker[1]))
        )
    return found


def _after(
    text: str, end: int, named: Sequence[tuple[Name, int]], actors: Sequence[Cluster]
) -> tuple[int, str] | None:
    """Find the speaker in what follows the closing mark: "X said", "said X"."""
    for name, who in named:
        if not 0 < name.start - end <= CLAUSE or actors[who].type == "country":
            continue
        between = text[end : name.start]
        if re.search(r"[.;“\"]", between.replace("Mr.", "").replace("Dr.", "").replace("U.S.", "")):
            return None
        if cue := _BEFORE_NAME.search(text[end - 2 : name.start]):
            return who, cue[1]
        if re.fullmatch(r",? (?:the )?(?:[\w.’'-]+ ){0,6}", between) and (
            cue := _AFTER_NAME.match(text, name.end)
        ):
            return who, cue[1]
        return None
    return None


def _before(
    text: str, start: int, named: Sequence[tuple[Name, int]], actors: Sequence[Cluster]
) -> tuple[int, str] | None:
    """Find the speaker in what leads up to the opening mark: "X said: ", "X told reporters, "."""
    for name, who in reversed(named):
        if name.end > start or actors[who].type == "country":
            continue
        cue = _AFTER_NAME.match(text, name.end)
        if cue and re.fullmatch(r"[^.;“”\"]{0,60}[,:]? ", text[cue.end() : start]):
            return who, cue[1]
        return None
    return None
