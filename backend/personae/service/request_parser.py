"""Waitress's parser of one request, told to take no body that its headers do not earn."""

from __future__ import annotations

import time
from typing import Any

from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.utilities import RequestEntityTooLarge  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from personae.errors import Busy, PersonaeError
from personae.service.body_budget import BodyBudget
from personae.service.http.guard import Judge, environ_of
from personae.service.http.request_body import too_large_as_sent
from personae.service.http.responses import json_response, retry_after

NO_ROOM = "The backend has no room for more pages at this moment."
_HEADER_SECONDS = 15
# A body may be slow so long, and then has to have come at so many bytes a second.
_BODY_SECONDS = 20
_LEAST_SPEED = 8 * 1024


class _Nowhere:
    """A buffer that keeps nothing."""

    def append(self, data: bytes) -> None: ...

    def __len__(self) -> int:
        return 0

    def getfile(self) -> None: ...

    def close(self) -> None: ...


class RequestParser(HTTPRequestParser):  # type: ignore[misc]
    """Takes a body only when the headers are let in, and no more of it than there is room for.

    refusal: the answer, when the body is not taken.
    """

    error: Any
    expect_continue: bool
    refusal: Response | None = None

    def __init__(self, adj: Any, *, address: str, judge: Judge, budget: BodyBudget, max_body: int) -> None:
        super().__init__(adj)
        self._address, self._judge, self._budget, self._max_body = address, judge, budget, max_body
        self._taken = 0
        self.started = time.monotonic()
        self.body_started: float | None = None

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers, and let a body come only when they are let in. Raises ParsingError."""
        super().parse_header(header_plus)
        if self.body_rcv is None:
            return
        self.body_started = time.monotonic()
        if self.content_length > self._max_body:
            self._refuse(answer_to(too_large_as_sent()))
            return
        environ = environ_of(
            method=self.command,
            path=self.path,
            query=self.query,
            headers=self.headers,
            address=self._address,
            scheme=self.url_scheme,
        )
        if self.chunked:
            environ["HTTP_TRANSFER_ENCODING"] = "chunked"
        if (refusal := self._judge(environ)) is not None:
            self._refuse(refusal)

    def received(self, data: bytes) -> int:
        """Take the next bytes of the request; return how many of them belong to it."""
        before = self.body_bytes_received
        consumed: int = super().received(data)
        if self.body_rcv is not None and self.refusal is None:
            self._take(self.body_bytes_received - before)
        if self.refusal is not None and self.completed and self.error is None:
            self.error = RequestEntityTooLarge("")
        return consumed

    def _take(self, size: int) -> None:
        if self.body_bytes_received > self._max_body:
            self._refuse(answer_to(too_large_as_sent()))
        elif size and not self._budget.take(self._address, size):
            self._refuse(answer_to(Busy(NO_ROOM)))
        else:
            self._taken += size

    def _refuse(self, answer: Response) -> None:
        self.refusal = answer
        self.body_rcv.buf.close()
        self.body_rcv.buf = _Nowhere()
        self.give_back()
        if self.expect_continue:  # the client has not begun to send it
            self.expect_continue = False
            self.completed = True
            self.error = RequestEntityTooLarge("")

    def give_back(self) -> None:
        """Give the room of the body back; once is enough, more does no harm."""
        taken, self._taken = self._taken, 0
        if taken:
            self._budget.give_back(self._address, taken)

    def close(self) -> None:
        """Let the body go."""
        self.give_back()
        super().close()

    def is_overdue(self) -> bool:
        """Return whether the client takes longer than it may to send the rest."""
        now = time.monotonic()
        if self.body_started is None:
            return now - self.started > _HEADER_SECONDS
        slow = now - self.body_started - _BODY_SECONDS
        return bool(slow > 0 and self.body_bytes_received < slow * _LEAST_SPEED)


def answer_to(error: PersonaeError, status: int | None = None) -> Response:
    """Return an error as JSON; status: another than its own."""
    return retry_after(json_response(error.to_dict(), status or error.status), error)
