"""The command line: personae models list | add | update | remove."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from personae.errors import ModelNotListed, PersonaeError
from personae.models import change
from personae.models.added import Added, added
from personae.models.releases import Release, makers_address, release_of
from personae.settings import Settings

if TYPE_CHECKING:
    from personae.models.fetch import Progress

_COLUMNS = ("language", "", "state", "model", "licence", "size", "word tables")
_NON_COMMERCIAL = "NC"
_NEXT_START = "A backend that runs takes it in at its next start."


@click.group(invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """List the language models, and add, update or remove them.

    A model finds the names of a text. Without one of the language, only who is beyond doubt is shown.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_models)


@models.command("list")
def list_models() -> None:
    """Say which languages have a model here, and which could: licence, size, version.

    packaged: installed with Personae; installed: by `personae models add`; outdated: there is another
    release now; yours: named in PERSONAE_MODELS; available: can be added; broken: it cannot be used. The
    size is what it takes on the disk, or what there is to fetch. Where Personae has tables of a language's
    words, roles and quotations are found too.
    """
    from personae.models.overview import overview  # noqa: PLC0415 - spaCy takes a second: not for --help

    rows = [_COLUMNS] + [
        (
            row.language,
            row.name,
            row.state,
            f"{row.model} {row.version}".strip(),
            row.licence,
            f"{row.megabytes} MB" if row.megabytes else "",
            "yes" if row.has_words else "no",
        )
        for row in overview(Settings.from_env())
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@models.command()
@click.argument("what", nargs=-1, required=True, metavar="LANGUAGE|FILE...")
@click.option("--mirror", metavar="ADDRESS", help="Fetch from here instead (PERSONAE_MODEL_MIRROR).")
def add(what: tuple[str, ...], mirror: str | None) -> None:
    """Install the official model of a language, such as de, or one in a wheel that you have as a FILE.

    Its hash is compared before anything is unpacked, and nothing of it is run. Without a network, fetch the
    wheel on another machine and name its file. Ends with 1 when one could not be added; the others are all
    the same.
    """
    settings = Settings.from_env()
    _each(what, lambda one: _add(settings, one, mirror or settings.model_mirror))


@models.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE...]")
@click.option("--mirror", metavar="ADDRESS", help="Fetch from here instead (PERSONAE_MODEL_MIRROR).")
def update(languages: tuple[str, ...], mirror: str | None) -> None:
    """Bring the models that were added, or those of some languages, to the release of this Personae."""
    settings = Settings.from_env()
    if not languages:
        languages = tuple(change.outdated(settings.data_dir))
        if not languages:
            click.echo("Every model that was added is up to date.")
    _each(languages, lambda one: _update(settings, one, mirror or settings.model_mirror))


@models.command()
@click.argument("languages", nargs=-1, required=True, metavar="LANGUAGE...")
def remove(languages: tuple[str, ...]) -> None:
    """Remove models that were added."""
    settings = Settings.from_env()
    _each(languages, lambda one: _remove(settings, one))


def _each(what: Iterable[str], act: Callable[[str], None]) -> None:
    """Act on one after the other; end with 1 when one of them failed."""
    failed = False
    for one in what:
        try:
            act(one)
        except PersonaeError as error:
            failed = True
            click.echo(f"{one}: {error.message}\n  {error.hint}", err=True)
    sys.exit(1 if failed else 0)


def _add(settings: Settings, what: str, mirror: str) -> None:
    if what.endswith(".whl") or "/" in what:
        with _bar() as progress:
            model = change.add_file(settings.data_dir, Path(what), progress=progress)
        _say(model, "is installed in")
        return
    language = what.lower()
    if _is_here_otherwise(settings, language):
        click.echo(f"{language}: has a model already; `personae models list` says which.")
        return
    there = added(settings.data_dir).get(language)
    release = release_of(language)
    if there is not None and there.sha256 == release.sha256:
        _say(there, "was already installed in")
        return
    _fetch(settings, release, mirror)


def _update(settings: Settings, what: str, mirror: str) -> None:
    language = what.lower()
    there = added(settings.data_dir).get(language)
    if there is None:
        raise ModelNotListed(
            f"No model of the language {language!r} was added.",
            hint=f"`personae models add {language}` does.",
        )
    if language in change.outdated(settings.data_dir):
        _fetch(settings, release_of(language), mirror)
    else:
        _say(there, "is up to date in")


def _remove(settings: Settings, what: str) -> None:
    language = what.lower()
    change.remove(settings.data_dir, language)
    click.echo(f"{language}: removed. A backend that runs keeps it until it is started again.")


def _fetch(settings: Settings, release: Release, mirror: str) -> None:
    terms = ", not for commercial use" if _NON_COMMERCIAL in release.licence else ""
    click.echo(
        f"{release.language}: {release.name} {release.version}, licence {release.licence}{terms}, "
        f"{release.megabytes} MB, from {mirror or makers_address()}"
    )
    with _bar() as progress:
        model = change.add(settings.data_dir, release.language, mirror=mirror, progress=progress)
    _say(model, "is installed in")
    click.echo(_NEXT_START)


def _say(model: Added, what: str) -> None:
    click.echo(
        f"{model.language}: {model.name} {model.version}, licence {model.licence}, {what} {model.folder}"
    )


def _is_here_otherwise(settings: Settings, language: str) -> bool:
    """Return whether the language has a model that is packaged, or the user's own."""
    from personae import actors  # noqa: PLC0415 - spaCy takes a second: not for --help

    actors.use_models(dict(settings.models))
    return actors.is_supported(language)


@contextmanager
def _bar() -> Iterator[Progress]:
    """Show a bar on standard error when a person watches; else nothing."""
    with click.progressbar(
        length=0, label="Fetching", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        last = 0

        def progress(done: int, length: int) -> None:
            nonlocal last
            bar.length = length or done
            bar.update(done - last)
            last = done

        yield progress
