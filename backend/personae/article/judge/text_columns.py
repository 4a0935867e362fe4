"""Columns of a block's words: their form, what they say, and what the page's metadata say with them."""

from __future__ import annotations

# ruff: noqa: PLR2004 - a number in a column's definition is part of the definition
import re
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

from personae.article.judge.columns import Column, Table, column, window
from personae.article.judge.page_facts import PageFacts
from personae.article.segment.blocks import Block
from personae.article.vocabulary.phrases import phrase_kinds, phrases_in
from personae.markup.sentences import count_sentences, is_closed
from personae.markup.text import words

_SEARCHED = 100_000
_TOPIC_IN = 1500
# Kinds of phrases that too few pages have to learn from.
_TOO_RARE = frozenset({"subscribed"})
_COMMA = re.compile("[,،、，]")
_DATE = re.compile(r"\b\d{1,2}[./:-]\d{1,2}|\b(19|20)\d\d\b|\d{4}年|\d{4}[.-]\d")
_CAPITALS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_QUOTED = re.compile('["“”„«»「」『』]')

# A column's name, and its value for the text of a block, which is never empty.
_OF_TEXT: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("sentences", lambda t: min(20, count_sentences(t))),
    ("closed", is_closed),
    ("colon", lambda t: t.endswith((":", "："))),
    ("question", lambda t: t.endswith(("?", "？"))),
    ("commas", lambda t: min(20, len(_COMMA.findall(t)))),
    ("capital", lambda t: t[0].isupper()),
    ("capitals", lambda t: _share_of_characters(t[:200], _CAPITALS, str.isupper)),
    ("digits", lambda t: _share_of_characters(t[:200], _DIGITS, str.isdigit)),
    ("dated", lambda t: _DATE.search(t[:120]) is not None),
    ("quoted", lambda t: min(4, len(_QUOTED.findall(t)))),
    ("opens quoted", lambda t: _QUOTED.match(t) is not None),
    ("dash first", lambda t: t[0] in "-–—•·►▶→*#|/"),
    ("bar", lambda t: "|" in t or "/" in t or " · " in t or "•" in t),
    ("at", lambda t: "@" in t or "http" in t or "www." in t),
    ("bracketed", lambda t: t[0] in "([（［" and t[-1] in ")]）］."),
    ("copyright", lambda t: "©" in t or "ⓒ" in t or "(c)" in t),
)
# A column's name, and the elements that it is the share of the text of.
_MARKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all strong", ("strong", "b")),
    ("all emphasis", ("em", "i")),
    ("all small", ("small",)),
)


def add_text(facts: PageFacts, table: Table) -> None:
    """Add the form of a block's text, the phrases in it, and whether it stands on the page again."""
    texts = [b.text for b in facts.blocks]
    for name, value in _OF_TEXT:
        table[name] = column(map(value, texts))
    for name, tags in _MARKED:
        table[name] = column(_share_inside(b, tags) for b in facts.blocks)
    _add_phrases(texts, table)
    seen = Counter(texts)
    table["repeats"] = column(min(4, seen[t] - 1) for t in texts)
    table["repeats part"] = _repeated_parts(facts.blocks)
    table["unspaced"] = column(b.width > 1.4 * len(b.text) for b in facts.blocks)


def _add_phrases(texts: list[str], table: Table) -> None:
    """Add for each kind of phrases: 1 if a text has one at its beginning, a half if at its end."""
    heads = [phrases_in(t[:160]) for t in texts]
    tails = [phrases_in(t[-100:]) if len(t) > 160 else frozenset() for t in texts]
    for kind in (k for k in phrase_kinds() if k not in _TOO_RARE):
        table[f"says {kind}"] = column(
            1.0 if kind in h else 0.5 if kind in t else 0.0 for h, t in zip(heads, tails, strict=True)
        )


def _share_of_characters(text: str, ascii_characters: bytes, is_one: Callable[[str], bool]) -> float:
    """Return the share of a text's characters that are of a kind.

    ascii_characters: those of the kind in ASCII, which are counted without a step for each.
    """
    data = text.encode("utf-8", "replace")
    others = _BEYOND_ASCII.findall(text) if len(data) > len(text) else ()
    return (len(data) - len(data.translate(None, ascii_characters)) + sum(map(is_one, others))) / len(text)


def _share_inside(block: Block, tags: tuple[str, ...]) -> float:
    """Return the share of a block's text inside such elements, 0, 1 or between."""
    if not len(block.element):
        return float(block.tag in tags)
    inner = sum(len("".join(e.itertext())) for e in block.element if e.tag in tags)
    return min(1.0, inner / len(block.text)) if inner else float(any(e.tag in tags for e in block.trail[:2]))


