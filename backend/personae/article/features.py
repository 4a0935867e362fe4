"""What can be seen of each block: the columns that the model reads.

A column is a fact that publishers share: how long a block is, how much of it is links, what its element and
the elements around it are called, where it stands, what stands beside it, whether it repeats the title, what
the page says of itself, and whether readability-lxml kept it. No column names a site.
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - a number in a column's definition is part of the definition
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from personae.article.blocks import CONTROLS, HEADINGS, Block
from personae.page.metadata import Metadata

Matrix = NDArray[np.float32]

TAGS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "blockquote",
    "pre",
    "td",
    "figcaption",
    "div",
    "dd",
    "span",
    "a",
    "time",
    "button",
)
AROUND = (
    "article",
    "main",
    "aside",
    "footer",
    "header",
    "nav",
    "form",
    "figure",
    "table",
    "ul",
    "ol",
    "blockquote",
    "section",
    "a",
    "button",
    "label",
    "address",
    "details",
    "dialog",
)
PROSE_WIDTH = 60.0
NEAR = 8
_SEARCHED = 100_000
_MAIN_SHARE = 0.7
_COMMA = re.compile("[,،、，]")

_NAMES = (
    "class",
    "id",
    "role",
    "itemprop",
    "data-testid",
    "data-component",
    "data-type",
    "aria-label",
    "name",
)
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?…。！？।](?=\s|$|[\"'”’»」)])|[。！？]")
_DATE = re.compile(r"\b\d{1,2}[./:-]\d{1,2}|\b(19|20)\d\d\b|\d{4}年|\d{4}[.-]\d")
_CLOSED = re.compile(r"[.!?…。！？।؟](?:[\"'”’»«“」』)\]\s]|\[\d+\])*$")
_QUOTED = re.compile('["“”„«»「」『』]')


@cache
def token_kinds() -> dict[str, re.Pattern[str]]:
    """Return kind -> pattern over the names of elements."""
    table = tomllib.loads(files("personae.article.data").joinpath("tokens.toml").read_text("utf-8"))
    return {kind: re.compile(pattern) for kind, pattern in table.items()}


@cache
def phrase_kinds() -> dict[str, re.Pattern[str]]:
    """Return kind -> pattern over text, all languages joined."""
    table = tomllib.loads(files("personae.article.data").joinpath("phrases.toml").read_text("utf-8"))
    out = {}
    for kind, languages in table.items():
        phrases = dict.fromkeys(phrase for several in languages.values() for phrase in several)
        out[kind] = re.compile(r"(?<!\w)(?:" + "|".join(phrases) + ")")
    return out


@cache
def _any_kind() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in token_kinds().values()))


@lru_cache(maxsize=65536)
def _kinds_in(token: str) -> int:
    """Return the bit set of token kinds found in one name; pages use few names on many elements."""
    bits = 0
    if _any_kind().search(token):
        for position, pattern in enumerate(token_kinds().values()):
            if pattern.search(token):
                bits |= 1 << position
    return bits


@lru_cache(maxsize=8192)
def _kinds_named(names: str) -> int:
    """Return the bit set of token kinds found in the names of one element."""
    bits = 0
    for token in set(names.split()):
        bits |= _kinds_in(token)
    return bits


@lru_cache(maxsize=4096)
def phrases_in(text: str) -> frozenset[str]:
    """Return the kinds of phrases in a text."""
    low = text.lower()
    return frozenset(kind for kind, pattern in phrase_kinds().items() if pattern.search(low))


def names_of(element: HtmlElement) -> str:
    """Return what an element is called: class, id, role and the like, lower case."""
    attributes = element.attrib
    return " ".join(attributes[name] for name in _NAMES if name in attributes).lower()


def words(text: str) -> list[str]:
    """Return the words of a text, lower case."""
    return _WORD.findall(text.lower())


@dataclass(frozen=True, slots=True)
class Placing:
    """How a block stands to the main line: the elements off it, nearest first, and how much it misses."""

    branch: tuple[HtmlElement, ...]
    off_main: int


class View:
    """Blocks of a page with all that is computed once: names, prose, the main line of containers.

    blocks: those that could be article (`worth_judging`), in the page's order; rows of the table are
    in this order, and `Block.index` counts all blocks of the page.
    """

    def __init__(self, blocks: list[Block], kept: frozenset[int], metadata: Metadata) -> None:
        self.kept = kept
        self.metadata = metadata
        self.blocks = blocks
        self._bits: dict[HtmlElement, int] = {}
        self.own_bits = [self.bits(b.element) for b in self.blocks]
        self.width = _column(b.width for b in self.blocks)
        self.linked = _column(b.linked for b in self.blocks)
        self.is_kept = _column(b.index in kept for b in self.blocks)
        self.prose = _column(self._prose(b) for b in self.blocks)
        line = self._main_line()
        self.places = [_place(b, line) for b in self.blocks]
        self.branches = [p.branch for p in self.places]

    def bits(self, element: HtmlElement) -> int:
        """Return the bit set of the kinds that an element's names tell."""
        found = self._bits.get(element)
        if found is None:
            found = self._bits[element] = _kinds_named(names_of(element))
        return found

    def _prose(self, block: Block) -> float:
        if block.width < PROSE_WIDTH or block.linked > 0.4 or block.tag in CONTROLS:
            return 0.0
        if any(e.tag in ("footer", "nav", "aside", "form", "button", "label") for e in block.trail):
            return block.width * 0.1
        chain = 0
        for element in (block.element, *block.trail[:6]):
            chain |= self.bits(element)
        if chain & _CHROME:
            return block.width * 0.3
        return block.width * (1.0 if block.index in self.kept else 0.5)

    def _main_line(self) -> frozenset[HtmlElement]:
        """Return the elements from the outermost to the smallest that holds most of the prose."""
        mass: defaultdict[HtmlElement, float] = defaultdict(float)
        children: defaultdict[HtmlElement | None, dict[HtmlElement, None]] = defaultdict(dict)
        for block, weight in zip(self.blocks, self.prose, strict=True):
            if not weight:
                continue
            above: HtmlElement | None = None
            for element in reversed(block.trail):
                mass[element] += weight
                children[above][element] = None
                above = element
        line: list[HtmlElement] = []
        total = float(self.prose.sum())
        above = None
        while children[above]:
            best = max(children[above], key=lambda e: mass[e])
            if mass[best] < _MAIN_SHARE * total:
                break
            line.append(best)
            above = best
        return frozenset(line)


