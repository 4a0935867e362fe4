"""Write the tree of an article, element by element; serialise it, and read it again."""

from __future__ import annotations

from html import escape

from lxml.etree import _Element
from lxml.html import HtmlElement, document_fromstring, tostring

from personae.markup.tree import html_parser, new_element


def append(parent: HtmlElement, tag: str) -> HtmlElement:
    """Add an empty element at the end of another and return it."""
    child: HtmlElement = new_element(tag)
    parent.append(child)
    return child


def add_text(out: _Element, text: str | None) -> None:
    """Add text at the end of an element."""
    if not text:
        return
    if len(out):
        out[-1].tail = (out[-1].tail or "") + text
    else:
        out.text = (out.text or "") + text


def trim(element: HtmlElement) -> None:
    """Take white space and breaks off both ends of a block."""
    while len(element) and element[0].tag == "br" and not (element.text or "").strip():
        element.text = element[0].tail or ""
        element.remove(element[0])
    while len(element) and element[-1].tag == "br" and not (element[-1].tail or "").strip():
        element.remove(element[-1])
    if element.text:
        element.text = element.text.lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() or None
    elif element.text:
        element.text = element.text.rstrip()


def html_of(element: HtmlElement) -> str:
    """Return the inner HTML of an element."""
    parts = [tostring(child, encoding="unicode") for child in element]
    return escape(element.text or "", quote=False) + "".join(parts)


def body_of(inner: str) -> HtmlElement:
    """Return a body whose inner HTML is given; it may nest as deep as pages do."""
    body = document_fromstring(f"<html><body>{inner}</body></html>", parser=html_parser()).find("body")
    return body if body is not None else new_element("body")
