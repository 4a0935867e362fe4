"""What the page says of itself: title, authors, dates, site, language, picture, whether it is free."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from personae.markup.text import clean_text, width_of
from personae.model import ActorType, Direction, LeadImage
from personae.page.metadata.authors import read_authors
from personae.page.metadata.head_matter import Heading, HeadMatter, PageText, headings, shown_standfirst
from personae.page.metadata.iso_dates import date_in_path, iso_date
from personae.page.metadata.named_subjects import read_named
from personae.page.metadata.sites import Sites, name_key
from personae.page.metadata.statements import Statements
from personae.page.metadata.structured import types
from personae.page.metadata.titles import Claim, choose_title
from personae.page.metadata.visible_date import (
    as_shown,
    labelled_date,
    published_of,
    shown_dates,
    visible_date,
)
from personae.page.parse.parser import Page, http_url

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "iw", "ur", "ps", "yi", "dv", "sd", "ug", "ckb"})
_LANGUAGE = re.compile(r"^([a-zA-Z]{2,3})(?:[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2}|\d{3})\b)?(?:[-_.@,;\s]|$)")
_TRADITIONAL_CHINESE = re.compile(r"zh[-_]hant$", re.IGNORECASE)
_LONGEST_BODY = 2_000_000
_HEADLINE_WORDS, _HEADLINE_WIDTH = 5, 30


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself, chosen from all that it says.

    title: as the reader sees it, without the site's name or a kicker.
    headlines: every candidate seen for the title, to find its repeats in the body.
    authors: names in the page's order, without "By", roles or e-mail addresses.
    published, modified: ISO 8601 with the publisher's own offset; a date alone stays a date.
    language: primary tag with optional region, lower case ("en", "pt-br").
    article_body, word_count: what the structured data claim of the body; evidence only, never shown.
    is_accessible_for_free: as the structured data declare it; None when they do not.
    page_types: og:type and the types of the structured data, lower case.
    named: persons and organisations that the structured data give as subjects: name -> type.
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
    page_types: tuple[str, ...] = ()
    named: Mapping[str, ActorType] = field(default_factory=dict)


def read_metadata(page: Page) -> Metadata:
    """Read what the page says of itself. Pure; bad data give None or (), never an error."""
    statements = Statements.of(page)
    text = PageText.of(page.tree)
    found = headings(text)
    sites = _sites(page, statements, found)
    title, headlines = choose_title(_declared_titles(page.tree, statements), found, sites)
    language = _language(page.tree, statements)
    description = statements.first_text(statements.meta_of("descriptions"))
    head = HeadMatter.of(text, headlines)
    authors = tuple(read_authors(page.tree, head, statements, sites))
    return Metadata(
        title=title,
        headlines=headlines,
        standfirst=_standfirst(statements, description, headlines) or shown_standfirst(head),
        description=description,
        authors=authors,
        site=sites.names[0] if sites.names else None,
        published=_published(page, statements, text, head),
        modified=_first_date(
            [
                *statements.facts("dateModified"),
                *statements.meta_of("modified"),
                *statements.marked("dateModified"),
            ]
        ),
        canonical_url=_canonical_url(page, statements),
        language=language,
        direction=_direction(page.tree, language),
        lead_image=_lead_image(page, statements),
        section=statements.first_text([*statements.facts("articleSection"), *statements.meta_of("sections")]),
        article_body=statements.first_text(statements.facts("articleBody"), longest=_LONGEST_BODY),
        word_count=_word_count(statements),
        is_accessible_for_free=_is_free(statements),
        page_types=_page_types(statements),
        named=read_named(statements, sites, authors),
    )


def _sites(page: Page, statements: Statements, found: list[Heading]) -> Sites:
    """Return the site's names, and those by which it goes on its own pages.

    A headline that the page gives out as the site's name, or the application's, is none.
    """
    titles = [
        *statements.meta("og:title")[:1],
        *statements.facts("headline")[:3],
        *statements.marked("headline"),
    ]
    titles += [text for heading in found if heading.level == 1 for text in (heading.bare, heading.whole)]
    own = {name_key(clean_text(text)) for text in titles}
    whole = {name_key(clean_text(title.text)) for title in list(page.tree.iter("title"))[:1]}
    applications = {name_key(clean_text(text)) for text in statements.meta_of("applications")}
    doubtful = applications - {name_key(clean_text(text)) for text in statements.meta("og:site_name")}
    names = [
        name
        for name in statements.site_names()
        if name_key(name) not in (own | whole if _is_long_enough(name) else own & doubtful)
    ]
    return Sites.of(names, page.url).known_too(statements.home_links())


def _is_long_enough(name: str) -> bool:
    """Return True if a name is so long that it can be a headline."""
    return len(name.split()) >= _HEADLINE_WORDS or width_of(name) >= _HEADLINE_WIDTH


def _declared_titles(tree: HtmlElement, statements: Statements) -> list[Claim]:
    claims = [Claim("structured", clean_text(text)) for text in statements.facts("headline")[:3]]
    claims += [Claim("structured", clean_text(text)) for text in statements.marked("headline")[:2]]
    claims += [Claim("og", clean_text(text)) for text in statements.meta("og:title")[:1]]
    claims += [Claim("twitter", clean_text(text)) for text in statements.meta("twitter:title")[:1]]
    claims += [Claim("title", clean_text(title.text)) for title in list(tree.iter("title"))[:1]]
    claims += [Claim("meta", clean_text(text)) for text in statements.meta_of("titles")]
    return claims


def _standfirst(statements: Statements, description: str | None, headlines: tuple[str, ...]) -> str | None:
    """Return what may stand under the title: metadata's word for it; the visible one is in the article."""
    text = (
        statements.first_text([*statements.facts("alternativeHeadline"), *statements.facts("description")])
        or description
    )
    return None if text in headlines else text


