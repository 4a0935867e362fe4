"""3. Who is in the story: names, aliases, roles, words, salience."""

from personae.actors.cast import analyse, beyond_doubt
from personae.actors.makers import without_key_makers
from personae.actors.names.recogniser import (
    is_supported,
    languages,
    leave_out,
    model_id,
    model_info,
    use_models,
)
from personae.actors.registry import load

__all__ = [
    "analyse",
    "beyond_doubt",
    "is_supported",
    "languages",
    "leave_out",
    "load",
    "model_id",
    "model_info",
    "use_models",
    "without_key_makers",
]
