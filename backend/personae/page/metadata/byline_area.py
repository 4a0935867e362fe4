"""Where a page says who wrote it and when: the lines right below its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement


def lines_below_headline(tree: HtmlElement, most: int) -> list[HtmlElement]:
    """Return the first elements below the headline that may hold a line; without one, of the article."""
    lines = "*[self::p or self::div or self::span or self::small or self::address or self::a]"
    headed = tree.find(".//h1") is not None
    start = "//h1[1]/following::" if headed else "(//article | //main)[1]/descendant::"
    found: list[HtmlElement] = tree.xpath(f"({start}{lines})[position() <= {most}]")
    return found


def stands_elsewhere(elements: Iterable[HtmlElement], names: re.Pattern[str]) -> bool:
    """Return True if one of the elements is beside the article, or has a class that matches `names`.

    Those that hold the whole page, or the whole article, say nothing.
    """
    return any(
        element.tag in ("aside", "footer", "nav") or names.search(element.get("class") or "")
        for element in elements
        if element.tag not in ("body", "html", "main")
    )
