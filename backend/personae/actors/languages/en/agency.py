"""Which clusters are actors: who does, says, wants or is dealt with, rather than where things happen.

What the text around its mentions says of a cluster is counted as features; for each type a logistic
model weighs them (words/data/weights.toml, fitted by benchmarks/fit_actors.py on annotated articles).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from personae.actors.languages.base import Candidate, Uses
from personae.actors.languages.en.words.bodies import well_known
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.languages.en.words.scores import SCORE
from personae.actors.languages.en.words.sentences import begins_sentence
from personae.actors.languages.en.words.verbs import follows_verb
from personae.actors.languages.en.words.weights import probability
from personae.actors.merge.cluster import Cluster
from personae.actors.text.found_names import FoundNames, Name
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block

Place = tuple[int, int]  # number of the block, and where the name begins in it

THRESHOLD = 0.46  # of the fitted probability; chosen by cross-validation
ARTICLE = "The "  # may stand before a name that opens a sentence


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
_KIN = rf"(?:[\w-]+ ){{0,2}}(?:{alternatives('relations')})"
_KIN_BEFORE = re.compile(rf"(?:\b(?:his|her|their|whose)|['’]s?) {_KIN},? $", re.IGNORECASE)
_KIN_AFTER = re.compile(rf", (?:his|her|their|(?:[\w-]+ ){{1,2}}?[\w-]+['’]s?) {_KIN}(?!\w)", re.IGNORECASE)
_SERIES = re.compile(r"(?: group| party| movement| government)?(?:,|,? and|,? or|,? as well as)(?: the)? ")
_LIST_AFTER = re.compile(r", (?:the )?[A-ZÀ-Þ]|,? and (?:the )?[A-ZÀ-Þ]")


def first_of_series(blocks: Sequence[Block], found: FoundNames) -> dict[Place, int]:
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
        count["kin"] += bool(_KIN_BEFORE.search(before)) or bool(_KIN_AFTER.match(text, name.end))
        count["listed"] += bool(_LIST_AFTER.match(text, name.end))
        article = len(ARTICLE) if text.endswith(ARTICLE, 0, name.start) else 0
        count["opens"] += begins_sentence(text, name.start - article)
    return Uses(len(names), **count)


def features(blocks: Sequence[Block], found: FoundNames, candidate: Candidate) -> dict[str, float]:
    """Return the features by which a candidate is judged, all between 0 and about 3."""
    cluster, used = candidate.cluster, candidate.uses
    n = used.mentions
    labels: Counter[str] = Counter()
    for text in {normal(name.text) for name in cluster.names}:
        labels.update(found.labels.get(text, {}))
    total = sum(labels.values()) or 1
    fields = {blocks[name.block].field for name in cluster.names}
    first = cluster.names[0]
    parts = cluster.name.split()
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
        "any_called": float(used.called > 0),
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
        "opens": float(used.opens > 0),
        "well_known": float(any(normal(text) in well_known() for text in cluster.rules)),
        "role": float(candidate.role is not None or used.kin > 0),
        "one_word": float(len(parts) == 1),
        "words": min(len(parts), 6) / 3,
        "acronym": float(cluster.name.replace(".", "").isupper()),
        "body_word": float(any(w in words("bodies") for w in lowered)),
        "joined": float(len(cluster.rules) > 1),
        "in_table": float(cluster.country is not None),
        "state": float(cluster.name in countries().states),
        "label_person": labels["PERSON"] / total,
        "label_org": labels["ORG"] / total,
        "label_place": (labels["LOC"] + labels["FAC"]) / total,
        "label_thing": (labels["PRODUCT"] + labels["WORK_OF_ART"] + labels["EVENT"] + labels["LAW"]) / total,
    }


def _in_lead(blocks: Sequence[Block], name: Name) -> bool:
    paragraph = blocks[name.block].paragraph
    return paragraph is not None and paragraph < 2  # noqa: PLR2004  the first two paragraphs


def may_act(cluster: Cluster, used: Uses) -> bool:
    """Return whether a cluster can be an actor at all.

    A place that is no known country or state must be seen as a political body: it speaks, or the text
    names its council, its government or the like.
    """
    known = cluster.type != "country" or cluster.country is not None or cluster.name in countries().states
    return known or used.polity > 0 or used.speech > 0


def is_actor(blocks: Sequence[Block], found: FoundNames, candidate: Candidate) -> bool:
    """Return whether a candidate acts in the story, by the fitted model of its type; see also `may_act`."""
    if not may_act(candidate.cluster, candidate.uses):
        return False
    values = features(blocks, found, candidate)
    return probability(candidate.cluster.type, values) >= THRESHOLD
