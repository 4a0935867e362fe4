"""Code and other preformatted text: line by line as a reader would copy it, and the language it is in."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from personae.article.vocabulary.element_names import names_of_kind
from personae.markup.content_model import CONTROLS, INLINE_ON_PAGES
from personae.markup.elements import append

_LANGUAGE = re.compile(r"(?:^|\s)(?:lang-|language-|highlight-source-|brush:\s?)([\w+#.-]+)")
_LANGUAGE_NAME = re.compile(r"[\w+#.-]{1,30}", re.ASCII)
_LINE_NUMBER = names_of_kind("line_number", re.IGNORECASE)


def write_listing(pre: HtmlElement, out: HtmlElement) -> None:
    """Write preformatted text into an empty `pre`; within a `code` when the page says that it is code."""
    language = _language_of(pre)
    if language is not None or pre.find(".//code") is not None:
        out = append(out, "code")
        if language:
            out.set("class", f"language-{language}")
    strings: list[str] = []
    _collect(pre, strings)
    out.text = "".join(strings)


def _collect(element: HtmlElement, strings: list[str]) -> None:
    """Add an element's text: a `br` ends a line, a block stands on lines of its own."""
    _add(element.text, strings)
    for child in element:
        if child.tag == "br":
            strings.append("\n")
        elif not _is_beside(child):
            is_line = child.tag not in INLINE_ON_PAGES
            if is_line:
                _end_line(strings)
            _collect(child, strings)
            if is_line and not (child.tail or "").startswith("\n"):
                _end_line(strings)
        _add(child.tail, strings)


def _add(text: str | None, strings: list[str]) -> None:
    if text:
        strings.append(text)


def _end_line(strings: list[str]) -> None:
    if strings and not strings[-1].endswith("\n"):
        strings.append("\n")


def _is_beside(element: HtmlElement) -> bool:
    """Return True for what stands beside code but is none of it: a button that copies it, a line's number."""
    if element.tag in CONTROLS:
        return True
    if not _LINE_NUMBER.search(element.get("class") or ""):
        return False
    return "".join("".join(element.itertext()).split()).isdecimal()


def _language_of(pre: HtmlElement) -> str | None:
    """Return the language that code says it is in, by the class that HTML recommends or its like."""
    for element in (pre, *pre.iter("code"), *islice(pre.iterancestors(), 2)):
        found = _LANGUAGE.search(element.get("class") or "")
        named = found[1] if found else element.get("data-lang") or element.get("data-language") or ""
        if _LANGUAGE_NAME.fullmatch(named):
            return named.lower()
    return None
