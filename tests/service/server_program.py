"""Serve as `personae serve` does, with other steps: server_program.py STEPS_MODULE WRONG_TOKENS_A_MINUTE."""

from __future__ import annotations

import sys

from personae.service import backend, server
from personae.settings import Settings

build = backend.Backend.build
options = {"steps_module": sys.argv[1], "wrong_tokens_a_minute": int(sys.argv[2])}
backend.Backend.build = classmethod(lambda _cls, settings: build(settings, **options))
server.serve(
    Settings.from_env(), on_ready=lambda address: sys.stdout.write(f"{address}\n") and sys.stdout.flush()
)
