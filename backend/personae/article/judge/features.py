"""What can be seen of each block: the columns that the model reads.

A column is a fact that publishers share: how long a block is, how much of it is links, what its element and
the elements around it are called, where it stands, what stands beside it, whether it repeats the title, what
the page says of itself, and whether readability-lxml kept it. No column names a site.
"""

from __future__ import annotations

# ruff: noqa: PLR2004 - a number in a column's definition is part of the definition
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from personae.article.judge.page_facts import PROSE_WIDTH, View, article_around, column, make_of
from personae.article.segment.blocks import HEADINGS, Block, words
from personae.article.vocabulary.element_names import name_kinds
from personae.article.vocabulary.phrases import phrase_kinds, phrases_in

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
NEAR = 8
_SEARCHED = 100_000
_TOPIC_IN = 1500
# Kinds of phrases that too few pages have to learn from.
_TOO_RARE = frozenset({"subscribed"})
_COMMA = re.compile("[,،、，]")
_SENTENCE = re.compile(r"[.!?…。！？।](?=\s|$|[\"'”’»」)])|[。！？]")
_DATE = re.compile(r"\b\d{1,2}[./:-]\d{1,2}|\b(19|20)\d\d\b|\d{4}年|\d{4}[.-]\d")
_CLOSED = re.compile(r"[.!?…。！？।؟](?:[\"'”’»«“」』)\]\s]|\[\d+\])*$")
_CAPITALS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_QUOTED = re.compile('["“”„«»「」『』]')


Table = dict[str, NDArray[np.floating[Any]]]


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a page's blocks.

    rows: one a block, shape (blocks, columns), float32; names: the columns' names.
    groups: ways to sort blocks that often share a verdict, shape (ways, blocks): the number of a block's
        group in each way, from 0; blocks alone in a way share the last group.
    """

    rows: Matrix
    names: list[str]
    groups: NDArray[np.intp]


def describe(view: View) -> Description:
    """Return one row per block, the columns' names, and the groups of blocks."""
    table: Table = {}
    groups: list[NDArray[np.intp]] = []
    _add_shape(view, table)
    _add_text(view, table)
    _add_names(view, table)
    groups += _add_containers(view, table)
    groups += [_add_alike(view, table)]
    _add_metadata(view, table)
    _add_position(view, table)
    groups += [_add_section(view, table)]
    _add_headline(view, table)
    _add_topic(view, table)
    names = list(table)
    matrix = np.empty((len(view.blocks), len(names)), dtype=np.float32)
    for position, values in enumerate(table.values()):
        matrix[:, position] = values
    return Description(*_with_neighbours(matrix, names), np.stack(groups))


def _add_shape(view: View, table: Table) -> None:
    blocks = view.blocks
    tags = [b.tag for b in blocks]
    for tag in TAGS:
        table[f"tag {tag}"] = column(t == tag for t in tags)
    depth = np.zeros((len(AROUND), len(blocks)))
    position = {tag: i for i, tag in enumerate(AROUND)}
    for block_at, block in enumerate(blocks):
        for level, element in enumerate(block.trail, 1):
            row = position.get(str(element.tag))
            if row is not None and not depth[row, block_at]:
                depth[row, block_at] = 1.0 / level
    table.update({f"in {tag}": depth[row] for tag, row in position.items()})
    table["heading"] = column(t in HEADINGS for t in tags)
    table["width"] = np.log1p(view.width)
    table["linked"] = view.linked
    table["links"] = np.minimum(column(b.links for b in blocks), 20)
    table["kept"] = view.is_kept
    table["prose"] = np.log1p(view.prose)
    table["depth"] = column(len(b.trail) for b in blocks)


def _add_text(view: View, table: Table) -> None:
    texts = [b.text for b in view.blocks]
    starts = [t[:200] for t in texts]
    table["sentences"] = column(min(20, len(_SENTENCE.findall(t))) for t in texts)
    table["closed"] = column(_CLOSED.search(t[-12:]) is not None for t in texts)
    table["colon"] = column(t.endswith((":", "：")) for t in texts)
    table["question"] = column(t.endswith(("?", "？")) for t in texts)
    table["commas"] = column(min(20, len(_COMMA.findall(t))) for t in texts)
    table["capital"] = column(t[0].isupper() for t in texts)
    table["capitals"] = column(_count(t, _CAPITALS, str.isupper) / len(t) for t in starts)
    table["digits"] = column(_count(t, _DIGITS, str.isdigit) / len(t) for t in starts)
    table["dated"] = column(_DATE.search(t[:120]) is not None for t in texts)
    table["quoted"] = column(min(4, len(_QUOTED.findall(t))) for t in texts)
    table["opens quoted"] = column(_QUOTED.match(t) is not None for t in texts)
    table["dash first"] = column(t[0] in "-–—•·►▶→*#|/" for t in texts)
    table["bar"] = column("|" in t or "/" in t or " · " in t or "•" in t for t in texts)
    table["at"] = column("@" in t or "http" in t or "www." in t for t in texts)
    table["bracketed"] = column(t[0] in "([（［" and t[-1] in ")]）］." for t in texts)
    table["copyright"] = column("©" in t or "ⓒ" in t or "(c)" in t for t in texts)
    for name, tags in (("strong", ("strong", "b")), ("emphasis", ("em", "i")), ("small", ("small",))):
        table[f"all {name}"] = column(_share(b, tags) for b in view.blocks)
    heads = [phrases_in(t[:160]) for t in texts]
    tails = [phrases_in(t[-100:]) if len(t) > 160 else frozenset() for t in texts]
    for kind in (k for k in phrase_kinds() if k not in _TOO_RARE):
        table[f"says {kind}"] = column(
            1.0 if kind in h else 0.5 if kind in t else 0.0 for h, t in zip(heads, tails, strict=True)
        )
    seen = Counter(texts)
    table["repeats"] = column(min(4, seen[t] - 1) for t in texts)
    table["repeats part"] = _repeated_parts(view)
    table["unspaced"] = column(b.width > 1.4 * len(b.text) for b in view.blocks)


