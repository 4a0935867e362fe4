"""Serve as `personae serve` does, with other steps: server_program.py STEPS_MODULE WRONG_TOKENS_A_MINUTE.

Temporary files are refused: a page must never come to lie in one.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial


def _refused(*_arguments: object, **_options: object) -> None:
    raise AssertionError("a temporary file was asked for")


# Before the libraries that would take these along.
for _name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile"):
    setattr(tempfile, _name, _refused)

from personae.service import server  # noqa: E402
from personae.service.application import backend  # noqa: E402
from personae.settings import Settings  # noqa: E402


def _announce(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


build = partial(backend.Backend.build, steps_module=sys.argv[1], wrong_tokens_a_minute=int(sys.argv[2]))
backend.Backend.build = staticmethod(build)  # type: ignore[method-assign]  # the one seam there is
server.serve(Settings.from_env(), on_ready=_announce)
