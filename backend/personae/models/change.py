"""Adding, updating and removing models. A change is whole or did not happen, whatever interrupts it.

A model is fetched, checked and unpacked beside the others, and gets its place by one renaming. A lock a
language keeps two processes from adding the same; the system takes it from a process that ends, however it
ends.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from personae.errors import ModelBusy, ModelNotAdded, ModelNotListed
from personae.models import added as shelf
from personae.models.added import Added
from personae.models.fetch import Progress, copy, fetch, hash_of_file
from personae.models.releases import Release, release_of, releases
from personae.models.wheel import unpack


def add(data_dir: Path, language: str, *, mirror: str = "", progress: Progress) -> Added:
    """Fetch and install the model of a language; replace an older one. One that is there is left as it is.

    mirror: an address in place of the makers'. Raises ModelNotListed, ModelBusy, ModelNotAdded.
    """
    release = release_of(language)
    return _install(data_dir, release, lambda target: fetch(release, mirror, target, progress))


def add_file(data_dir: Path, file: Path, *, progress: Progress) -> Added:
    """Install the model in a wheel that lies on this machine, which is told by its hash.

    Raises ModelNotListed when it is none of the releases, ModelBusy, ModelNotAdded.
    """
    digest = hash_of_file(file)
    release = next((one for one in releases().values() if one.sha256 == digest), None)
    if release is None:
        raise ModelNotListed(
            f"{file.name} is no wheel that Personae knows: its SHA-256 is {digest}.",
            hint="`personae models list` names those that it knows. It may be damaged, or another "
            "version. A model of your own is unpacked and named in PERSONAE_MODELS.",
        )
    return _install(data_dir, release, lambda target: copy(release, file, target, progress))


def outdated(data_dir: Path) -> dict[str, Added]:
    """Return the added models of which there is another release now."""
    known = releases()
    return {
        language: model
        for language, model in shelf.added(data_dir).items()
        if language in known and known[language].sha256 != model.sha256
    }


def remove(data_dir: Path, language: str) -> None:
    """Remove the added model of a language. Raises ModelNotListed when none was added, ModelBusy."""
    if language not in shelf.added(data_dir):
        raise ModelNotListed(
            f"No model of the language {language!r} was added.",
            hint="`personae models list` says which were. One of PERSONAE_MODELS, or one that pip "
            "installed, is taken out there.",
        )
    with _locked(data_dir, language):
        _clear(data_dir, language)


def _install(data_dir: Path, release: Release, write: Callable[[IO[bytes]], str]) -> Added:
    with _locked(data_dir, release.language) as workplace:
        there = shelf.added(data_dir).get(release.language)
        if there is not None and there.sha256 == release.sha256:
            return there
        try:
            _stage(workplace, release, write)
            place = shelf.models_folder(data_dir) / release.folder
            if place.exists():  # of the same name and another hash, or broken: the new one is complete by now
                place.rename(workplace / "old")
            (workplace / "model").rename(place)
        except OSError as error:
            why = error.strerror or error
            raise ModelNotAdded(
                f"The model cannot be written into {shelf.models_folder(data_dir)}: {why}.",
                hint="Nothing was installed. Free some space, or change the folder's owner.",
            ) from None
        _clear(data_dir, release.language, keep=release.folder)
    return shelf.added(data_dir)[release.language]


def _stage(workplace: Path, release: Release, write: Callable[[IO[bytes]], str]) -> None:
    """Make a complete model in `workplace`. Nothing is unpacked before its hash is as it should be."""
    wheel = workplace / release.wheel
    with wheel.open("xb") as target:
        digest = write(target)
    if digest != release.sha256:
        raise ModelNotAdded(
            f"{release.wheel} is not what its makers released: its SHA-256 is {digest}, not "
            f"{release.sha256}.",
            hint="Nothing was installed. It may have been cut or changed on its way: try again, from another "
            "network or with --mirror.",
        )
    unpack(wheel, release, workplace / "model")
    (workplace / "model" / shelf.RECORD).write_text(shelf.record_of(release), encoding="utf-8")


def _clear(data_dir: Path, language: str, *, keep: str = "") -> None:
    """Remove a language's models but one. Each loses its record first, so that nobody meets half of it."""
    for model in shelf.all_added(data_dir):
        if model.language == language and model.folder.name != keep:
            (model.folder / shelf.RECORD).unlink(missing_ok=True)
            shutil.rmtree(model.folder, ignore_errors=True)


@contextmanager
def _locked(data_dir: Path, language: str) -> Iterator[Path]:
    """Hold a language's lock; yield an empty folder to work in, gone afterwards. Raises ModelBusy."""
    folder = shelf.models_folder(data_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / f".{language}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ModelNotAdded(
            f"The folder of models, {folder}, cannot be written: {error.strerror}.",
            hint="Change its owner, or set PERSONAE_DATA_DIR to a folder of yours.",
        ) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ModelBusy from None
        workplace = folder / f".{language}.new"
        shutil.rmtree(workplace, ignore_errors=True)  # of a process that was killed
        workplace.mkdir()
        try:
            yield workplace
        finally:
            shutil.rmtree(workplace, ignore_errors=True)
    finally:
        os.close(lock)
