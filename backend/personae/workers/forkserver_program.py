"""The process that workers are forked from: it holds the language model, so a new worker costs no load.

    python -m personae.workers.forkserver_program CONTROL_FD STEPS_MODULE MEMORY_BYTES LANGUAGES MODELS ADDED

LANGUAGES is "all" to load the models of all languages now, "default" to leave the others to the workers.
MODELS and ADDED are JSON objects of language models: language -> folder; the user's own, and those that were
added.

It has one thread, reads no page itself, and ends, with all its workers, when its parent does.
Orders come as five bytes: "F" (fork; a socket for the worker comes along) or "K" (kill the worker with this
process id, and reap it). The answer is a signed integer: the worker's process id, or its wait status.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from personae.errors import SettingError
from personae.workers import frames
from personae.workers.page_steps import Steps, StepsModule
from personae.workers.process import work

ORDER = struct.Struct("!cI")
ANSWER = struct.Struct("!i")
FORK, KILL = b"F", b"K"


def main() -> None:
    """Load what the steps need, say so or what went wrong, and fork workers until the parent is gone."""
    control = socket.socket(fileno=int(sys.argv[1]))
    steps_module, memory_bytes, all_languages = sys.argv[2], int(sys.argv[3]), sys.argv[4] == "all"
    models, added = json.loads(sys.argv[5]), json.loads(sys.argv[6])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer: dict[str, Any]
    try:
        steps = cast("StepsModule", importlib.import_module(steps_module))
        if models or added:
            steps.use_models(models, added)
        answer = {"ready": asdict(steps.prepare(all_languages=all_languages))}
    except SettingError as error:
        answer = {"refused": [error.message, error.hint]}
    except Exception as error:  # noqa: BLE001 - the parent gets the cause, and decides
        where = traceback.extract_tb(error.__traceback__)[-1]
        cause = f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"
        answer = {"failed": cause}
    gc.collect()
    gc.freeze()  # what is loaded now stays shared between all workers
    try:
        frames.send_json(control, answer)
    except frames.LostError:  # the parent was stopped while we loaded
        return
    if "ready" in answer:
        _serve(control, steps.new_page, memory_bytes)


def _serve(control: socket.socket, new_page: Callable[[], Steps], memory_bytes: int) -> None:
    children: set[int] = set()
    try:
        while True:
            data, descriptors, _, _ = socket.recv_fds(control, ORDER.size, 1)
            if len(data) < ORDER.size:
                return
            order, pid = ORDER.unpack(data)
            if order == FORK:
                answer = _fork(new_page, descriptors[0], control, memory_bytes)
                children.add(answer)
            else:
                answer = _kill(pid, children)
            control.sendall(ANSWER.pack(answer))
    except OSError:
        return
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)


def _fork(new_page: Callable[[], Steps], descriptor: int, control: socket.socket, memory_bytes: int) -> int:
    forkserver = os.getpid()
    pid = os.fork()
    if pid == 0:
        # Never return into the code of the process that it was forked from.
        try:
            control.close()
            work(socket.socket(fileno=descriptor), new_page, memory_bytes=memory_bytes, forkserver=forkserver)
        finally:
            os._exit(0)
    os.close(descriptor)
    return pid


def _kill(pid: int, children: set[int]) -> int:
    """Kill a child and return its wait status. It stays a zombie until now, so the id is surely its own."""
    if pid not in children:
        return 0
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    children.discard(pid)
    return status


if __name__ == "__main__":
    main()
