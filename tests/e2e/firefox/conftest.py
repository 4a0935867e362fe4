"""One Firefox for all of its tests, made as new for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.e2e.display import Display
from tests.e2e.firefox.browser import Firefox


@pytest.fixture(scope="package")
def _firefox(display: Display, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DISPLAY", display.name)
        started = Firefox(display, tmp_path_factory.mktemp("firefox"))
    yield started
    started.close()


@pytest.fixture
def firefox(_firefox: Firefox) -> Firefox:
    _firefox.start_afresh()
    return _firefox
