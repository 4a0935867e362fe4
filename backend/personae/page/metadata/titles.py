"""The title of a page: its headline as the reader sees it, chosen by all that claims to be it.

A visible <h1> may be a logo or carry a kicker, og:title may carry the site's name or be written for
search engines, <title> nearly always has more. Each source votes; what stands right above the story has the
last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from personae.markup.text import width_of
from personae.page.metadata.head_matter import Heading
from personae.page.metadata.sites import Sites, name_key

_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(
    r"\s+[-–—|·•:»›/~_]+\s+|\s*[|ㅣ｜«│¦丨]\s*|\s+::\s+|-(?=[^-\s]{1,12}[ㅣ|｜])|\s*»\s+|(?<=\w)\s*[_＿]+\s*(?=\w)"
    r"|(?<=[^\x00-\u2e7f])\s*[-–—―]+\s*(?=[^\x00-\u2e7f])|\s+[-–—]+\s*$"
)
_SEPARATES_BEFORE = re.compile(r"\s*[-–—―|·•:»›/~,ㅣ｜│¦丨_＿«：]")
_SEPARATES_AFTER = re.compile(r"[-–—―|·•:»›/~ㅣ｜│¦丨_＿«：]\s*$")
# What nearly always parts a title from the names of section and site.
_PIPE = re.compile(r"\s*[|｜│¦丨]\s*|(?<=[^\x00-\u2e7f])\s*[_＿]+\s*(?=\S)|\s+[»]\s+")
_NAMES_FOLLOW = re.compile(r"\s*[|｜│¦丨_：«»]|\s+[\d(]")
_LONGEST_TITLE = 400
_LEAST_TITLE_WIDTH, _LEAST_TITLE_WORDS, _MOST_SECTION_WORDS = 8, 2, 2

# What one source's word is worth. An exact repeat says more than a repeat with something around it.
_WEIGHTS = {
    "heading": 1.0,
    "line": 0.7,
    "structured": 1.0,
    "og": 0.9,
    "twitter": 0.3,
    "title": 0.5,
    "meta": 0.3,
}
_WITH_MORE = 0.9
_FEW_HEADINGS, _ONE_OF_MANY = 4, 0.75
# How far above the story a headline stands, in lines; how much of the shorter of two titles makes them alike.
_RIGHT_ABOVE, _NOT_ON_PAGE, _ALIKE = 25, 1_000_000, 0.5
_LEAST_HEADLINE_WORDS, _LEAST_HEADLINE_WIDTH = 4, 24


@dataclass(frozen=True, slots=True)
class Claim:
    """One string that some source claims to be the title. source is a key of _WEIGHTS."""

    source: str
    text: str


def choose_title(
    declared: Iterable[Claim], found: list[Heading], sites: Sites
) -> tuple[str | None, tuple[str, ...]]:
    """Return the title (None when nothing claims to be it), and all distinct candidates, the title first.

    declared: in order of preference when the votes are equal; found: of the page, in its order.
    """
    said = [claim for claim in declared if claim.text and len(claim.text) <= _LONGEST_TITLE]
    echoes = [h for h in found if h.level != 1 and _is_echoed(h, said)]
    seen = [h for h in found if h.level == 1] + echoes
    sites = sites.known_too(_sites_by_agreement(said, seen))
    claims = [Claim("heading" if h.level == 1 else "line", t) for h in seen for t in (h.bare, h.whole) if t]
    claims += said
    candidates = _candidates(claims, sites)
    if not candidates:
        rest = list(dict.fromkeys(claim.text for claim in claims))
        return (rest[0], tuple(rest)) if rest else (None, ())
    visible = {name_key(heading.whole) for heading in seen if heading.level == 1}
    weights = {**_WEIGHTS, "heading": _ONE_OF_MANY if len(visible) > _FEW_HEADINGS else _WEIGHTS["heading"]}
    above = {name_key(text): h.above for h in seen if h.level == 1 for text in (h.bare, h.whole)}
    best = max(
        candidates,
        key=lambda key: (
            _support(key, candidates[key], claims, sites, weights),
            -abs(above.get(key, _NOT_ON_PAGE)),
        ),
    )
    stated = {name_key(claim.text) for claim in said if claim.source == "structured"}
    title = candidates[best]
    if not (name_key(title) in stated and any(_stands_in(h.bare, title) for h in seen if h.level == 1)):
        title = _as_on_page(title, seen, sites)
    return title, tuple(dict.fromkeys([title, *candidates.values()]))


def _candidates(claims: list[Claim], sites: Sites) -> dict[str, str]:
    candidates: dict[str, str] = {}
    for claim in claims:
        text = claim.text if claim.source == "structured" else strip_site(claim.text, sites)
        if (key := name_key(text)) and not sites.owns(text):
            candidates.setdefault(key, text)
    return candidates


def strip_site(text: str, sites: Sites) -> str:
    """Return a title without the site's name at its end or beginning, nor its sections beside that."""
    pieces = list(_SEPARATOR.finditer(text))
    if pieces and sites.touches(text[pieces[-1].end() :]) and name_key(text[: pieces[-1].start()]):
        last = pieces.pop()
        sign, end = last[0].strip(), last.start()
        while pieces and pieces[-1][0].strip() == sign and _is_section(text[pieces[-1].end() : end]):
            rest = text[: pieces[-1].start()]
            if len(_WORD.findall(rest)) < _LEAST_TITLE_WORDS and width_of(rest) < 2 * _LEAST_TITLE_WIDTH:
                break
            end = pieces.pop().start()
        return text[:end].strip()
    for match in pieces:
        if sites.owns(text[match.end() :]) and name_key(text[: match.start()]):
            return text[: match.start()].strip()
    before, colon, after = text.partition(": ")
    if colon and sites.owns(before) and name_key(after):
        return after.strip()
    if pieces and sites.owns(text[: pieces[0].start()]) and name_key(text[pieces[0].end() :]):
        return text[pieces[0].end() :].strip()
    return text


