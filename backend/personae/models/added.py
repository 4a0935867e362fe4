"""The models that were added: folders in the data folder, each with a record of what it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from personae.models.releases import Release

RECORD = "personae.json"
_NAME = re.compile(r"[a-z]{2,3}_\w+-\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Added:
    """A model that was added. folder: it holds meta.json and ner/; sha256: of the wheel that it came in."""

    language: str
    name: str
    version: str
    licence: str
    sha256: str
    folder: Path


def models_folder(data_dir: Path) -> Path:
    """Return where added models lie in the data folder."""
    return data_dir / "models"


def added(data_dir: Path) -> dict[str, Added]:
    """Return the added models by their languages; of several versions of one, the newest."""
    found: dict[str, Added] = {}
    for model in all_added(data_dir):
        other = found.get(model.language)
        if other is None or _numbers(other.version) < _numbers(model.version):
            found[model.language] = model
    return found


def all_added(data_dir: Path) -> list[Added]:
    """Return every added model, also those that an interrupted update left behind."""
    try:
        folders = sorted(models_folder(data_dir).iterdir())
    except OSError:
        return []
    return [model for folder in folders if _NAME.fullmatch(folder.name) and (model := _read(folder))]


def folders_of(data_dir: Path) -> Mapping[str, Path]:
    """Return the folder of each added model: language -> folder."""
    return {language: model.folder for language, model in added(data_dir).items()}


def record_of(release: Release) -> str:
    """Return what is written into a model's folder when it is added."""
    kept = {k: v for k, v in asdict(release).items() if k != "megabytes"}
    return json.dumps(kept, indent=2) + "\n"


def _read(folder: Path) -> Added | None:
    try:
        record: Any = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return Added(**{k: str(v) for k, v in record.items()}, folder=folder)
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
