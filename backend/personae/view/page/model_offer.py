"""The offer to add a language model, beside a cast that has none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """A model that could be added. megabytes: to fetch; by_button: by whoever looks at the page.

    Else the page says what whoever runs the backend would do.
    """

    language: str
    licence: str
    megabytes: int
    by_button: bool

    @property
    def command(self) -> str:
        """What adds it on the backend's machine."""
        return f"`personae models add {self.language}`"
