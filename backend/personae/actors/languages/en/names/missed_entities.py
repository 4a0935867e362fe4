"""Names that the model overlooks or takes in part, where the text is plain: countries, acronyms, bodies."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from personae.actors.languages.en.names.entity_boundaries import is_title
from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.words.bodies import well_known
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import words
from personae.actors.languages.en.words.sentences import begins_sentence
from personae.actors.tables.name_words import surname
from personae.actors.text.spelling import normal


def add_countries(store: NameStore) -> None:
    """Add the countries of the table that the model passed over."""
    for number, block in enumerate(store.blocks):
        for match in _country().finditer(block.text, block.body_start):
            over = [store.rows[number][i] for i in store.over(number, *match.span())]
            # The model takes "Trinidad and Tobago" for two.
            halves = _AND.search(match[0]) and all(
                match.start() <= s and e <= match.end() for s, e, _ in over
            )
            if (not over or halves) and not _hyphen_word(block.text, match):
                store.put(number, *match.span(), "GPE")


def add_abbreviated(store: NameStore) -> None:
    """Add "Social and Economic Fund (SEF)" and "SEF", whatever the model made of them."""
    shorts = set()
    for number, block in enumerate(store.blocks):
        for match in _BRACKETED.finditer(block.text, block.body_start):
            start = _expansion(block.text, match.start(), match[1])
            if start is not None:
                store.put(number, start, match.start(), "ORG")
                store.put(number, *match.span(1), "ORG")
                shorts.add(match[1])
            elif _body_before(store, number, match.start()) and (
                store.is_free(number, *match.span(1)) or sum(map(str.isupper, match[1])) > 2  # noqa: PLR2004
            ):
                store.put(number, *match.span(1), "ORG")
                shorts.add(match[1])
    store.relabel("ORG", shorts)
    bodies = {
        initials
        for number, row in enumerate(store.rows)
        for start, end, label in row
        if label == "ORG"
        for initials in _initials(store.blocks[number].text[start:end])
    }
    for number, block in enumerate(store.blocks):
        for match in _ACRONYM.finditer(block.text, block.body_start):
            if match[0] in bodies and store.is_free(number, *match.span()) and not block.is_capitals:
                store.put(number, *match.span(), "ORG")


def _body_before(store: NameStore, number: int, end: int) -> bool:
    """Return whether the name of a body, of several words, ends just before `end`."""
    text = store.blocks[number].text
    return any(
        label == "ORG" and 0 <= end - e <= len(" (") and " " in text[s:e]
        for s, e, label in store.rows[number]
    )


def join_pairs(store: NameStore) -> None:
    """Make one body of two names that only stand together: "Marks and Spencer"."""
    pairs: dict[str, list[tuple[int, int, int]]] = {}
    bodies: set[str] = set()
    for number, (block, row) in enumerate(zip(store.blocks, store.rows, strict=True)):
        for (start, a_end, a), (b_start, end, b) in pairwise(row):
            text = block.text[start:end]
            if not _PAIR.fullmatch(text) or not {a, b} & {"PERSON", "ORG"}:
                continue
            pairs.setdefault(normal(text), []).append((number, start, end))
            same = block.text[start:a_end] == block.text[b_start:end]
            noun = re.search(r"(\w+) $", block.text[max(0, start - LONGEST_NOUN) : start])
            if same or {a, b} == {"ORG", "PERSON"} or (noun and noun[1] in words("body_roles")):
                bodies.add(normal(text))
    named = {normal(text[s:e]) for text, s, e, _ in store.items() if " " in text[s:e]}
    for pair in bodies:
        halves = set(_AND.split(pair))
        found = re.findall(rf"(?<!\w)(?:{'|'.join(map(re.escape, halves))})(?!\w)", _whole(store))
        alone = len(found) != 2 * len(pairs[pair]) or len(pairs[pair]) == 1
        known = halves & (countries().names.keys() | countries().states | well_known())
        if alone or known or any(surname(name) in halves for name in named):
            continue
        for number, start, end in pairs[pair]:
            store.put(number, start, end, "ORG")


def complete_names(store: NameStore) -> None:
    """Take in the capitalised word that stands before a body's name wherever it stands: "One Moto"."""
    before: dict[str, set[str]] = {}
    count: Counter[str] = Counter()
    for text, start, end, label in store.items():
        name = normal(text[start:end])
        match = _WORD_BEFORE.search(text[max(0, start - LONGEST_NOUN) : start])
        is_number = match is not None and match[1].lower() in words("numerals")
        before.setdefault(name, set()).add(match[1] if match and label == "ORG" and is_number else "")
        count[name] += 1
    for number, block in enumerate(store.blocks):
        for start, end, _ in list(store.rows[number]):
            name = normal(block.text[start:end])
            word = next(iter(before.get(name, {""})))
            if len(before.get(name, ())) == 1 and word and count[name] > 1:
                store.put(number, start - len(word) - 1, end, "ORG")


