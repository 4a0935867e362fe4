"""A worker process: reads one page at a time, and can be ended at any moment."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sys
import traceback
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from personae.errors import PersonaeError, ReaderCrashed, TooComplex
from personae.model import actor_from_dict, actor_to_dict
from personae.workers import frames
from personae.workers.page_steps import Step, Steps

_PR_SET_PDEATHSIG = 1
# The first to go when the machine runs out of memory: it is replaced in milliseconds.
_OOM_SCORE = "600"
# The parent ends a page at its limit; where the parent cannot, the kernel does a little later.
_GRACE_SECONDS = 1.0


def work(
    connection: socket.socket, new_page: Callable[[], Steps], *, memory_bytes: int, forkserver: int
) -> None:
    """Serve steps of pages over the connection until it is closed.

    new_page: gives the steps, used for one page after the other. memory_bytes: address space that pages may
    take beyond what is there now; forkserver: process id of the parent, with which this process ends.
    """
    _confine(memory_bytes, forkserver)
    page = new_page()
    while True:
        try:
            request = frames.receive_json(connection)
            html = frames.receive(connection).decode("utf-8") if request["step"] == Step.OPEN else ""
        except frames.LostError:
            return
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _GRACE_SECONDS)
        answer = _answer(page, request, html)
        frames.send_json(connection, answer)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if answer.get("out_of_memory"):
            return


def _answer(page: Steps, request: dict[str, Any], html: str) -> dict[str, Any]:
    try:
        return {"result": _step(page, request, html)}
    except PersonaeError as error:
        return {"error": {"type": type(error).__name__, "message": error.message, "hint": error.hint}}
    except MemoryError:
        refusal: PersonaeError = ReaderCrashed("Reading this page took more memory than the limit.")
        return {
            "error": {"type": "ReaderCrashed", "message": refusal.message, "hint": refusal.hint},
            "out_of_memory": True,
        }
    except RecursionError:
        refusal = TooComplex()
        return {"error": {"type": "TooComplex", "message": refusal.message, "hint": refusal.hint}}
    except Exception as error:  # noqa: BLE001 - the parent logs and counts it
        return {"unexpected": {"type": type(error).__name__, "where": _where(error.__traceback__)}}


def _step(page: Steps, request: dict[str, Any], html: str) -> str | dict[str, Any]:
    match Step(request["step"]):
        case Step.OPEN:
            return b64encode(page.open(html, request["url"])).decode("ascii")
        case Step.EXTRACT:
            return page.extract().to_dict()
        case Step.FIND_CAST:
            actors, status = page.find_cast()
            return {"actors": [actor_to_dict(actor) for actor in actors], "status": status}
        case Step.FINISH:
            actors = [actor_from_dict(actor) for actor in request["actors"]]
            return page.finish(actors, request["status"]).to_dict()


def _where(trace: TracebackType | None) -> str:
    """Name where it went wrong, in our own code and beyond: never the message, which may quote the page."""
    places = traceback.extract_tb(trace)
    ours = [place for place in places if "personae" in Path(place.filename).parts]
    names = dict.fromkeys(
        f"{Path(place.filename).name}:{place.lineno} in {place.name}" for place in (*ours[-1:], *places[-1:])
    )
    return ", ".join(names)


def _confine(memory_bytes: int, forkserver: int) -> None:
    """Bound memory, die with the forkserver, print nothing: a library's message may quote the page."""
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    silent = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silent, descriptor)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != forkserver:  # it ended before it was asked to take us along
            os._exit(0)
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE)
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
