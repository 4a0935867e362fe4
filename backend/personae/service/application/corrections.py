"""Corrections of the cast by a reader: another name or role, two who are one, one who is two, no actor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from personae.actors.text.spelling import distinct
from personae.markup.elements import body_of, html_of
from personae.markup.marks import mark
from personae.model import Actor, Article, Evidence, Identity

CorrectionKind = Literal["rename", "role", "merge", "split", "hide"]
CORRECTION_KINDS: tuple[CorrectionKind, ...] = get_args(CorrectionKind)
RULE = "corrected by you"  # the evidence of what a reader joined or named


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of one actor.

    actor: its id. value: the new name (rename); the role, or "" for none (role); the id of the actor that it
    is (merge); the alias that is somebody else (split); nothing (hide).
    """

    kind: CorrectionKind
    actor: str
    value: str = ""


def corrected(article: Article, corrections: Sequence[Correction]) -> Article:
    """Return the article with its cast as the reader says, marked anew; the content must be sanitised again.

    In their order, so that a later one may speak of what an earlier one made. One that speaks of an actor or
    an alias that is not there changes nothing: the story may have been read again since.
    """
    cast = {actor.id: actor for actor in article.actors}
    for correction in corrections:
        if correction.actor in cast:
            _CHANGES[correction.kind](cast, cast[correction.actor], correction.value)
    plain = replace(article, content=_unmarked(article.content))
    return mark(plain, [_in_company_of(actor, cast) for actor in cast.values()], article.actors_status)


def _in_company_of(actor: Actor, cast: Mapping[str, Actor]) -> Actor:
    """Return the actor without those in whose company it was and who are not in the cast any more."""
    company = tuple(other for other in actor.identity.company if other in cast)
    return replace(actor, identity=replace(actor.identity, company=company))


def _rename(cast: dict[str, Actor], actor: Actor, name: str) -> None:
    if name:
        aliases = (name, *(alias for alias in actor.aliases if alias != name))
        cast[actor.id] = replace(actor, name=name, aliases=aliases, why=_with_rule(actor.why, [name]))


def _role(cast: dict[str, Actor], actor: Actor, role: str) -> None:
    others = tuple(other for other in actor.identity.roles if other not in {actor.role, role})
    identity = replace(actor.identity, roles=(role, *others) if role else others)
    cast[actor.id] = replace(actor, role=role or None, identity=identity)


def _hide(cast: dict[str, Actor], actor: Actor, _value: str) -> None:
    del cast[actor.id]


def _merge(cast: dict[str, Actor], actor: Actor, into: str) -> None:
    whole = cast.get(into)
    if whole is None or whole is actor:
        return
    del cast[actor.id]
    for other in list(cast.values()):
        cast[other.id] = _met_as(other, actor.id, into)
    mentions = {*whole.mentions, *actor.mentions}
    cast[into] = replace(
        whole,
        key=whole.key or actor.key,
        salience=max(whole.salience, actor.salience),
        aliases=tuple(dict.fromkeys((*whole.aliases, *actor.aliases))),
        role=whole.role or actor.role,
        mentions=tuple(sorted(mentions, key=lambda m: (m.field != "title", m.field == "text", m.start))),
        quotes=tuple(sorted({*whole.quotes, *actor.quotes}, key=lambda q: q.start)),
        why=_with_rule(whole.why, actor.aliases),
        identity=Identity(
            roles=tuple(distinct((*whole.identity.roles, *actor.identity.roles))),
            company=_others(into, (*whole.identity.company, *actor.identity.company), actor.id),
            certainty=max(whole.identity.certainty, actor.identity.certainty),
        ),
    )


def _met_as(actor: Actor, former: str, now: str) -> Actor:
    """Return the actor with another id for one in whose company it is."""
    company = [now if other == former else other for other in actor.identity.company]
    return replace(actor, identity=replace(actor.identity, company=_others(actor.id, company)))


def _others(own: str, company: Iterable[str], *more: str) -> tuple[str, ...]:
    """Return the ids, each once, without an actor's own ones."""
    return tuple(dict.fromkeys(other for other in company if other not in {own, *more}))


def _split(cast: dict[str, Actor], actor: Actor, alias: str) -> None:
    """Make an actor of one alias. Its quotations stay: nothing tells whose they are."""
    own = tuple(m for m in actor.mentions if m.text == alias)
    rest = tuple(m for m in actor.mentions if m.text != alias)
    if not own or not rest:
        return
    identifier = next(name for n in range(2, len(cast) + 3) if (name := f"{actor.id}-{n}") not in cast)
    aliases = tuple(a for a in actor.aliases if a != alias)
    name = actor.name if actor.name != alias else max((m.text for m in rest), key=len)
    other = Actor(
        id=identifier,
        name=alias,
        type=actor.type,
        key=False,
        salience=actor.salience * len(own) / len(actor.mentions),
        aliases=(alias,),
        mentions=own,
        why=Evidence({alias: RULE}),
    )
    evidence = {known: rule for known, rule in actor.why.aliases.items() if known != alias}
    remaining = replace(
        actor, name=name, aliases=aliases, mentions=rest, why=replace(actor.why, aliases=evidence)
    )
    ordered = [[remaining, other] if a is actor else [a] for a in cast.values()]
    cast.clear()
    cast.update({a.id: a for pair in ordered for a in pair})


_CHANGES: dict[CorrectionKind, Callable[[dict[str, Actor], Actor, str], None]] = {
    "rename": _rename,
    "role": _role,
    "merge": _merge,
    "split": _split,
    "hide": _hide,
}


def _with_rule(why: Evidence, aliases: Sequence[str]) -> Evidence:
    return replace(why, aliases={**why.aliases, **dict.fromkeys(aliases, RULE)})


def _unmarked(content: str) -> str:
    body = body_of(content)
    for element in list(body.iter("mark")):
        if element.get("class") == "actor":
            element.drop_tag()
    return html_of(body)
