"""Why an actor is as it is, in words: `Evidence` as the card shows it on request.

A rule or a feature that has no words here is shown by its own name: evidence is never left out for want of
a phrase.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from personae.model import Actor

MIN_SHARE = 0.1  # of the score in log-odds; what adds less decides nothing
MAX_REASONS = 7

# Rules of personae.actors.aliases, as the end of "“Kerry”: …".
RULE_PHRASES = {
    "exact": "stands so in the text",
    "table of countries": "a name of this country",
    "seat of government, acting": "the seat of its government, where it acts",
    "government of the country": "its government",
    "armed forces of the country": "its armed forces",
    "surname": "surname of nobody else here",
    "surname, shared: the one named most": "a surname that others share; given to whom it names most",
    "part of the full name": "part of the full name",
    "part of the full name, shared: the one named most": (
        "part of several names; given to whom it names most"
    ),
    "close spelling": "one letter apart",
    "same but for spelling": "the same but for spelling",
    "table of well-known bodies": "a well-known short name",
    "acronym": "made of its initials",
    "in brackets after the full name": "in brackets after the full name",
    "also known as": "the text says “also known as”",
}

# Features of personae.actors.salience, as reasons for or against.
FEATURE_PHRASES = {
    "title": "in the headline",
    "first_paragraph": "in the opening",
    "second_paragraph": "comes in with the second paragraph",
    "early": "named early",
    "share_of_most": "named often beside the others",
    "mentions": "named again and again",
    "single": "named once",
    "spread": "named throughout the story",
    "rough_of_top": "near the first of the cast by a plain count",
    "rank": "its place by that count",
    "lead": "named throughout the first paragraphs",
    "quoted": "much of the text is its words",
    "listed": "one name of a list",
    "subject": "does something",
    "speech": "says something",
    "possessive": "something of its is spoken of",
    "placed": "mostly where things happen",
    "role": "the text says who this is",
    "introduced": "introduced right at the start",
    "speaker": "a person who speaks",
    "person": "a person",
    "country": "a country",
    "joined": "named in several ways",
}


@dataclass(frozen=True, slots=True)
class NameReason:
    """Why a string names this actor."""

    alias: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for or against an actor's importance. share: "+1.4" or "−0.2", in log-odds."""

    phrase: str
    share: str


def name_reasons(actor: Actor) -> tuple[NameReason, ...]:
    """Return the reason for each alias, in the actor's order."""
    rules = actor.why.aliases
    return tuple(
        NameReason(alias, RULE_PHRASES.get(rules[alias], rules[alias]))
        for alias in actor.aliases
        if alias in rules
    )


def reasons(actor: Actor) -> tuple[Reason, ...]:
    """Return what made the actor's salience, most weighty first; what hardly matters is left out."""
    return tuple(_reasons(actor))


def _reasons(actor: Actor) -> Iterator[Reason]:
    weighty = sorted(actor.why.salience.items(), key=lambda row: -abs(row[1]))[:MAX_REASONS]
    for feature, share in weighty:
        if abs(share) >= MIN_SHARE:
            phrase = FEATURE_PHRASES.get(feature, feature.replace("_", " "))
            yield Reason(phrase, f"{'+' if share > 0 else '−'}{abs(share):.1f}")
