"""What a worker does with one page, as the parent asks for it and as the worker does it.

The parent's side is `session.PageSession`, the worker's `steps.PipelineSteps`: both are `Steps`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from personae.model import Actor, ActorsStatus, Article


class Steps(Protocol):
    """One page, from its markup to the article. Called in this order; a cache may stand between them."""

    def open(self, html: str, url: str | None) -> bytes:
        """Parse the page; return the fingerprint of what all further steps read."""
        ...

    def extract(self) -> Article:
        """Return the article without actors, not yet sanitised."""
        ...

    def find_cast(self) -> tuple[list[Actor], ActorsStatus]:
        """Return the actors of the extracted article, and whether anybody looked."""
        ...

    def finish(self, actors: Sequence[Actor], status: ActorsStatus) -> Article:
        """Return the article with these actors marked, sanitised."""
        ...


class Step(StrEnum):
    """The name of each method of `Steps`, as it crosses to the worker."""

    OPEN = "open"
    EXTRACT = "extract"
    FIND_CAST = "find_cast"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What workers can do. models: language -> id of its model; trouble: why a model is missing, or None."""

    models: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None


class StepsModule(Protocol):
    """A module that workers are forked with, as `personae.workers.steps` is: a seam for tests."""

    def use_models(self, own: Mapping[str, str], added: Mapping[str, str]) -> None:
        """Use language models of the user's own and those that were added: language -> folder.

        Raises SettingError when one of the user's own cannot be used.
        """
        ...

    def prepare(self, *, all_languages: bool) -> Capabilities:
        """Load what every page needs, before workers are forked.

        all_languages: also the models of all further languages, which each worker else loads at its first
        such page.
        """
        ...

    def new_page(self) -> Steps:
        """Return the steps of another page; one object may serve one page after the other."""
        ...
