"""Which names are the same actor: each name in one cluster, each joining with the rule that did it.

The rules go from sure to less sure: the table of countries, parts of a person's full name, what the text
itself explains, acronyms and shorter forms of bodies, seats and governments where they act.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from personae.actors.languages.en.merge.person_cues import uses_of_people
from personae.actors.languages.en.merge.same_body import explained, same_body
from personae.actors.languages.en.merge.same_country import acts, governments, in_table
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.families import kinship
from personae.actors.merge.cluster import TYPES, Cluster, fullest
from personae.actors.merge.namesakes import TITLE_AND_SURNAME, Use, gender_of, whose
from personae.actors.merge.nicknames import NICKNAME, holds_nickname, nicknames
from personae.actors.merge.same_person import Joined, same_person
from personae.actors.text.found_names import FoundNames, Kind, Name
from personae.actors.text.spelling import normal
from personae.actors.text.text_units import Block

_NO_NAMES = frozenset({NICKNAME, TITLE_AND_SURNAME})  # rules by which a string is an alias, never the name
_COUNTRY = "country:"  # before a country's name in the table, where a cluster's root is no string of the text


def acting_clusters(blocks: Sequence[Block], found: FoundNames) -> list[Cluster]:
    """Return the clusters without capitals that are mere places where their country is named."""
    gathered = clusters(blocks, found)
    seats = countries().seats
    named = {c.country for c in gathered if c.country}
    return [c for c in gathered if c.country or c.type != "country" or seats.get(c.name) not in named]


def clusters(blocks: Sequence[Block], found: FoundNames) -> list[Cluster]:
    """Gather the names of an article into clusters, in order of first appearance."""
    names = [name for name in found.names if not _names_nobody(name)]
    by_root = _by_root(blocks, names)
    _add_governments(blocks, found, by_root.values())
    named = [cluster for cluster in by_root.values() if cluster.names]
    for cluster in named:
        cluster.names.sort(key=lambda name: (name.block, name.start))
        cluster.name = _fullest(cluster)
    return named


def _by_root(blocks: Sequence[Block], names: Sequence[Name]) -> dict[str, Cluster]:
    """Gather names by the string, or the country, that stands for their cluster."""
    kinds = {normal(name.text): name.kind for name in reversed(names)}
    order = list(dict.fromkeys(normal(name.text) for name in names))
    called = nicknames(blocks, [name for name in names if name.kind == "person"])
    uses = uses_of_people(blocks, [name for name in names if normal(name.text) not in called])
    joined = called | _joined(blocks, [text for text in order if text not in called], kinds, uses)
    people = {uses[number].name: row for number, row in whose(uses, joined).items()}
    told = {use.name: use.cues for use in uses}
    gathered: dict[str, Cluster] = {}
    for name in names:
        text = normal(name.text)
        root, rule = people.get(name) or _root(text, joined)
        if root == text and name.kind == "place" and acts(blocks[name.block], name):
            root, rule = _COUNTRY + countries().seats[text], "seat of government, acting"
        gathered.setdefault(root, Cluster(text, TYPES[name.kind])).add(name, rule)
    for root, cluster in gathered.items():
        cluster.gender = gender_of([told[name] for name in cluster.names if name in told])
        if root.startswith(_COUNTRY):
            cluster.country = root.removeprefix(_COUNTRY)
            cluster.type = "country"
    return gathered


def _add_governments(blocks: Sequence[Block], found: FoundNames, gathered: Collection[Cluster]) -> None:
    """Make "the Swedish government" a name of Sweden, and of nobody else, where Sweden is named."""
    by_country = {cluster.country: cluster for cluster in gathered if cluster.country}
    for country, name in governments(blocks, found.names, by_country):
        for cluster in gathered:
            cluster.leave_out(name)
        by_country[country].add(name, "government of the country")


def _names_nobody(name: Name) -> bool:
    """Return whether a name is that of a people ("Russian") or of a law or the like: it names no actor."""
    text = normal(name.text)
    table = countries()
    return name.kind in {"people", "nothing"} or (text in table.people and text not in table.names)


def _joined(
    blocks: Sequence[Block],
    order: Sequence[str],
    kinds: dict[str, Kind],
    uses: Sequence[Use],
) -> Joined:
    """Ask the rules in turn; a string that one has joined is not asked again."""
    joined: Joined = {t: (_COUNTRY + country, "table of countries") for t, country in in_table(order, kinds)}

    def left(*wanted: Kind) -> list[str]:
        return [text for text in order if text not in joined and kinds[text] in wanted]

    relatives = {normal(use.name.text) for use in uses if use.cues.kin in kinship()}
    joined |= same_person(left("person"), [normal(use.name.text) for use in uses], relatives=relatives)
    joined |= explained(blocks, left("organization", "thing", "place"))
    joined |= same_body(left("organization", "thing"), kinds)
    return joined


def _root(text: str, joined: Joined) -> tuple[str, str]:
    """Follow the joins from a string to the one that stands for its cluster; return it and the first rule."""
    root, rule = text, "exact"
    seen = {text}
    while root in joined:
        root, by = joined[root]
        rule = by if rule == "exact" else rule
        if root in seen:  # two strings that explain each other
            break
        seen.add(root)
    return root, rule


def _fullest(cluster: Cluster) -> str:
    """Return the fullest string by which the cluster is named."""
    strings = list(dict.fromkeys(name.text for name in cluster.names))
    if cluster.country:
        proper = [s for s in strings if normal(s) in countries().names]
        best = [s for s in proper if normal(s) == cluster.country] or proper or strings
        return max(best, key=lambda s: (not s.replace(".", "").isupper(), len(s)))
    proper = [s for s in strings if cluster.rules[s] not in _NO_NAMES] or strings
    without_nickname = [s for s in proper if " " in s and not holds_nickname(s)]
    return fullest(without_nickname or proper)
