"""JSON-LD as publishers really write it: broken syntax mended, the page's own article found."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from personae.page.parse.prune import is_structured_data

Item = dict[str, Any]

_WRAPPER = re.compile(
    r"^\s*(?:/[/*]\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*/)?|(?:/[/*]\s*)?(?:-->|\]\]>)(?:\s*\*/)?\s*$"
)
# A string is matched first, so that what follows is only found outside strings. What may be left
# open runs to the end, so that nothing is scanned twice.
_STRING = r'(?P<string>"[^"\\]*+(?:\\(?:.|\Z)[^"\\]*+)*(?:"|\Z))'
_COMMENT = re.compile(_STRING + r"|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*(?:\*/)?", re.DOTALL)
_EXCESS = re.compile(_STRING + r"|(?P<commas>,[\s,]*+)(?P<close>[}\]])?|(?P<end>[}\]])\s*+;\s*+\Z", re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_SALVAGED = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|isAccessibleForFree)"\s*+:\s*+(?:"([^"\\\n]*+(?:\\.[^"\\\n]*+)*)"|(true|false))'
)
_SALVAGED_AUTHOR = re.compile(
    r'"author"\s*+:\s*+(?:\[\s*+)?(?:\{[^{}]*?"name"\s*+:\s*+)?"([^"\\\n]*+(?:\\.[^"\\\n]*+)*)"'
)
_MAX_ITEMS = 5000

# Types of the schema.org vocabulary that are a text to read, the most telling first.
_ARTICLE_TYPES = (
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "backgroundnewsarticle",
    "opinionnewsarticle",
    "reviewnewsarticle",
    "askpublicnewsarticle",
    "liveblogposting",
    "satiricalarticle",
    "advertisercontentarticle",
    "article",
    "blogposting",
    "techarticle",
    "scholarlyarticle",
    "report",
    "socialmediaposting",
    "discussionforumposting",
    "review",
    "creativework",
)
_RANK = {name: len(_ARTICLE_TYPES) - place for place, name in enumerate(_ARTICLE_TYPES)}
_PAGE_TYPES = frozenset({"webpage", "itempage", "videoobject", "faqpage", "medicalwebpage", "aboutpage"})
# What hangs below these is another text than the page's own.
_OTHERS = frozenset(
    {
        "itemListElement",
        "liveBlogUpdate",
        "comment",
        "hasPart",
        "isPartOf",
        "mentions",
        "relatedLink",
        "citation",
        "review",
        "breadcrumb",
        "publisher",
        "author",
        "image",
        "potentialAction",
        "significantLink",
        "blogPost",
        "isBasedOn",
        "subjectOf",
    }
)


def read_items(tree: HtmlElement) -> list[Item]:
    """Return the objects of all JSON-LD scripts, outer ones first; broken scripts give what can be saved."""
    values: list[Any] = []
    for script in tree.iter("script"):
        if is_structured_data(script) and script.text:
            values.extend(_load(script.text))
    return list(_objects(values))


def types(item: Item) -> tuple[str, ...]:
    """Return an item's types in lower case, without the vocabulary's address."""
    declared = item.get("@type", item.get("type"))
    names = declared if isinstance(declared, list) else [declared]
    return tuple(re.split(r"[/#:]", name)[-1].lower() for name in names if isinstance(name, str))


class Graph:
    """The items of one page, with references by @id resolved."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self._by_id: dict[str, Item] = {}
        for item in _descendants(items):
            name = item.get("@id")
            if isinstance(name, str) and len(item) > len(self._by_id.get(name, ())):
                self._by_id[name] = item

    def resolve(self, value: Any) -> Any:
        """Follow a reference {"@id": …}, filling in what the object itself does not say."""
        if isinstance(value, dict) and isinstance(name := value.get("@id"), str):
            return {**self._by_id.get(name, {}), **value}
        return value

    def articles(self, addresses: frozenset[str]) -> list[Item]:
        """Return the items that describe the page's own text, the most telling first.

        addresses: of the page, without scheme and trailing slash; an article that names another
        address as its own is another article when some article names one of these.
        """
        ranked: list[tuple[bool, int, int, Item]] = []
        for item in self.items:
            rank = max((_RANK.get(kind, 0) for kind in types(item)), default=0)
            if rank:
                own = bool(addresses & set(_addresses(item)))
                stated = sum(name in item for name in ("headline", "datePublished", "author"))
                ranked.append((own, stated, rank, item))
        if any(own for own, *_ in ranked):
            ranked = [entry for entry in ranked if entry[0] or not set(_addresses(entry[3]))]
        ranked.sort(key=lambda entry: entry[:3], reverse=True)
        return [item for *_, item in ranked]

    def pages(self) -> list[Item]:
        """Return the items that describe the page rather than its text."""
        return [item for item in self.items if _PAGE_TYPES.intersection(types(item))]


