"""Personae: a reader view that shows you who is in the story.

The public Python API is what this module names; everything else may move between releases.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING, Any

from personae.errors import PersonaeError
from personae.model import (
    SCHEMA_VERSION,
    Access,
    Actor,
    ActorsStatus,
    ActorType,
    Article,
    Evidence,
    Identity,
    LeadImage,
    Mention,
    Quote,
    Removal,
    RemovalKind,
)
from personae.version import __version__

if TYPE_CHECKING:
    from personae.reader import find_actors, read


__all__ = [
    "SCHEMA_VERSION",
    "Access",
    "Actor",
    "ActorType",
    "ActorsStatus",
    "Article",
    "Evidence",
    "Identity",
    "LeadImage",
    "Mention",
    "PersonaeError",
    "Quote",
    "Removal",
    "RemovalKind",
    "__version__",
    "find_actors",
    "read",
]


def __getattr__(name: str) -> Any:
    """Load the pipeline when it is first asked for: it brings the language model's library along."""
    if name in {"find_actors", "read"}:
        return getattr(_import_module("personae.reader"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
