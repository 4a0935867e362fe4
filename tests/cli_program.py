"""The `personae` command with the service's fake steps in its workers, which need no language model."""

from __future__ import annotations

from functools import partial

from personae import cli
from personae.workers.pool import WorkerPool

cli.WorkerPool = partial(WorkerPool, steps_module="fake_steps")  # type: ignore[attr-defined,assignment]
cli.main(prog_name="personae")