def address_key(url: Any) -> str:
    """Return a URL without scheme, "www.", query, fragment and trailing slash, for comparison."""
    if not isinstance(url, str):
        return ""
    return (
        re.sub(r"^[a-z]+://(?:www\.)?", "", url.strip().lower())
        .partition("#")[0]
        .partition("?")[0]
        .rstrip("/")
    )


def _addresses(item: Item) -> Iterator[str]:
    for name in ("url", "mainEntityOfPage", "@id"):
        value = item.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if key := address_key(value):
            yield key


def _load(text: str) -> list[Any]:
    """Return the JSON values in a script: usually one, none when nothing can be saved."""
    text = _WRAPPER.sub("", _WRAPPER.sub("", text.strip())).strip()
    for attempt in (_identity, _mend, _unescape):
        try:
            values = _decode(attempt(text))
        except (ValueError, RecursionError):
            continue
        return [
            inner
            for value in values
            for inner in (_decode_again(value) if isinstance(value, str) else [value])
        ]
    return _salvage(text)


def _identity(text: str) -> str:
    return text


def _mend(text: str) -> str:
    """Drop comments, trailing commas and a closing semicolon; double what is no escape."""
    return _EXCESS.sub(_without_excess, _COMMENT.sub(_without_comment, text))


def _without_comment(match: re.Match[str]) -> str:
    if string := match["string"]:
        return _BAD_ESCAPE.sub(r"\\\\", string.replace("\\'", "'"))
    return ""


def _without_excess(match: re.Match[str]) -> str:
    return match["string"] or match["close"] or match["end"] or ","


def _unescape(text: str) -> str:
    return _mend(html.unescape(text))


def _decode(text: str) -> list[Any]:
    """Decode JSON values written one after the other; raw newlines inside strings are allowed."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    position = 0
    while position < len(text):
        value, position = decoder.raw_decode(text, position)
        values.append(value)
        while position < len(text) and text[position] in " \t\r\n,;":
            position += 1
    return values


def _decode_again(text: str) -> list[Any]:
    try:
        return _decode(text)
    except (ValueError, RecursionError):
        return []


def _salvage(text: str) -> list[Any]:
    """Read single members out of a script that is no JSON, as one article."""
    item: Item = {}
    for match in _SALVAGED.finditer(text):
        item.setdefault(match[1], match[3] or match[2])
    if author := _SALVAGED_AUTHOR.search(text):
        item["author"] = author[1]
    return [{"@type": "Article", **item}] if item else []


def _objects(values: list[Any]) -> Iterator[Item]:
    """Yield the objects that may describe the page, outer before inner, those of other texts left out."""
    level = values
    seen = 0
    while level and seen < _MAX_ITEMS:
        below: list[Any] = []
        for value in level:
            if isinstance(value, list):
                below.extend(value)
            elif isinstance(value, dict):
                seen += 1
                yield value
                below.extend(v for k, v in value.items() if k not in _OTHERS and isinstance(v, dict | list))
        level = below


def _descendants(values: list[Item]) -> Iterator[Item]:
    stack: list[Any] = list(reversed(values))
    seen: set[int] = set()
    while stack and len(seen) < _MAX_ITEMS:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict) and id(value) not in seen:
            seen.add(id(value))
            yield value
            stack.extend(v for v in value.values() if isinstance(v, dict | list))
