"""Why an actor is as it is, in words: `Evidence` as the card shows it on request.

A rule of `personae.actors.merge.clusters` and a feature of `personae.actors.salience` have words in the
catalogue, as `rule_NAME` and `feature_NAME`. One that has none is shown by its own name: evidence is never
left out for want of a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from personae.model import Actor
from personae.view.i18n.catalogue import Catalogue

MIN_SHARE = 0.1  # of the score in log-odds; what adds less decides nothing
MAX_REASONS = 7
_NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class NameReason:
    """Why a string names this actor."""

    alias: str
    reason: str


@dataclass(frozen=True, slots=True)
class SalienceReason:
    """What speaks for or against an actor's importance. share: "+1.4" or "−0.2", in log-odds."""

    phrase: str
    share: str


def name_reasons(actor: Actor, words: Catalogue) -> tuple[NameReason, ...]:
    """Return the reason for each alias, in the actor's order."""
    rules = actor.why.aliases
    return tuple(
        NameReason(alias, _phrase(words, "rule", rules[alias])) for alias in actor.aliases if alias in rules
    )


def reasons(actor: Actor, words: Catalogue) -> tuple[SalienceReason, ...]:
    """Return what made the actor's salience, most weighty first; what hardly matters is left out."""
    return tuple(_reasons(actor, words))


def _reasons(actor: Actor, words: Catalogue) -> Iterator[SalienceReason]:
    weighty = sorted(actor.why.salience.items(), key=lambda row: -abs(row[1]))[:MAX_REASONS]
    for feature, share in weighty:
        if abs(share) >= MIN_SHARE:
            sign = "+" if share > 0 else "−"
            yield SalienceReason(_phrase(words, "feature", feature), sign + words.decimal(abs(share), 1))


def message_key(kind: str, name: str) -> str:
    """Return the catalogue's key for a rule's or a feature's name."""
    return f"{kind}_{_NO_WORD.sub('_', name).strip('_').lower()}"


def _phrase(words: Catalogue, kind: str, name: str) -> str:
    key = message_key(kind, name)
    return words.text(key) if words.has(key) else name.replace("_", " ")
