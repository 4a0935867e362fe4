"""The whole pipeline on one screen: a page goes in, an Article comes out.

Pure: no network, no files but the packaged model, no settings. It has caps (bytes, nodes, depth)
but cannot stop itself; the service and the command line run it where it can be killed.
"""

from __future__ import annotations

from personae.actors import analyse, is_supported
from personae.actors.marks import mark
from personae.article import compose
from personae.errors import LanguageNotSupported
from personae.model import Actor, Article
from personae.page.parse import Page, parse


def read(html: str, url: str | None = None, *, actors: bool = True) -> Article:
    """Read one page.

    html: the page as the browser has it, as text; url: where it came from, for absolute links.
    actors: also find the key actors and mark them.

    Raises PageError (EmptyPage, NotHTML, TooComplex, NoArticle), TooLarge, ModelMissing.
    A language without a model raises nothing: the article says so in `actors_status`.
    """
    article = extract(parse(html, url))
    return cast(article) if actors else article


def extract(page: Page) -> Article:
    """Turn a parsed page into an article without actors. Takes the page's tree apart."""
    return compose(page)


def cast(article: Article) -> Article:
    """Find the actors of an article and mark them in it."""
    if not is_supported(article.language):
        return mark(article, (), status="unsupported-language")
    actors = analyse(
        title=article.title,
        standfirst=article.standfirst or "",
        text=article.text,
        language=article.language or "en",
    )
    return mark(article, actors, status="found")


def find_actors(text: str, *, title: str = "", language: str = "en") -> list[Actor]:
    """Find the actors of a plain text, most important first.

    text: paragraphs joined by blank lines. Offsets of mentions and quotes count code points in
    `text` and `title`.

    Raises LanguageNotSupported, ModelMissing.
    """
    if not is_supported(language):
        raise LanguageNotSupported
    return list(analyse(title=title, standfirst="", text=text, language=language))