def _is_section(piece: str) -> bool:
    return len(_WORD.findall(piece)) <= _MOST_SECTION_WORDS and width_of(piece) <= 3 * _LEAST_TITLE_WIDTH


def _is_echoed(heading: Heading, said: list[Claim]) -> bool:
    """Return True if a declared title is the heading, or begins or ends with it beside a separator."""
    return width_of(heading.whole) >= _LEAST_TITLE_WIDTH and any(
        name_key(claim.text) == name_key(heading.whole) or _stands_in(heading.whole, claim.text)
        for claim in said
    )


def _stands_in(part: str, text: str) -> bool:
    if len(part) >= len(text):
        return False
    folded, inner = text.casefold(), part.casefold()
    return (folded.startswith(inner) and _SEPARATES_BEFORE.match(text[len(part) :]) is not None) or (
        folded.endswith(inner) and _SEPARATES_AFTER.search(text[: -len(part)]) is not None
    )


def _sites_by_agreement(said: list[Claim], seen: list[Heading]) -> Iterator[str]:
    """Yield the names beside the headline in declared titles that stand further from the story."""
    keys = {name_key(claim.text) for claim in said if claim.source in ("structured", "og", "twitter")}
    for claim in said:
        parts = [h for h in seen if _stands_in(h.whole, claim.text)]
        if len(parts) > 1:
            last = max(parts, key=lambda h: (name_key(h.whole) in keys, -abs(h.above)))
            for other in parts:
                if other.whole not in last.whole and last.whole not in other.whole:
                    yield other.whole
        for heading in seen:
            if heading in parts and name_key(heading.whole) not in keys:
                rest = _rest(heading.whole, claim.text)
                if name_key(rest) in keys:
                    yield heading.whole


def _rest(part: str, text: str) -> str:
    rest = text[len(part) :] if text.casefold().startswith(part.casefold()) else text[: -len(part)]
    return rest.strip(" -–—―|·•:»›/~,ㅣ｜│¦丨_＿«")


def _as_on_page(title: str, seen: list[Heading], sites: Sites) -> str:
    """Return the headline right above the story instead of a title that was written for other places."""
    usable = [h for h in seen if h.level == 1 and not sites.owns(h.whole)]
    if not usable:
        return _before_pipe(title) if not any(name_key(h.whole) == name_key(title) for h in seen) else title
    nearest = min(usable, key=lambda h: (h.above < 0, abs(h.above)))
    if name_key(title) in (name_key(nearest.bare), name_key(nearest.whole)):
        return title
    if any(name_key(t) == name_key(title) for h in seen if h is not nearest for t in (h.bare, h.whole)):
        return title  # another line of the page is what the most agree on
    shown = max(
        (strip_site(t, sites) for t in (nearest.bare, *nearest.ends)), key=lambda t: _likeness(t, title)
    )
    if name_key(shown) == name_key(title) or _has_more(nearest.whole, title):
        return title
    is_near = 0 <= nearest.above <= _RIGHT_ABOVE
    is_long = len(_WORD.findall(shown)) >= _LEAST_HEADLINE_WORDS or width_of(shown) >= _LEAST_HEADLINE_WIDTH
    return shown if (is_near and is_long) or _are_alike(shown, title) else title


def _has_more(heading: str, title: str) -> bool:
    """Return True for a heading that goes on after the title behind a sign that parts names from it."""
    return heading.startswith(title) and _NAMES_FOLLOW.match(heading[len(title) :]) is not None


def _likeness(one: str, other: str) -> float:
    own, theirs = set(name_key(one).split()), set(name_key(other).split())
    return len(own & theirs) / max(1, len(own | theirs))


def _before_pipe(title: str) -> str:
    """Return what stands before a sign that parts a title from names, when nothing on the page says which."""
    first = _PIPE.split(title, maxsplit=1)[0]
    return first if width_of(first) >= 2 * _LEAST_TITLE_WIDTH else title


def _are_alike(one: str, other: str) -> bool:
    own, theirs = set(name_key(one).split()), set(name_key(other).split())
    return len(own) > 1 and len(own & theirs) >= _ALIKE * min(len(own), len(theirs))


def _support(key: str, text: str, claims: list[Claim], sites: Sites, weights: dict[str, float]) -> float:
    """Sum what each source is worth that claims this title, each source once."""
    worth: dict[str, float] = {}
    for claim in claims:
        if name_key(claim.text) == key:
            share = 1.0
        elif claim.source == "structured":
            continue
        elif name_key(strip_site(claim.text, sites)) == key:
            share = 1.0
        elif claim.source not in ("heading", "line") and _stands_in(text, claim.text):
            share = _WITH_MORE
        else:
            continue
        worth[claim.source] = max(worth.get(claim.source, 0.0), share)
    return sum(weights[source] * share for source, share in worth.items())
