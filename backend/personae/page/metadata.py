"""What the page says of itself: title, authors, dates, site, language, picture, and whether it is free to read."""

from __future__ import annotations

from dataclasses import dataclass

from personae.model import Direction, LeadImage
from personae.page.parse import Page


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself, chosen from all that it says.

    headlines: every candidate seen for the title, to find its repeats in the body.
    authors: names of persons, in the page's order, without "By", titles or e-mail addresses.
    published, modified: ISO 8601 with the publisher's own offset; a date alone stays a date.
    language: primary tag with optional region, lower case ("en", "pt-br").
    article_body, word_count: what the structured data claim of the body; evidence only, never shown.
    paywalled_selectors: CSS selectors of the parts that the structured data declare not free.
    page_types: og:type and the types of the structured data, lower case.
    """

    title: str | None = None
    headlines: tuple[str, ...] = ()
    standfirst: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    published: str | None = None
    modified: str | None = None
    canonical_url: str | None = None
    language: str | None = None
    direction: Direction = "ltr"
    lead_image: LeadImage | None = None
    section: str | None = None
    article_body: str | None = None
    word_count: int | None = None
    is_accessible_for_free: bool | None = None
    paywalled_selectors: tuple[str, ...] = ()
    page_types: tuple[str, ...] = ()


def read_metadata(page: Page) -> Metadata:
    """Read what the page says of itself. Pure; bad data give None, never an error."""
    titles = tuple(t.strip() for t in page.tree.xpath("//title/text()") if t.strip())
    return Metadata(title=titles[0] if titles else None, headlines=titles)
