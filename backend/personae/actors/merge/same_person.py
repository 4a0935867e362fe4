"""Which names are the same person: parts of a full name, surnames, first names, close spellings.

Here strings are joined; whose a surname is at each place, where that can differ, is for `namesakes`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

from personae.actors.tables.name_words import is_form_of, particles, surname, without_suffix, younger
from personae.actors.text.spelling import bare

CLOSE_SPELLING = "close spelling"  # the rule by which a slip of the pen joins
NAMED_MOST = "shared: the one named most"  # how the rule ends by which one of several bearers is taken
NEAR_SPELLING = 7  # letters that a name must have before one wrong letter is forgiven

Joined = dict[str, tuple[str, str]]  # a string -> the string that it belongs to, and by which rule


def same_person(
    people: Sequence[str], mentions: Sequence[str], *, relatives: AbstractSet[str] = frozenset()
) -> Joined:
    """Join the names of people.

    people: each once, in order of first appearance; mentions: every name of the article, in order.
    relatives: full names that the text introduces as a relative's, who is somebody else.
    """
    joined = same_full_name(people, relatives)
    full = [p for p in people if " " in p and p not in joined]
    counts = Counter(mentions)
    index = FullNames(full)
    for short in people:
        if short not in joined and short not in index.names:
            found = _bearer(short, index, counts)
            if found is not None:
                joined[short] = found
    return joined


def same_full_name(people: Sequence[str], relatives: AbstractSet[str] = frozenset()) -> Joined:
    """Join the full names of one person, where one other full name only can be meant."""
    full = [p for p in people if " " in p]
    joined = _same_words(full)
    for fits, rule in _FULL_NAME_RULES:
        # The longest first, so that what is joined to them is out of the way.
        by_length = sorted((p for p in full if p not in joined), key=lambda p: -len(p.split()))
        before = FullNames()
        for short in by_length:
            longer = [p for p in before.holding(short) if p not in joined and fits(short, p)]
            before.add(short)
            if len(longer) == 1 and not _is_relative(short, longer[0], relatives):
                joined[short] = (longer[0], rule)
    joined |= _younger_by_another_name(full, joined, relatives)
    joined |= _misspelt([p for p in full if p not in joined])
    return joined


def _is_relative(short: str, longer: str, relatives: AbstractSet[str]) -> bool:
    """Return whether two names may be relatives', as those are not that a suffix alone tells apart."""
    return bool({short, longer} & relatives) and bare(without_suffix(longer)) != bare(short)


def _same_words(full: Sequence[str]) -> Joined:
    """Join names of the same words in another order, or with other hyphens: "Orbán Viktor"."""
    joined: Joined = {}
    first: dict[object, str] = {}
    for name in full:
        for same in (bare(name).replace(" ", ""), frozenset(bare(name).split())):
            root = first.setdefault(same, name)
            if root != name and len(root.split()) > 1:
                joined.setdefault(name, (root, "same but for spelling"))
    return joined


def _misspelt(full: Sequence[str]) -> Joined:
    """Join full names that one letter tells apart to the one that came first."""
    joined: Joined = {}
    for i, later in enumerate(full):
        near = [p for p in full[:i] if p not in joined and near_spelling(later, p)]
        if len(near) == 1:
            joined[later] = (near[0], CLOSE_SPELLING)
    return joined


class FullNames:
    """Full names in their order, found by their words."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names: dict[str, None] = {}
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Add a name after the last one."""
        self.names[name] = None
        for word in {*bare(name).split(), *_without_articles(name).split()}:
            self._by_word[word].append(name)

    def holding(self, short: str) -> Sequence[str]:
        """Return the names that have the last word of `short`."""
        return self._by_word.get(bare(short).rpartition(" ")[2], ())


def bearers(short: str, full: FullNames) -> tuple[list[str], str]:
    """Return the full names that `short` may stand for, and the rule: by surname, else by any part."""
    wanted, held = bare(short), full.holding(short)
    by_surname = [p for p in held if wanted in {bare(surname(p)), bare(p.split()[-1])}]
    if by_surname:
        return by_surname, "surname"
    return [p for p in held if contains(p, short)], "part of the full name"


