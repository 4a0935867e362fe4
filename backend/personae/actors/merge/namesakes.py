"""Whose a short name is at each place where it stands: a surname that one bears, several, or somebody else.

A short name goes to a full one where nothing speaks against it: another title beside it, a full name that is
introduced only as a relative's, another person of that name who is in the story already. Of several bearers
it goes to one where the evidence is clear. With doubt it stays an actor of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from personae.actors.merge.same_person import FullNames, Joined, bearers
from personae.actors.tables.name_words import particles, surname
from personae.actors.text.found_names import Name
from personae.actors.text.spelling import bare, normal

AMONG_SEVERAL = "shared name: by the words around it"
TITLE_AND_SURNAME = "title and surname"
LOOK_BACK = 12  # full names before a short one that may tell whose it is
RELATIVE = 3  # points that a relative of another has less
MARGIN = 2  # points by which one of several bearers must lead


@dataclass(frozen=True, slots=True)
class NameCues:
    """What the words beside one mention of a person tell of its bearer, as far as a language reads them.

    gender: as a title or a noun of kinship tells it, in the language's own terms, which are only compared.
    leaning: the same by a pronoun after the name, which may be somebody else's.
    title: the office before the name. surname: what the name is without the title that is part of it.
    kin: the noun by which the bearer is introduced as a relative; owns: that by which another is
    introduced as the bearer's. described: the description that introduces the bearer here.
    """

    gender: str | None = None
    leaning: str | None = None
    title: str | None = None
    surname: str | None = None
    kin: str | None = None
    owns: str | None = None
    described: str | None = None


NOTHING = NameCues()


@dataclass(frozen=True, slots=True)
class Use:
    """One mention of a person: its place among all, whether in the running text, and what is cues."""

    number: int
    name: Name
    in_text: bool
    cues: NameCues = NOTHING


@dataclass(slots=True)
class Bearer:
    """Somebody whom a short name may mean.

    root: the string that stands for him. uses: those that name nobody else. made: no full name is known.
    """

    root: str
    uses: list[Use] = field(default_factory=list)
    made: bool = False
    gender: str | None = None

    @property
    def first(self) -> float:
        """The number of the first use in the running text."""
        return min((use.number for use in self.uses if use.in_text), default=float("inf"))

    @property
    def titles(self) -> set[str]:
        """The offices before the name."""
        return {use.cues.title for use in self.uses if use.cues.title}

    @property
    def kin(self) -> set[str]:
        """The noun of kinship by which the running text introduces him, if it does."""
        cues = next((use.cues for use in self.uses if use.in_text), NOTHING)
        return {cues.kin} if cues.kin else set()


def whose(uses: Sequence[Use], joined: Joined) -> dict[int, tuple[str, str]]:
    """Return the root and the rule of the uses, by their numbers, that are short names or titled surnames.

    uses: of people, in reading order. joined: what `same_person` makes of their strings, which holds for
    all others. A root is a string that names the bearer in full, or one of no string: of an actor of its own.
    """
    full, short = _bearers_and_short(uses, joined)
    found: dict[int, tuple[str, str]] = {}
    _join_titled(full, found)
    credible = FullNames(root for root in full if _is_credible(root))
    possible = {text: bearers(text, credible) for text in short}
    # A given name tells of its bearer before the surname, which several may share, is asked for.
    for text in sorted(short, key=lambda text: possible[text][1] == "surname"):
        roots, rule = possible[text]
        if text in joined and not roots:
            continue  # a slip of the pen, which has a full name
        named = [full[root] for root in roots]
        for use, person, by in _decide(text, short[text], named, rule):
            found[use.number] = person.root, by
            if rule != "surname":
                person.uses.append(use)
    return found


def _is_credible(name: str) -> bool:
    """Return whether a full name has nothing but names in it, and no verb that was taken for one."""
    return all(not word[0].islower() or word.lower() in particles() for word in name.split())


def _bearers_and_short(uses: Sequence[Use], joined: Joined) -> tuple[dict[str, Bearer], dict[str, list[Use]]]:
    """Sort the uses: those of full names by whom they name, those of short names by their string."""
    full: dict[str, Bearer] = {}
    short: dict[str, list[Use]] = {}
    for use in uses:
        text = normal(use.name.text)
        root = joined.get(text, (text, ""))[0]
        if " " not in text or (root != text and bare(text) == bare(surname(root))):
            short.setdefault(text, []).append(use)
        else:
            full.setdefault(root, Bearer(root)).uses.append(use)
    for bearer in full.values():
        bearer.gender = gender_of([use.cues for use in bearer.uses])
        bearer.made = all(use.cues.surname for use in bearer.uses)
    return full, short


def _join_titled(full: dict[str, Bearer], found: dict[int, tuple[str, str]]) -> None:
    """Join "Lady Hale" to the one full name of that surname that she may bear, in place."""
    named = [bearer for bearer in full.values() if not bearer.made]
    for titled in [bearer for bearer in full.values() if bearer.made]:
        wanted = bare(titled.uses[0].cues.surname or "")
        same = [b for b in named if bare(surname(b.root)) == wanted and _agree(b.gender, titled.gender)]
        if len(same) == 1:
            found |= {use.number: (same[0].root, TITLE_AND_SURNAME) for use in titled.uses}
            same[0].uses += titled.uses
            same[0].gender = same[0].gender or titled.gender
            del full[titled.root]


def _decide(
    text: str, uses: Sequence[Use], named: Sequence[Bearer], rule: str
) -> Iterator[tuple[Use, Bearer, str]]:
    """Yield whom each use of one short name means, and the rule; named: the full names that have it."""
    made = _unnamed(text, uses, named)
    people = [*named, *made]
    if len(people) < 2:  # noqa: PLR2004  nobody else can be meant
        yield from ((use, person, rule) for person in named for use in uses)
        return
    certain = {use.number: person for person in made for use in person.uses}
    unknown = Bearer(_root_of_its_own(text), made=True)
    places = _Places(people)
    for use in uses:
        meant = certain.get(use.number) or _meant(use, people, places) or unknown
        yield use, meant, "exact" if meant.made else AMONG_SEVERAL


def _meant(use: Use, people: Sequence[Bearer], places: _Places) -> Bearer | None:
    """Return who of several is meant by one use of their short name, when the evidence is clear."""
    fits = [person for person in people if _may_mean(use, person)]
    if not use.cues.gender and any(not p.made and not p.kin for p in fits):
        # Whom the text calls "Mrs Lund" throughout is not "Lund".
        fits = [p for p in fits if not p.made or any(not u.cues.gender for u in p.uses)]
    fits = [p for p in fits if use.cues.gender and p.gender == use.cues.gender] or fits
    fits = [p for p in fits if use.cues.title in p.titles] or fits
    if len(fits) < 2:  # noqa: PLR2004
        return fits[0] if fits else None
    near = places.only_before(use)
    return near if near in fits and near and not near.kin else _clearest(fits)


def _unnamed(text: str, uses: Sequence[Use], named: Sequence[Bearer]) -> list[Bearer]:
    """Return who else must bear a short name, whom the article never names in full."""
    if len(named) == 1 and named[0].gender is None:
        named[0].gender = gender_of(
            [use.cues for use in (*named[0].uses, *uses) if use.name.text != text or not use.cues.gender]
        )
    cues = {use.cues.gender: use for use in uses if use.cues.gender}
    _by_elimination(named, cues.keys())
    made = []
    for gender in cues:
        sure = [p for p in named if p.gender == gender or (p.gender is None and len(cues) == 1)]
        if not sure and (named or len(cues) > 1):
            own = [use for use in uses if use.cues.gender == gender]
            made.append(Bearer(_root_of_its_own(text, gender), own, made=True, gender=gender))
    if len(named) == 1 and (own := _somebody_else(uses, named[0])) and not made:
        made.append(
            Bearer(_root_of_its_own(text), own, made=True, gender=gender_of([use.cues for use in own]))
        )
    return made


def _by_elimination(named: Sequence[Bearer], genders: Collection[str]) -> None:
    """Give the only bearer of whom it is not known the gender that titles tell and no other bearer has."""
    unknown = [person for person in named if person.gender is None]
    left = set(genders) - {person.gender for person in named}
    if len(named) > 1 and len(unknown) == 1 and len(left) == 1:
        unknown[0].gender = left.pop()


def _somebody_else(uses: Sequence[Use], named: Bearer) -> list[Use]:
    """Return the uses of a short name that cannot mean its only bearer, nor leave the others to him.

    They stand before him in the text, and he is introduced only then: as a relative, or as someone new
    where the other had a title.
    """
    if not named.kin:
        before = [use for use in uses if use.in_text and use.number < named.first]
        titles = {use.cues.title for use in before if use.cues.title}
        described = next((use.cues.described for use in named.uses if use.in_text), None)
        new = described is not None and not any(title in described for title in titles)
        titled = titles or any(use.cues.gender for use in before)
        return before if titled and new and not titles & named.titles else []
    return [use for use in uses if (use.in_text and use.number < named.first) or use.cues.owns in named.kin]


def _may_mean(use: Use, person: Bearer) -> bool:
    """Return whether a short name may mean somebody, by what stands beside it."""
    cues = use.cues
    if cues.gender and cues.gender != person.gender and (person.gender or person.made):
        return False
    return cues.owns is None or cues.owns not in person.kin


class _Places:
    """Where several people are named in full or by a title, in reading order."""

    def __init__(self, people: Sequence[Bearer]) -> None:
        self.rows = sorted(
            (use.number, i, use.name.block) for i, person in enumerate(people) for use in person.uses
        )
        self.people = people

    def only_before(self, use: Use) -> Bearer | None:
        """Return who alone of them its paragraph names before a use."""
        at = bisect_left(self.rows, (use.number,))
        found = set()
        for _, person, block in reversed(self.rows[max(0, at - LOOK_BACK) : at]):
            if block == use.name.block:
                found.add(person)
        return self.people[found.pop()] if len(found) == 1 else None


def _clearest(fits: Sequence[Bearer]) -> Bearer | None:
    """Return who of several a short name means throughout the article, when the evidence is clear."""
    points = [_points(person, [p for p in fits if p is not person]) for person in fits]
    first, second = sorted(points, reverse=True)[:2]
    return fits[points.index(first)] if first - second >= MARGIN else None


def _points(person: Bearer, others: Sequence[Bearer]) -> int:
    """Return what speaks for one of several: first, named most, in the headline, titled, no relative."""
    most = max(len(p.uses) for p in others)
    evidence = (
        person.first < min(p.first for p in others),
        any(not use.in_text for use in person.uses),
        person.titles and not any(p.titles for p in others),
        len(person.uses) > most,
        len(person.uses) >= 2 * most,
    )
    relative = person.kin and not all(p.kin for p in others)
    return sum(map(bool, evidence)) - RELATIVE * bool(relative)


def gender_of(mentions: Sequence[NameCues]) -> str | None:
    """Return what titles and kinship tell, where they agree; else what pronouns mostly tell."""
    certain = {cues.gender for cues in mentions if cues.gender}
    if certain:
        return certain.pop() if len(certain) == 1 else None
    leanings = Counter(cues.leaning for cues in mentions if cues.leaning).most_common(2)
    if not leanings or (len(leanings) > 1 and leanings[0][1] < 2 * leanings[1][1]):
        return None
    return leanings[0][0]


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _root_of_its_own(text: str, gender: str = "") -> str:
    """Return a root that is no string of the text: of somebody who is known by a short name alone."""
    return f"\n{text}\n{gender}"
