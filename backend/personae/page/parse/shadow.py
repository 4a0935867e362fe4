"""Markup that a browser puts elsewhere before it shows it: shadow roots, and parts streamed by the server."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_STREAMED = re.compile(r"^(.*)S:([0-9a-f]+)$")


def settle_streamed_parts(tree: HtmlElement) -> None:
    """Move parts that a React server streamed hidden to where its script shows them.

    A part is `<div hidden id="S:1">` at the page's end; its place is `<template id="B:1">` or "P:1".
    Only a page saved without running its scripts still has them apart.
    """
    hidden = tree.xpath("//div[@hidden and contains(@id, 'S:')]")
    parts = [(part, match) for part in hidden if (match := _STREAMED.search(part.get("id")))]
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
    light: list[HtmlElement] = []
    loose = [host.text]
    for child in list(host):
        tail, child.tail = child.tail, None
        host.remove(child)
        if child is template:
            loose.append(tail)
        elif child.tag != "template":
            child.tail = tail
            light.append(child)
    host.text = template.text
    host.extend(list(template))
    text = "".join(part for part in loose if part)
    for slot in list(host.iter("slot")):
        name = slot.get("name") or ""
        taken = [child for child in light if (child.get("slot") or "") == name]
        stray = text if not name else ""
        if taken or stray.strip():
            for fallback in list(slot):
                slot.remove(fallback)
            slot.text = stray or None
            slot.extend(taken)
            light = [child for child in light if child not in taken]
            text = "" if not name else text
        slot.drop_tag()
