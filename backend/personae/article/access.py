"""Did the page hold the whole story, or a preview of it?"""

from __future__ import annotations

from personae.model import Access
from personae.page.metadata import Metadata


def assess(text: str, metadata: Metadata, gateway: bool) -> tuple[Access, str | None]:  # noqa: FBT001, ARG001
    """Return ("full", None), or "preview" and a short sentence that says what tells so."""
    return "full", None
