"""What the rules make of the names that a language model finds: its labels are given."""

from __future__ import annotations

import re

from personae.actors.languages.en.names.find import find
from personae.actors.names.recogniser import Entity
from personae.actors.text.found_names import Kind
from personae.actors.text.text_units import text_blocks


def kinds(text: str, **labels: list[str]) -> dict[str, Kind]:
    """Return name -> kind where a model finds the given strings, with the given labels."""
    label_of = {name: label for label, found in labels.items() for name in found}
    strings = "|".join(map(re.escape, sorted(label_of, key=len, reverse=True))) or r"(?!)"
    blocks = text_blocks(title="", standfirst="", text=text)
    entities = [
        [Entity(*m.span(), label_of[m[0]]) for m in re.finditer(rf"(?<!\w)(?:{strings})(?!\w)", b.plain)]
        for b in blocks
    ]
    return {name.text: name.kind for name in find(blocks, entities).names}
