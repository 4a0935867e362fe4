"""A small German pipeline in a wheel like those of its makers, and a server that has it, in good days and bad."""

from __future__ import annotations

import random
import threading
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.training import Example
from thinc.api import fix_random_seed

from personae.actors.names import recogniser
from personae.models import releases

NAME = "de_core_news_md"
CODE = "raise SystemExit('the code of a wheel was run')\n"
SENTENCES = ("{} kam gestern nach Norden.", "Am Abend sprach {} lange.", "Das sagte {}.")
PEOPLE = ("Anna Weber", "Karl Lindner", "Vera Sommer", "Jonas Keil", "Mira Hagen", "Paul Adler")


def make_pipeline(folder: Path, version: str) -> Path:
    """Train a pipeline on three sentences, until it knows a name."""
    random.seed(7)
    fix_random_seed(7)
    nlp = spacy.blank("de")
    nlp.meta.update({"name": "core_news_md", "version": version, "license": "MIT"})
    nlp.add_pipe("ner").add_label("PER")  # type: ignore[attr-defined]  # typed as any function of a Doc
    examples = []
    for person in PEOPLE:
        for sentence in SENTENCES:
            start, text = sentence.index("{"), sentence.format(person)
            facts = {"entities": [(start, start + len(person), "PER")]}
            examples.append(Example.from_dict(nlp.make_doc(text), facts))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(12):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(folder)
    return folder


def wheel_of(pipeline: Path, version: str, *more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return a wheel with a pipeline's files, and more members, by name."""
    packed, root = BytesIO(), f"{NAME}/{NAME}-{version}"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(f"{NAME}/__init__.py", CODE)
        for file in sorted(path for path in pipeline.rglob("*") if path.is_file()):
            wheel.write(file, f"{root}/{file.relative_to(pipeline)}")
        wheel.writestr(f"{NAME}-{version}.dist-info/METADATA", f"Name: {NAME}\n")
        for name, content in more:
            wheel.writestr(name, content)
    return packed.getvalue()


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pipeline(tmp_path_factory.mktemp("pipeline") / NAME, "3.8.0")


@pytest.fixture(scope="session")
def wheel(pipeline: Path) -> bytes:
    return wheel_of(pipeline, "3.8.0")


class WheelServer:
    """Serves what stands in `files` by path; `cut` ends an answer after so many bytes, `waits` until it is set."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.asked: list[str] = []
        self.cut: int | None = None
        self.waits: threading.Event | None = None
        self.begun = threading.Event()
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                served.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/download"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def put(self, wheel: bytes, version: str = "3.8.0") -> None:
        self.files[f"/download/{NAME}-{version}/{NAME}-{version}-py3-none-any.whl"] = wheel

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        if request.path in self.redirects:
            request.send_response(302)
            request.send_header("Location", self.redirects[request.path])
            request.end_headers()
            return
        content = self.files.get(request.path)
        if content is None:
            request.send_error(404)
            return
        request.send_response(200)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content[: min(1000, self.cut or 1000)])
        request.wfile.flush()
        self.begun.set()
        if self.waits is not None:
            self.waits.wait(60)
        request.wfile.write(content[1000 : self.cut])

    def close(self) -> None:
        if self.waits is not None:
            self.waits.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[WheelServer]:
    server = WheelServer()
    yield server
    server.close()


Listed = Callable[..., None]


@pytest.fixture
def listed(server: WheelServer, monkeypatch: pytest.MonkeyPatch) -> Listed:
    """List a German wheel as the only release there is, and serve it."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)

    def put(wheel: bytes, version: str = "3.8.0", *, digest: str = "", megabytes: int = 4) -> None:
        server.put(wheel, version)
        facts = {"name": NAME, "version": version, "licence": "MIT", "megabytes": megabytes}
        german = {**facts, "sha256": digest or sha256(wheel).hexdigest()}
        table = {"address": server.address, "models": {"de": german}}
        monkeypatch.setattr(releases, "_table", lambda: table)

    return put


@pytest.fixture(autouse=True)
def _no_model_is_left() -> Iterator[None]:
    yield
    recogniser.use_models({})
