"""Corrections of a cast, as the reader page sends them: checked, never kept."""

from __future__ import annotations

import unicodedata
from typing import Any, get_args

from personae.errors import InvalidField
from personae.model import MentionField
from personae.service.application.corrections import CORRECTION_KINDS, Correction, Place

MAX_CORRECTIONS = 100
MAX_LENGTH = 200  # code points of a value


def corrections_of(body: Any) -> list[Correction]:
    """Return the corrections of {"corrections": [{"kind", "actor", "value", "alias", "place"}]}.

    Only kind and actor must be there. place: {"field", "start"}, or null.

    Raises InvalidField.
    """
    listed = body.get("corrections") if isinstance(body, dict) else None
    if not isinstance(listed, list) or len(listed) > MAX_CORRECTIONS:
        raise InvalidField(f'The field "corrections" must be a list of at most {MAX_CORRECTIONS}.')
    return [_correction(one) for one in listed]


def _correction(given: Any) -> Correction:
    fields = given if isinstance(given, dict) else {}
    kind = fields.get("kind")
    if kind not in CORRECTION_KINDS:
        raise InvalidField(f'The "kind" of a correction must be one of {", ".join(CORRECTION_KINDS)}.')
    actor, value = _text("actor", fields.get("actor")), _text("value", fields.get("value", ""))
    alias = _text("alias", fields.get("alias", ""))
    return Correction(kind, actor, _one_line(value), alias, _place(fields.get("place")))


def _place(given: Any) -> Place | None:
    if given is None:
        return None
    fields = given if isinstance(given, dict) else {}
    field = next((name for name in get_args(MentionField) if name == fields.get("field")), None)
    start = _count(fields.get("start"))
    if field is None or start is None:
        raise InvalidField('The "place" of a correction must be a "field" of the article and a "start".')
    return Place(field, start)


def _count(given: Any) -> int | None:
    """Return what a number of JSON counts, None where it counts nothing. 7.0 is as good as 7."""
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    return int(given) if is_number and given >= 0 and given == given // 1 else None


def _text(name: str, given: Any) -> str:
    if not isinstance(given, str) or len(given) > MAX_LENGTH:
        raise InvalidField(f'The "{name}" of a correction must be text of at most {MAX_LENGTH} characters.')
    return given


def _one_line(text: str) -> str:
    """Return a text with white space folded, and without what no page can hold: controls, half characters."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    return " ".join(kept.split())
