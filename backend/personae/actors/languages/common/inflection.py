"""Forms of one name: "Kowalskiego" of "Kowalski", "Linds" of "Lind", by the endings of the language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from personae.actors.merge.same_person import Joined
from personae.actors.tables.name_words import given_names, surname

RULE = "another form of the name"
_SHORTEST = 2  # letters before an ending
_CAPITALISED = re.compile(r"[^\W\d_][\w’'-]*")
_MOST_WORDS = 4  # of a name that is looked for in other forms


@dataclass(frozen=True, slots=True)
class Forms:
    """The endings that replace one: "ski" gives "skiego", "skim".

    surname_stays: a given name may take them where the surname after it stays as it is.
    """

    base: str
    ends: tuple[str, ...]
    surname_stays: bool = False


def faults_of_forms(value: Any) -> Iterator[str]:
    """Yield what is wrong with the endings of a table."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        yield "must be tables, each headed [[forms]]"
        return
    for one in value:
        ends = one.get("ends")
        if one.keys() - {"base", "ends", "surname_stays"} or not isinstance(one.get("base"), str):
            yield f"must have base and ends, and perhaps surname_stays, not {', '.join(sorted(one))}"
        elif not (isinstance(ends, list) and ends and all(isinstance(end, str) and end for end in ends)):
            yield f"{one['base']!r} must have ends, a list of endings"


class Inflection:
    """The endings of a language: which words and names are forms of the same."""

    def __init__(self, forms: Sequence[Forms] = ()) -> None:
        self._forms = forms
        self._by_end = [(end, one) for one in forms for end in one.ends]

    def __bool__(self) -> bool:
        return bool(self._forms)

    @property
    def ends(self) -> Collection[str]:
        """Every ending."""
        return {end for end, _ in self._by_end}

    def expanded(self, words: Collection[str]) -> frozenset[str]:
        """Return words with all of their forms."""
        return frozenset(words) | {
            word[: len(word) - len(one.base)] + end
            for word in words
            for one in self._forms
            if word.endswith(one.base) and len(word) - len(one.base) >= _SHORTEST
            for end in one.ends
        }

    @lru_cache(maxsize=4096)  # noqa: B019 - languages live as long as the process
    def bases(self, word: str) -> Mapping[str, bool]:
        """Return what a word may be a form of, itself too, and whether a surname beside it may stay."""
        found = {word: True}
        for end, one in self._by_end:
            stem = word.removesuffix(end)
            if stem != word and len(stem) >= _SHORTEST:
                base = stem + one.base
                found[base] = found.get(base, False) or one.surname_stays
        return found

    def of_table(self, text: str, table: Mapping[str, str]) -> str | None:
        """Return what a table has for a name or for what it is a form of."""
        if text in table:
            return table[text]
        rows = [self.bases(word) for word in text.split()]
        if len(rows) > _MOST_WORDS:
            return None
        return next((table[full] for words in product(*rows) if (full := " ".join(words)) in table), None)

    def in_text(self, text: str, names: Collection[str]) -> dict[str, str]:
        """Return the forms of names that stand in a text: form -> one of the names. In one pass over it."""
        if not self._forms:
            return {}
        by_base: dict[str, set[str]] = defaultdict(set)
        for word in {match[0] for match in _CAPITALISED.finditer(text)}:
            for base in self.bases(word):
                by_base[base].add(word)
        found: dict[str, str] = {}
        for name in names:
            words = name.split()
            if not words or len(words) > _MOST_WORDS:
                continue
            rows = [sorted(set().union(*(by_base.get(b, ()) for b in self.bases(w)))) or [w] for w in words]
            for form in map(" ".join, product(*rows)):
                if form not in names and form in text and self.same(form, name):
                    found.setdefault(form, name)
        return found

    def same(self, a: str, b: str, *, body: bool = False) -> bool:
        """Return whether two names of as many words are forms of one; in a body's, any word may stay."""
        pairs = list(zip(a.split(), b.split(), strict=False))
        if a.count(" ") != b.count(" ") or a[:1] != b[:1]:
            return False
        stays = not body and len(pairs) > 1 and pairs[-1][0] == pairs[-1][1]
        return all(x == y or self._share(x, y, stays=stays) for x, y in pairs)

    def same_surname(self, short: str, full: str) -> bool:
        """Return whether one word is a form of a full name's surname."""
        lasts = {surname(full), full.rsplit(maxsplit=1)[-1]}
        return " " not in short and any(self._share(short, last, stays=False) for last in lasts)

    def differ_in_ending(self, a: str, b: str) -> bool:
        """Return whether two words part in their last letters, where a language has its endings."""
        shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        return bool(self._forms) and max(len(a), len(b)) - shared <= _SHORTEST

    def _share(self, x: str, y: str, *, stays: bool) -> bool:
        ours, theirs = self.bases(x), self.bases(y)
        return any(not stays or (ours[base] and theirs[base]) for base in ours.keys() & theirs.keys())

    def is_declined(self, name: str) -> bool:
        """Return whether a person's name begins with a given name in another form than its own."""
        first = name.split(maxsplit=1)[0]
        known = given_names()
        return first.lower() not in known and any(base.lower() in known for base in self.bases(first))

    def joined(self, names: Sequence[str], *, body: bool = False) -> Joined:
        """Return which names are forms of another that comes nearest to the base: form -> (that, rule)."""
        found: Joined = {}
        groups: list[list[str]] = []
        for name in names if self._forms else ():
            group = next((g for g in groups if self.same(name, g[0], body=body)), None)
            if group is None:
                groups.append([name])
            else:
                group.append(name)
        for group in groups:
            first = max(group, key=lambda name: sum(self._is_base(name, other) for other in group))
            found |= {name: (first, RULE) for name in group if name != first}
        return found

    def _is_base(self, name: str, other: str) -> bool:
        return all(x in self.bases(y) for x, y in zip(name.split(), other.split(), strict=True))