def _repeated_parts(blocks: list[Block]) -> Column:
    """Return 1 for a block whose whole text stands in another, longer block (a pull quote)."""
    joined = "\n".join(b.text for b in blocks if b.width > 80)[:_SEARCHED]
    return column(
        30 < len(b.text) < 400
        and b.linked < 0.5
        and joined.count(b.text.strip("\"'“”„«»… ")) > int(b.width > 80)
        for b in blocks
    )


def add_metadata(facts: PageFacts, table: Table) -> None:
    """Add how much a block says of what the metadata say: title, standfirst, authors, the story itself."""
    data, size = facts.metadata, len(facts.blocks)
    tokens = [b.words for b in facts.blocks]
    token_sets = [frozenset(t) for t in tokens]
    headlines = _token_sets(dict.fromkeys((data.title, *data.headlines)))
    standfirsts = _token_sets((data.standfirst, data.description))
    authors = _token_sets(data.authors)
    table["title"] = column(_best(own, headlines, _jaccard) if len(own) < 60 else 0.0 for own in token_sets)
    table["standfirst"] = column(
        _best(own, standfirsts, _jaccard) if len(own) < 150 else 0.0 for own in token_sets
    )
    table["in description"] = column(_best(own, standfirsts, _share_in) for own in token_sets)
    table["author"] = column(
        _best(own, authors, lambda own, author: _share_in(author, own)) / (1 + len(t) / 20)
        for t, own in zip(tokens, token_sets, strict=True)
    )
    _add_article_body(facts, table, tokens)
    table["news"] = np.full(size, float(any("news" in t for t in data.page_types)))
    table["dated page"] = np.full(size, float(bool(data.published)))


def _add_article_body(facts: PageFacts, table: Table, tokens: list[tuple[str, ...]]) -> None:
    """Add how much of a block, and of the page's prose, stands in the story that the structured data give.

    -1 when they give none.
    """
    claimed = words(facts.metadata.article_body or "")
    body, shingles = " ".join(claimed), _shingles(claimed)
    table["in article body"] = column(
        (float(" ".join(own) in body) or _overlap(own, shingles)) if body else -1.0 for own in tokens
    )
    covered = -1.0
    if body:
        total = float(facts.prose.sum()) or 1.0
        covered = float(facts.prose[table["in article body"] > 0.8].sum()) / total
    table["article body covers"] = np.full(len(facts.blocks), covered)


def _token_sets(texts: Iterable[str | None]) -> list[frozenset[str]]:
    return [frozenset(words(text)) for text in texts if text]


def _best(
    own: frozenset[str],
    others: Iterable[frozenset[str]],
    measure: Callable[[frozenset[str], frozenset[str]], float],
) -> float:
    return max((measure(own, other) for other in others), default=0.0)


def _jaccard(own: frozenset[str], other: frozenset[str]) -> float:
    common = len(own & other)
    return common / max(1, len(own) + len(other) - common)


def _share_in(own: frozenset[str], other: frozenset[str]) -> float:
    return len(own & other) / max(1, len(own))


def _shingles(tokens: tuple[str, ...]) -> set[tuple[str, ...]]:
    return set(zip(tokens, tokens[1:], tokens[2:], strict=False))


def _overlap(tokens: tuple[str, ...], shingles: set[tuple[str, ...]]) -> float:
    own = _shingles(tokens)
    return len(own & shingles) / len(own) if own else 0.0


def add_topic(facts: PageFacts, table: Table) -> None:
    """Add how much a block, and its surroundings, speak of what the page's head speaks of."""
    data = facts.metadata
    head = " ".join(t for t in (data.title, data.standfirst, data.description, *data.headlines) if t)
    topic = {w for w in words(head) if len(w) > 3}
    tokens = [{w for w in _first_words(b) if len(w) > 3} for b in facts.blocks]
    share = column(len(own & topic) / (3 + len(own)) ** 0.5 if topic else -1.0 for own in tokens)
    table["topic"] = share
    weight = facts.width + 1.0
    for name, reach in (("near", 3), ("around", 10)):
        table[f"topic {name}"] = window(share * weight, reach) / window(weight, reach)


def _first_words(block: Block) -> tuple[str, ...]:
    return block.words if len(block.text) <= _TOPIC_IN else words(block.text[:_TOPIC_IN])
