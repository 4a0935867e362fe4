"""Which names are the same organisation: acronyms, shorter forms, and what the text itself explains."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from personae.actors.languages.en.words.bodies import short_names
from personae.actors.languages.en.words.countries import countries
from personae.actors.languages.en.words.lists import words
from personae.actors.merge.acronyms import MAX_LETTERS, is_acronym
from personae.actors.merge.same_person import Joined
from personae.actors.text.found_names import Kind
from personae.actors.text.spelling import bare, normal
from personae.actors.text.text_units import Block

_CHAMBERS = frozenset({"House", "Senate"})
_LEGAL_FORM = re.compile(
    r" (?:inc|ltd|llc|plc|corp|co|group|ag|sa|se|nv|bv|ab|asa|oyj|spa|gmbh|kgaa|bhd|kk)$"
)


def same_body(bodies: Sequence[str], kinds: Mapping[str, Kind]) -> Joined:
    """Join the names of bodies, each given once, in order of first appearance."""
    joined = _same_spelling(bodies)
    joined |= _well_known([b for b in bodies if b not in joined])
    joined |= _same_forces([b for b in bodies if b not in joined])
    joined |= _same_family([b for b in bodies if b not in joined])

    def fits(short: str, full: str) -> bool:
        return kinds[short] == "organization" and _shortens(short, full)

    rules: tuple[tuple[Callable[[str, str], bool], str], ...] = (
        (is_acronym, "acronym"),
        (fits, "part of the full name"),
        (_leaves_out_whose, "part of the full name"),
    )
    for rule, name in rules:
        for short in sorted((b for b in bodies if b not in joined), key=lambda b: len(b.split())):
            longer = [b for b in bodies if b != short and b not in joined and rule(short, b)]
            if len(longer) == 1:
                joined[short] = (longer[0], name)
    return joined


def _same_spelling(bodies: Sequence[str]) -> Joined:
    """Join names that differ in case, accents, hyphens or legal form."""
    joined: Joined = {}
    first: dict[str, str] = {}
    for text in bodies:
        spelling = bare(text.replace("-", " ").replace("+", " plus"))  # "Lumora+" is a product of Lumora
        root = first.setdefault(_LEGAL_FORM.sub("", spelling), text)
        if root != text:
            joined[text] = (root, "same but for spelling")
    return joined


def _well_known(bodies: Sequence[str]) -> Joined:
    """Join the short names of well-known bodies: "GOP" to "Republican Party", when both stand there."""
    joined: Joined = {}
    first: dict[str, str] = {}
    for text in bodies:
        root = first.setdefault(short_names().get(text, text), text)
        if root != text:
            joined[text] = (root, "table of well-known bodies")
    return joined


def _same_forces(bodies: Sequence[str]) -> Joined:
    """Join "Moroccan military" to the one "Royal Moroccan Armed Forces" or "Morocco Armed Forces"."""
    joined: Joined = {}
    table = countries()
    forces = [b for b in bodies if re.search(r" (?:Armed|Defen[cs]e) Forces?$", b)]
    for text in bodies:
        people, _, arm = text.rpartition(" ")
        country = table.people.get(people)
        if country and arm in {"military", "army", "forces"}:
            full = [b for b in forces if {country, people} & set(re.split(r"(?:'s)? (?=[A-Z])", b))]
            if len(full) == 1:
                joined[text] = (full[0], "armed forces of the country")
    return joined


def _same_family(bodies: Sequence[str]) -> Joined:
    """Join "Aaslands" to "Aasland family"."""
    families = {b.rpartition(" ")[0]: b for b in bodies if b.endswith(" family")}
    return {
        text: (families[name], "plural of the family's name")
        for text in bodies
        for name in (text.removesuffix("s"), text.removesuffix("es"))
        if name != text and name in families
    }


def _shortens(short: str, full: str) -> bool:
    """Return whether a body may be called `short` for `full`: its own first or last words."""
    a, b = short.lower().split(), full.lower().split()
    if len(a) >= len(b) or (len(a) == 1 and a[0] in words("generic") | words("bodies")):
        return False
    table = countries()
    if b[-len(a) :] == a:
        rest = " ".join(full.split()[: -len(a)]).removesuffix("'s")
        whose = rest in table.people or rest in table.names or rest in table.states
        club = short.lower() in words("club_endings")  # "Rovers" for "Ashby Rovers"
        return whose or club or rest in _CHAMBERS or rest.lower().endswith(" of")
    return (
        b[: len(a)] == a
        and short not in table.names
        and short not in table.states
        and b[len(a)] not in {"for", "of", "and"}
        and b[-1] not in {"administration", "campaign", "government"}
        and not (len(a) == 1 and b[-1] in words("town_bodies"))
    )


def _leaves_out_whose(short: str, full: str) -> bool:
    """Return whether a body is the other's name without its owner: "National Bank" of "… of Belmora"."""
    noun = short.rpartition(" ")[2].lower()
    return " " in short and noun in words("bodies") and full.startswith(f"{short} of ")


def explained(blocks: Sequence[Block], bodies: Sequence[str]) -> Joined:
    """Find names that the text itself declares the same: "A (B)", "A, also known as B and C"."""
    joined: Joined = {}
    if not bodies:
        return joined
    name = "|".join(re.escape(b) for b in sorted(bodies, key=len, reverse=True))
    brackets = re.compile(
        rf"({name})(?:'s?)? ?[(\[](?:the |or |now |formerly )?[\"']?({name})[\"']?(?:[)\]]|, )"
    )
    known_as = re.compile(
        rf"({name})(?: group| party| movement)?,? (?:(?:also|formerly|better|otherwise|commonly) )?"
        rf"(?:known|called|referred to|abbreviated) (?:as )?(?:the )?({name})"
        rf"(?:(?:, and|, or|,| and| or) (?:the )?({name}))?(?!\w)"
    )
    either = re.compile(rf"({name}),? or (?:the )?({name})(?=[,.;:)]| (?:said|is|was|has|had|will)\b)")
    for block in blocks:
        for match in either.finditer(block.plain):
            full, short = normal(match[1]), normal(match[2])
            if is_acronym(short, full) or (short.isupper() and " " in full and _runs_through(short, full)):
                joined.setdefault(short, (full, "also known as"))
        for match in brackets.finditer(block.plain):
            full, short = normal(match[1]), normal(match[2])
            if full != short and _abbreviates(short, full):
                joined.setdefault(short, (full, "in brackets after the full name"))
        for match in known_as.finditer(block.plain):
            for other in (match[2], match[3]):
                if other and other != match[1]:
                    joined.setdefault(normal(other), (normal(match[1]), "also known as"))
    return joined


def _abbreviates(short: str, full: str) -> bool:
    """Return whether `short`, in brackets, may be the acronym or a short form of the name before it."""
    if " " in short and " " not in full:
        return False
    if short.isupper() and " " in full and len(short) < MAX_LETTERS:
        return True  # the acronym may be that of the name in another language
    return len(short) < len(full) and _runs_through(short, full)


def _runs_through(short: str, full: str) -> bool:
    """Return whether the letters of `short` run through `full` in order, from its first letter."""
    letters = [c.lower() for c in short if c.isalnum()]
    rest = iter(full.lower())
    return full[0].lower() == letters[0] and all(c in rest for c in letters)
