"""3. Who is in the story: names, aliases, roles, salience, marks."""

from personae.actors.analysis import analyse
from personae.actors.ner import is_supported, languages, load, model_id

__all__ = ["analyse", "is_supported", "languages", "load", "model_id"]
