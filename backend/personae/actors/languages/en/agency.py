"""Which clusters are actors: who does, says, wants or is dealt with, rather than where things happen.

What the text around its mentions says of a cluster is counted as features; for each type a logistic
model weighs them (data/weights.toml, fitted by benchmarks/fit_actors.py on annotated articles).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from personae.actors.languages.en.merge.clusters import Cluster
from personae.actors.languages.en.merge.same_country import follows_verb
from personae.actors.languages.en.names.find import SCORE, Found, Name
from personae.actors.languages.en.words.tables import (
    alternatives,
    countries,
    normal,
    weights,
    well_known,
    words,
)
from personae.actors.text.text_units import Block

Place = tuple[int, int]  # number of the block, and where the name begins in it

THRESHOLD = 0.46  # of the fitted probability; chosen by cross-validation


@dataclass(frozen=True, slots=True)
class Uses:
    """How often a cluster is used in each way; one mention may count in several."""

    mentions: int
    subject: int = 0
    speech: int = 0
    agent: int = 0
    dealt_with: int = 0
    targeted: int = 0
    opponent: int = 0
    possessive: int = 0
    placed: int = 0
    modifier: int = 0
    source: int = 0
    platform: int = 0
    called: int = 0
    affiliated: int = 0
    listed: int = 0
    polity: int = 0
    staff: int = 0


_SPEECH_BEFORE = re.compile(rf"\b(?:{alternatives('speech')}|according to)(?: the)? $", re.IGNORECASE)
_SPEECH_AFTER = re.compile(
    rf"(?:, [^,.;]{{2,80}},)? (?:(?:has|have|had|also) )?(?:{alternatives('speech')})(?!\w)"
)
_AGENT = re.compile(r"\bby(?: the)? $", re.IGNORECASE)
_DEALT_WITH = re.compile(rf"\b(?:{alternatives('dealing')})(?: the)? $", re.IGNORECASE)
_TARGETED = re.compile(rf"\b(?:{alternatives('targeting')})(?: on| off)?(?: the)? $", re.IGNORECASE)
_OPPONENT = re.compile(
    rf"\b(?:(?:{alternatives('playing')})(?: to| against| by| over| with)?"
    rf"|(?:{alternatives('matches')}) (?:against|over|to|with))(?: the)? $",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"\b(?:{alternatives('calling')}|{alternatives('works')})(?: the| its| their)? [\"“‘']?$", re.IGNORECASE
)
_BELONGING = re.compile(
    rf"\b(?:(?:{alternatives('roles')})s? (?:at|of|for|from|with|in)|{alternatives('belonging')})(?: the)? $",
    re.IGNORECASE,
)
_OWN_PEOPLE = re.compile(
    rf"(?:['’]s)? (?:[\w-]+ ){{0,2}}?(?:{alternatives('roles')})s?(?![\w-])", re.IGNORECASE
)
_PLACED = re.compile(rf"\b(?:{alternatives('locative')})(?: the)? $", re.IGNORECASE)
_MODIFIER = re.compile(
    r"(?: |-)(?!(?:and|or|but|in|on|at|to|of|for|from|with|as|by|who|that|when|after|before|while|over|is)\b)"
    r"[A-Za-z][\w-]*"
)
_SOURCE = re.compile(r"\b(?:told|tells|to|with|for|interview with|in|via)(?: the)? $", re.IGNORECASE)
_PLATFORM = re.compile(r"\b(?:on|via|using|through)(?: the)? $", re.IGNORECASE)
_POLITY_AFTER = re.compile(rf"(?:['’]s)? (?:\w+ )?(?:{alternatives('polities')})(?!\w)")
_POLITY_BEFORE = re.compile(
    r"\b(?:government|mayor|governor|parliament|council|city|state|republic) of (?:the )?$", re.IGNORECASE
)
_STAFF = re.compile(rf"\b(?:{alternatives('staff')}) (?:at|of|from|for|with)(?: the)? $", re.IGNORECASE)
_SERIES = re.compile(r"(?: group| party| movement| government)?(?:,|,? and|,? or|,? as well as)(?: the)? ")
_LIST_AFTER = re.compile(r", (?:the )?[A-ZÀ-Þ]|,? and (?:the )?[A-ZÀ-Þ]")


def first_of_series(blocks: Sequence[Block], found: Found) -> dict[Place, int]:
    """Return where the series of each name begins: "against X, Y and Z" is against Z too."""
    starts: dict[Place, int] = {}
    last: Name | None = None
    for name in sorted(found.names, key=lambda n: (n.block, n.start)):
        start = name.start
        if (
            last is not None
            and last.block == name.block
            and _SERIES.fullmatch(blocks[name.block].text, last.end, name.start)
        ):
            start = starts[last.block, last.start]
        starts[name.block, name.start] = start
        last = name
    return starts


def uses(blocks: Sequence[Block], names: Sequence[Name], series: Mapping[Place, int] | None = None) -> Uses:
    """Count how names are used; series: as `first_of_series` gives it."""
    count: Counter[str] = Counter()
    for name in names:
        text = blocks[name.block].text
        start = (series or {}).get((name.block, name.start), name.start)
        before = text[max(0, start - 40) : start]
        possessive = text.startswith(("'s", "’s", "s’", "s' "), name.end) or text.startswith(
            ("' ", "’ "), name.end
        )
        verb = not possessive and follows_verb(text, name.end)
        staff = bool(_STAFF.search(before))
        count["subject"] += verb
        count["speech"] += bool(_SPEECH_BEFORE.search(before)) or bool(_SPEECH_AFTER.match(text, name.end))
        count["agent"] += bool(_AGENT.search(before))
        count["dealt_with"] += bool(_DEALT_WITH.search(before))
        count["possessive"] += possessive
        count["targeted"] += bool(_TARGETED.search(before))
        count["opponent"] += bool(_OPPONENT.search(before)) or bool(SCORE.match(text, name.end))
        count["called"] += bool(_CALLED.search(before))
        count["affiliated"] += bool(_BELONGING.search(before)) or bool(_OWN_PEOPLE.match(text, name.end))
        count["placed"] += not staff and bool(_PLACED.search(before))
        count["modifier"] += not possessive and not verb and bool(_MODIFIER.match(text, name.end))
        count["source"] += bool(_SOURCE.search(before)) and "told" in before[-10:]
        count["platform"] += bool(_PLATFORM.search(before))
        count["staff"] += staff
        count["polity"] += bool(_POLITY_AFTER.match(text, name.end)) or bool(_POLITY_BEFORE.search(before))
        count["listed"] += bool(_LIST_AFTER.match(text, name.end))
    return Uses(len(names), **count)


def features(
    blocks: Sequence[Block], found: Found, made: Cluster, used: Uses, *, has_role: bool
) -> dict[str, float]:
    """Return the features of a cluster, all between 0 and about 3."""
    n = used.mentions
    labels: Counter[str] = Counter()
    for text in {normal(name.text) for name in made.names}:
        labels.update(found.labels.get(text, {}))
    total = sum(labels.values()) or 1
    fields = {blocks[name.block].field for name in made.names}
    first = made.names[0]
    parts = made.name.split()
    lowered = [p.lower().strip(".,") for p in parts]
    return {
        "bias": 1.0,
        "mentions": math.log(n),
        "single": float(n == 1),
        "title": float("title" in fields or "standfirst" in fields),
        "lead": float(_in_lead(blocks, first)),
        "late": first.block / max(1, len(blocks)),
        "subject": used.subject / n,
        "any_subject": float(used.subject > 0),
        "any_speech": float(used.speech > 0),
        "agent": float(used.agent > 0),
        "dealt_with": used.dealt_with / n,
        "targeted": float(used.targeted > 0),
        "opponent": float(used.opponent > 0),
        "called": used.called / n,
        "affiliated": float(used.affiliated > 0),
        "possessive": used.possessive / n,
        "any_possessive": float(used.possessive > 0),
        "placed": used.placed / n,
        "only_placed": float(used.placed == n),
        "modifier": used.modifier / n,
        "only_modifier": float(used.modifier == n),
        "source": used.source / n,
        "platform": used.platform / n,
        "listed": used.listed / n,
        "staff": float(used.staff > 0),
        "well_known": float(any(normal(text) in well_known() for text in made.rules)),
        "role": float(has_role),
        "one_word": float(len(parts) == 1),
        "words": min(len(parts), 6) / 3,
        "acronym": float(made.name.replace(".", "").isupper()),
        "body_word": float(any(w in words("bodies") for w in lowered)),
        "joined": float(len(made.rules) > 1),
        "in_table": float(made.country is not None),
        "state": float(made.name in countries().states),
        "label_person": labels["PERSON"] / total,
        "label_org": labels["ORG"] / total,
        "label_place": (labels["LOC"] + labels["FAC"]) / total,
        "label_thing": (labels["PRODUCT"] + labels["WORK_OF_ART"] + labels["EVENT"] + labels["LAW"]) / total,
    }


def _in_lead(blocks: Sequence[Block], name: Name) -> bool:
    paragraph = blocks[name.block].paragraph
    return paragraph is not None and paragraph < 2  # noqa: PLR2004  the first two paragraphs


def logistic(table: dict[str, float], values: dict[str, float]) -> float:
    """Return the sigmoid of the weighted sum of the features: between 0 and 1."""
    score = sum(table.get(feature, 0.0) * value for feature, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def probability(model: str, values: dict[str, float]) -> float:
    """Return what the fitted model of that name makes of the features."""
    return logistic(weights()[model], values)


def may_act(made: Cluster, used: Uses) -> bool:
    """Say whether a cluster can be an actor at all.

    A place that is no known country or state must be seen as a political body: it speaks, or the text
    names its council, its government or the like.
    """
    known = made.type != "country" or made.country is not None or made.name in countries().states
    return known or used.polity > 0 or used.speech > 0


def is_actor(made: Cluster, values: dict[str, float]) -> bool:
    """Say whether a cluster with these features acts in the story; see also `may_act`."""
    return probability(made.type, values) >= THRESHOLD
