"""Serve as `personae serve` does, with other steps: server_program.py STEPS_MODULE WRONG_TOKENS_A_MINUTE.

Temporary files are refused: a page must never come to lie in one.
"""

from __future__ import annotations

import sys
import tempfile


def _refused(*_arguments: object, **_options: object) -> None:
    raise AssertionError("a temporary file was asked for")


# Before the libraries that would take these along.
tempfile.TemporaryFile = tempfile.SpooledTemporaryFile = tempfile.NamedTemporaryFile = _refused

from personae.service import server  # noqa: E402
from personae.service.application import backend  # noqa: E402
from personae.settings import Settings  # noqa: E402

build = backend.Backend.build
options = {"steps_module": sys.argv[1], "wrong_tokens_a_minute": int(sys.argv[2])}
backend.Backend.build = classmethod(lambda _cls, settings: build(settings, **options))
server.serve(
    Settings.from_env(), on_ready=lambda address: sys.stdout.write(f"{address}\n") and sys.stdout.flush()
)