def _bearer(short: str, full: FullNames, counts: Counter[str]) -> tuple[str, str] | None:
    """Return the full name that `short` is part of, and the rule; of several, the one that is used most."""
    fits, rule = bearers(short, full)
    if len(fits) == 1:
        return fits[0], rule
    if fits:
        # max() keeps the first of equals, and they stand in order of appearance.
        return max(fits, key=lambda p: counts[p]), f"{rule}, {NAMED_MOST}"
    near = [
        p for p in full.names if " " not in short and any(_is_misspelt(short, part) for part in p.split())
    ]
    return (near[0], CLOSE_SPELLING) if len(near) == 1 else None


def _is_misspelt(short: str, part: str) -> bool:
    """Return whether a word may be a slip for part of a name, and not its plural: "the Lamberts"."""
    return near_spelling(short, part) and short != f"{part}s"


def contains(full: str, short: str) -> bool:
    """Return whether a name has the other among its words; "Masri" is one of "Hany al-Masri"."""
    return f" {bare(short)} " in f" {bare(full)} {_without_articles(full)} "


def _without_articles(full: str) -> str:
    parts = [part.partition("-") for part in full.split()]
    return bare(" ".join(rest for first, _, rest in parts if rest and first.lower() in particles()))


def _shortens(short: str, full: str) -> bool:
    """Return whether a shorter full name is the longer one without initials, middle names or suffix."""
    a, b = short.split(), full.split()
    if len(a) >= len(b) or _is_younger(short) != _is_younger(full):
        return False
    if contains(full, short):
        return True
    rest = iter(b)
    in_order = all(any(_same_part(x, y) for y in rest) for x in a)
    return in_order and _same_part(a[0], b[0]) and a[-1] == b[-1]


def _is_familiar(short: str, full: str) -> bool:
    """Return whether a name is the other with a short form of its given name: "Bill Harker"."""
    first, _, rest = short.partition(" ")
    given, _, _ = full.partition(" ")
    if not is_form_of(first, given):
        return False
    formal = f"{given} {rest}"
    return formal == full or _shortens(formal, full) or _shortens(full, formal)


_FULL_NAME_RULES: tuple[tuple[Callable[[str, str], bool], str], ...] = (
    (_shortens, "part of the full name"),
    (_is_familiar, "short given name"),
)


def _younger_by_another_name(full: Sequence[str], known: Joined, relatives: AbstractSet[str]) -> Joined:
    """Join "Pat Carlin" and "Patrick W. Carlin" to the one "Patrick Carlin Jr." where no father is named.

    "Patrick Carlin" may be the father: it stays apart, and keeps all others apart.
    """
    joined: Joined = {}
    for name in (p for p in full if _is_younger(p) and p not in relatives and p not in known):
        plain = without_suffix(name)
        others = [p for p in full if p != name and surname(p) == surname(name)]
        same = [p for p in others if _is_familiar(p, plain) or _shortens(p, plain) or _shortens(plain, p)]
        if plain not in others and not relatives & set(others):
            joined |= {p: (name, "part of the full name") for p in same if p not in known and p not in joined}
    return joined


def _is_younger(name: str) -> bool:
    return name.rsplit(maxsplit=1)[-1].rstrip(".").lower() in younger()


def _same_part(x: str, y: str) -> bool:
    x, y = x.rstrip("."), y.rstrip(".")
    return x == y or (min(len(x), len(y)) == 1 and x[0] == y[0])


def near_spelling(a: str, b: str) -> bool:
    """Return whether two spellings of a name differ by one letter, and not in the first."""
    a, b = sorted((bare(a), bare(b)), key=len)
    if a == b:
        return True
    if len(a) < NEAR_SPELLING or len(b) - len(a) > 1 or a[0] != b[0]:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[i:] == b[i + 1 :] or (len(a) == len(b) and a[i + 1 :] == b[i + 1 :])
