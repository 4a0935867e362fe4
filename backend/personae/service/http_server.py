"""Waitress, told what a stranger may cost, and to keep pages out of temporary files.

What bounds a request:

- its headers are judged before its body is taken (`http/guard.py`); what is refused is read and thrown away,
  so that the client gets to see the answer instead of a broken connection (`request_parser.py`);
- all bodies that wait or are read share a budget of bytes, those of one address a part of it;
- headers have a deadline, and a body has to come on with a least speed;
- an address beyond this machine may have so many connections at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer, create_server  # type: ignore[import-untyped]
from waitress.task import ErrorTask, ThreadedTaskDispatcher  # type: ignore[import-untyped]
from waitress.utilities import (  # type: ignore[import-untyped]
    BadRequest,
    RequestEntityTooLarge,
    ServerNotImplemented,
)
from werkzeug.wrappers import Response

from personae.errors import Busy, PersonaeError, RequestError
from personae.service.body_budget import BodyBudget
from personae.service.http.guard import Judge, judge_of
from personae.service.http.request_body import too_large_as_sent
from personae.service.http.responses import with_usual_headers
from personae.service.request_parser import RequestParser, answer_to
from personae.settings import LOOPBACK_NAMES, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# A body over the limit is read to its end and thrown away; beyond this, it is cut off.
_DRAIN_BYTES = 256 * 1000**2
_CONNECTIONS = 200
_CONNECTIONS_OF_ADDRESS = 50
_IDLE_SECONDS = 30
_HEADER_BYTES = 64 * 1024
_NEVER = 1 << 40
_SENDING_SECONDS, _POLL_SECONDS = 10, 0.2
# Bodies of the largest size for which the whole process has room, and one address.
_BODIES, _BODIES_OF_ADDRESS = 12, 6


class _OurErrorTask(ErrorTask):  # type: ignore[misc]
    """What never reached the application is answered in the same JSON shape, with the same headers."""

    def execute(self) -> None:
        answer = with_usual_headers(getattr(self.request, "refusal", None) or _answer_to(self.request.error))
        self.status = answer.status
        self.response_headers.extend(
            (name, value) for name, value in answer.headers.items() if name.lower() != "content-length"
        )
        self.set_close_on_finish()
        content = b"" if getattr(self.request, "command", "") == "HEAD" else answer.get_data()
        self.content_length = len(content)
        self.write(content)


def _answer_to(error: Any) -> Response:
    ours: PersonaeError
    status = None
    if isinstance(error, RequestEntityTooLarge):
        ours = too_large_as_sent()
    elif isinstance(error, ServerNotImplemented):
        status = 501
        ours = RequestError("The request's Transfer-Encoding is not one that this backend takes.")
    elif isinstance(error, BadRequest):
        ours = RequestError("The request is not valid HTTP.")
    elif isinstance(error, PersonaeError):
        ours = error
    else:
        ours = PersonaeError()
    return answer_to(ours, status)


class _Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Lets what has begun finish when the server stops; what has not is told to come again."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def shutdown(self, cancel_pending: bool = True, timeout: float = 0) -> bool:  # noqa: ARG002, FBT001, FBT002
        with self.lock:
            waiting = list(self.queue)
            self.queue.clear()
        for channel in waiting:
            for request in channel.requests[:1]:
                request.error = Busy("The backend is about to stop.")
            channel.service()
        return bool(super().shutdown(cancel_pending=True, timeout=self._seconds))


def make_server(app: WSGIApplication, settings: Settings) -> tuple[Any, int]:
    """Return a waitress server that listens already, and its port; `.run()` serves, `.close()` ends it.

    A name such as "localhost" may stand for several addresses. Raises OSError when it cannot bind.
    """
    sockets: dict[int, Any] = {}
    dispatcher = _Dispatcher(settings.read_timeout + 1)
    dispatcher.set_thread_count(settings.thread_count)
    server = create_server(
        app,
        map=sockets,
        _dispatcher=dispatcher,
        host=settings.host,
        port=settings.port,
        threads=settings.thread_count,
        connection_limit=_CONNECTIONS,
        channel_timeout=_IDLE_SECONDS,
        cleanup_interval=1,
        max_request_body_size=_DRAIN_BYTES,
        max_request_header_size=_HEADER_BYTES,
        inbuf_overflow=_NEVER,
        outbuf_overflow=_NEVER,
        asyncore_use_poll=True,
        ident=None,
        # The guard looks at a proxy's headers itself; see guard.py and ProxyFix in app.py.
        clear_untrusted_proxy_headers=False,
    )
    most = settings.max_body_bytes
    budget = BodyBudget(_BODIES * most, (_BODIES if settings.trusted_proxies else _BODIES_OF_ADDRESS) * most)
    listeners = [one for one in sockets.values() if isinstance(one, TcpWSGIServer)]
    for one in listeners:
        one.channel_class = _channel_for(one, judge_of(app), budget, settings)
        one.maintenance = _maintenance_of(one)
    return server, int(listeners[0].effective_port)


def send_the_rest(server: Any) -> None:
    """Send what was answered while the server stopped and what the network has not taken yet."""
    end = time.monotonic() + _SENDING_SECONDS
    while time.monotonic() < end:
        waiting = {fd: one for fd, one in server._map.items() if getattr(one, "total_outbufs_len", 0)}  # noqa: SLF001
        if not waiting:
            return
        wasyncore.poll2(timeout=_POLL_SECONDS, map=waiting)


def _channel_for(
    server: Any, judge: Judge, budget: BodyBudget, settings: Settings
) -> Callable[..., HTTPChannel | None]:
    """Return what makes a channel of a new connection, or closes it when its address has too many."""

    class Channel(HTTPChannel):  # type: ignore[misc]
        error_task_class = _OurErrorTask
        addr: tuple[str, int]

        def parser_class(self, adj: Any) -> RequestParser:
            return RequestParser(
                adj, address=self.addr[0], judge=judge, budget=budget, max_body=settings.max_body_bytes
            )

        def handle_close(self) -> None:
            super().handle_close()
            for request in (self.request, *self.requests):
                if request is not None:
                    request.give_back()

    def connected(of: Any, sock: Any, addr: tuple[str, int], adj: Any, map: Any) -> Channel | None:  # noqa: A002  # as waitress calls it
        if addr[0] not in LOOPBACK_NAMES and not settings.trusted_proxies:
            own = sum(channel.addr[0] == addr[0] for channel in server.active_channels.values())
            if own >= _CONNECTIONS_OF_ADDRESS:
                sock.close()
                return None
        return Channel(of, sock, addr, adj, map=map)

    return connected


def _maintenance_of(server: Any) -> Callable[[float], None]:
    """Return what closes the connections that are idle, and those that keep us waiting."""
    usual = server.maintenance

    def maintenance(now: float) -> None:
        usual(now)
        for channel in list(server.active_channels.values()):
            if channel.request is not None and channel.request.is_overdue():
                channel.will_close = True

    return maintenance
