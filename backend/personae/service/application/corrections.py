"""Corrections of the cast by a reader: names, roles, two who are one, one who is two, no actor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from personae.actors.text.spelling import distinct
from personae.markup.elements import body_of, html_of
from personae.markup.marks import mark
from personae.model import Actor, Article, Evidence, Identity, Mention, MentionField, Quote

CorrectionKind = Literal["rename", "role", "merge", "split", "reassign", "hide"]
CORRECTION_KINDS: tuple[CorrectionKind, ...] = get_args(CorrectionKind)
RULE = "corrected by you"  # the evidence of what a reader joined or named


@dataclass(frozen=True, slots=True)
class Place:
    """Where one mention begins: code points from the beginning of its field."""

    field: MentionField
    start: int


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of one actor.

    actor: its id. value: the new name (rename); the role, or "" for none (role); the id of the actor that it
    is (merge); the alias that is somebody else (split); the name of whose the alias is, of the cast or new
    (reassign); nothing (hide).
    alias: what the text calls whoever it is (reassign). place: of the one mention meant; None: all so called.
    """

    kind: CorrectionKind
    actor: str
    value: str = ""
    alias: str = ""
    place: Place | None = None


def corrected(article: Article, corrections: Sequence[Correction]) -> Article:
    """Return the article with its cast as the reader says, marked anew; the content must be sanitised again.

    In their order, so that a later one may speak of what an earlier one made. One that speaks of an actor or
    an alias that is not there changes nothing: the story may have been read again since.
    """
    cast = {actor.id: actor for actor in article.actors}
    for correction in corrections:
        if correction.actor in cast:
            _CHANGES[correction.kind](cast, cast[correction.actor], correction)
    plain = replace(article, content=_unmarked(article.content))
    return mark(plain, [_in_company_of(actor, cast) for actor in cast.values()], article.actors_status)


def _in_company_of(actor: Actor, cast: Mapping[str, Actor]) -> Actor:
    """Return the actor without those in whose company it was and who are not in the cast any more."""
    company = tuple(other for other in actor.identity.company if other in cast)
    return replace(actor, identity=replace(actor.identity, company=company))


def _rename(cast: dict[str, Actor], actor: Actor, correction: Correction) -> None:
    name = correction.value
    if name:
        aliases = (name, *(alias for alias in actor.aliases if alias != name))
        cast[actor.id] = replace(actor, name=name, aliases=aliases, why=_with_rule(actor.why, [name]))


def _role(cast: dict[str, Actor], actor: Actor, correction: Correction) -> None:
    role = correction.value
    others = tuple(other for other in actor.identity.roles if other not in {actor.role, role})
    identity = replace(actor.identity, roles=(role, *others) if role else others)
    cast[actor.id] = replace(actor, role=role or None, identity=identity)


def _hide(cast: dict[str, Actor], actor: Actor, _correction: Correction) -> None:
    del cast[actor.id]


def _merge(cast: dict[str, Actor], actor: Actor, correction: Correction) -> None:
    whole = cast.get(correction.value)
    if whole is None or whole is actor:
        return
    del cast[actor.id]
    cast[whole.id] = _joined(whole, actor)
    for other in list(cast.values()):
        cast[other.id] = _met_as(other, actor.id, whole.id)


def _joined(whole: Actor, part: Actor) -> Actor:
    """Return an actor with all that is another's."""
    mentions = {*whole.mentions, *part.mentions}
    return replace(
        whole,
        key=whole.key or part.key,
        salience=max(whole.salience, part.salience),
        aliases=tuple(dict.fromkeys((*whole.aliases, *part.aliases))),
        role=whole.role or part.role,
        mentions=tuple(sorted(mentions, key=lambda m: (m.field != "title", m.field == "text", m.start))),
        quotes=tuple(sorted({*whole.quotes, *part.quotes}, key=lambda q: q.start)),
        why=_with_rule(whole.why, part.aliases),
        identity=Identity(
            roles=tuple(distinct((*whole.identity.roles, *part.identity.roles))),
            company=_others(whole.id, (*whole.identity.company, *part.identity.company)),
            certainty=max(whole.identity.certainty, part.identity.certainty),
        ),
    )


def _met_as(actor: Actor, former: str, now: str) -> Actor:
    """Return the actor with another id for one in whose company it is."""
    company = [now if other == former else other for other in actor.identity.company]
    return replace(actor, identity=replace(actor.identity, company=_others(actor.id, company)))


