"""Personae: a reader view that shows you who is in the story.

The public Python API is what this module names; everything else may move between releases.
"""

from importlib.metadata import version as _version

from personae.errors import PersonaeError
from personae.model import (
    SCHEMA_VERSION,
    Access,
    Actor,
    ActorsStatus,
    ActorType,
    Article,
    Evidence,
    LeadImage,
    Mention,
    Quote,
    Removal,
    RemovalKind,
)
from personae.reader import find_actors, read

__version__ = _version("personae")

__all__ = [
    "SCHEMA_VERSION",
    "Access",
    "Actor",
    "ActorType",
    "ActorsStatus",
    "Article",
    "Evidence",
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
