"""Corrections of a cast, as the reader page sends them: checked, never kept."""

from __future__ import annotations

from typing import Any

from personae.actors.corrections import KINDS, Correction
from personae.errors import InvalidField

MOST = 100
LONGEST = 200  # code points of a value


def corrections_of(body: Any) -> list[Correction]:
    """Return the corrections of {"corrections": [{"kind", "actor", "value"}]}.

    Raises InvalidField.
    """
    listed = body.get("corrections") if isinstance(body, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST:
        raise InvalidField(f'The field "corrections" must be a list of at most {MOST}.')
    return [_correction(one) for one in listed]


def _correction(given: Any) -> Correction:
    fields = given if isinstance(given, dict) else {}
    kind, actor, value = (fields.get(name, "") for name in ("kind", "actor", "value"))
    if kind not in KINDS:
        raise InvalidField(f'The "kind" of a correction must be one of {", ".join(KINDS)}.')
    for name, text in (("actor", actor), ("value", value)):
        if not isinstance(text, str) or len(text) > LONGEST:
            raise InvalidField(f'The "{name}" of a correction must be at most {LONGEST} characters.')
    return Correction(kind, actor, " ".join(value.split()))