def _others(own: str, company: Iterable[str]) -> tuple[str, ...]:
    """Return the ids, each once, without an actor's own one."""
    return tuple(dict.fromkeys(other for other in company if other != own))


def _split(cast: dict[str, Actor], actor: Actor, correction: Correction) -> None:
    """Make an actor of one alias. Its quotations stay: nobody said whose they are."""
    own = tuple(m for m in actor.mentions if m.text == correction.value)
    if not own or len(own) == len(actor.mentions):
        return
    remaining, part = _parted(actor, own, ())
    remaining = replace(remaining, key=actor.key, salience=actor.salience)
    other = replace(part, id=_new_identifier(cast, actor), name=correction.value, key=False)
    ordered = [[remaining, other] if a is actor else [a] for a in cast.values()]
    _replace_all(cast, [one for pair in ordered for one in pair])


def _reassign(cast: dict[str, Actor], actor: Actor, correction: Correction) -> None:
    """Give mentions to whom they name. The quotations nearest to them go along, and so does their weight."""
    own = tuple(m for m in actor.mentions if _is_meant(m, correction))
    name = correction.value
    if not own or not name or name == actor.name:
        return
    remaining, part = _parted(actor, own, _spoken_near(actor, own))
    known = next((a for a in cast.values() if a.name == name and a is not actor), None)
    if known:
        other = _joined(known, part)
    else:
        aliases = tuple(dict.fromkeys((name, *part.aliases)))
        other = replace(part, id=_new_identifier(cast, actor), name=name, aliases=aliases)
        other = replace(other, why=_with_rule(other.why, [name]))
    others = [a for a in cast.values() if a is not actor and a is not known]
    left = [remaining] if remaining.mentions else []
    _replace_all(cast, sorted([*left, other, *others], key=lambda a: -a.salience))


def _is_meant(mention: Mention, correction: Correction) -> bool:
    is_there = correction.place in (None, Place(mention.field, mention.start))
    return is_there and mention.text.split() == correction.alias.split()


def _spoken_near(actor: Actor, mentions: tuple[Mention, ...]) -> tuple[Quote, ...]:
    """Return the quotations of an actor to which, of all that name it in the text, these come nearest."""
    if len(mentions) == len(actor.mentions):
        return actor.quotes
    naming = [mention for mention in actor.mentions if mention.field == "text"]

    def nearest(quote: Quote) -> Mention:
        return min(naming, key=lambda m: max(m.start - quote.end, quote.start - m.end, 0))

    return tuple(quote for quote in actor.quotes if naming and nearest(quote) in mentions)


def _parted(actor: Actor, own: tuple[Mention, ...], words: tuple[Quote, ...]) -> tuple[Actor, Actor]:
    """Return what stays of an actor without some mentions and quotations, and what goes, not yet named.

    What goes has its share of the actor's weight, and is key when it is half of a key actor or more.
    """
    rest = tuple(m for m in actor.mentions if m not in own)
    share = len(own) / len(actor.mentions)
    gone = dict.fromkeys(mention.text for mention in own)
    left = dict.fromkeys(mention.text for mention in rest)
    aliases = tuple(alias for alias in actor.aliases if alias not in gone or alias in left)
    is_named = actor.name in aliases or not left
    remaining = replace(
        actor,
        name=actor.name if is_named else max(left, key=len),
        key=actor.key and share <= 1 / 2,
        salience=actor.salience * (1 - share),
        aliases=aliases,
        mentions=rest,
        quotes=tuple(quote for quote in actor.quotes if quote not in words),
        why=replace(actor.why, aliases={a: r for a, r in actor.why.aliases.items() if a in aliases}),
    )
    part = Actor(
        id=actor.id,
        name=actor.name,
        type=actor.type,
        key=actor.key and share >= 1 / 2,
        salience=actor.salience * share,
        aliases=tuple(gone),
        mentions=own,
        quotes=words,
        why=_with_rule(Evidence(), tuple(gone)),
    )
    return remaining, part


def _new_identifier(cast: dict[str, Actor], actor: Actor) -> str:
    return next(name for n in range(2, len(cast) + 3) if (name := f"{actor.id}-{n}") not in cast)


def _replace_all(cast: dict[str, Actor], actors: Sequence[Actor]) -> None:
    cast.clear()
    cast.update({actor.id: actor for actor in actors})


_CHANGES: dict[CorrectionKind, Callable[[dict[str, Actor], Actor, Correction], None]] = {
    "rename": _rename,
    "role": _role,
    "merge": _merge,
    "split": _split,
    "reassign": _reassign,
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
