"""Markup that a browser puts elsewhere before it shows it: shadow roots, and parts streamed by the server."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_STREAMED = re.compile(r"^(.*)S:([0-9a-f]+)$")


def place_streamed_parts(tree: HtmlElement) -> None:
    """Move parts that a React server streamed hidden to where its script shows them.

    A part is `<div hidden id="S:1">` at the page's end; its place is `<template id="B:1">` or "P:1".
    Only a page saved without running its scripts still has them apart.
    """
    hidden = [element for element in tree.iter("div") if element.get("hidden") is not None]
    parts = [(part, match) for part in hidden if (match := _STREAMED.search(part.get("id") or ""))]
    if not parts:
        return
    places = {place.get("id"): place for place in tree.iter("template") if place.get("id")}
    for part, match in parts:
        del part.attrib["hidden"]
        prefix, number = match.groups()
        place = places.get(f"{prefix}B:{number}", places.get(f"{prefix}P:{number}"))
        if place is not None and place is not part and part not in set(place.iterancestors()):
            place.addnext(part)


def flatten_shadow_roots(tree: HtmlElement) -> None:
    """Put declarative shadow roots in the place of their hosts' children; drop all other templates."""
    for template in list(tree.iter("template")):
        host = template.getparent()
        if host is None or (host is not tree and tree not in host.iterancestors()):
            continue  # went with its host's children, or with another template
        if not (template.get("shadowrootmode") or template.get("shadowroot")):
            template.drop_tree()
        else:
            _flatten(host, template)


def _flatten(host: HtmlElement, template: HtmlElement) -> None:
    """Render a host as the browser does: the shadow root, with the host's children in its slots."""
    children, text = _take_children(host, template)
    host.text = template.text
    host.extend(list(template))
    for slot in list(host.iter("slot")):
        name = slot.get("name") or ""
        fitting = [child for child in children if (child.get("slot") or "") == name]
        loose = "" if name else text
        if fitting or loose.strip():
            _fill(slot, loose, fitting)
            children = [child for child in children if child not in fitting]
            text = text if name else ""
        slot.drop_tag()


def _take_children(host: HtmlElement, template: HtmlElement) -> tuple[list[HtmlElement], str]:
    """Empty a host; return its children with their tails, and its text that stands beside none of them.

    Templates are none of its children; what stands after the one with the shadow root is text of the host.
    """
    children: list[HtmlElement] = []
    loose = host.text or ""
    for child in list(host):
        tail, child.tail = child.tail, None
        host.remove(child)
        if child is template:
            loose += tail or ""
        elif child.tag != "template":
            child.tail = tail
            children.append(child)
    return children, loose


def _fill(slot: HtmlElement, text: str, children: list[HtmlElement]) -> None:
    """Put a host's text and children in the place of what a slot shows without them."""
    for fallback in list(slot):
        slot.remove(fallback)
    slot.text = text or None
    slot.extend(children)
