"""docs/api.md names every request and every error, with its status, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from personae import errors
from personae.errors import PersonaeError
from personae.service.http.operations.openapi import document
from personae.settings import Settings

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


PARAMETERS = {"SHARE": "{share_id}", "NUMBER": "{number}", "DIGEST": "{digest}", "ID": "{id}"}


def test_every_request_that_the_service_takes_is_documented_and_no_other():
    documented = {
        (method, re.sub("SHARE|NUMBER|DIGEST|ID", lambda name: PARAMETERS[name[0]], path))
        for method, path in re.findall(r"\b(GET|POST|PUT|DELETE) (/[^\s`?]*)", DOCS)
    }
    described = {
        (method.upper(), path)
        for path, operations in document(Settings())["paths"].items()
        for method in operations
    }
    for_forms = {("POST", "/try"), ("POST", "/session"), ("POST", "/session/end"), ("DELETE", "/session")}
    assert documented == described | for_forms
