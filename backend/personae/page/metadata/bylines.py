"""Names of authors out of what publishers put where an author's name belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from personae.markup.text import clean_text
from personae.page.metadata.word_tables import byline_pattern, byline_words

_URL = re.compile(r"^(?:https?:)?//|^www\.|^/", re.IGNORECASE)
_MAIL = re.compile(r"<?\S+@\S+\.\w+>?")
_HANDLE = re.compile(r"(?:^|\s)@\w+")
_BRACKETED = re.compile(r"\s*[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_IN_BRACKETS = re.compile(
    rf"^\s*(?:{byline_pattern('with_others_long')}|{byline_pattern('with_others')})\s*:?\s+", re.IGNORECASE
)
_ADDED = re.compile(rf"[\s,;.]*(?<!\w){byline_pattern('with_others_long')}\s*:?\s+", re.IGNORECASE)
_ENDS_WITH_INITIAL = re.compile(r"(?:^|[\s.])\w\.$")
_DOMAINS = (".de", ".com", ".org", ".net", ".at", ".ch", ".fr", ".it", ".es", ".tr")
_SLUG = re.compile(r"^[a-z]+(?:[-_.][a-z]+){1,3}$")
_TAIL = re.compile(
    r"\s*(?:[|·•,–—-]\s*)?"
    rf"(?:\b(?:{byline_pattern('date_adverbs')} )?"
    rf"(?:{byline_pattern('date_labels')}|{byline_pattern('descriptions')})\b.*"
    rf"|\b(?:{byline_pattern('date_prepositions')} )?(?:\d|[^\W\d]{{3,10}}\.?\s+\d{{1,2}},?\s+\d{{4}}).*)$",
    re.IGNORECASE,
)
_HARD_BREAK = re.compile(r"\s*(?:[|;•·\n、，]|\s/\s|\s[–—-]\s)\s*")
_PREFIX = re.compile(rf"^{byline_pattern('prefixes')}(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE)
_PICTURED = re.compile(rf"\W*(?<!\w){byline_pattern('pictures')}\s*:.*$", re.IGNORECASE)
# "X for Paper", "X in Section", "X at Place": small words, or For, after a full name.
_FOR = re.compile(rf"(?<=\w\w)[\s,]+{byline_pattern('for_whom')}\s+(?=\S).*$")
_SUFFIX = re.compile(rf"\s*(?:[,=]\s*|\s){byline_pattern('suffixes')}$", re.IGNORECASE)
_CONJUNCTION = re.compile(rf"\s+(?:{byline_pattern('conjunctions')}|&|\+)\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"[©®™@#/\\<>→|=:]")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_LONGEST_BYLINE, _LONGEST_NAME, _MOST_WORDS, _MOST_AUTHORS = 600, 80, 6, 30
_LONGEST_INITIALS = 3
_SHORT_LABEL = 3
_LEAST_WORDS = 2


def names_in(byline: Any) -> list[str]:
    """Return the names in one byline, without labels, roles, addresses and dates; [] when it has none."""
    text = clean_text(byline, longest=_LONGEST_BYLINE)
    if not text or _URL.match(text):
        return []
    text = _HANDLE.sub(" ", _MAIL.sub(" ", text))
    text = _BRACKETED.sub(_without_bracket, text)
    text = _without_prefix(text.strip(" ,;:|–—-"))
    text = _PICTURED.sub("", _ADDED.sub(" ; ", text))
    text = _TAIL.sub("", text)
    found: list[str] = []
    for place, piece in enumerate(_HARD_BREAK.split(text)):
        if (
            is_byline_label(piece)
            or _is_network(piece)
            or (place and found and _is_role(_WORD.findall(piece)))
        ):
            continue
        for part in _by_commas(_without_prefix(piece)):
            found.extend(name for half in _by_conjunction(part) if (name := _one_name(half)))
    return distinct(found)


def _without_bracket(match: re.Match[str]) -> str:
    """Return "" for what stands in brackets in a byline; names that wrote with others stay."""
    inner = match[1]
    others = _IN_BRACKETS.match(inner)
    return f" ; {inner[others.end() :]}" if others and _is_name(inner[others.end() :]) else ""


def is_account(name: str) -> bool:
    """Return True if a name is that of an account which many share ("admin")."""
    return name.casefold() in byline_words("accounts") or _is_role([name])


def _is_network(piece: str) -> bool:
    """Return True for what a byline's links say of networks: "Twitter", "E-mail", "Follow"."""
    words = piece.casefold().strip(" :").split()
    return bool(words) and all(word in byline_words("networks") for word in words)


