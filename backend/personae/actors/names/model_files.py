"""What a model's folder says of itself: its files are looked at, not loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from personae.actors.tables.language_tags import base_language
from personae.errors import ModelMissing

Origin = Literal["own", "added", "packaged"]


class ModelInfo(NamedTuple):
    """What a model says of itself. folder: where it is; origin: how it came there.

    "own" is the user's, named in the settings; "added" was added by a command of ours.
    """

    language: str
    name: str
    version: str
    licence: str
    folder: Path
    origin: Origin = "packaged"

    @property
    def own(self) -> bool:
        """Whether it is the user's own, named in the settings."""
        return self.origin == "own"


def read_model(language: str, folder: str | Path) -> ModelInfo:
    """Return what a model in a folder says of itself. Raises ModelMissing: cause and next step."""
    folder = Path(folder)
    meta = meta_of(folder)
    if meta is None:
        raise ModelMissing(
            f"{folder} is no spaCy model: it has no meta.json that can be read.",
            hint="Name the folder that holds meta.json, config.cfg and ner/ (for a package, the folder "
            "inside its module).",
        )
    if meta.get("lang") != base_language(language):
        raise ModelMissing(
            f"The model in {folder} is for the language {meta.get('lang')!r}, not {language!r}.",
            hint="Put the language that its meta.json names before the folder, or name another folder.",
        )
    if "ner" not in meta.get("pipeline", ()) or not (folder / "ner" / "model").is_file():
        raise ModelMissing(
            f"The model in {folder} finds no names: it has no component called ner.",
            hint="Use a spaCy pipeline with named entities.",
        )
    return info_of(base_language(language), meta, folder, "own")


def meta_of(folder: Path) -> dict[str, Any] | None:
    """Return the meta.json of a model's folder; None when there is none that can be read."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return meta if isinstance(meta, dict) else None


def info_of(language: str, meta: Mapping[str, Any], folder: Path, origin: Origin) -> ModelInfo:
    """Return what a model's meta.json says."""
    name, licence = f"{language}_{meta.get('name', '')}", str(meta.get("license") or "not stated")
    return ModelInfo(language, name, str(meta.get("version", "")), licence, folder, origin)