def worth_judging(blocks: list[Block]) -> list[Block]:
    """Return the blocks that could be article: not those of menus, where all around is links or controls."""
    width: defaultdict[HtmlElement, float] = defaultdict(float)
    free: defaultdict[HtmlElement, float] = defaultdict(float)
    for block in blocks:
        plain = 0.0 if block.tag in CONTROLS else block.width * (1 - block.linked)
        for element in block.trail[:2]:
            width[element] += block.width
            free[element] += plain
    out = []
    for block in blocks:
        around = block.trail[1] if len(block.trail) > 1 else None
        menu = block.linked > 0.8 and around is not None and free[around] < 0.15 * width[around]
        if not menu or block.width > 200:
            out.append(block)
    return out


def _place(block: Block, line: frozenset[HtmlElement]) -> Placing:
    branch = []
    for element in block.trail:
        if element in line:
            break
        branch.append(element)
    return Placing(tuple(branch), len(line) - sum(1 for e in block.trail if e in line))


def _mask(*kinds: str) -> int:
    order = list(token_kinds())
    return sum(1 << order.index(kind) for kind in kinds)


_CHROME = _mask(
    "comments", "newsletter", "related", "ranking", "cookie", "footer", "sidebar", "modal", "advert"
)


Table = dict[str, NDArray[np.floating[Any]]]


def describe(view: View) -> tuple[Matrix, list[str]]:
    """Return one row per block, and the columns' names."""
    table: Table = {}
    _add_shape(view, table)
    _add_text(view, table)
    _add_names(view, table)
    _add_containers(view, table)
    _add_alike(view, table)
    _add_metadata(view, table)
    _add_position(view, table)
    _add_section(view, table)
    names = list(table)
    matrix = np.empty((len(view.blocks), len(names)), dtype=np.float32)
    for position, column in enumerate(table.values()):
        matrix[:, position] = column
    return _with_neighbours(matrix, names)


def _column(values: Iterable[float]) -> NDArray[np.floating[Any]]:
    return np.fromiter(values, dtype=np.float64)


def _add_shape(view: View, table: Table) -> None:
    blocks = view.blocks
    tags = [b.tag for b in blocks]
    for tag in TAGS:
        table[f"tag {tag}"] = _column(t == tag for t in tags)
    depth = np.zeros((len(AROUND), len(blocks)))
    position = {tag: i for i, tag in enumerate(AROUND)}
    for block_at, block in enumerate(blocks):
        for level, element in enumerate(block.trail, 1):
            row = position.get(str(element.tag))
            if row is not None and not depth[row, block_at]:
                depth[row, block_at] = 1.0 / level
    table.update({f"in {tag}": depth[row] for tag, row in position.items()})
    table["heading"] = _column(t in HEADINGS for t in tags)
    table["width"] = np.log1p(view.width)
    table["linked"] = view.linked
    table["links"] = np.minimum(_column(b.links for b in blocks), 20)
    table["kept"] = view.is_kept
    table["prose"] = np.log1p(view.prose)
    table["depth"] = _column(len(b.trail) for b in blocks)


