"""An account of the result: what was removed and why, full or preview, language, direction."""
