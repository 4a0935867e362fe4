"""From a text in any language to its actors; see the package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from personae.actors.languages.common import quotes as quotations
from personae.actors.languages.common.agency import acts, is_subject
from personae.actors.languages.common.names import find, repeated
from personae.actors.languages.common.roles import best_role
from personae.actors.languages.common.words import Lexicon, lexicon, states
from personae.actors.languages.en.language import actor_id, mention
from personae.actors.languages.en.merge.clusters import TYPES, Cluster
from personae.actors.languages.en.merge.same_body import is_acronym
from personae.actors.languages.en.names.find import Kind, Name
from personae.actors.languages.en.salience import is_key
from personae.actors.languages.en.words.tables import words as common_words
from personae.actors.languages.none.structured_subjects import RULE as STATED
from personae.actors.languages.none.structured_subjects import borne_out
from personae.actors.merge.same_person import same_person
from personae.actors.names.recogniser import base_language, recogniser
from personae.actors.text.text_units import Block, blocks
from personae.model import Actor, ActorType, Evidence, Quote

_MOST_POINTS = 5.7  # of the hand rule
_PARTICLE = "|".join(sorted(common_words("particles")))
_NAME = re.compile(rf"(?<![\w-])[^\W\d_a-z][\w’'-]+(?: (?:(?:{_PARTICLE}) )?[^\W\d_a-z][\w’'-]*\w){{1,3}}")


@dataclass(slots=True)
class Candidate:
    """A cluster, what it is, and what it said."""

    cluster: Cluster
    role: str | None = None
    points: dict[str, float] = field(default_factory=dict)
    said: Sequence[Quote] = ()

    @property
    def salience(self) -> float:
        """How much it matters, 0 to 1."""
        return min(1.0, sum(self.points.values()) / _MOST_POINTS)


def analyse(*, title: str, standfirst: str, text: str, language: str) -> list[Actor]:
    """Return the actors of an article in a language that has a model, most important first.

    Raises LanguageNotSupported, ModelMissing.
    """
    words = lexicon(language)
    parts = blocks(title=title, standfirst=standfirst, text=text)
    names = find(parts, recogniser(language), words, states(language))
    found = []
    for made in clusters(parts, names, words, states(language)):
        role = best_role(parts, made, words)
        if acts(parts, made, words, described=role is not None):
            found.append(Candidate(made, role))
    return _cast(parts, found, language)


def beyond_doubt(
    *,
    title: str,
    standfirst: str,
    text: str,
    language: str | None,
    named: Mapping[str, ActorType] = MappingProxyType({}),
) -> list[Actor]:
    """Return who is certain to be an actor in a language without a model: few, but right.

    A person whose full name stands in the text and who is named in the headline too; a state that opens the
    headline and stands in the text; and of `named`, the persons and organisations that the page's structured
    data give as its subjects (name -> type), those whom the article bears out.
    """
    parts = blocks(title=title, standfirst=standfirst, text=text)
    inside = "\n".join(b.text for b in parts if b.field == "text")
    kinds: dict[str, Kind] = {}
    for match in _NAME.finditer(inside):
        first, *_, last = match[0].split()
        headed = re.search(rf"(?<!\w){re.escape(last)}(?!\w)", title)
        if headed and first.lower() in common_words("given_names"):
            kinds[match[0]] = kinds[last] = "person"
    known = states(language)
    for state in known:
        opens, _, rest = title.partition(f"{state} ")
        if not opens and re.match(r"\w", rest) and re.search(rf"(?<!\w){re.escape(state)}(?!\w)", inside):
            kinds[state] = "place"
    stated = borne_out(parts, named, language)
    kinds |= stated
    if not kinds:
        return []
    found = [Candidate(c) for c in clusters(parts, repeated(parts, kinds), None, known)]
    for candidate in found:
        rules = candidate.cluster.rules
        rules.update(dict.fromkeys(rules.keys() & named.keys() & stated.keys(), STATED))
    return _cast(parts, found, language or "")


def clusters(
    parts: Sequence[Block], names: Sequence[Name], words: Lexicon | None, known: Mapping[str, str]
) -> list[Cluster]:
    """Gather names into clusters, in order of appearance; places that are no states are left out."""
    people = list(dict.fromkeys(n.text for n in names if n.kind == "person"))
    bodies = list(dict.fromkeys(n.text for n in names if n.kind in {"organization", "thing"}))
    joined = same_person(people, [n.text for n in names]) | _acronyms(bodies)
    made: dict[str, Cluster] = {}
    for name in names:
        root, rule = name.text, "exact"
        if name.kind == "place":
            state, rule = _state(parts[name.block], name, words, known)
            if state is None:
                continue
            root = f"state:{state}"
        elif name.text in joined:
            root, rule = joined[name.text]
            root = joined.get(root, (root, ""))[0]
        made.setdefault(root, Cluster(name.text, TYPES.get(name.kind, "organization"))).add(name, rule)
    for one in made.values():
        strings = [n.text for n in one.names]
        states_ = [s for s in strings if s in known]
        one.name = states_[0] if states_ else max(strings, key=lambda s: (len(s.split()), len(s)))
    return list(made.values())


def _state(
    block: Block, name: Name, words: Lexicon | None, known: Mapping[str, str]
) -> tuple[str | None, str]:
    """Return the state that a place's name stands for, and by which rule."""
    if name.text in known:
        return known[name.text], "table of countries"
    if words and name.text in words.seats and is_subject(block, name, words):
        return words.seats[name.text], "seat of government, acting"
    return None, ""


