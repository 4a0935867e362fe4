"""docs/extraction.md tells of the rules, the words and the modules that there are."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import personae
from personae.article.rules.table import RULES

PACKAGE = Path(personae.__file__).parent
DOCS = (Path(__file__).parents[2] / "docs" / "extraction.md").read_text(encoding="utf-8")
DATA = files("personae.article.vocabulary") / "data"
# A kind of word order rather than of chrome: a language without it lacks nothing.
NOT_FOR_ALL = {"taken_by"}


def rows_after(heading: str) -> list[list[str]]:
    """Return the cells of the first table below a heading, without its head."""
    section = DOCS.split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_each_rule_has_its_row_in_the_order_in_which_they_are_followed() -> None:
    assert [row[0].strip("`") for row in rows_after("## The rules")] == list(RULES)


def kinds_by_language() -> dict[str, dict[str, list[str]]]:
    """Return file -> kind -> the languages that have words of it."""
    tables = {
        name: tomllib.loads(DATA.joinpath(name).read_text("utf-8")) for name in ("phrases.toml", "lines.toml")
    }
    return {
        name: {kind: list(languages) for kind, languages in table.items()} for name, table in tables.items()
    }


def lacking() -> list[list[str]]:
    """Return the rows of the table: language, how many kinds it has of all, which it lacks; the fullest first.

    Where a language has few, those are named.
    """
    has: defaultdict[str, set[str]] = defaultdict(set)
    kinds = []
    for table in kinds_by_language().values():
        for kind, languages in table.items():
            if kind not in NOT_FOR_ALL:
                kinds.append(kind)
                for language in languages:
                    has[language].add(kind)
    rows = []
    for language in sorted(has, key=lambda language: (-len(has[language]), language)):
        found = [kind for kind in kinds if kind in has[language]]
        lacks = ", ".join(kind for kind in kinds if kind not in found)
        lacks = f"all but {', '.join(found)}" if 2 * len(found) < len(kinds) else lacks
        rows.append([f"`{language}`", f"{len(found)} of {len(kinds)}", lacks])
    return rows


def test_the_docs_say_which_kinds_of_words_each_language_lacks() -> None:
    written = "\n".join(f"| {' | '.join(row)} |" for row in lacking())
    assert rows_after("### What each language lacks") == lacking(), f"the table should be\n{written}"


def test_each_file_that_the_docs_name_is_there() -> None:
    root = Path(__file__).parents[2]
    named = set(re.findall(r"`([\w/.-]+\.(?:py|toml|json))`", DOCS))
    places = (root, PACKAGE)
    assert len(named) > 10
    assert {name for name in named if not any((place / name).is_file() for place in places)} == set()


def test_the_figures_of_the_model_are_those_that_are_kept() -> None:
    kept = json.loads((Path(__file__).parents[2] / "benchmarks/blocks/figures.json").read_text("utf-8"))
    rows = {row[0]: row[1:] for row in rows_after("## The model: trained and judged") if row[0] in kept}
    names = ("F1", "exact", "P", "R")
    assert rows == {
        corpus: [f"{figures[name]:.3f}" if name in figures else "" for name in names]
        for corpus, figures in kept.items()
    }
