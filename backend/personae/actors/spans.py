"""The names of an article while they are gathered: per block, sorted, without overlap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from personae.actors.blocks import Block
from personae.actors.edges import begins_sentence
from personae.actors.kinds import CERTAIN, overrules, person_points
from personae.actors.tables import alternatives, countries, normal, words

_NEXT = re.compile(r" ([A-ZÀ-Þ][\w'’-]+|[A-Z]\.)")
_NICKNAME = re.compile(r" [‘“\"'][A-ZÀ-Þ][\w-]+[’”\"'] (?:[A-ZÀ-Þ][\w'’-]*\w)")
_BEFORE = re.compile(r"(?<![\w-])((?:[A-ZÀ-Þ][\w'’-]*[\w]|[A-Z]\.)) $")


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
        people = {
            name
            for (label, name), total in points.items()
            if overrules(label, name, total + (CERTAIN + 1) * _has_known_surname(name, alone))
        }
        if people:
            for number, row in enumerate(self.rows):
                text = self.blocks[number].text
                self.rows[number] = [
                    (start, end, "PERSON" if normal(text[start:end]) in people else label)
                    for start, end, label in row
                ]

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
                    new_end = tail.end()
                elif after and self._is_given(number, after.start(1), after.end(1)):
                    new_end = after.end(1)
                before = _BEFORE.search(block.text, 0, start)
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
        if not self._is_given(number, *before.span(1)):
            return False
        if not begins_sentence(text, before.start(1)):
            return True
        # The first word of a sentence has a capital anyway: only an introduction is sure.
        return " " not in text[start:end] and bool(_INTRODUCED.match(text, end))

    def _is_given(self, number: int, start: int, end: int) -> bool:
        word = self.blocks[number].text[start:end].lower().removesuffix("'s").removesuffix("’s")
        return (
            self.free(number, start, end)
            and not self.blocks[number].text[start:end].isupper()
            and word
            not in words("roles") | words("modifiers") | words("honorifics") | words("weekdays_months")
            and word not in words("stops") | words("bodies") | words("regal") | words("generic")
            and not re.search(r"['’]s$", self.blocks[number].text[start:end])
            and word.capitalize() not in countries().people
        )

    def add_countries(self) -> None:
        """Add the countries of the table that the model passed over."""
        for number, block in enumerate(self.blocks):
            for match in _country().finditer(block.text, block.body_start):
                if self.free(number, *match.span()) and not _hyphen_word(block.text, match):
                    self.put(number, *match.span(), "GPE")

    def add_abbreviated(self) -> None:
        """Add "Social and Economic Fund (SEF)" and "SEF", whatever the model made of them."""
        for number, block in enumerate(self.blocks):
            for match in _BRACKETED.finditer(block.text, block.body_start):
                start = _expansion(block.text, match.start(), match[1])
                if start is not None:
                    self.put(number, start, match.start(), "ORG")
                    self.put(number, *match.span(1), "ORG")
                elif self._body_before(number, match.start()) and self.free(number, *match.span(1)):
                    self.put(number, *match.span(1), "ORG")
        bodies = {
            initials
            for number, row in enumerate(self.rows)
            for start, end, label in row
            if label == "ORG"
            for initials in _initials(self.blocks[number].text[start:end])
        }
        for number, block in enumerate(self.blocks):
            for match in _ACRONYM.finditer(block.text, block.body_start):
                if match[0] in bodies and self.free(number, *match.span()) and not block.is_capitals:
                    self.put(number, *match.span(), "ORG")

    def _body_before(self, number: int, end: int) -> bool:
        """Say whether the name of a body, of several words, ends just before `end`."""
        text = self.blocks[number].text
        return any(
            label == "ORG" and 0 <= end - e <= len(" (") and " " in text[s:e]
            for s, e, label in self.rows[number]
        )

    def drop_headline_words(self) -> None:
        """Drop what only a headline calls a name: there every word has a capital."""
        text = "\n".join(b.text for b in self.blocks if not (b.is_heading_case or b.is_capitals))
        for number, row in enumerate(self.rows):
            block = self.blocks[number]
            if block.is_heading_case or block.is_capitals:
                self.rows[number] = [s for s in row if block.text[s[0] : s[1]] in text or s[2] == "GPE"]

    def extend_bodies(self) -> None:
        """Make "Obama" in "the Obama administration" one name, and "Russia's Defense Ministry"."""
        for number, block in enumerate(self.blocks):
            for start, end, label in list(self.rows[number]):
                if label == "ORG" and (match := _OF_BODY.match(block.text, end)):
                    last = block.text[start:end].rpartition(" ")[2].lower()
                    if last in words("bodies"):
                        self.put(number, start, match.end(), "ORG")
                elif (label in {"PERSON", "ORG"} and (match := _LEADERSHIP.match(block.text, end))) or (
                    label == "GPE" and (match := _STATE_BODY.match(block.text, end))
                ):
                    self.put(number, start, match.end(), "ORG")

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
        """Make "Ishiba" a person where "Shigeru Ishiba" is one, whatever the model says of it alone."""
        full = [n for n, votes in self.labels.items() if " " in n and votes.most_common(1)[0][0] == "PERSON"]
        surnames = {surname(n) for n in full}
        parts = {part for n in full for part in _parts(n)} - surnames
        table = countries()
        for name, votes in self.labels.items():
            if (name in surnames and name not in table.names and name not in table.states) or (
                name in parts and votes["PERSON"] * 3 >= sum(votes.values())
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


@cache
def _country() -> re.Pattern[str]:
    table = countries()
    names = sorted(set(table.names) - table.ambiguous, key=len, reverse=True)
    strings = "|".join(re.escape(n).replace("'", "['’]") for n in names)
    return re.compile(rf"(?<![\w@#])(?:{strings})(?!\w)")


def _hyphen_word(text: str, match: re.Match[str]) -> bool:
    return text[match.start() - 1 : match.start()] == "-"


def _initials(full: str) -> set[str]:
    """Return the acronyms that a name of several words may have, with and without its small words."""
    parts = re.findall(r"[^\W\d_]+", full)
    large = [p for p in parts if p[0].isupper()]
    acronyms = {"".join(p[0] for p in parts).upper(), "".join(p[0] for p in large)}
    return {a for a in acronyms if len(a) > 2}  # noqa: PLR2004  two letters are too often something else


def _expansion(text: str, end: int, short: str) -> int | None:
    """Return where the words before `end` begin that `short` abbreviates by their initials.

    Lower-case words count when one of them is that of a body: "government of national unity (GNU)".
    """
    letters = [c.lower() for c in short if c.isalnum()]
    offset = max(0, end - _REACH)
    body = capital = False
    for part in reversed(list(re.finditer(r"[^\W\d_]+", text[offset:end]))):
        word = part[0].lower()
        if word[0] == letters[-1] and not (word in _SMALL and len(letters) == 1):
            letters.pop()
            body = body or word in words("bodies")
            capital = part[0][0].isupper()
            if not letters:
                return offset + part.start() if capital or body else None
        elif word not in _SMALL:
            return None
    return None


_REACH = 120  # characters before an acronym that may hold what it stands for
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "at", "e", "de", "la", "du", "des", "a"})
_BRACKETED = re.compile(r" \(([A-Z][\w.&-]{1,9})\)")
_ACRONYM = re.compile(r"(?<![\w.-])[A-Z]{3,7}(?![\w-])")
_INTRODUCED = re.compile(r", (?:a|an|the|who|from|of|\d\d)\b")
_OF_BODY = re.compile(
    r" (?:for|of|at)(?: the)?(?: [A-ZÀ-Þ][\w'’-]*\w(?<![’']s))+(?: and(?: [A-ZÀ-Þ][\w'’-]*\w(?<![’']s))+)?"
)
_LEADERSHIP = re.compile(
    r" (?:administration|campaign|government)(?!\w)|['’]s (?:administration|campaign)(?!\w)"
)
_STATE_BODY = re.compile(
    r"['’]s (?:(?:Defen[cs]e|Foreign|Interior|Finance|Justice|Education|Energy|Supreme|High|Constitutional|"
    r"Central|Air|National|Armed|State|Election|Electoral) ){1,3}"
    r"(?:Ministry|Force|Forces|Court|Bank|Commission|Police|Guard|Army|Navy)(?!\w)"
)
