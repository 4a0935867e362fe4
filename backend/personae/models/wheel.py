"""Unpacking the model in a wheel: data only, nowhere but in its folder, and no more than it may be.

A wheel is a ZIP file. Of a pipeline's wheel just the model's folder is wanted; the Python code beside it,
which pip would install, is left where it is and never run. A wheel that has names which lead elsewhere is
refused as a whole.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

from personae.errors import ModelNotAdded
from personae.models.releases import Release

_MOST_FILES = 2000
_ENCRYPTED = 0x1
_CODE = frozenset({".py", ".pyc", ".pyd", ".so", ".pth", ".pkl", ".pickle"})


def unpack(wheel: Path, release: Release, folder: Path) -> None:
    """Write the model's files of a wheel into a folder, which is made.

    Raises ModelNotAdded when the wheel is none of the release, or holds what it must not; OSError.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            wanted = _wanted(archive.infolist(), release)
            for path, member in wanted.items():
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as source, file.open("xb") as target:
                    shutil.copyfileobj(source, target)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise _refused(release, "it is damaged") from error


def _wanted(members: list[zipfile.ZipInfo], release: Release) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """Return the files of the model by their paths in its folder. Raises ModelNotAdded."""
    if len(members) > _MOST_FILES:
        raise _refused(release, "it holds too many files")
    root = (release.name, release.folder)
    wanted: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for member in members:
        parts = _checked(member, release)
        if member.is_dir() or parts[:2] != root or len(parts) <= len(root):
            continue
        path = PurePosixPath(*parts[2:])
        if path.suffix.lower() in _CODE:
            raise _refused(release, "there is code among the model's files")
        if path in wanted:
            raise _refused(release, "it holds a file twice")
        wanted[path] = member
    if sum(member.file_size for member in wanted.values()) > release.most_unpacked_bytes:
        raise _refused(release, "what it holds is far larger than the model")
    if PurePosixPath("meta.json") not in wanted or PurePosixPath("ner/model") not in wanted:
        raise _refused(release, "there is no model in it that finds names")
    return wanted


def _checked(member: zipfile.ZipInfo, release: Release) -> tuple[str, ...]:
    """Return the parts of a member's name. Raises ModelNotAdded when it leads out, or is no plain file."""
    name = member.orig_filename
    parts = tuple(name.removesuffix("/").split("/"))
    if any(part in ("", ".", "..") for part in parts) or any(sign in name for sign in "\\:\0"):
        raise _refused(release, "a name in it leads out of its folder")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or member.flag_bits & _ENCRYPTED:
        raise _refused(release, "it holds a link, or another thing that is no plain file")
    return parts


def _refused(release: Release, why: str) -> ModelNotAdded:
    return ModelNotAdded(
        f"{release.wheel} was not unpacked: {why}.",
        hint="Nothing was installed. Fetch the file again from its makers; if that helps not, report this.",
    )