def _add_text(view: View, table: Table) -> None:
    texts = [b.text for b in view.blocks]
    starts = [t[:200] for t in texts]
    table["sentences"] = _column(min(20, len(_SENTENCE.findall(t))) for t in texts)
    table["closed"] = _column(_CLOSED.search(t[-12:]) is not None for t in texts)
    table["colon"] = _column(t.endswith((":", "：")) for t in texts)
    table["question"] = _column(t.endswith(("?", "？")) for t in texts)
    table["commas"] = _column(min(20, len(_COMMA.findall(t))) for t in texts)
    table["capital"] = _column(t[0].isupper() for t in texts)
    table["capitals"] = _column(sum(map(str.isupper, t)) / len(t) for t in starts)
    table["digits"] = _column(sum(map(str.isdigit, t)) / len(t) for t in starts)
    table["dated"] = _column(_DATE.search(t[:120]) is not None for t in texts)
    table["quoted"] = _column(min(4, len(_QUOTED.findall(t))) for t in texts)
    table["opens quoted"] = _column(_QUOTED.match(t) is not None for t in texts)
    table["dash first"] = _column(t[0] in "-–—•·►▶→*#|/" for t in texts)
    table["bar"] = _column("|" in t or "/" in t or " · " in t or "•" in t for t in texts)
    table["at"] = _column("@" in t or "http" in t or "www." in t for t in texts)
    table["bracketed"] = _column(t[0] in "([（［" and t[-1] in ")]）］." for t in texts)
    table["copyright"] = _column("©" in t or "ⓒ" in t or "(c)" in t for t in texts)
    for name, tags in (("strong", ("strong", "b")), ("emphasis", ("em", "i")), ("small", ("small",))):
        table[f"all {name}"] = _column(_share(b, tags) for b in view.blocks)
    heads = [phrases_in(t[:160]) for t in texts]
    tails = [phrases_in(t[-100:]) if len(t) > 160 else frozenset() for t in texts]
    for kind in phrase_kinds():
        table[f"says {kind}"] = _column(
            1.0 if kind in h else 0.5 if kind in t else 0.0 for h, t in zip(heads, tails, strict=True)
        )
    seen = Counter(texts)
    table["repeats"] = _column(min(4, seen[t] - 1) for t in texts)
    table["repeats part"] = _repeated_parts(view)
    table["unspaced"] = _column(b.width > 1.4 * len(b.text) for b in view.blocks)


def _share(block: Block, tags: tuple[str, ...]) -> float:
    """Return the share of a block's text inside such elements, 0, 1 or between."""
    if not len(block.element):
        return float(block.tag in tags)
    inner = sum(len("".join(e.itertext())) for e in block.element if e.tag in tags)
    return min(1.0, inner / len(block.text)) if inner else float(any(e.tag in tags for e in block.trail[:2]))


def _repeated_parts(view: View) -> NDArray[np.floating[Any]]:
    """Tell which block's whole text stands in another, longer block (a pull quote)."""
    joined = "\n".join(b.text for b in view.blocks if b.width > 80)[:_SEARCHED]
    return _column(
        30 < len(b.text) < 400
        and b.linked < 0.5
        and joined.count(b.text.strip("\"'“”„«»… ")) > int(b.width > 80)
        for b in view.blocks
    )


def _add_names(view: View, table: Table) -> None:
    rows = {"own": view.own_bits, "parent": [], "branch": [], "around": []}
    for block, between in zip(view.blocks, view.branches, strict=True):
        rows["parent"].append(view.bits(block.trail[0]) if block.trail else 0)
        bits = 0
        for element in between:
            bits |= view.bits(element)
        rows["branch"].append(bits)
        bits = 0
        for element in block.trail[:NEAR]:
            bits |= view.bits(element)
        rows["around"].append(bits)
    kinds = list(token_kinds())
    for where, values in rows.items():
        packed = np.array(values, dtype=np.uint64)[:, None]
        flags = ((packed >> np.arange(len(kinds), dtype=np.uint64)) & np.uint64(1)).astype(np.float64)
        table.update({f"{where} {kind}": flags[:, position] for position, kind in enumerate(kinds)})


_OPENERS = ("related", "newsletter", "comments", "author", "note", "paywall")


