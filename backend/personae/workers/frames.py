"""How two processes of ours talk over a socket: frames of bytes with a length before them.

JSON, never pickle: a worker reads pages that strangers wrote, and must not be able to run code in the
process that it answers to.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

MAX_FRAME_BYTES = 256 * 1000**2
_LENGTH = struct.Struct("!I")


class LostError(Exception):
    """The other process is gone, or what it sent is no frame."""


def send(connection: socket.socket, data: bytes, *, deadline: float | None = None) -> None:
    """Send one frame by the deadline (of time.monotonic). Raises TimeoutError, LostError."""
    try:
        _limit(connection, deadline)
        connection.sendall(_LENGTH.pack(len(data)))
        _limit(connection, deadline)
        connection.sendall(data)
    except TimeoutError:
        raise
    except OSError as error:
        raise LostError from error


def receive(connection: socket.socket, *, deadline: float | None = None) -> bytes:
    """Return the next frame, by the deadline. Raises TimeoutError, LostError."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
    if length > MAX_FRAME_BYTES:
        raise LostError
    return _exactly(connection, length, deadline)


def send_json(connection: socket.socket, message: dict[str, Any], *, deadline: float | None = None) -> None:
    """Send one JSON object; see `send`. Lone surrogates survive."""
    send(connection, json.dumps(message).encode("ascii"), deadline=deadline)


def receive_json(connection: socket.socket, *, deadline: float | None = None) -> dict[str, Any]:
    """Return the next JSON object; see `receive`."""
    data = receive(connection, deadline=deadline)
    try:
        message = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise LostError from error
    if not isinstance(message, dict):
        raise LostError
    return message


def _exactly(connection: socket.socket, count: int, deadline: float | None) -> bytes:
    received = bytearray()
    while len(received) < count:
        try:
            _limit(connection, deadline)
            part = connection.recv(min(count - len(received), 1 << 20))
        except TimeoutError:
            raise
        except OSError as error:
            raise LostError from error
        if not part:
            raise LostError
        received += part
    return bytes(received)


def _limit(connection: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        connection.settimeout(None)
        return
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise TimeoutError
    connection.settimeout(remaining)
