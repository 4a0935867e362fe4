"""docs/api.md names every error that the API answers, with its status, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from personae import errors
from personae.errors import PersonaeError

DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
# Roots that are never raised themselves, a mistake at start, and what only the Python API raises.
NOT_ANSWERED = {"page_error", "setting", "language_not_supported"}


def test_the_table_of_errors_is_the_tree_of_errors():
    told = {
        (int(status), code) for status, code in re.findall(r"^\| (\d{3}) \| `(\w+)` \|", DOCS, re.MULTILINE)
    }
    tree = {
        (error.status, error.code)
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, PersonaeError) and error.code not in NOT_ANSWERED
    }
    assert told == tree


def test_every_address_for_tools_is_told(service):
    for path in service.get("/openapi.json").json["paths"]:
        assert (
            path.replace("{id}", "ID").replace("{share_id}", "SHARE").partition(".md")[0].partition(".txt")[0]
            in DOCS
        )
