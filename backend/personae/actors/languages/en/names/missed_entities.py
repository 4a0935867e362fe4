"""Names that the model overlooks or takes in part, where the text is plain: countries, acronyms, bodies."""

from __future__ import annotations

import re
from functools import cache

from personae.actors.languages.en.names.name_store import NameStore
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import alternatives, words
from personae.actors.languages.en.words.sentences import begins_sentence
from personae.actors.text.spelling import normal


def add_countries(store: NameStore) -> None:
    """Add the countries of the table that the model passed over."""
    for number, block in enumerate(store.blocks):
        for match in _country().finditer(block.text, block.body_start):
            if store.is_free(number, *match.span()) and not _hyphen_word(block.text, match):
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


def extend_bodies(store: NameStore) -> None:
    """Make "Obama" in "the Obama administration" one name, and "Russia's Defense Ministry"."""
    for number, block in enumerate(store.blocks):
        for start, end, label in list(store.rows[number]):
            if label == "ORG" and (match := _OF_BODY.match(block.text, end)):
                last = block.text[start:end].rpartition(" ")[2].lower()
                if last in words("bodies"):
                    store.put(number, start, match.end(), "ORG")
            elif (label in {"PERSON", "ORG"} and (match := _LEADERSHIP.match(block.text, end))) or (
                label == "GPE" and (match := _STATE_BODY.match(block.text, end))
            ):
                store.put(number, start, match.end(), "ORG")


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
            if known and " " in text and store.is_free(number, start, end):
                store.put(number, start, end, "ORG")


def add_state_bodies(store: NameStore) -> None:
    """Add "Moroccan army", and "Moroccan government" where Morocco itself is not named."""
    table = countries()
    named = {
        table.names.get(normal(store.blocks[number].text[start:end]))
        for number, row in enumerate(store.rows)
        for start, end, _ in row
    }
    for number, block in enumerate(store.blocks):
        for match in _STATE_BODIES.finditer(block.text, block.body_start):
            people, start = match[1], match.start()
            if people not in table.people:  # "The Moroccan", or no people
                start += people.find(" ") + 1
            country = table.people.get(block.text[start : match.end(1)])
            if country is None or (match[2] == "government" and country in named):
                continue  # nobody's, or the country's own name
            over = [k for s, e, k in store.rows[number] if s < match.end() and start < e]
            if all(label == "NORP" for label in over):
                store.put(number, start, match.end(), "ORG")


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
_OF_BODY = re.compile(
    r" (?:for|of|at)(?: the)?(?: [A-ZÀ-Þ][\w'’-]*\w(?<![’']s))+(?: and(?: [A-ZÀ-Þ][\w'’-]*\w(?<![’']s))+)?"
)
_WORD = r"[A-ZÀ-Þ][\w'’-]*"
_CAPITALS = re.compile(rf"(?<![\w.@#/-]){_WORD}(?: (?:(?:of|and|&|for)(?: the)? )?{_WORD}){{1,6}}")
# "Moroccan army", "South Korean navy": the people are looked up.
_STATE_BODIES = re.compile(
    rf"(?<![\w-])([A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)?) ({alternatives('national_bodies')})(?![\w-])"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_LEADERSHIP = re.compile(
    r" (?:administration|campaign|government|[Ff]amily)(?!\w)|['’]s (?:administration|campaign)(?!\w)"
)
_STATE_BODY = re.compile(
    r"['’]s (?:(?:Defen[cs]e|Foreign|Interior|Finance|Justice|Education|Energy|Supreme|High|Constitutional|"
    r"Central|Air|National|Armed|State|Election|Electoral) ){1,3}"
    r"(?:Ministry|Force|Forces|Court|Bank|Commission|Police|Guard|Army|Navy)(?!\w)"
)