def _count(text: str, plain: bytes, kind: Callable[[str], bool]) -> int:
    """Count the characters of a kind; `plain`: those of ASCII, counted without a step for each."""
    data = text.encode("utf-8", "replace")
    others = _BEYOND_ASCII.findall(text) if len(data) > len(text) else ()
    return len(data) - len(data.translate(None, plain)) + sum(map(kind, others))


def _share(block: Block, tags: tuple[str, ...]) -> float:
    """Return the share of a block's text inside such elements, 0, 1 or between."""
    if not len(block.element):
        return float(block.tag in tags)
    inner = sum(len("".join(e.itertext())) for e in block.element if e.tag in tags)
    return min(1.0, inner / len(block.text)) if inner else float(any(e.tag in tags for e in block.trail[:2]))


def _repeated_parts(view: View) -> NDArray[np.floating[Any]]:
    """Tell which block's whole text stands in another, longer block (a pull quote)."""
    joined = "\n".join(b.text for b in view.blocks if b.width > 80)[:_SEARCHED]
    return column(
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
    kinds = name_kinds()
    for where, values in rows.items():
        packed = np.array(values, dtype=np.uint64)[:, None]
        flags = ((packed >> np.arange(len(kinds), dtype=np.uint64)) & np.uint64(1)).astype(np.float64)
        table.update({f"{where} {kind}": flags[:, position] for position, kind in enumerate(kinds)})


_OPENERS = ("related", "newsletter", "comments", "author", "note", "paywall", "inset", "summary")


def _add_containers(view: View, table: Table) -> list[NDArray[np.intp]]:
    """Sum over the blocks of the elements around a block; return which those are."""
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
        facts[f"opens {kind}"] = column([*(kind in o for o in openings), False])
    none = size - 1
    picks = {
        "parent": [number[b.trail[0]] if b.trail else none for b in blocks],
        "grandparent": [number[b.trail[1]] if len(b.trail) > 1 else none for b in blocks],
        "top": [number[branch[-1]] if branch else none for branch in view.branches],
        "second": [number[branch[-2]] if len(branch) > 1 else none for branch in view.branches],
    }
    chosen = {name: np.array(picked, dtype=np.intp) for name, picked in picks.items()}
    for name, index in chosen.items():
        table[f"{name} exists"] = (index != none).astype(np.float32)
        table.update({f"{name} {fact}": values[index] for fact, values in facts.items()})
    table["branch length"] = column(len(b) for b in view.branches)
    table["in main"] = column(b.off_main == 0 for b in view.places)
    table["off main"] = column(b.off_main for b in view.places)
    return list(chosen.values())


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


def _add_alike(view: View, table: Table) -> NDArray[np.intp]:
    """Blocks of one make (same tags and classes) are usually all article or all chrome; return the makes."""
    numbers: dict[tuple[object, ...], int] = {}
    makes = np.array([numbers.setdefault(make_of(b), len(numbers)) for b in view.blocks], dtype=np.intp)
    count = np.bincount(makes) if len(makes) else np.zeros(0)

    def mean(values: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
        return (np.bincount(makes, weights=values) / count)[makes] if len(makes) else values

    table["alike count"] = np.log1p(count[makes])
    table["alike width"] = np.log1p(mean(view.width))
    table["alike linked"] = mean(view.linked)
    table["alike kept"] = mean(view.is_kept)
    table["alike main"] = mean(table["in main"])
    return makes


def _add_metadata(view: View, table: Table) -> None:
    data, size = view.metadata, len(view.blocks)
    bags = [b.words for b in view.blocks]
    sets = [frozenset(bag) for bag in bags]
    headlines = [frozenset(words(h)) for h in dict.fromkeys((data.title, *data.headlines)) if h]
    table["title"] = column(
        max((_jaccard(bag, h) for h in headlines), default=0.0) if len(bag) < 60 else 0.0 for bag in sets
    )
    stands = [frozenset(words(s)) for s in (data.standfirst, data.description) if s]
    table["standfirst"] = column(
        max((_jaccard(bag, s) for s in stands), default=0.0) if len(bag) < 150 else 0.0 for bag in sets
    )
    table["in description"] = column(max((_inside(bag, s) for s in stands), default=0.0) for bag in sets)
    authors = [frozenset(words(a)) for a in data.authors if a]
    table["author"] = column(
        max((_inside(a, own) for a in authors), default=0.0) / (1 + len(bag) / 20)
        for bag, own in zip(bags, sets, strict=True)
    )
    claimed = words(data.article_body or "")
    body, known = " ".join(claimed), _shingles(claimed)
    table["in article body"] = column(
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


def _shingles(tokens: tuple[str, ...]) -> set[tuple[str, ...]]:
    return set(zip(tokens, tokens[1:], tokens[2:], strict=False))


def _overlap(bag: tuple[str, ...], known: set[tuple[str, ...]]) -> float:
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


def _add_section(view: View, table: Table) -> NDArray[np.intp]:
    """Tell what the nearest heading above says, and how far away it is; return the sections' numbers."""
    distance, linked, numbers = [], [], []
    kinds: list[frozenset[str]] = []
    heading: int | None = None
    said: frozenset[str] = frozenset()
    for at, block in enumerate(view.blocks):
        if block.tag in HEADINGS:
            heading, said = at, phrases_in(block.text[:160]) if block.width < 80 else frozenset()
        distance.append(min(30.0, at - heading) if heading is not None else 30.0)
        linked.append(view.blocks[heading].linked if heading is not None else 0.0)
        kinds.append(said)
        numbers.append(0 if heading is None else heading + 1)
    table["since heading"] = column(distance)
    table["heading linked"] = column(linked)
    for kind in (*_OPENERS, "share"):
        table[f"under {kind}"] = column(kind in k for k in kinds)
    return np.array(numbers, dtype=np.intp)


_FAR = 12


def _add_headline(view: View, table: Table) -> None:
    """Tell how a block stands to the page's headline: a page may hold other stories, with headlines too."""
    blocks, size = view.blocks, len(view.blocks)
    at = _headline(view, table)
    if at is None:
        for name in ("levels up", "levels down", "prose shared", "same article", "other headlines"):
            table[f"headline {name}"] = np.full(size, -1.0)
        return
    chain = {element: level for level, element in enumerate(blocks[at].trail)}
    own = article_around(blocks[at])
    prose: defaultdict[HtmlElement, float] = defaultdict(float)
    for block, weight in zip(blocks, view.prose, strict=True):
        for element in block.trail:
            if element in chain:
                prose[element] += weight
    total = float(view.prose.sum()) or 1.0
    up, down, shared, same, others = [], [], [], [], []
    other = 0
    for index, block in enumerate(blocks):
        level = next((i for i, element in enumerate(block.trail) if element in chain), len(block.trail))
        common = block.trail[level] if level < len(block.trail) else None
        up.append(min(level, _FAR))
        down.append(min(chain[common] if common is not None else len(chain), _FAR))
        shared.append(prose[common] / total if common is not None else 1.0)
        around = article_around(block)
        same.append(0.0 if around is None and own is None else 1.0 if around is own else -1.0)
        other += index > at and block.tag == "h1"
        others.append(min(other, 5))
    table["headline levels up"] = column(up)
    table["headline levels down"] = column(down)
    table["headline prose shared"] = column(shared)
    table["headline same article"] = column(same)
    table["headline other headlines"] = column(others)


def _headline(view: View, table: Table) -> int | None:
    """Return the number of the block that is most surely the headline."""
    best = max(
        (i for i, b in enumerate(view.blocks) if b.tag in HEADINGS),
        key=lambda i: (table["title"][i] > 0.8, view.blocks[i].tag == "h1", table["title"][i], -i),
        default=None,
    )
    if best is None or (view.blocks[best].tag != "h1" and table["title"][best] < 0.6):
        return None
    return best


def _add_topic(view: View, table: Table) -> None:
    """Tell how much a block, and its surroundings, speak of what the page's head speaks of."""
    data = view.metadata
    head = " ".join(t for t in (data.title, data.standfirst, data.description, *data.headlines) if t)
    topic = {w for w in words(head) if len(w) > 3}
    bags = [{w for w in _first_words(b) if len(w) > 3} for b in view.blocks]
    share = column(len(bag & topic) / (3 + len(bag)) ** 0.5 if topic else -1.0 for bag in bags)
    table["topic"] = share
    weight = view.width + 1.0
    for name, reach in (("near", 3), ("around", 10)):
        table[f"topic {name}"] = window(share * weight, reach) / window(weight, reach)


def _first_words(block: Block) -> tuple[str, ...]:
    return block.words if len(block.text) <= _TOPIC_IN else words(block.text[:_TOPIC_IN])


def window(values: NDArray[np.floating[Any]], reach: int) -> NDArray[np.floating[Any]]:
    """Return for each block the sum over the blocks up to `reach` places away."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    low, high = np.maximum(0, at - reach), np.minimum(len(values), at + reach + 1)
    total: NDArray[np.floating[Any]] = sums[high] - sums[low]
    return total


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
