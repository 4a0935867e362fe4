"""Formulas as strict MathML 3 has them: whether one is sound, and a copy with only what is valid."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element

from personae.markup.content_model import FORMULA

MATHML = "http://www.w3.org/1998/Math/MathML"

# How many parts these have; any other element may have any number: https://www.w3.org/TR/MathML3/chapter3.html
_PARTS = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext", "mspace"})
_UNCOUNTED = frozenset({"mmultiscripts", "mprescripts"})  # their pairs need <none/>, which is not kept
_LENGTH = r"-?\d*\.?\d+(?:em|ex|px|in|cm|mm|pt|pc|%)"
_VARIANTS = (
    "normal bold italic bold-italic double-struck bold-fraktur script bold-script fraktur sans-serif "
    "bold-sans-serif sans-serif-italic sans-serif-bold-italic monospace initial tailed looped stretched"
)
_VALUES = {
    "accent": re.compile("true|false"),
    "alttext": re.compile(r"(?s:.+)"),
    "columnalign": re.compile(r"(?:left|center|right)(?: (?:left|center|right))*"),
    "display": re.compile("block|inline"),
    "linethickness": re.compile(f"thin|medium|thick|0|{_LENGTH}"),
    "mathvariant": re.compile("|".join(_VARIANTS.split())),
    "stretchy": re.compile("true|false"),
}
_OF_MATH = frozenset({"alttext", "display"})


def is_sound(math: _Element) -> bool:
    """Return whether each element of a formula holds what MathML lets it."""
    return all(_is_sound_part(part) for part in math.iter())


def copy_formula(math: _Element, out: _Element) -> None:
    """Append a sound formula to an element, in MathML's namespace."""
    copy = etree.SubElement(out, f"{{{MATHML}}}math", nsmap={None: MATHML})
    _copy_values(math, copy, _OF_MATH)
    _copy_parts(math, copy)


def _is_sound_part(part: _Element) -> bool:
    tag = part.tag
    if not isinstance(tag, str) or tag not in FORMULA or tag in _UNCOUNTED:
        return False
    if tag in _TOKENS:
        return len(part) == 0 and (tag != "mspace" or not (part.text or "").strip())
    children = [child.tag for child in part]
    texts = (part.text, *(child.tail for child in part))
    return (
        not any((text or "").strip() for text in texts)
        and _PARTS.get(tag, len(children)) == len(children)
        and "math" not in children
        and (set(children) == {"mtr"} if tag == "mtable" else "mtr" not in children)
        and (set(children) == {"mtd"} if tag == "mtr" else "mtd" not in children)
    )


def _copy_parts(source: _Element, out: _Element) -> None:
    if source.tag in _TOKENS:
        out.text = source.text
    for child in source:
        # Without its annotations, semantics is a row.
        tag = "mrow" if child.tag == "semantics" else str(child.tag)
        part = etree.SubElement(out, f"{{{MATHML}}}{tag}")
        _copy_values(child, part, _VALUES.keys() - _OF_MATH)
        _copy_parts(child, part)


def _copy_values(source: _Element, out: _Element, names: frozenset[str] | set[str]) -> None:
    for name in sorted(names):
        value = source.get(name)
        if value is not None and _VALUES[name].fullmatch(value):
            out.set(name, value)
