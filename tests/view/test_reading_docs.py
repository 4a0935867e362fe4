"""docs/reading.md tells every key that the page hears, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from personae.view.page import assets

DOCS = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")


def test_the_table_of_keys_is_what_the_scripts_hear() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in assets.READER.rglob("*.js"))
    heard = set(re.findall(r'\bkey: "([^"]+)"', code))
    rows = re.findall(r"^\| (`.*?`) \|", DOCS, re.MULTILINE)
    listed = {key for row in rows for key in re.findall(r"`([^`]+)`", row)}
    assert heard
    assert listed - {"1", "9"} == heard  # the digits are made in a loop