def _acronyms(bodies: Sequence[str]) -> dict[str, tuple[str, str]]:
    joined = {}
    for short in bodies:
        full = [b for b in bodies if b != short and is_acronym(short, b)]
        if len(full) == 1:
            joined[short] = (full[0], "acronym")
    return joined


def _cast(parts: Sequence[Block], found: Sequence[Candidate], language: str) -> list[Actor]:
    """Weigh the candidates, find what they said, and put them in order."""
    _weigh(parts, found)
    _hear(parts, found, base_language(language))
    ids: set[str] = set()
    ordered = sorted(found, key=lambda c: -c.salience)
    return [_actor(parts, candidate, ids, first=ordered[0].salience) for candidate in ordered]


def _weigh(parts: Sequence[Block], found: Sequence[Candidate]) -> None:
    """Give each candidate the points of a hand rule of the literature on entity salience.

    2·headline + 1.5·first paragraph + count/max + 0.7·share of paragraphs + 0.5·(1 - first position).
    """
    most = max((len(c.cluster.names) for c in found), default=1)
    paragraphs = max(1, sum(b.field == "text" for b in parts))
    for candidate in found:
        names = candidate.cluster.names
        fields = {parts[n.block].field for n in names}
        inside = [p for n in names if (p := parts[n.block].paragraph) is not None]
        first = min(inside, default=0)
        candidate.points = {
            "title": 2.0 * ("title" in fields),
            "first_paragraph": 1.5 * (first == 0 or "standfirst" in fields),
            "share_of_most": len(names) / most,
            "spread": 0.7 * len(set(inside)) / paragraphs,
            "early": 0.5 * (1 - first / paragraphs),
        }


def _hear(parts: Sequence[Block], found: Sequence[Candidate], language: str) -> None:
    """Give each candidate its quotations, where the language has a table."""
    cues = quotations.cues(language)
    if cues is None:
        return
    speakers: dict[int, list[quotations.Speaker]] = {}
    for number, candidate in enumerate(found):
        for n in candidate.cluster.names:
            speaker = quotations.Speaker(n.start, n.end, number, candidate.cluster.type)
            speakers.setdefault(n.block, []).append(speaker)
    for row in speakers.values():
        row.sort(key=lambda s: s.start)
    for candidate, said in zip(found, quotations.quotes(parts, speakers, len(found), cues), strict=True):
        candidate.said = said


def _actor(parts: Sequence[Block], candidate: Candidate, ids: set[str], *, first: float) -> Actor:
    made = candidate.cluster
    mentions = tuple(mention(parts[name.block], name) for name in made.names)
    aliases = tuple(dict.fromkeys([made.name, *(m.text for m in mentions)]))
    return Actor(
        id=actor_id(made.name, ids),
        name=made.name,
        type=made.type,
        key=is_key(candidate.salience, first),
        salience=round(candidate.salience, 4),
        aliases=aliases,
        role=candidate.role,
        mentions=mentions,
        quotes=tuple(candidate.said),
        why=Evidence(
            aliases={alias: made.rules[alias] for alias in aliases},
            salience={f: round(v, 3) for f, v in candidate.points.items() if v},
        ),
    )
