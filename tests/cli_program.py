"""The `personae` command with the service's fake steps in its workers, which need no language model."""

from __future__ import annotations

from functools import partial

from personae.cli import main
from personae.workers import pool

pool.WorkerPool = partial(pool.WorkerPool, steps_module="fake_steps")
main(prog_name="personae")
