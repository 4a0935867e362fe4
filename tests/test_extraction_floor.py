"""A floor under the quality of extraction, over all folders of `tests/pages`.

`test_pages.py` asks for each page's exact text. Here the same pages are also read with the clues
taken away that a publisher may leave out: what the page says of itself, and what its authors named its
parts. Each floor stands just below what is reached, so that a change that costs a page is seen; raise it when
more is reached. The metric is the benchmark's.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from benchmarks.extraction.metric import Overlap, f1_precision_recall, tokens
from tests.page_store import NAMES, PageStore, expectation, source

import personae
from personae.errors import PersonaeError

FEWEST_PAGES = 60
JSON_LD = re.compile(r"<script[^>]+application/ld\+json[^>]*>.*?</script>", re.DOTALL)
META = re.compile(r"<meta\s[^>]*\b(?:name|property|itemprop)=[^>]*>")
ATTRIBUTES = re.compile(r"""\s(?:class|id|data-(?!personae)[\w-]+|aria-label)=(?:"[^"]*"|'[^']*')""")
LAZY = re.compile(r"\sdata-src")


@dataclass(frozen=True)
class Floor:
    """The least F1 and share of exact pages, and the largest share of pages with chrome left in."""

    f1: float
    exact: float
    leaking: float


def as_it_is(page: str) -> str:
    return page


def without_metadata(page: str) -> str:
    return META.sub("", JSON_LD.sub("", page))


def without_names(page: str) -> str:
    return ATTRIBUTES.sub(lambda match: match[0] if LAZY.match(match[0]) else "", page)


FLOORS = [
    (as_it_is, Floor(f1=0.999, exact=0.98, leaking=0.0)),
    (without_metadata, Floor(f1=0.985, exact=0.80, leaking=0.13)),
    (without_names, Floor(f1=0.98, exact=0.76, leaking=0.14)),
]


def text_of(pages: PageStore, name: str, change: Callable[[str], str]) -> str:
    """The text that is read; a refused page counts as empty."""
    changed = change(source(name))
    try:
        if changed == source(name):
            return pages.page(name).text
        return personae.read(changed, expectation(name).get("url"), actors=False).text
    except PersonaeError:
        return ""


@pytest.mark.parametrize(("change", "floor"), FLOORS, ids=lambda value: getattr(value, "__name__", ""))
def test_quality_does_not_fall(change: Callable[[str], str], floor: Floor, pages: PageStore) -> None:
    overlaps, exact, leaking = [], [], []
    for name in NAMES:
        want = expectation(name)
        if "paragraphs" not in want:
            continue
        gold = "\n\n".join(want["paragraphs"])
        text = text_of(pages, name, change)
        overlaps.append(Overlap.between(gold, text))
        exact.append(tokens(gold) == tokens(text))
        leaking.append(any(string in text for string in want.get("chrome", [])))
    f1, _, _ = f1_precision_recall(overlaps)
    reached = Floor(f1, statistics.mean(exact), statistics.mean(leaking))
    assert len(overlaps) >= FEWEST_PAGES
    assert (reached.f1 >= floor.f1, reached.exact >= floor.exact, reached.leaking <= floor.leaking) == (
        True,
        True,
        True,
    ), reached
