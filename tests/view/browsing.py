"""What tests of the pages in a real browser share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from personae.markup.sanitize import clean
from personae.model import Article
from personae.view.exports.formats import EXPORTS
from personae.view.page import render

Build = Callable[..., Article]
Open = Callable[..., Page]
ORIGIN = "http://127.0.0.1:18810"
DESKTOP, PHONE = (1440, 1000), (390, 844)


def picture(width: str = "1200", height: str = "600") -> str:
    """Return an SVG of this many CSS pixels."""
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size}/></svg>'


PICTURE = picture()


def until(page: Page, condition: str) -> None:
    """Wait for an expression to hold; the policy forbids the browser's own way, which evaluates strings."""
    for _ in range(400):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never: {condition}")


def reader(article: Article, **options: Any) -> str:
    return render.reader_page(article, export_base="/read/x", exports=EXPORTS, **options)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def article_of(content: str, **fields: Any) -> Article:
    """Return an article without a cast that holds this HTML."""
    given: dict[str, Any] = {"title": "A plain title", "language": "en", "actors_status": "found", **fields}
    return clean(Article(content=content, text="", **given))


def in_window(page: Page, css: str) -> bool:
    """Tell whether an element's beginning is in the window, below the bar."""
    height = page.viewport_size["height"] if page.viewport_size else 0
    box = page.locator(css).bounding_box()
    bar = page.locator(".bar").bounding_box()
    return box is not None and bar is not None and bar["height"] <= box["y"] < height
