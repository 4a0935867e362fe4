"""Named entities from the packaged models, whatever the language."""
