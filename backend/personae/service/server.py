"""Serve until told to stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import structlog

from personae.errors import SettingError
from personae.service.app import create_app
from personae.service.application import logs
from personae.service.application.backend import Backend
from personae.service.http_server import make_server, send_the_rest
from personae.settings import Settings, unknown_variables

_log = structlog.get_logger(__name__)


def serve(settings: Settings, *, on_ready: Callable[[str], None] = lambda _address: None) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP; then finish what is being answered, end the workers, return.

    A page that is being read has as long as any page; what waits behind it is told to come again (503).

    on_ready: called with the address ("http://127.0.0.1:8765") once pages can be read, in another thread.

    Raises SettingError (also when the port is taken), PersonaeError when the workers cannot start.
    """
    logs.configure(settings.log_level)
    for name in unknown_variables():
        _log.warning("unknown_setting", variable=name)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    parts = Backend.build(settings)
    starting: _Start | None = None
    try:
        # Listening comes first: a port that is taken is told before the model is loaded, and whoever asks
        # meanwhile is told to come again (/readyz: 503).
        server, port = _listening(settings, parts)

        def ready() -> None:
            _log.info("serving", host=settings.host, port=port, workers=settings.workers)
            on_ready(_address(settings.host, port))

        try:
            starting = _Start(parts.start, ready)
            server.run()
            send_the_rest(server)
        finally:
            server.close()
    except SystemExit:
        pass
    finally:
        parts.close()
        _log.info("stopped")
    if starting is not None and starting.error is not None:
        raise starting.error


class _Start:
    """Starts the workers beside the server, and stops that when they cannot start. error: why they cannot."""

    def __init__(self, start: Callable[[], None], ready: Callable[[], None]) -> None:
        self.error: BaseException | None = None
        self._start, self._ready = start, ready
        threading.Thread(target=self._run, name="personae-start", daemon=True).start()

    def _run(self) -> None:
        try:
            self._start()
            self._ready()
        except BaseException as error:  # noqa: BLE001 - it is raised again where the server was started
            self.error = error
            os.kill(os.getpid(), signal.SIGTERM)


def _listening(settings: Settings, parts: Backend) -> tuple[Any, int]:
    try:
        return make_server(create_app(settings, parts=parts), settings)
    except OSError as error:
        raise SettingError(
            f"PERSONAE_HOST and PERSONAE_PORT: {settings.host}:{settings.port} cannot be listened on: "
            f"{error.strerror or error}.",
            hint="Another program, perhaps another Personae, may hold it: stop that, or set PERSONAE_PORT.",
        ) from None


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _stop(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)  # whoever insists gets their way: the workers end with us
    sys.exit(0)