def _whole(store: NameStore) -> str:
    return "\n".join(block.text for block in store.blocks)


def add_outlets(store: NameStore) -> None:
    """Add "The Hill" to whom something was told: within a sentence, only a title's article has a capital."""
    for number, block in enumerate(store.blocks):
        if not block.is_heading_case:
            for match in _OUTLET.finditer(block.text, block.body_start):
                if store.is_free(number, *match.span(1)):
                    store.put(number, *match.span(1), "ORG")


def extend_bodies(store: NameStore) -> None:
    """Make "Obama" in "the Obama administration" one name, and "Russia's Defense Ministry"."""
    alone = _bodies_alone(store)
    for number, block in enumerate(store.blocks):
        for start, end, label in list(store.rows[number]):
            if label == "ORG" and (match := _OF_BODY.match(block.text, end)):
                last = block.text[start:end].rpartition(" ")[2].lower()
                if last in words("bodies"):
                    store.put(number, start, match.end(), "ORG")
            elif label == "ORG" and block.text.startswith(" government", end):
                if normal(block.text[start:end]) not in alone:  # as Hamas is, which has one
                    store.put(number, start, end + len(" government"), "ORG")
            elif (label in {"PERSON", "ORG"} and (match := _LEADERSHIP.match(block.text, end))) or (
                label == "GPE" and (match := _STATE_BODY.match(block.text, end))
            ):
                store.put(number, start, match.end(), "ORG")


def _bodies_alone(store: NameStore) -> set[str]:
    """Return the bodies that stand somewhere without a government of theirs, or are well known."""
    bodies = {
        (normal(t[s:e]), bool(_LEADERSHIP.match(t, e))) for t, s, e, label in store.items() if label == "ORG"
    }
    return {name for name, leads in bodies if not leads or name in well_known()}


def add_bodies(store: NameStore) -> None:
    """Add what ends as a body's name does: "Seafarers' Union"."""
    for number, block in enumerate(store.blocks):
        if block.is_heading_case or block.is_capitals:
            continue
        for match in _CAPITALS.finditer(block.text, block.body_start):
            start = match.start()
            end = start + len(_POSSESSIVE.sub("", match[0]))
            first, _, rest = block.text[start:end].partition(" ")
            if begins_sentence(block.text, start):
                if first.lower() not in words("stops"):
                    continue
                start = end - len(rest)
            text = block.text[start:end]
            known = text.rpartition(" ")[2].lower() in words("bodies")
            if known and " " in text and not is_title(text) and store.is_free(number, start, end):
                store.put(number, start, end, "ORG")


@cache
def _country() -> re.Pattern[str]:
    table = countries()
    states = {state for state in table.states if _AND.search(state)}
    names = sorted((table.names.keys() - table.ambiguous) | states, key=len, reverse=True)
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


_AND = re.compile(r" (?:and|&|e) ")
_REACH = 120  # characters before an acronym that may hold what it stands for
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "at", "e", "de", "la", "du", "des", "a"})
LONGEST_NOUN = 30  # characters before a name that may hold the noun that describes it
_WORD_BEFORE = re.compile(r"(?<![\w-])([A-Z][a-z]+) $")
_PAIR = re.compile(r"[A-ZÀ-Þ][\w'’-]+ (?:and|&) [A-ZÀ-Þ][\w'’-]+")
_BRACKETED = re.compile(r" \(([A-Z][\w.&-]{1,9})\)")
_ACRONYM = re.compile(r"(?<![\w.-])[A-Z]{3,7}(?![\w-])")
_OF_BODY = re.compile(
    r" (?:for|of|at)(?: the)?(?: [A-ZÀ-Þ][\w'’-]*\w(?<![’']s))+(?: and(?: [A-ZÀ-Þ][\w'’-]*\w(?<![’']s))+)?"
)
_WORD = r"[A-ZÀ-Þ][\w'’-]*"
_OUTLET = re.compile(rf"\b(?:told|telling|tells) (The {_WORD}(?: {_WORD}){{0,2}})(?![\w'’-])")
_CAPITALS = re.compile(rf"(?<![\w.@#/-]){_WORD}(?: (?:(?:of|and|&|for)(?: the)? )?{_WORD}){{1,6}}")
_POSSESSIVE = re.compile(r"['’]s?$")
_LEADERSHIP = re.compile(
    r" (?:administration|campaign|government|[Ff]amily)(?!\w)|['’]s (?:administration|campaign)(?!\w)"
)
_STATE_BODY = re.compile(
    r"['’]s (?:(?:Defen[cs]e|Foreign|Interior|Finance|Justice|Education|Energy|Supreme|High|Constitutional|"
    r"Central|Air|National|Armed|State|Election|Electoral) ){1,3}"
    r"(?:Ministry|Force|Forces|Court|Bank|Commission|Police|Guard|Army|Navy)(?!\w)"
)
