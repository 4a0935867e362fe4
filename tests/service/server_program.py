"""Serve as `personae serve` does, with the fake steps: python server_program.py STEPS_MODULE."""

from __future__ import annotations

import sys

from personae.service import backend, server
from personae.settings import Settings

build = backend.Backend.build
backend.Backend.build = classmethod(lambda cls, settings: build(settings, steps_module=sys.argv[1]))
server.serve(
    Settings.from_env(), on_ready=lambda address: sys.stdout.write(f"{address}\n") and sys.stdout.flush()
)
