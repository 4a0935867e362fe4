"""Which names are one actor, in any language: people by surnames, bodies by acronyms, states by tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from personae.actors.languages.common.inflection import RULE as FORM
from personae.actors.languages.common.inflection import Inflection
from personae.actors.merge.acronyms import same_acronym
from personae.actors.merge.cluster import TYPES, Cluster, fullest
from personae.actors.merge.same_person import CLOSE_SPELLING, Joined, same_person
from personae.actors.text.found_names import FoundNames, Name
from personae.actors.text.text_units import Block

NO_FORMS = Inflection()
PART = "part of the full name"
_LONGEST_KIND = 4  # letters of a legal form or a kind of club


def clusters(
    blocks: Sequence[Block],
    found: FoundNames,
    states: Mapping[str, str],
    seat_of: Callable[[Block, Name], str | None] = lambda _block, _name: None,
    inflection: Inflection = NO_FORMS,
) -> list[Cluster]:
    """Gather names into clusters, in order of appearance; places that are no states are left out.

    states: name -> code; seat_of: the code of the state whose government a name stands for where it stands.
    """
    people = list(dict.fromkeys(n.text for n in found.names if n.kind == "person"))
    bodies = list(dict.fromkeys(n.text for n in found.names if n.kind in {"organization", "thing"}))
    joined = _people(people, [n.text for n in found.names], inflection)
    joined |= same_acronym(bodies) | _bodies(bodies, inflection)
    gathered: dict[str, Cluster] = {}
    for name in found.names:
        root, rule = name.text, "exact"
        if name.kind == "place":
            state, rule = inflection.of_table(name.text, states), "table of countries"
            if state is None:
                state, rule = seat_of(blocks[name.block], name), "seat of government, acting"
            if state is None:
                continue
            root = f"state:{state}"
        elif name.text in joined:
            root, rule = joined[name.text]
            while root in joined:
                root = joined[root][0]
        gathered.setdefault(root, Cluster(name.text, TYPES.get(name.kind, "organization"))).add(name, rule)
    for cluster in gathered.values():
        strings = [name.text for name in cluster.names]
        bases = [text for text in strings if cluster.rules[text] != FORM] or strings
        cluster.name = next((text for text in bases if text in states), fullest(bases))
    return list(gathered.values())


def _bodies(bodies: Sequence[str], inflection: Inflection) -> Joined:
    """Join forms of a name; a name to what adds a legal form in capitals; a first word to a name before it.

    "Brume" is "Brume SA"; "Brume" after "Brume Marine" is that, where nothing else begins so.
    """
    forms = inflection.joined(bodies, body=True)
    bodies = [body for body in bodies if body not in forms]
    longer: dict[str, list[str]] = {}
    for body in bodies:
        words = body.split()
        for kind, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
            if rest and len(kind.strip(".")) <= _LONGEST_KIND and sum(map(str.isupper, kind)) > 1:
                longer.setdefault(" ".join(rest), []).append(body)
    found = {body: (longer[body][0], PART) for body in bodies if len(longer.get(body, ())) == 1}
    for number, body in enumerate(bodies):
        begin = [one for one in bodies if " " in one and inflection.same(one.split()[0], body)]
        if " " not in body and body not in found and len(begin) == 1 and begin[0] in bodies[:number]:
            found[body] = (begin[0], PART)
    return found | forms


def _people(people: Sequence[str], mentions: Sequence[str], inflection: Inflection) -> Joined:
    """Join the names of people, and the forms of each to it.

    Where names have endings, two words that part at the end are no misspelling: they may be two people.
    """
    forms = inflection.joined(people)
    known = [name for name in people if name not in forms]
    joined = {
        name: (other, rule)
        for name, (other, rule) in same_person(known, mentions).items()
        if rule != CLOSE_SPELLING
        or not any(inflection.differ_in_ending(name.split()[-1], w) for w in other.split())
    }
    full = [name for name in known if " " in name]
    for name in known:
        bearers = [other for other in full if name not in joined and inflection.same_surname(name, other)]
        if len(bearers) == 1:
            joined[name] = (bearers[0], FORM)
    return joined | forms