def _add_containers(view: View, table: Table) -> None:
    """Sum over the blocks of the elements around a block."""
    blocks = view.blocks
    number: dict[HtmlElement, int] = {}
    owners: list[int] = []
    members: list[int] = []
    first: list[int] = []
    for at, block in enumerate(blocks):
        for element in block.trail:
            owner = number.setdefault(element, len(number))
            if owner == len(first):
                first.append(at)
            owners.append(owner)
            members.append(at)
    size = len(number) + 1  # the last one stands for "none"
    of, who = np.array(owners, dtype=np.intp), np.array(members, dtype=np.intp)

    def total(values: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
        return np.bincount(of, weights=values[who], minlength=size).astype(np.float64)

    count = total(np.ones(len(blocks)))
    width, prose = total(view.width), total(view.prose)
    per = np.maximum(count, 1)
    facts = {
        "blocks": np.log1p(count),
        "kept": total(view.is_kept) / per,
        "linked": total(view.width * view.linked) / np.maximum(width, 1),
        "prose": prose / (view.prose.sum() or 1.0),
        "width": np.log1p(width),
        "mean": np.log1p(width / per),
        "paragraphs": total(table["tag p"]) / per,
        "images": np.minimum(2, _counted(number, size, "img") / per),
        "controls": np.minimum(2, _counted(number, size, "input", "textarea", "button", "select") / per),
    }
    openings = [phrases_in(blocks[i].text[:160]) if blocks[i].width < 80 else frozenset() for i in first]
    for kind in _OPENERS:
        facts[f"opens {kind}"] = _column([*(kind in o for o in openings), False])
    none = size - 1
    picks = {
        "parent": [number[b.trail[0]] if b.trail else none for b in blocks],
        "grandparent": [number[b.trail[1]] if len(b.trail) > 1 else none for b in blocks],
        "top": [number[branch[-1]] if branch else none for branch in view.branches],
        "second": [number[branch[-2]] if len(branch) > 1 else none for branch in view.branches],
    }
    for name, picked in picks.items():
        index = np.array(picked, dtype=np.intp)
        table[f"{name} exists"] = (index != none).astype(np.float32)
        table.update({f"{name} {fact}": values[index] for fact, values in facts.items()})
    table["branch length"] = _column(len(b) for b in view.branches)
    table["in main"] = _column(b.off_main == 0 for b in view.places)
    table["off main"] = _column(b.off_main for b in view.places)


def _counted(number: dict[HtmlElement, int], size: int, *tags: str) -> NDArray[np.floating[Any]]:
    """Return per numbered element how many such elements are below it."""
    counts = np.zeros(size)
    root = next(iter(number), None)
    if root is None:
        return counts
    for element in root.getroottree().iter(*tags):
        for around in element.iterancestors():
            at = number.get(around)
            if at is not None:
                counts[at] += 1
    return counts


def _add_alike(view: View, table: Table) -> None:
    """Blocks of one make (same tags and classes) are usually all article or all chrome."""
    numbers: dict[tuple[str | None, ...], int] = {}
    makes = np.array([numbers.setdefault(_make(b), len(numbers)) for b in view.blocks], dtype=np.intp)
    count = np.bincount(makes) if len(makes) else np.zeros(0)

    def mean(values: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
        return (np.bincount(makes, weights=values) / count)[makes] if len(makes) else values

    table["alike count"] = np.log1p(count[makes])
    table["alike width"] = np.log1p(mean(view.width))
    table["alike linked"] = mean(view.linked)
    table["alike kept"] = mean(view.is_kept)
    table["alike main"] = mean(table["in main"])


def _make(block: Block) -> tuple[str | None, ...]:
    parent = block.trail[0] if block.trail else None
    return (
        block.tag,
        block.element.get("class"),
        str(parent.tag) if parent is not None else None,
        parent.get("class") if parent is not None else None,
    )


def _add_metadata(view: View, table: Table) -> None:
    data, size = view.metadata, len(view.blocks)
    bags = [words(b.text) for b in view.blocks]
    sets = [frozenset(bag) for bag in bags]
    headlines = [frozenset(words(h)) for h in dict.fromkeys((data.title, *data.headlines)) if h]
    table["title"] = _column(
        max((_jaccard(bag, h) for h in headlines), default=0.0) if len(bag) < 60 else 0.0 for bag in sets
    )
    stands = [frozenset(words(s)) for s in (data.standfirst, data.description) if s]
    table["standfirst"] = _column(
        max((_jaccard(bag, s) for s in stands), default=0.0) if len(bag) < 150 else 0.0 for bag in sets
    )
    table["in description"] = _column(max((_inside(bag, s) for s in stands), default=0.0) for bag in sets)
    authors = [frozenset(words(a)) for a in data.authors if a]
    table["author"] = _column(
        max((_inside(a, own) for a in authors), default=0.0) / (1 + len(bag) / 20)
        for bag, own in zip(bags, sets, strict=True)
    )
    claimed = words(data.article_body or "")
    body, known = " ".join(claimed), _shingles(claimed)
    table["in article body"] = _column(
        (float(" ".join(bag) in body) or _overlap(bag, known)) if body else -1.0 for bag in bags
    )
    covered = (
        float(view.prose[table["in article body"] > 0.8].sum()) / (float(view.prose.sum()) or 1.0)
        if body
        else -1.0
    )
    table["article body covers"] = np.full(size, covered)
    table["news"] = np.full(size, float(any("news" in t for t in data.page_types)))
    table["dated page"] = np.full(size, float(bool(data.published)))


def _shingles(tokens: list[str]) -> set[tuple[str, ...]]:
    return set(zip(tokens, tokens[1:], tokens[2:], strict=False))


def _overlap(bag: list[str], known: set[tuple[str, ...]]) -> float:
    own = _shingles(bag)
    return len(own & known) / len(own) if own else 0.0


def _jaccard(own: frozenset[str], other: frozenset[str]) -> float:
    common = len(own & other)
    return common / max(1, len(own) + len(other) - common)


def _inside(own: frozenset[str], other: frozenset[str]) -> float:
    return len(own & other) / max(1, len(own))


def _add_position(view: View, table: Table) -> None:
    blocks, size = view.blocks, len(view.blocks)
    at = np.arange(size)
    total = float(view.prose.sum()) or 1.0
    table["index"] = at / max(1, size)
    table["prose before"] = (np.cumsum(view.prose) - view.prose) / total
    table["blocks"] = np.full(size, np.log1p(size))
    table["page prose"] = np.full(size, np.log1p(total))
    table["page kept"] = np.full(size, len(view.kept) / max(1, size))
    anchors = at[(view.prose > PROSE_WIDTH * 0.9) & (view.is_kept > 0)]
    first, last = (anchors[0], anchors[-1]) if len(anchors) else (0, size)
    table["after first"] = np.clip(at - first, -20, 20)
    table["before last"] = np.clip(last - at, -20, 20)
    titled = [i for i, b in enumerate(blocks) if b.tag == "h1"]
    headline = next((i for i in titled if table["title"][i] > 0.8), titled[0] if titled else None)
    table["after headline"] = (
        np.clip(at - headline, -20, 40) if headline is not None else np.full(size, -30.0)
    )


def _add_section(view: View, table: Table) -> None:
    """Tell what the nearest heading above says, and how far away it is."""
    distance, linked = [], []
    kinds: list[frozenset[str]] = []
    heading: int | None = None
    said: frozenset[str] = frozenset()
    for at, block in enumerate(view.blocks):
        if block.tag in HEADINGS:
            heading, said = at, phrases_in(block.text[:160]) if block.width < 80 else frozenset()
        distance.append(min(30.0, at - heading) if heading is not None else 30.0)
        linked.append(view.blocks[heading].linked if heading is not None else 0.0)
        kinds.append(said)
    table["since heading"] = _column(distance)
    table["heading linked"] = _column(linked)
    for kind in (*_OPENERS, "share"):
        table[f"under {kind}"] = _column(kind in k for k in kinds)


_BESIDE = (
    "width", "linked", "kept", "tag p", "heading", "closed", "branch length", "in main", "colon", "tag li",
    "prose", "title", "says related", "own caption", "around related", "sentences",
    "in article body", "all strong",
)  # fmt: skip


def _with_neighbours(matrix: Matrix, names: list[str]) -> tuple[Matrix, list[str]]:
    """Append columns of the blocks before and after."""
    picked = matrix[:, [names.index(name) for name in _BESIDE]]
    parts, out = [matrix], list(names)
    for step in (-2, -1, 1, 2):
        parts.append(shift(picked, step))
        out += [f"{name} at {step:+d}" for name in _BESIDE]
    return np.concatenate(parts, axis=1), out


def shift(matrix: Matrix, step: int) -> Matrix:
    """Return the rows of the block `step` places away; -1 beyond the ends."""
    moved = np.full_like(matrix, -1.0)
    if abs(step) >= len(matrix):
        return moved
    if step < 0:
        moved[-step:] = matrix[:step]
    else:
        moved[:-step] = matrix[step:]
    return moved
