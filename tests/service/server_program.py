"""Serve as `personae serve` does, with other steps. Temporary files are refused: a page must never come to lie in one.

    server_program.py STEPS_MODULE WRONG_TOKENS_A_MINUTE
    server_program.py --fork CONTROL_FD

The second way loads the service's modules once and then starts each service that is ordered as a fork, which
costs a few milliseconds instead of all the imports; `launcher.py` gives the orders.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import tempfile
from functools import partial
from typing import NoReturn


def _refused(*_arguments: object, **_options: object) -> None:
    raise AssertionError("a temporary file was asked for")


# Before the libraries that would take these along.
for _name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile"):
    setattr(tempfile, _name, _refused)

from personae.service import server  # noqa: E402
from personae.service.application import backend  # noqa: E402
from personae.settings import Settings  # noqa: E402

ORDER_BYTES = 1_000_000


def serve(steps: str, wrong_tokens: str) -> None:
    build = partial(backend.Backend.build, steps_module=steps, wrong_tokens_a_minute=int(wrong_tokens))
    backend.Backend.build = staticmethod(build)  # type: ignore[method-assign]  # the one seam there is
    server.serve(Settings.from_env(), on_ready=_announce)


def _announce(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def take_orders(control: socket.socket) -> None:
    """Start services and bury them until nobody gives orders any more; then end those that still run."""
    running = set()
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, ORDER_BYTES, 2)
        if not data:
            break
        order = json.loads(data)
        if "bury" in order:
            _, status = os.waitpid(order["bury"], 0)
            running.discard(order["bury"])
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = _fork(control, order, descriptors)
            running.add(answer)
        control.send(json.dumps(answer).encode())
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _fork(control: socket.socket, order: dict, descriptors: list[int]) -> int:
    pid = os.fork()
    if not pid:
        _run(control, order, descriptors)
    for descriptor in descriptors:
        os.close(descriptor)
    return pid


def _run(control: socket.socket, order: dict, descriptors: list[int]) -> NoReturn:
    code = 1
    try:
        control.close()
        for number, descriptor in enumerate(descriptors, start=1):  # standard output and standard error
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.environ.clear()
        os.environ.update(order["environment"])
        serve(*order["arguments"])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does at its end
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    if sys.argv[1] == "--fork":
        take_orders(socket.socket(fileno=int(sys.argv[2])))
    else:
        serve(*sys.argv[1:])
