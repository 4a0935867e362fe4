"""A display of the tests' own, with a keyboard and a mouse as a person has them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

from tests.e2e.programs import end
from tests.e2e.waiting import wait_until
from tests.installed import binary


class Display:
    """An X server of its own, on a number that it finds free itself."""

    def __init__(self) -> None:
        read_end, write_end = os.pipe()
        self._server = subprocess.Popen(
            [
                binary("Xvfb"),
                "-displayfd",
                str(write_end),
                "-screen",
                "0",
                "1280x1000x24",
                "-nolisten",
                "tcp",
            ],
            pass_fds=[write_end],
            stderr=subprocess.DEVNULL,
        )
        os.close(write_end)
        with os.fdopen(read_end) as numbers:
            self.name = f":{numbers.readline().strip()}"
        self.environment = {**os.environ, "DISPLAY": self.name}

    def press(self, *keys: str) -> None:
        """Press keys as a person at this display does."""
        self._xdotool("key", "--clearmodifiers", "--delay", "80", *keys)

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        at = ["mousemove", str(x), str(y)]
        self._xdotool(*at, "click", "--repeat", str(times), "--delay", "50", str(button))

    def open_menu(self, x: int, y: int) -> None:
        """Click with the right button and wait until the menu is there to take keys."""
        self._open(lambda: self.click(x, y, button=3))

    def open_submenu(self) -> None:
        """Go into the entry that is chosen and wait until its own menu is there to take keys."""
        self._open(lambda: self.press("Right"))

    def _open(self, act: Callable[[], None]) -> None:
        before = self._windows()
        act()
        wait_until(lambda: self._windows() > before, "the menu", patience=10)

    def _windows(self) -> int:
        command = [binary("xdotool"), "search", "--onlyvisible", "--name", ".*"]
        found = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=False)
        return len(found.stdout.split())

    def _xdotool(self, *command: str) -> None:
        subprocess.run([binary("xdotool"), *command], env=self.environment, check=True)

    def close(self) -> None:
        end(self._server)
