"""Waitress, told to keep pages out of temporary files and to answer its own errors as we answer ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.server import BaseWSGIServer, create_server  # type: ignore[import-untyped]
from waitress.task import ErrorTask  # type: ignore[import-untyped]
from waitress.utilities import BadRequest, RequestEntityTooLarge  # type: ignore[import-untyped]

from personae.errors import PersonaeError, RequestError
from personae.service.http.request_body import too_large_as_sent
from personae.service.http.responses import json_response, with_usual_headers
from personae.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# A body over the limit is read to its end and thrown away, so that the client gets to see the answer
# instead of a broken connection; beyond this, it is cut off.
_DRAIN_BYTES = 256 * 1000**2
_CONNECTIONS = 200
_IDLE_SECONDS = 30
_HEADER_BYTES = 64 * 1024
_NEVER = 1 << 40


class _Nowhere:
    """A buffer that keeps nothing."""

    def append(self, data: bytes) -> None: ...

    def __len__(self) -> int:
        return 0

    def getfile(self) -> None: ...

    def close(self) -> None: ...


def _parser_for(max_body: int) -> type[HTTPRequestParser]:
    class BoundedParser(HTTPRequestParser):  # type: ignore[misc]
        """Keeps at most max_body bytes of a body, however the client announced it."""

        over = False
        expect_continue: bool
        error: Any

        def received(self, data: bytes) -> int:
            consumed: int = super().received(data)
            size = max(self.content_length, self.body_bytes_received)
            if self.body_rcv is not None and not self.over and size > max_body:
                self.over = True
                self.body_rcv.buf.close()
                self.body_rcv.buf = _Nowhere()
            if self.over and self.expect_continue:  # the client has not begun to send it
                self.expect_continue = False
                self.completed = True
            if self.over and self.completed and self.error is None:
                self.error = RequestEntityTooLarge("")
            return consumed

    return BoundedParser


class _OurErrorTask(ErrorTask):  # type: ignore[misc]
    """What never reached the application is answered in the same JSON shape, with the same headers."""

    def execute(self) -> None:
        error = self.request.error
        ours: PersonaeError
        if isinstance(error, RequestEntityTooLarge):
            ours = too_large_as_sent()
        elif isinstance(error, BadRequest):
            ours = RequestError("The request is not valid HTTP.")
        else:
            ours = PersonaeError()
        answer = with_usual_headers(json_response(ours.to_dict(), ours.status))
        self.status = answer.status
        self.response_headers.extend(answer.headers.items())
        self.set_close_on_finish()
        self.content_length = len(answer.get_data())
        self.write(answer.get_data())


def make_server(app: WSGIApplication, settings: Settings) -> tuple[Any, int]:
    """Return a waitress server that listens already, and its port; `.run()` serves, `.close()` ends it.

    A name such as "localhost" may stand for several addresses. Raises OSError when it cannot bind.
    """
    sockets: dict[int, Any] = {}
    server = create_server(
        app,
        map=sockets,
        host=settings.host,
        port=settings.port,
        threads=settings.thread_count,
        connection_limit=_CONNECTIONS,
        channel_timeout=_IDLE_SECONDS,
        max_request_body_size=_DRAIN_BYTES,
        max_request_header_size=_HEADER_BYTES,
        inbuf_overflow=_NEVER,
        outbuf_overflow=_NEVER,
        asyncore_use_poll=True,
        ident=None,
        # The guard looks at a proxy's headers itself; see guard.py and ProxyFix in app.py.
        clear_untrusted_proxy_headers=False,
    )

    listeners = [one for one in sockets.values() if isinstance(one, BaseWSGIServer)]
    for one in listeners:
        one.channel_class = _channel_for(settings.max_body_bytes)
    return server, int(listeners[0].effective_port)


def _channel_for(max_body: int) -> type[HTTPChannel]:
    class Channel(HTTPChannel):  # type: ignore[misc]
        parser_class = _parser_for(max_body)
        error_task_class = _OurErrorTask

    return Channel