def _published(page: Page, statements: Statements, text: PageText, head: HeadMatter) -> str | None:
    language = _language(page.tree, statements)
    declared = [
        *statements.facts("datePublished"),
        *statements.meta_of("published"),
        *statements.marked("datePublished"),
    ]
    created = [
        *statements.facts("dateCreated"),
        *statements.page_facts("datePublished"),
        *statements.facts("uploadDate"),
    ]
    shown = shown_dates(head, language)
    for value in [*declared, *created]:
        if found := iso_date(value, language):
            return as_shown(found, value, shown, language)
    return (
        published_of(shown)
        or date_in_path(page.url)
        or visible_date(page.tree, head, language)
        or labelled_date(text.lines, head, language)
        or next((one.iso for one in shown), None)
    )


def _first_date(values: list[Any]) -> str | None:
    return next((found for value in values if (found := iso_date(value))), None)


def _canonical_url(page: Page, statements: Statements) -> str | None:
    links = [
        link.get("href")
        for link in page.tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    return next(
        (url for href in [*links, *statements.meta("og:url")] if (url := http_url(href, page.base_url))), None
    )


def _language(tree: HtmlElement, statements: Statements) -> str | None:
    declared: list[Any] = [
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        tree.get("xml:lang"),
    ]
    declared += [
        *statements.facts("inLanguage"),
        *statements.meta_of("languages"),
    ]
    for value in declared:
        tag = (value.get("alternateName") or value.get("name")) if isinstance(value, dict) else value
        match = _LANGUAGE.match(tag.strip()) if isinstance(tag, str) else None
        if match and _TRADITIONAL_CHINESE.match(match.string):
            return "zh-tw"  # the likely region; without one its characters would be taken for simplified ones
        if match:
            return "-".join(part.lower() for part in match.groups() if part)
    return None


def _direction(tree: HtmlElement, language: str | None) -> Direction:
    body = tree.find("body")
    for element in (tree, body):
        declared = (element.get("dir") or "").strip().lower() if element is not None else ""
        if declared in ("ltr", "rtl"):
            return "rtl" if declared == "rtl" else "ltr"
    return "rtl" if language and language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _lead_image(page: Page, statements: Statements) -> LeadImage | None:
    for value in [
        *statements.meta_of("images"),
        *statements.facts("image"),
    ]:
        image = value[0] if isinstance(value, list) and value else value
        about = statements.graph.resolve(image)
        address = (about.get("url") or about.get("contentUrl")) if isinstance(about, dict) else about
        address = address[0] if isinstance(address, list) and address else address
        if isinstance(address, str) and (src := http_url(address, page.base_url)):
            alt = statements.first_text(statements.meta_of("image_texts")) or ""
            texts = about if isinstance(about, dict) else {}
            return LeadImage(
                src=src,
                alt=alt,
                caption=clean_text(texts.get("caption")),
                credit=clean_text(texts.get("creditText")),
            )
    return None


def _word_count(statements: Statements) -> int | None:
    for value in statements.facts("wordCount"):
        text = str(value).strip()
        if text.isascii() and text.isdigit() and int(text[:9]) > 0:
            return int(text[:9])
    return None


def _is_free(statements: Statements) -> bool | None:
    for value in [*statements.facts("isAccessibleForFree"), *statements.page_facts("isAccessibleForFree")]:
        text = str(value).strip().lower().rpartition("/")[2]
        if text in ("true", "false"):
            return text == "true"
    return None


def _page_types(statements: Statements) -> tuple[str, ...]:
    kinds = [text.lower() for value in statements.meta("og:type") if (text := clean_text(value, longest=60))]
    kinds += [kind for item in [*statements.articles, *statements.graph.pages()] for kind in types(item)]
    return tuple(dict.fromkeys(kinds))
