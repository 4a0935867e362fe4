"""The whole pipeline on one screen: a page goes in, an Article comes out.

Pure: no network, no files but the packaged model, no settings. It has caps (bytes, nodes, depth)
but cannot stop itself; the service and the command line run it where it can be killed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from personae.actors import analyse, beyond_doubt, is_supported, without_key_makers
from personae.article import compose
from personae.article.rules.table import checked
from personae.errors import LanguageNotSupported
from personae.markup.marks import mark
from personae.markup.sanitize import clean
from personae.model import Actor, ActorsStatus, ActorType, Article
from personae.page.metadata.metadata import read_metadata
from personae.page.metadata.named_subjects import without_makers
from personae.page.parse.parser import Page, parse


class Draft(NamedTuple):
    """An article without actors, not yet sanitised.

    named: persons and organisations that the page's structured data give as its subjects: name -> type.
    """

    article: Article
    named: Mapping[str, ActorType]


def read(
    html: str, url: str | None = None, *, actors: bool = True, without_rules: Collection[str] = ()
) -> Article:
    """Read one page.

    html: the page as the browser has it, as text; url: where it came from, for absolute links.
    actors: also find the key actors and mark them.
    without_rules: names of extraction's rules to pass over, to see what each does (docs/extraction.md).

    Raises PageError (EmptyPage, NotHTML, TooComplex, NoArticle), TooLarge, ModelMissing.
    A language without a model raises nothing: the article says so in `actors_status`.
    Raises ValueError when no rule has one of the names.
    """
    draft = extract(parse(html, url), without_rules=checked(without_rules))
    cast, status = find_cast(draft) if actors else ([], "not-requested")
    return finish(draft.article, cast, status)


def extract(page: Page, *, without_rules: Collection[str] = ()) -> Draft:
    """Turn a parsed page into an article without actors, not yet sanitised. Takes the tree apart."""
    metadata = read_metadata(page)
    article = compose(page, metadata, without=without_rules)
    credit = [article.lead_image.credit] if article.lead_image else []
    return Draft(article, without_makers(metadata.named, credit))


def find_cast(draft: Draft) -> tuple[list[Actor], ActorsStatus]:
    """Find the actors of an article, most important first, and say whether anybody looked.

    In a language without a model only those beyond doubt are found, mostly none.
    """
    article = draft.article
    if not is_supported(article.language):
        actors = beyond_doubt(
            title=article.title,
            standfirst=article.standfirst or "",
            text=article.text,
            language=article.language,
            named=draft.named,
        )
        return actors, "unsupported-language"
    actors = analyse(
        title=article.title,
        standfirst=article.standfirst or "",
        text=article.text,
        language=article.language,
    )
    return actors, "found"


def finish(article: Article, actors: Sequence[Actor], status: ActorsStatus) -> Article:
    """Mark the actors in the article and sanitise it: always the last step."""
    return clean(mark(article, without_key_makers(article, actors), status))


def find_actors(text: str, *, title: str = "", language: str = "en") -> list[Actor]:
    """Find the actors of a plain text, most important first.

    text: paragraphs joined by blank lines. Offsets of mentions and quotes count code points in
    `text` and `title`.

    Raises LanguageNotSupported, ModelMissing.
    """
    if not is_supported(language):
        raise LanguageNotSupported
    return analyse(title=title, standfirst="", text=text, language=language)
