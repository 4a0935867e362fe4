"""No step of reading grows faster than its page: twice the page takes at most little more than twice the calls."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.growth import SHAPES, page

import personae

PACKAGE = Path(personae.__file__).parent
# Half a page's calls do not grow with it, and twice of what does is not more than that.
MOST = 2.25
BLOCKS = 400


def calls(act: Callable[[], object]) -> int:
    """Return how many functions are called, of Python and of C, while something is done."""
    count = 0

    def see(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def read(html: str) -> Callable[[], object]:
    return lambda: personae.read(html, "https://paper.example/2026/a-story-of-some-length", actors=False)


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_page_takes_twice_the_calls(shape: str) -> None:
    read(page(shape, BLOCKS))()  # what is done once for all pages
    once, twice = (calls(read(page(shape, count))) for count in (BLOCKS, 2 * BLOCKS))
    assert twice / once < MOST


SAID = "{} told the U.S. military and China's commerce ministry that Norway beat Lumora City 3-1, {} said. "


def dense(sentences: int) -> str:
    """Return one paragraph in which every sentence names somebody else."""
    given, family = ("Ann", "Tom", "Maria", "Olaf", "Joan"), ("Carver", "Stern", "Lind", "Fallow", "Karst")
    names = [f"{g} {f}{end}" for end in ("", "son", "berg", "ley") for f in family for g in given]
    return "".join(SAID.format(names[i % 100], names[7 * i % 100]) for i in range(sentences))


def test_twice_the_names_in_a_paragraph_take_twice_the_calls() -> None:
    def find(sentences: int) -> Callable[[], object]:
        return lambda: personae.find_actors(dense(sentences), title="A summit", language="en")

    find(60)()
    once, twice = (calls(find(count)) for count in (60, 120))
    assert twice / once < MOST


@pytest.mark.parametrize("room", ["page", "article", "markup"])
def test_no_query_sorts_the_whole_tree(room: str) -> None:
    """What `//` finds anywhere is put into the page's order, which takes the square of a long flat list."""
    found = [
        f"{file.relative_to(PACKAGE)}: {line.strip()}"
        for file in sorted((PACKAGE / room).rglob("*.py"))
        for line in file.read_text("utf-8").splitlines()
        if re.search(r"""xpath\(\s*f?["'](?:\.?//|.*\|)""", line, re.IGNORECASE)
    ]
    assert found == []
