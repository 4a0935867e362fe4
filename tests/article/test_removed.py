"""Whatever stood in the article's area is either in the article or among what was taken out."""

from __future__ import annotations

import pytest
from lxml import html
from tests.page_store import ARTICLES, PageStore, source

from personae.article.account.reasons import Reason, Where
from personae.article.choose.body import find_body
from personae.errors import NoArticle
from personae.model import Article
from personae.page.metadata.metadata import read_metadata
from personae.page.parse.parser import parse

SENTENCES = {r.sentence(where=w) for r in Reason for w in Where if "{words}" not in r.value}


def squeezed(text: str) -> str:
    return "".join(text.split())


def words_of(markup: str) -> str:
    return squeezed("".join(html.fragment_fromstring(markup, create_parent="div").itertext()))


def area_of(markup: str) -> list[str]:
    """Return the texts of the blocks in the smallest element around the article, or between its ends."""
    page = parse(markup)
    root = page.tree.find("body")
    if root is None:
        raise NoArticle
    held = list(root.iter())
    body = find_body(root, read_metadata(page))
    trails = [body.blocks[i].trail for i in body.chosen]
    common = set(trails[0]).intersection(*trails[1:])
    area = next((e for e in trails[0] if e in common), None)
    first, last = min(body.chosen), max(body.chosen)
    inside = [b.text for b in body.blocks if area in b.trail or first <= b.index <= last]
    del held
    return inside


def told(article: Article) -> list[str]:
    """Return the words of everything that the article holds or accounts for."""
    texts = [words_of(article.content)]
    if article.lead_image:
        texts.append(squeezed(f"{article.lead_image.caption} {article.lead_image.credit}"))
    for removal in article.removed:
        texts += [words_of(removal.html or "<p></p>"), squeezed(removal.text)]
    return texts


@pytest.mark.parametrize("name", ARTICLES)
def test_no_block_of_the_articles_area_is_unaccounted_for(name: str, pages: PageStore) -> None:
    known = told(pages.read(source(name), actors=False))
    assert [text for text in area_of(source(name)) if not any(squeezed(text) in k for k in known)] == []


@pytest.mark.parametrize("name", ARTICLES)
def test_what_stood_inside_can_be_put_back_and_has_a_reason(name: str, pages: PageStore) -> None:
    article = pages.read(source(name), actors=False)
    for removal in article.removed:
        assert removal.reason in SENTENCES
        assert len(removal.text) <= 120
        if removal.inside:
            assert squeezed(removal.text) in words_of(removal.html)
            assert removal.after is None or 0 <= removal.after < len(article.paragraphs)
        else:
            assert (removal.html, removal.after) == ("", None)
