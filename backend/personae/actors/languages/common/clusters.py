"""Which names are one actor, in any language: people by surnames, bodies by acronyms, states by tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from personae.actors.merge.acronyms import same_acronym
from personae.actors.merge.cluster import TYPES, Cluster, fullest
from personae.actors.merge.same_person import same_person
from personae.actors.text.found_names import FoundNames, Name
from personae.actors.text.text_units import Block


def clusters(
    blocks: Sequence[Block],
    found: FoundNames,
    states: Mapping[str, str],
    seat_of: Callable[[Block, Name], str | None] = lambda _block, _name: None,
) -> list[Cluster]:
    """Gather names into clusters, in order of appearance; places that are no states are left out.

    states: name -> code; seat_of: the code of the state whose government a name stands for where it stands.
    """
    people = list(dict.fromkeys(n.text for n in found.names if n.kind == "person"))
    bodies = list(dict.fromkeys(n.text for n in found.names if n.kind in {"organization", "thing"}))
    joined = same_person(people, [n.text for n in found.names]) | same_acronym(bodies)
    gathered: dict[str, Cluster] = {}
    for name in found.names:
        root, rule = name.text, "exact"
        if name.kind == "place":
            state, rule = states.get(name.text), "table of countries"
            if state is None:
                state, rule = seat_of(blocks[name.block], name), "seat of government, acting"
            if state is None:
                continue
            root = f"state:{state}"
        elif name.text in joined:
            root, rule = joined[name.text]
            root = joined.get(root, (root, ""))[0]
        gathered.setdefault(root, Cluster(name.text, TYPES.get(name.kind, "organization"))).add(name, rule)
    for cluster in gathered.values():
        strings = [name.text for name in cluster.names]
        cluster.name = next((text for text in strings if text in states), fullest(strings))
    return list(gathered.values())
