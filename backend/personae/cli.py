"""The command line: personae serve | read | explain | models | doctor."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections import deque
from collections.abc import Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from personae.errors import NoArticle, PersonaeError
from personae.model_commands import models
from personae.page.parse.decode import decode_page
from personae.service.application import logs
from personae.settings import Settings
from personae.version import __version__
from personae.workers.pool import WorkerPool

if TYPE_CHECKING:
    from personae.model import Article
    from personae.view.exports.formats import Export


def _exports() -> Mapping[str, Export]:
    """Return the article's forms by their suffixes."""
    from personae.view.exports.formats import EXPORTS  # noqa: PLC0415 - it takes half a second: not for --help

    return EXPORTS


class _Form(click.Choice):  # type: ignore[type-arg]
    """A suffix of the article's forms; which there are is looked up when somebody asks."""

    def __init__(self) -> None:
        self.case_sensitive = True

    @cached_property
    def choices(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(_exports())


class _Reader(Protocol):
    """What reads one page; so many pages at a time."""

    size: int

    def read(self, html: str, url: str | None = None, *, actors: bool = True) -> Article:
        """Read one page. Raises PersonaeError."""


class _ReaderWithoutRules:
    """Reads in this process, one page at a time and without a limit in time: to look for a fault."""

    size = 1

    def __init__(self, rules: frozenset[str]) -> None:
        self._rules = rules

    def read(self, html: str, url: str | None = None, *, actors: bool = True) -> Article:
        """Read one page. Raises PersonaeError."""
        from personae.reader import read as read_page  # noqa: PLC0415 - the model only where it is used

        return read_page(html, url, actors=actors, without_rules=self._rules)


class _Failed(click.ClickException):
    """A PersonaeError, shown on the terminal as cause and next step."""

    def __init__(self, error: PersonaeError) -> None:
        super().__init__(f"{error.message}\n{error.hint}")


class _Commands(click.Group):
    """The commands; an error of ours ends each of them with its cause and the next step."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except PersonaeError as error:
            raise _Failed(error) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="personae")
def main() -> None:
    """Show who is in the story: a reader view with its key actors."""


main.add_command(models)


# ---------------------------------------------------------------- serve


@main.command()
@click.option(
    "--host", help="Address to listen on (PERSONAE_HOST); beyond this machine it needs PERSONAE_TOKEN."
)
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (PERSONAE_PORT).")
def serve(host: str | None, port: int | None) -> None:
    """Serve the backend for the browser extension until it is stopped."""
    from personae.service.server import serve as serve_forever  # noqa: PLC0415 - Flask and Redis take a second

    serve_forever(_settings(host=host, port=port), on_ready=_say_what_is_next)


def _settings(**given: str | int | None) -> Settings:
    settings = Settings.from_env()
    changes = {name: value for name, value in given.items() if value is not None}
    return dataclasses.replace(settings, **changes) if changes else settings  # type: ignore[arg-type]


def _say_what_is_next(address: str) -> None:
    extension = Path(__file__).resolve().parents[2] / "extension"
    where = (
        str(extension) if (extension / "manifest.json").is_file() else "the extension/ folder of the project"
    )
    click.echo(
        f"""
Personae {__version__} reads at {address} (Ctrl+C stops it)

1. Put the extension into your browser, once:
   Chromium  chrome://extensions, switch on Developer mode, Load unpacked:
             {where}
   Firefox   about:debugging#/runtime/this-firefox, Load Temporary Add-on: manifest.json in that folder
2. Open a news story and click the Personae button, or press Alt+Shift+K.

What you read stands at {address}/
Without the extension: open {address}/try and drop a saved page there.
"""
    )


# ---------------------------------------------------------------- read


def _rules(_context: click.Context, parameter: click.Parameter, names: tuple[str, ...]) -> frozenset[str]:
    if not names:
        return frozenset()
    from personae.article.rules.table import checked  # noqa: PLC0415 - the model only where it is used

    try:
        return checked(names)
    except ValueError as error:
        raise click.BadParameter(str(error), param=parameter) from None


_WITHOUT = click.option(
    "--without",
    multiple=True,
    metavar="RULE",
    callback=_rules,
    help="Pass over one of extraction's rules, by the name that explain prints; may be given several times.",
)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True, path_type=str))
@click.option("--url", help="Where the page came from, for absolute links (one file only).")
@click.option("--format", "form", type=_Form(), default="json", show_default=True)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write one file a page into this folder."
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Pages read at the same time (PERSONAE_WORKERS).")
@click.option("--no-actors", is_flag=True, help="Leave the actors out.")
@_WITHOUT
def read(
    files: tuple[str, ...],
    url: str | None,
    form: str,
    out: Path | None,
    jobs: int | None,
    *,
    no_actors: bool,
    without: frozenset[str],
) -> None:
    """Read saved pages: FILES, or - for standard input.

    One page is printed, an e-book (epub) not on a terminal. Of several, JSON is printed one a line, with
    the file's name and in the order given; every other format needs --out.
    Ends with 1 when a page could not be read; the others are read all the same.
    """
    if len(files) > 1 and url:
        raise click.UsageError("--url belongs to one page; give one file with it.")
    if len(files) > 1 and out is None and form != "json":
        raise click.UsageError(f"Several pages as {form} need --out FOLDER.")
    if not _exports()[form].is_text and out is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text to print; give --out FOLDER, or send it to a file with >.")
    logs.configure("error")
    settings = _settings(workers=jobs)
    if out is not None:
        _make_folder(out)
    if without:
        failed = _read_all(_ReaderWithoutRules(without), files, url, form, out, actors=not no_actors)
    else:
        with WorkerPool(settings) as pool:
            failed = _read_all(pool, files, url, form, out, actors=not no_actors)
    sys.exit(1 if failed else 0)


def _read_all(
    reader: _Reader, files: tuple[str, ...], url: str | None, form: str, out: Path | None, *, actors: bool
) -> int:
    """Read every file; return how many failed."""
    names = _output_names(files, form)
    failed = 0
    with _progress(len(files)) as bar, closing(_results(reader, files, url, actors=actors)) as results:
        for name, result in results:
            bar.update(1)
            try:
                if isinstance(result, PersonaeError):
                    raise result
                if out is None:
                    click.echo(_written(result, form, file=name if len(files) > 1 else None), nl=False)
                else:
                    _write(out / names[name], _written(result, form))
            except PersonaeError as error:
                failed += 1
                click.echo(f"{name}: {error.message}\n  {error.hint}", err=True)
    return failed


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PersonaeError(
            f"The folder {folder} cannot be made: {error.strerror}.", hint="Choose another one with --out."
        ) from None


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise PersonaeError(
            f"{file} cannot be written: {error.strerror}.",
            hint="Free some space, or choose another folder with --out.",
        ) from None


def _results(
    reader: _Reader, files: tuple[str, ...], url: str | None, *, actors: bool
) -> Generator[tuple[str, Article | PersonaeError], None, None]:
    """Yield every file's result, in the order given; closed early, it reads no further page."""

    def one(name: str, given: bytes | None) -> Article | PersonaeError:
        try:
            return reader.read(decode_page(_bytes(name) if given is None else given), url, actors=actors)
        except PersonaeError as error:
            return error

    threads = ThreadPoolExecutor(reader.size)
    try:
        # Standard input is waited for here: Ctrl+C would not reach another thread.
        pending = deque(
            (name, threads.submit(one, name, sys.stdin.buffer.read() if name == "-" else None))
            for name in files
        )
        while pending:
            name, result = pending.popleft()
            yield name, result.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise PersonaeError(
            f"The file cannot be opened: {error.strerror}.", hint="Check its name and your right to read it."
        ) from None


def _progress(total: int) -> click._termui_impl.ProgressBar[int]:
    """Show a bar on standard error when a person watches many pages; else nothing."""
    hidden = total < 2 or not sys.stderr.isatty()  # noqa: PLR2004 - one page needs no bar
    return click.progressbar(length=total, label="Reading", file=sys.stderr, hidden=hidden, show_pos=True)


def _output_names(files: tuple[str, ...], form: str) -> dict[str, str]:
    """Give every input an output name of its own, also when two folders hold a page of one name."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for file in files:
        stem = "page" if file == "-" else Path(file).stem
        name, number = f"{stem}.{form}", 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}.{form}"
        taken.add(name)
        names[file] = name
    return names


def _written(article: Article, form: str, *, file: str | None = None) -> bytes:
    """Return the article in one of its forms; JSON is indented, or with `file` one line that names it."""
    if form == "json":
        data = article.to_dict() if file is None else {"file": file, **article.to_dict()}
        text = json.dumps(data, ensure_ascii=False, indent=2 if file is None else None)
        return f"{text}\n".encode("utf-8", "replace")
    return _exports()[form].write(article, "en", {})


# ---------------------------------------------------------------- explain


@main.command()
@click.argument("file", type=click.Path(allow_dash=True, path_type=str))
@click.option("--url", help="Where the page came from.")
@click.option("--all", "everything", is_flag=True, help="Also the blocks outside the article's area.")
@_WITHOUT
def explain(file: str, url: str | None, *, everything: bool, without: frozenset[str]) -> None:
    """Say of each block of a saved page whether it is the article, and why: FILE, or - for standard input.

    The first line is of the page as a whole: a story, a list of stories, or nothing to read, and what was
    weighed for it. Then a line a block: the verdict, how likely the model takes it for article (0 to 1, -
    when it was not judged), the rule that decided otherwise, what it was taken for, its element and first
    words.
    """
    from personae.article.explain import explain as explain_page  # noqa: PLC0415 - half a second: not for --help
    from personae.page.parse.parser import parse  # noqa: PLC0415 - same

    given = sys.stdin.buffer.read() if file == "-" else _bytes(file)
    found = explain_page(parse(decode_page(given), url), without=without)
    click.echo(found.page.line())
    for verdict in found.blocks:
        if everything or verdict.inside:
            click.echo(verdict.line())
    if found.page.kind == "nothing":
        raise NoArticle


# ---------------------------------------------------------------- doctor


@main.command()
def doctor() -> None:
    """Check model, cache, port and browsers, and say what to do about each trouble."""
    from personae.doctor import examine  # noqa: PLC0415 - spaCy takes a second

    well = True
    for finding in examine():
        well = well and finding.well
        click.secho("ok   " if finding.well else "BAD  ", fg="green" if finding.well else "red", nl=False)
        click.echo(f"{finding.subject}: {finding.what}")
        if finding.hint:
            click.echo(f"     {finding.hint}")
    sys.exit(0 if well else 1)
