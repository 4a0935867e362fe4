"""The names of an article while they are gathered: per block, sorted, without overlap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from personae.actors.languages.en.names.entity_boundaries import POSSESSIVE, begins_sentence
from personae.actors.languages.en.names.person_or_place import CERTAIN, overrules, person_points
from personae.actors.languages.en.words.descriptions import singular
from personae.actors.languages.en.words.tables import alternatives, countries, normal, well_known, words
from personae.actors.text.text_units import Block

_NEXT = re.compile(r" ([A-ZÀ-Þ][\w'’-]+|[A-Z]\.)")
_NICKNAME = re.compile(r" [‘“\"'][A-ZÀ-Þ][\w-]+[’”\"'] (?:[A-ZÀ-Þ][\w'’-]*\w)")
_BEFORE = re.compile(r"(?<![\w-])((?:[A-ZÀ-Þ][\w'’-]*[\w]|[A-Z]\.)) $")


_NO_GIVEN_NAMES = (
    "roles",
    "modifiers",
    "honorifics",
    "weekdays_months",
    "stops",
    "bodies",
    "regal",
    "generic",
)
PLACE = -2 * CERTAIN  # points of a name that stands twice where something is


class Spans:
    """Names per block, without overlap, while they are being gathered."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.rows: list[list[tuple[int, int, str]]] = [[] for _ in blocks]
        self.labels: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, number: int, start: int, end: int, label: str) -> None:
        """Add a name after the last one of its block."""
        self.rows[number].append((start, end, label))

    def free(self, number: int, start: int, end: int) -> bool:
        """Say whether no name stands between start and end."""
        row = self.rows[number]
        i = bisect_left(row, (end,))
        return all(other_end <= start for _, other_end, _ in row[max(0, i - 2) : i])

    def put(self, number: int, start: int, end: int, label: str) -> None:
        """Add a name and drop those it covers."""
        row = [s for s in self.rows[number] if s[1] <= start or s[0] >= end]
        self.rows[number] = sorted([*row, (start, end, label)])

    def correct_people(self) -> None:
        """Make a name a person's where the words beside it say so, whatever the model takes it for."""
        points: Counter[tuple[str, str]] = Counter()
        for number, row in enumerate(self.rows):
            text = self.blocks[number].text
            for start, end, label in row:
                if label not in {"PERSON", "NORP"}:
                    points[label, normal(text[start:end])] += person_points(text, start, end)
        alone = {
            normal(self.blocks[i].text[s:e])
            for i, row in enumerate(self.rows)
            for s, e, k in row
            if k == "PERSON"
        }
        self.relabel(
            "PERSON",
            {
                name
                for (label, name), total in points.items()
                if overrules(label, name, total + (CERTAIN + 1) * _has_known_surname(name, alone))
            },
        )
        self.relabel("GPE", self._places())
        self.relabel("ORG", self._brands())

    def _brands(self) -> set[str]:
        """Return the places that the text writes without a capital too, as no place is: "flykestrel"."""
        table = countries()
        places = (
            {
                normal(self.blocks[number].text[start:end])
                for number, row in enumerate(self.rows)
                for start, end, label in row
                if label == "GPE"
            }
            - table.names.keys()
            - table.states
        )
        small = {p.lower(): p for p in places if " " not in p and p[1:].islower()}
        if not small:
            return set()
        pattern = re.compile(rf"(?<![\w@#/.-])(?:{'|'.join(map(re.escape, small))})(?![\w@-]|\.\w)")
        return {small[m[0]] for block in self.blocks for m in pattern.finditer(block.text)}

    def _places(self) -> set[str]:
        """Return the words that the model takes for people, and the text for places: "in Lindi"."""
        points: Counter[str] = Counter()
        parts: set[str] = set()
        for number, row in enumerate(self.rows):
            text = self.blocks[number].text
            for start, end, label in row:
                if label == "PERSON":
                    name = normal(text[start:end])
                    points[name] += person_points(text, start, end)
                    parts.update(name.split() if " " in name else ())
        return {name for name, total in points.items() if total <= PLACE and name not in parts}

    def relabel(self, label: str, names: Collection[str]) -> None:
        """Give a label to every name that is among these."""
        for number, row in enumerate(self.rows if names else ()):
            text = self.blocks[number].text
            self.rows[number] = [
                (start, end, label if normal(text[start:end]) in names else old) for start, end, old in row
            ]

    def trim_participles(self) -> None:
        """Make "Praising Ann Lee" of a headline's end Ann Lee, where she is known by that name."""
        people = {
            normal(self.blocks[number].text[start:end])
            for number, row in enumerate(self.rows)
            for start, end, label in row
            if label == "PERSON"
        }
        for number, row in enumerate(self.rows):
            text = self.blocks[number].text
            for i, (start, end, label) in enumerate(row):
                first, _, rest = text[start:end].partition(" ")
                if label == "PERSON" and first.endswith("ing") and normal(rest) in people:
                    row[i] = (end - len(rest), end, label)

    def extend_people(self) -> None:
        """Take in what the model left of a person's name: a suffix, an initial, another given name."""
        for number, row in enumerate(self.rows):
            block = self.blocks[number]
            if block.is_heading_case:
                continue
            for start, end, label in list(row):
                if label != "PERSON":
                    continue
                new_start, new_end = start, end
                tail = _suffix().match(block.text, end) or _NICKNAME.match(block.text, end)
                after = _NEXT.match(block.text, end)
                if tail:
                    new_end = tail.start() + len(POSSESSIVE.sub("", tail[0]))
                elif after and self._is_given(number, after.start(1), after.end(1)):
                    new_end = after.end(1)
                before = _BEFORE.search(block.text, block.text.rfind(" ", 0, max(0, start - 1)) + 1, start)
                if before and self._belongs(number, before, start, end):
                    new_start = before.start(1)
                if (new_start, new_end) != (start, end):
                    self.put(number, new_start, new_end, label)

    def _belongs(self, number: int, before: re.Match[str], start: int, end: int) -> bool:
        """Say whether the capitalised word before a person's name is part of it."""
        text = self.blocks[number].text
        if not self.free(number, *before.span(1)):
            return False
        if before[1].lower() in words("regal"):
            return True
        participle = before[1].endswith("ing") and " " in text[start:end]
        if participle or not self._is_given(number, *before.span(1)):
            return False
        if not begins_sentence(text, before.start(1)):
            return True
        # The first word of a sentence has a capital anyway: only an introduction is sure.
        return " " not in text[start:end] and bool(_INTRODUCED.match(text, end))

    def _is_given(self, number: int, start: int, end: int) -> bool:
        text = self.blocks[number].text[start:end]
        word = text.lower()
        return (
            self.free(number, start, end)
            and not text.isupper()
            and not text.endswith(("'s", "’s"))
            and not any(
                one in words(kind) for kind in _NO_GIVEN_NAMES for one in (word, singular(word) or word)
            )
            and word.capitalize() not in countries().people
        )

    def drop_headline_words(self) -> None:
        """Drop what only a headline calls a name: there every word has a capital."""
        text = "\n".join(b.text for b in self.blocks if not (b.is_heading_case or b.is_capitals))
        for number, row in enumerate(self.rows):
            block = self.blocks[number]
            if block.is_heading_case or block.is_capitals:
                self.rows[number] = [s for s in row if block.text[s[0] : s[1]] in text or s[2] == "GPE"]

    def repeat(self) -> None:
        """Find each name again wherever the article has the same string."""
        for number, row in enumerate(self.rows):
            for start, end, label in row:
                text = normal(self.blocks[number].text[start:end])
                acronym = label == "NORP" and text.isupper()
                self.labels[text]["ORG" if acronym else label] += 1
        self._settle_people()
        known = {name: votes.most_common(1)[0][0] for name, votes in self.labels.items()}
        for name in list(known):
            if known[name] == "PERSON" and " " in name:
                known.setdefault(surname(name), "PERSON")
        lower = Counter(w for b in self.blocks for w in re.findall(r"(?<![\w-])[a-z][a-z]+", b.text))
        names = sorted((n for n in known if len(n) > 1 and known[n] != "NORP"), key=len, reverse=True)
        if not names:
            return
        strings = "|".join(re.escape(n).replace("'", "['’]") for n in names)
        pattern = re.compile(
            rf"(?<![\w@#/.-])(?:{strings})(?![\w@]|\.\w|-(?!(?:led|backed|based|style|owned|run)\b)\w)"
        )
        for number, block in enumerate(self.blocks):
            for match in pattern.finditer(block.text, block.body_start):
                name = normal(match[0])
                common = " " not in name and lower[name.lower()] > 0
                doubtful = common and (block.is_heading_case or begins_sentence(block.text, match.start()))
                if name in known and not doubtful and self.free(number, *match.span()):
                    self.put(number, *match.span(), known[name])

    def _settle_people(self) -> None:
        """Make "Ishiba" a person where "Shigeru Ishiba" is one, and "Shigeru", whatever the model says."""
        full = [n for n, votes in self.labels.items() if " " in n and votes.most_common(1)[0][0] == "PERSON"]
        surnames = {surname(n) for n in full}
        parts = {part for n in full for part in _parts(n)} - surnames
        given = {n.partition(" ")[0] for n in full}
        table = countries()
        for name, votes in self.labels.items():
            place = name in table.names or name in table.states
            if not place and (
                name in surnames
                or (name in given and name not in table.seats and name not in well_known())
                or (name in parts and votes["PERSON"] * 3 >= sum(votes.values()))
            ):
                votes["PERSON"] += 1 + sum(votes.values())


def _has_known_surname(name: str, alone: Collection[str]) -> bool:
    """Say whether a name of several words, and nothing but words, ends in a person's that stands alone."""
    return " " in name and re.fullmatch(r"[\w .'-]+", name) is not None and surname(name) in alone


def _parts(name: str) -> Iterator[str]:
    """Yield what a full name may be shortened to: one word of it, or its last words."""
    parts = name.split()
    yield from parts
    for first in range(1, len(parts) - 1):
        yield " ".join(parts[first:])


def surname(name: str) -> str:
    """Return the surname of a full name, with its particles and without a suffix: "van der Berg"."""
    parts = name.split()
    while len(parts) > 1 and parts[-1].lower() in words("suffixes"):
        parts.pop()
    first = len(parts) - 1
    while first > 1 and parts[first - 1].lower() in words("particles"):
        first -= 1
    return " ".join(parts[first:])


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(rf",? (?:{alternatives('suffixes')})(?!\w)")


_INTRODUCED = re.compile(r", (?:a|an|the|who|from|of|\d\d)\b")
