"""Which names are the same actor: each name in one cluster, each joining with the rule that did it.

The rules go from sure to less sure: the table of countries, parts of a person's full name, what the text
itself explains, acronyms and shorter forms of bodies, seats and governments where they act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from personae.actors.languages.en.merge.same_body import explained, same_body
from personae.actors.languages.en.merge.same_country import acts, governments, in_table
from personae.actors.languages.en.names.find import Found, Kind, Name
from personae.actors.languages.en.words.tables import countries, normal
from personae.actors.merge.same_person import Joined, same_person
from personae.actors.text.text_units import Block
from personae.model import ActorType

TYPES: dict[Kind, ActorType] = {
    "person": "person",
    "organization": "organization",
    "place": "country",
    "thing": "organization",
}
_COUNTRY = "country:"  # before a country's name in the table, where a cluster's root is no string of the text


@dataclass(slots=True)
class Cluster:
    """One possible actor: its names in reading order, and the rule by which each string joined.

    country: the country's name in the table, when it is one.
    """

    name: str
    type: ActorType
    names: list[Name] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    country: str | None = None

    def add(self, name: Name, rule: str) -> None:
        """Take in one name; the first rule that brought a string stands."""
        self.names.append(name)
        self.rules.setdefault(name.text, rule)

    def leave_out(self, longer: Name) -> None:
        """Take away the names that are part of a longer one, and what they alone are called."""
        left = [
            n for n in self.names if n.block != longer.block or n.end <= longer.start or n.start >= longer.end
        ]
        if len(left) < len(self.names):
            self.names = left
            self.rules = {
                text: rule for text, rule in self.rules.items() if any(n.text == text for n in left)
            }


def cluster(blocks: Sequence[Block], found: Found) -> list[Cluster]:
    """Gather the names of an article into clusters, in order of first appearance."""
    names = [name for name in found.names if not _names_nobody(name)]
    kinds = {normal(name.text): name.kind for name in reversed(names)}
    order = list(dict.fromkeys(normal(name.text) for name in names))
    joined = _joined(blocks, names, order, kinds)
    clusters: dict[str, Cluster] = {}
    for name in names:
        text = normal(name.text)
        root, rule = _root(text, joined)
        if root == text and name.kind == "place" and acts(blocks[name.block], name):
            root, rule = _COUNTRY + countries().seats[text], "seat of government, acting"
        clusters.setdefault(root, Cluster(text, TYPES[name.kind])).add(name, rule)
    for root, made in clusters.items():
        if root.startswith(_COUNTRY):
            made.country = root.removeprefix(_COUNTRY)
            made.type = "country"
    by_country = {made.country: made for made in clusters.values() if made.country}
    for country, name in governments(blocks, found.names, by_country):
        for made in clusters.values():
            made.leave_out(name)
        by_country[country].add(name, "government of the country")
    named = [made for made in clusters.values() if made.names]
    for made in named:
        made.names.sort(key=lambda name: (name.block, name.start))
        made.name = _fullest(made)
    return named


def _names_nobody(name: Name) -> bool:
    """Say whether a name is that of a people ("Russian") or of a law or the like: it names no actor."""
    text = normal(name.text)
    table = countries()
    return name.kind in {"people", "nothing"} or (text in table.people and text not in table.names)


def _joined(
    blocks: Sequence[Block], names: Sequence[Name], order: Sequence[str], kinds: dict[str, Kind]
) -> Joined:
    """Ask the rules in turn; a string that one has joined is not asked again."""
    joined: Joined = {t: (_COUNTRY + country, "table of countries") for t, country in in_table(order, kinds)}

    def left(*wanted: Kind) -> list[str]:
        return [text for text in order if text not in joined and kinds[text] in wanted]

    joined |= same_person(left("person"), [normal(name.text) for name in names])
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


def _fullest(made: Cluster) -> str:
    """Return the fullest string by which the cluster is named."""
    strings = list(dict.fromkeys(name.text for name in made.names))
    if made.country:
        proper = [s for s in strings if normal(s) in countries().names]
        best = [s for s in proper if normal(s) == made.country] or proper or strings
        return max(best, key=lambda s: (not s.replace(".", "").isupper(), len(s)))
    return max(strings, key=lambda s: (len(s.split()), len(s)))
