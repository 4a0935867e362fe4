"""Steps that take as long to start as somebody lets them: until the file that FAKE_GO names is there."""

from __future__ import annotations

import os
import time
from pathlib import Path

import fake_steps  # type: ignore[import-not-found]
from fake_steps import new_page, use_models

__all__ = ["new_page", "prepare", "use_models"]


def prepare(*, all_languages):
    while not Path(os.environ["FAKE_GO"]).exists():
        time.sleep(0.01)
    return fake_steps.prepare(all_languages=all_languages)
