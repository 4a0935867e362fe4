"""Formulas: each stands in the page once, as MathML, whatever drew it.

Scripts that typeset mathematics leave two renderings of one formula: boxes for the eye and MathML for screen
readers. Read as text, that says everything twice. Here the MathML takes the place of both, before the page is
cut into blocks. The formula's source in TeX, when the page has it, is kept as the `alttext` of MathML, and
what MathML has no name for becomes a row, so that the parts of fractions and scripts keep their places.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from personae.markup.content_model import FORMULA
from personae.markup.elements import add_text, append

_TYPESETTER = re.compile(
    r"(?:^|\s)(?:katex|mathjax|mjx|mwe-math|math-?tex|latex|ltx_math|tex(?:\s|$)|equation-?image)",
    re.IGNORECASE,
)
_CONTAINERS = frozenset({"mjx-container", "mjx-assistive-mml", "mjx-math"})
_TEX = re.compile(r"\\[a-zA-Z]+|[_^]\{")
_LONGEST_SOURCE = 2000
_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
# A browser closes a formula before these: one that holds them was never closed.
_BLOCKS = ("p", "div", "ul", "ol", "dl", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES = ("display", "alttext", "mathvariant", "linethickness", "stretchy", "accent", "columnalign")


def normalise_formulas(body: HtmlElement) -> None:
    """Replace every typeset formula that holds MathML by that MathML, of known elements alone; tails stay."""
    for math in list(body.iter("math")):
        if next(math.iter(*_BLOCKS), None) is not None:
            math.drop_tag()
            continue
        _move_source(math)
        _normalise_markup(math)
        renderer = next((e for e in reversed(list(math.iterancestors())) if _is_renderer(e)), None)
        if renderer is None or sum(1 for _ in renderer.iter("math")) > 1:
            continue
        if "display" in (renderer.get("class") or "").lower() or renderer.get("display") == "true":
            math.set("display", "block")
        parent = renderer.getparent()
        if parent is not None:
            math.tail = renderer.tail
            parent.replace(renderer, math)
    for element in list(body.iter(*_CONTAINERS)):
        element.tag = "span"  # without MathML in it: what it draws stands in its line


def write_formula(source: HtmlElement, target: HtmlElement) -> None:
    """Copy a normalised formula into an empty <math>: its structure and what it shows."""
    for name in _ATTRIBUTES:
        if value := source.get(name):
            target.set(name, value)
    add_text(target, source.text)
    for child in source:
        write_formula(child, append(target, str(child.tag)))
        add_text(target, child.tail)


def is_formula_image(image: HtmlElement) -> bool:
    """Return True for the picture of a formula: its other text is TeX, or its class says so."""
    alt = image.get("alt") or ""
    return bool(alt) and bool(_TEX.search(alt) or _TYPESETTER.search(image.get("class") or ""))


def _is_renderer(element: HtmlElement) -> bool:
    if element.tag in _CONTAINERS:
        return True
    return (
        element.tag in ("span", "nobr", "div") and _TYPESETTER.search(element.get("class") or "") is not None
    )


def _normalise_markup(math: HtmlElement) -> None:
    """Give unknown elements their place as rows; a token holds text alone, whatever stood in it."""
    for element in list(math.iter()):
        if element.tag in _TOKENS:
            if len(element):
                element.text = "".join(element.itertext())
                del element[:]
        elif element.tag not in FORMULA:
            element.tag = "mrow"


def _move_source(math: HtmlElement) -> None:
    """Make an attribute of the TeX annotation, and drop all annotations: no browser shows them."""
    for annotation in list(math.iter("annotation", "annotation-xml")):
        if "tex" in (annotation.get("encoding") or "").lower() and not math.get("alttext"):
            source = " ".join("".join(annotation.itertext()).split())
            if 0 < len(source) <= _LONGEST_SOURCE:
                math.set("alttext", source)
        if annotation.getparent() is not None:
            annotation.drop_tree()
