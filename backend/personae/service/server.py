"""Serve until told to stop."""

from __future__ import annotations

import signal
import sys
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

    on_ready: called with the address ("http://127.0.0.1:8765") once it is listened on.

    Raises SettingError (also when the port is taken), PersonaeError when the workers cannot start.
    """
    logs.configure(settings.log_level)
    for name in unknown_variables():
        _log.warning("unknown_setting", variable=name)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    parts = Backend.build(settings)
    try:
        # Listening comes first: a port that is taken is told before the model is loaded.
        server, port = _listening(settings, parts)
        try:
            parts.start()
            _log.info("serving", host=settings.host, port=port, workers=settings.workers)
            on_ready(_address(settings.host, port))
            server.run()
            send_the_rest(server)
        finally:
            server.close()
    except SystemExit:
        pass
    finally:
        parts.close()
        _log.info("stopped")


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
