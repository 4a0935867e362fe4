"""Content that no sane page has: every allowed tag inside every other one, with attributes right and wrong."""

from __future__ import annotations

import random

from personae.markup.sanitize import ATTRIBUTES, CLASSES
from personae.markup.shape import TAGS

VOID = {"br", "wbr", "hr", "img", "col"}
# What stands in these most of the time, so that some of them come out sound.
USUAL = {
    "table": ["caption", "thead", "tbody", "tr", "tfoot", "colgroup"],
    "thead": ["tr"],
    "tbody": ["tr"],
    "tfoot": ["tr"],
    "tr": ["td", "th"],
    "ul": ["li"],
    "ol": ["li"],
    "dl": ["dt", "dd"],
    "ruby": ["rb", "rt", "rp"],
    "figure": ["figcaption", "img", "p", "table"],
    "math": ["mi", "mfrac", "mrow", "msub", "mtable", "munderover", "semantics"],
    "mfrac": ["mi", "mn"],
    "msub": ["mi", "mn"],
    "mtable": ["mtr"],
    "mtr": ["mtd"],
}
TEXTS = [
    "word",
    " ",
    "a &lt; b &amp; c",
    "漢字",
    "عربي",
    "😀",
    "\U0010fffd",
    "\x80",
    "\u2028",
    "\ufdd0",
    "\u202e",
]
VALUES = {
    "lang": ["en", "x", "zh-Hant-TW", "en-US-u-ca"],
    "dir": ["ltr", "rtl", "auto", "sideways"],
    "id": ["note-1", "note-a b", "note-é", "note-9"],
    "href": ["#note-1", "#note-é", "#nowhere", "https://a.example/x y?z=[1]#f|", "http://münchen.example/ä",
             "mailto:a@b.example?subject=x y", "https://a.example/%zz", "https://u:p@b.example:99/\\x"],
    "src": ["https://cdn.example/a.png"],
    "class": ["formula", "embed", "actor", "language-c"],
    "data-actor": ["ada"],
    "display": ["block", "odd"],
    "linethickness": ["2px", "fat"],
    "colspan": ["2", "0", "x"],
    "rowspan": ["0", "3", "x"],
    "type": ["a", "disc"],
    "start": ["5", "x"],
    "value": ["-2", "x"],
    "reversed": [""],
    "scope": ["col", "odd"],
}  # fmt: skip
OTHER_VALUES = ["true", "left right", "bold", "2020-01-01", "x &lt; y", "https://a.example/ q"]


def content(seed: int, *, roots: int = 40, depth: int = 7) -> str:
    """Return HTML, the same for the same seed."""
    rand = random.Random(seed)  # noqa: S311 - nothing secret about it
    return "".join(_tree(rand, depth, "") for _ in range(roots))


def _tree(rand: random.Random, depth: int, parent: str) -> str:
    usual = USUAL.get(parent)
    if depth == 0 or rand.random() < 0.25:
        return rand.choice(TEXTS) if usual is None or rand.random() < 0.1 else ""
    tag = rand.choice(usual) if usual and rand.random() < 0.9 else rand.choice(sorted(TAGS))
    start = f"<{tag}{_attributes(rand, tag)}>"
    if tag in VOID:
        return start
    return start + "".join(_tree(rand, depth - 1, tag) for _ in range(rand.randint(0, 4))) + f"</{tag}>"


def _attributes(rand: random.Random, tag: str) -> str:
    names = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | ({"class"} if tag in CLASSES else set())
    out = ""
    for name in sorted(names):
        if rand.random() < (0.9 if name in {"href", "data-actor"} else 0.25):
            out += f' {name}="{rand.choice(VALUES.get(name, OTHER_VALUES))}"'
    return out
