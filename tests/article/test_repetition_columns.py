"""What repeats on a page gives comments and tickers away, whatever their boxes are called."""

from __future__ import annotations

import pytest

from personae.article.choose.body import look_at
from personae.article.judge.features import describe
from personae.page.metadata.metadata import Metadata
from personae.page.parse.parser import parse

STORY = "".join(
    f"<p>The council of Norwick met on day {n} and put off the vote on the harbour until spring.</p>"
    for n in ("one", "two", "three", "four")
)


def columns(html: str, *names: str) -> list[tuple[str, dict[str, float]]]:
    """Return the text of each block with the values of some columns."""
    root = parse(f"<html><body>{html}</body></html>").tree.find("body")
    assert root is not None
    _, facts = look_at(root, Metadata())
    known = describe(facts)
    at = {name: known.names.index(name) for name in names}
    return [
        (block.text, {name: float(row[place]) for name, place in at.items()})
        for block, row in zip(facts.blocks, known.rows, strict=True)
    ]


@pytest.mark.parametrize(
    "stamp", ["гость, 12.05.2026 14:02", "Ana, 14:02", "鈴木 2026年5月12日", "5/12/2026"]
)
def test_comments_in_boxes_without_names_are_units_with_a_stamp(stamp: str) -> None:
    comment = (
        f"<div><div>{stamp}</div><div>That bridge was never going to be built on time, was it.</div></div>"
    )
    found = columns(f"<div>{STORY}</div><div>{comment * 4}</div>", "unit count", "unit stamped", "stamped")
    assert [v["unit count"] for text, v in found if text.startswith("That")] == [4.0] * 4
    assert [v["unit stamped"] for text, v in found if text.startswith("That")] == [1.0] * 4
    assert [v["stamped"] for text, v in found if text == stamp] == [1.0] * 4
    assert [v["unit count"] for text, v in found if text.startswith("The council")] == [0.0] * 4


def test_a_ticker_s_lines_begin_with_a_time_of_day_and_a_sentence_with_a_time_in_it_does_not() -> None:
    ticker = "".join(f"<li>1{n}:05 Bakery on Mill Street shuts its doors</li>" for n in range(4))
    found = columns(f"{STORY}<ul>{ticker}</ul><p>At 10:05 it rained.</p>", "clock first", "alike clock first")
    lines = [values for text, values in found if "Bakery" in text]
    assert lines == [{"clock first": 1.0, "alike clock first": 1.0}] * 4
    assert dict(found)["At 10:05 it rained."]["clock first"] == 0.0


def test_the_story_s_column_ends_with_its_last_paragraph() -> None:
    found = columns(
        f"<main><div>{STORY}</div></main><div><div><p>Another one.</p></div></div>",
        "column in",
        "column after",
    )
    assert [values["column in"] for _, values in found] == [1.0] * 4 + [0.0]
    assert [values["column after"] for _, values in found] == [-1.0, -1.0, -1.0, 0.0, 1.0]


def test_a_page_without_prose_has_no_column() -> None:
    assert columns("<ul><li>One</li><li>Two</li></ul>", "column in") == [
        ("One", {"column in": -1.0}),
        ("Two", {"column in": -1.0}),
    ]
