"""3. Who is in the story: names, aliases, roles, salience, marks."""

from personae.actors.cast import analyse
from personae.actors.languages.common.clusters import beyond_doubt
from personae.actors.names.recogniser import (
    is_supported,
    languages,
    load,
    model_id,
    model_info,
    not_installed,
    use_models,
)

__all__ = [
    "analyse",
    "beyond_doubt",
    "is_supported",
    "languages",
    "load",
    "model_id",
    "model_info",
    "not_installed",
    "use_models",
]
