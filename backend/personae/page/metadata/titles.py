"""The title of a page, by agreement of everything that claims to be it.

A visible <h1> may be a logo or carry a kicker, og:title may carry the site's name, <title> nearly
always does: each source votes, and what most of them support is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from personae.markup.text import spaced_text
from personae.page.metadata.sites import Sites, name_key
from personae.page.metadata.word_tables import element_pattern

_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(r"\s+[-–—|·•:»›/~]+\s+|\s*[|ㅣ｜«]\s*|\s+::\s+|-(?=[^-\s]{1,12}[ㅣ|｜])")
_SEPARATES = re.compile(r"\s*[-–—|·•:»›/~,ㅣ｜]")
_KICKER, _LOGO = element_pattern("kicker"), element_pattern("logo")
_FURNITURE = ("header", "nav", "footer", "aside", "form", "dialog")
_MAX_HEADINGS = 12
_LONGEST_TITLE = 400

# What one source's word is worth. An exact repeat says more than a repeat with something after it.
_WEIGHTS = {"heading": 1.0, "structured": 1.0, "og": 0.9, "twitter": 0.3, "title": 0.5, "meta": 0.3}
_WITH_SUFFIX = 0.9
_FEW_HEADINGS, _ONE_OF_MANY = 4, 0.75


@dataclass(frozen=True, slots=True)
class Claim:
    """One string that some source claims to be the title. source is a key of _WEIGHTS."""

    source: str
    text: str


def choose_title(claims: Iterable[Claim], sites: Sites) -> tuple[str | None, tuple[str, ...]]:
    """Return the title (None when nothing claims to be it), and all distinct candidates, the title first.

    claims: in order of preference when the votes are equal.
    """
    given = [claim for claim in claims if claim.text and len(claim.text) <= _LONGEST_TITLE]
    candidates: dict[str, str] = {}
    for claim in given:
        text = claim.text if claim.source == "structured" else strip_site(claim.text, sites)
        if (key := name_key(text)) and not sites.owns(text):
            candidates.setdefault(key, text)
    if not candidates:
        return None, ()
    visible = {name_key(claim.text) for claim in given if claim.source == "heading"}
    weights = {**_WEIGHTS, "heading": _ONE_OF_MANY if len(visible) > _FEW_HEADINGS else _WEIGHTS["heading"]}
    best = max(candidates, key=lambda key: _support(key, candidates[key], given, sites, weights))
    return candidates[best], tuple(dict.fromkeys([candidates[best], *candidates.values()]))


def headings(tree: HtmlElement) -> list[str]:
    """Return the texts of the visible <h1> that may be the title, each without and with its kicker."""
    found = []
    for heading in list(tree.iter("h1"))[:_MAX_HEADINGS]:
        if _is_furniture(heading):
            continue
        whole = spaced_text(heading)
        kickers = [
            element
            for element in heading.iterdescendants()
            if isinstance(element.tag, str) and _KICKER.search(element.get("class") or "")
        ]
        bare = spaced_text(heading, without=kickers).strip(" :|–—-•·/") if kickers else whole
        if len(_WORD.findall(bare)) > 1:
            found.append(bare)
        found.append(whole)
    return found


def strip_site(text: str, sites: Sites) -> str:
    """Return a title without the site's name at its end or beginning."""
    pieces = list(_SEPARATOR.finditer(text))
    for match in pieces:
        if sites.touches(text[match.end() :]) and name_key(text[: match.start()]):
            return text[: match.start()].strip()
    before, colon, after = text.partition(": ")
    if colon and sites.owns(before) and name_key(after):
        return after.strip()
    if pieces and sites.owns(text[: pieces[0].start()]) and name_key(text[pieces[0].end() :]):
        return text[pieces[0].end() :].strip()
    return text


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
        elif (
            claim.source != "heading"
            and claim.text.startswith(text)
            and _SEPARATES.match(claim.text[len(text) :])
        ):
            share = _WITH_SUFFIX
        else:
            continue
        worth[claim.source] = max(worth.get(claim.source, 0.0), share)
    return sum(weights[source] * share for source, share in worth.items())


def _is_furniture(heading: HtmlElement) -> bool:
    """Return whether a heading is of the page's frame: a logo, or in a header or menu outside the article."""
    for element in (heading, *heading.iterancestors()):
        if _LOGO.search(f"{element.get('class') or ''} {element.get('id') or ''}") and element.tag not in (
            "body",
            "html",
            "main",
            "article",
        ):
            return True
        if element.tag in ("article", "main"):
            return False
        if element.tag in _FURNITURE and element.tag != "header":
            return True
    return False
