"""Names of authors out of what publishers put where an author's name belongs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from personae.markup.text import clean_text

_URL = re.compile(r"^(?:https?:)?//|^www\.|^/", re.IGNORECASE)
_MAIL = re.compile(r"<?\S+@\S+\.\w+>?")
_HANDLE = re.compile(r"(?:^|\s)@\w+")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SLUG = re.compile(r"^[a-z]+(?:[-_.][a-z]+){1,3}$")
_TAIL = re.compile(
    r"\s*(?:[|·•,–—-]\s*)?"
    r"(?:\b(?:last |first )?(?:updated|published|posted|aktualisiert|actualizado|is an?)\b.*"
    r"|\b(?:on )?(?:[^\W\d]{3,10}\.?,?\s+)?\d.*)$",
    re.IGNORECASE,
)
_HARD_BREAK = re.compile(r"\s*(?:[|;•·\n、，]|\s/\s|\s[–—-]\s)\s*")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_LONGEST_BYLINE, _LONGEST_NAME, _MOST_WORDS, _MOST_AUTHORS = 600, 80, 6, 30
_INITIALISM = 5
_SHORT_LABEL, _SURE_LABELS = 3, frozenset({"By", "Von"})


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    text = files("personae.page.metadata").joinpath("data/bylines.toml").read_text("utf-8")
    return {name: frozenset(values) for name, values in tomllib.loads(text).items()}


@lru_cache(maxsize=1)
def _prefix() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_alternatives('prefixes')})(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _suffix() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[,=]\s*|\s)(?:{_alternatives('suffixes')})$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _conjunction() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_alternatives('conjunctions')}|&|\+)\s+", re.IGNORECASE)


def _alternatives(table: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_words()[table], key=len, reverse=True))


def names_in(byline: Any) -> list[str]:
    """Return the names in one byline, without labels, roles, addresses and dates; [] when it has none."""
    text = clean_text(byline, longest=_LONGEST_BYLINE)
    if not text or _URL.match(text):
        return []
    text = _HANDLE.sub(" ", _MAIL.sub(" ", text))
    text = _BRACKETED.sub("", text)
    text = _without_prefix(text.strip(" ,;:|–—-"))
    text = _TAIL.sub("", text)
    found: list[str] = []
    for place, piece in enumerate(_HARD_BREAK.split(text)):
        if is_byline_label(piece) or (place and found and _is_role(_WORD.findall(piece))):
            continue
        for part in _by_commas(_without_prefix(piece)):
            found.extend(name for half in _by_conjunction(part) if (name := _one_name(half)))
    return distinct(found)


def distinct(names: Iterable[str]) -> list[str]:
    """Return the names once each, in order; at most thirty."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(" ".join(_WORD.findall(name)).casefold() or name.casefold(), name)
    return list(seen.values())[:_MOST_AUTHORS]


def reads_as_person(name: str) -> bool:
    """Whether a name reads as a person's full name rather than a newsroom's or an abbreviation."""
    return _is_name(name) and not name.isupper()


def begins_as_byline(text: str) -> bool:
    """Whether a line begins as a byline does ("By …", "Von …")."""
    return _prefix().match(text) is not None


def is_byline_label(text: str) -> bool:
    """Whether a label announces an author ("Written by")."""
    return text.strip(" :").casefold() in _words()["prefixes"]


def straighten(name: str) -> str:
    """Turn a catalogue's "Family, Given" into "Given Family"; anything else stays."""
    family, comma, given = name.partition(",")
    is_pair = bool(comma) and "," not in given and _is_name(f"{given.strip()} {family.strip()}")
    return f"{given.strip()} {family.strip()}" if is_pair else name


def _without_prefix(text: str) -> str:
    """Drop "By" and its like, also several ("Text: By …"); "Di Wu" is a name and stays."""
    while match := _prefix().match(text):
        rest = text[match.end() :].strip(" :,")
        label = match[0].strip()
        if not rest or (
            label.istitle() and len(label) <= _SHORT_LABEL and label not in _SURE_LABELS and " " not in rest
        ):
            break
        text = rest
    return text


def _by_commas(text: str) -> list[str]:
    """Split at commas as long as what follows is another name rather than a role or a place."""
    first, *rest = re.split(r"\s*,\s*", text)
    names = [first]
    for piece in rest:
        if not _is_name(_conjunction().split(piece)[0]):
            break
        names.append(piece)
    return names


def _by_conjunction(text: str) -> list[str]:
    """Split at "and" when both sides can stand alone as names."""
    parts = _conjunction().split(text)
    if len(parts) > 1 and all(_is_name(part) for part in parts):
        return parts
    return [text]


def _is_name(text: str) -> bool:
    """Whether a piece reads as a person's full name: two to six words, capitalised or of no case, no role."""
    words = _WORD.findall(text)
    if any(character.isdigit() for character in text) or _is_role(words):
        return False
    if len(words) == 1:
        return (
            len(words[0]) > 1
            and not words[0].isascii()
            and not words[0][0].isupper()
            and not words[0][0].islower()
        )
    particles = _words()["particles"]
    return 1 < len(words) <= _MOST_WORDS and all(
        not w[0].islower() or w.casefold() in particles for w in words
    )


def _is_role(words: list[str]) -> bool:
    return any(word.casefold() in _words()["roles"] for word in words)


def _one_name(text: str) -> str:
    bare = _suffix().sub("", text)
    name = (bare if not bare.isascii() or len(bare.split()) > 1 else text).strip(" ,;:.|–—-*")
    if text.rstrip().endswith(".") and re.search(r"(?:^|[\s.])\w\.$", text.rstrip()):
        name += "."  # an initial at the end keeps its point
    if not name or len(name) > _LONGEST_NAME or name.casefold() in _words()["accounts"]:
        return ""
    if not any(character.isalpha() for character in name) or _URL.match(name):
        return ""
    if _SLUG.match(name) and not name.endswith(
        (".de", ".com", ".org", ".net", ".at", ".ch", ".fr", ".it", ".es", ".tr")
    ):
        name = re.sub(r"[-_.]", " ", name).title()
    words = name.split()
    if (
        len(words) > 1
        and name.isupper()
        and all(len(word) > 1 for word in words)
        and not any(c.isdigit() for c in name)
    ):
        long_enough = sum(len(word) > _INITIALISM - 2 for word in words) > 1
        name = _recase(words) if long_enough else name
    return name


def _recase(words: list[str]) -> str:
    particles = _words()["particles"]
    cased = [
        word.lower()
        if place and word.casefold() in particles
        else re.sub(r"\w+", lambda m: m[0].capitalize(), word)
        for place, word in enumerate(words)
    ]
    return " ".join(cased)
