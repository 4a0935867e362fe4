"""What the service's tests share: settings of their own, fake steps, and pools of workers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from personae.service.workers import WorkerPool
from personae.settings import Settings

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _fake_steps_are_importable(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(HERE))


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path / "data", read_timeout=3, secret="s" * 32)


@pytest.fixture
def make_pool(settings):
    pools = []

    def make(steps="fake_steps", on_loss=lambda cause: None, **changes):
        pools.append(WorkerPool(replace(settings, **changes), steps_module=steps, on_loss=on_loss))
        pools[-1].start()
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()
