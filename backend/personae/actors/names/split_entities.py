"""Entities that the model cut in two."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from personae.actors.names.recogniser import Entity


def join_split_people(
    entities: Sequence[Entity], plain: str, person_labels: Container[str]
) -> Iterator[Entity]:
    """Yield the entities of a text, people with nothing but a space between as one: "Amy" "Coney Barrett"."""
    waiting: Entity | None = None
    for entity in entities:
        if waiting is None:
            waiting = entity
        elif (
            waiting.label in person_labels
            and entity.label in person_labels
            and plain[waiting.end : entity.start] == " "
        ):
            waiting = Entity(waiting.start, entity.end, waiting.label)
        else:
            yield waiting
            waiting = entity
    if waiting is not None:
        yield waiting