def distinct(names: Iterable[str]) -> list[str]:
    """Return the names once each, in order; at most thirty."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(" ".join(_WORD.findall(name)).casefold() or name.casefold(), name)
    return list(seen.values())[:_MOST_AUTHORS]


def reads_as_person(name: str) -> bool:
    """Return whether a name reads as a person's full name rather than a newsroom's or an abbreviation."""
    return _is_name(name) and not name.isupper() and not _NO_NAME.search(name)


def begins_as_byline(text: str) -> bool:
    """Return whether a line begins as a byline does ("By …", "Von …")."""
    return _PREFIX.match(text) is not None


def is_byline_label(text: str) -> bool:
    """Return whether a label announces an author ("Written by")."""
    return text.strip(" :").casefold() in byline_words("prefixes")


def straighten(name: str, *, also_longer: bool = False) -> str:
    """Turn a catalogue's "Family, Given" into "Given Family"; anything else stays.

    also_longer: also where either has more than one word, which is two persons elsewhere.
    """
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or "," in given or not _is_name(f"{given} {family}"):
        return name
    is_pair = also_longer and not (_is_name(family) and _is_name(given))
    return f"{given} {family}" if is_pair or not (" " in family or " " in given) else name


def _without_prefix(text: str) -> str:
    """Drop "By" and its like, also several ("Text: By …"); "Di Wu" is a name and stays."""
    while match := _PREFIX.match(text):
        rest = text[match.end() :].strip(" :,")
        label = match[0].strip()
        if not rest or (
            label.istitle()
            and len(label) <= _SHORT_LABEL
            and label not in byline_words("never_names")
            and " " not in rest
        ):
            break
        text = rest
    return text


def _by_commas(text: str) -> list[str]:
    """Split at commas as long as what follows is another name rather than a role or a place."""
    first, *rest = re.split(r"\s*,\s*", text)
    names = [first]
    for piece in (_IN_BRACKETS.sub("", piece) for piece in rest):
        if not _is_name(_without_paper(_CONJUNCTION.split(piece)[0])):
            break
        names.append(piece)
    return names


def _by_conjunction(text: str) -> list[str]:
    """Split at "and" when both sides can stand alone as names."""
    parts = [_without_paper(part) for part in _CONJUNCTION.split(text)]
    return parts if len(parts) > 1 and all(_is_name(part) for part in parts) else [text]


def _is_name(text: str) -> bool:
    """Return whether a piece reads as a person's full name: two to six words, none small, none a role."""
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
    particles = byline_words("particles")
    return 1 < len(words) <= _MOST_WORDS and all(
        not w[0].islower() or w.casefold() in particles for w in words
    )


def _is_role(words: list[str]) -> bool:
    return any(word.casefold() in byline_words("roles") for word in words)


def _one_name(text: str) -> str:
    """Return a name as it is shown, "" for what is none."""
    name = _without_networks(_without_suffix(_without_paper(text)))
    if not name or len(name) > _LONGEST_NAME or name.casefold() in byline_words("accounts"):
        return ""
    if not any(character.isalpha() for character in name) or _URL.match(name):
        return ""
    if _SLUG.match(name) and not name.endswith(_DOMAINS):
        name = re.sub(r"[-_.]", " ", name).title()
    return _recase(name.split()) if _is_shouted(name) else name


def _without_suffix(text: str) -> str:
    """Drop a role and signs at the ends; an initial at the end keeps its point."""
    bare = _SUFFIX.sub("", text)
    name = (bare if not bare.isascii() or len(bare.split()) > 1 else text).strip(" ,;:.|–—-*")
    return f"{name}." if _ENDS_WITH_INITIAL.search(text.rstrip()) else name


def _without_paper(text: str) -> str:
    """Drop what follows a full name after "for", "in" and the like: a paper, a section, a place."""
    match = _FOR.search(text)
    is_full = match is not None and len(_WORD.findall(text[: match.start()])) >= _LEAST_WORDS
    return text[: match.start()] if match and is_full else text


def _without_networks(name: str) -> str:
    """Drop the names of networks that a byline's links add behind a full name."""
    words = name.split()
    while len(words) > _LEAST_WORDS and words[-1].casefold().strip(".,:") in byline_words("networks"):
        words.pop()
    return " ".join(words)


def _is_shouted(name: str) -> bool:
    """Return True if a name is written in capitals: several words, at least two too long for initials."""
    words = name.split()
    return (
        len(words) > 1
        and name.isupper()
        and all(len(word) > 1 for word in words)
        and not any(c.isdigit() for c in name)
        and sum(len(word) > _LONGEST_INITIALS for word in words) > 1
    )


def _recase(words: list[str]) -> str:
    particles = byline_words("particles")
    cased = [
        word.lower()
        if place and word.casefold() in particles
        else re.sub(r"\w+", lambda m: m[0].capitalize(), word)
        for place, word in enumerate(words)
    ]
    return " ".join(cased)
