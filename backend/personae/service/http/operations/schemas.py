"""JSON schemas of the nouns, made from their dataclasses, so that they cannot differ."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from personae.model import Actor, Article, Evidence, Identity, LeadImage, Mention, Quote, Removal

Schema = dict[str, Any]
NOUNS = (Article, Actor, Evidence, Identity, LeadImage, Mention, Quote, Removal)
_PLAIN: dict[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}


def nouns() -> dict[str, Schema]:
    """Return name -> schema of every noun; what refers to another does so by "#/components/schemas/"."""
    return {noun.__name__: _object(noun) for noun in NOUNS}


def _object(noun: type) -> Schema:
    hints = get_type_hints(noun)
    return {
        "type": "object",
        "description": (noun.__doc__ or "").partition("\n")[0],
        "required": [one.name for one in fields(noun)],
        "properties": {one.name: _schema(hints[one.name]) for one in fields(noun)},
        "additionalProperties": False,
    }


def _schema(hint: Any) -> Schema:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        kinds = [_schema(one) for one in arguments if one is not NoneType]
        return {"anyOf": [*kinds, {"type": "null"}]} if NoneType in arguments else {"anyOf": kinds}
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    if is_dataclass(hint):
        return {"$ref": f"#/components/schemas/{hint.__name__}"}  # type: ignore[union-attr]
    return {"type": _PLAIN[hint]}
