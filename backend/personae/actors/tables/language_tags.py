"""Language tags, as pages and settings give them."""

from __future__ import annotations


def base_language(language: str | None) -> str:
    """Return the language without region or script, in lower case: "en" for "en-GB"; "" for None."""
    return (language or "").replace("_", "-").partition("-")[0].strip().lower()
