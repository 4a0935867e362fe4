"""A snapshot of a selection: what the reader marked is the article, whatever it looks like."""

from __future__ import annotations

import pytest

from personae.article import compose
from personae.errors import NoArticle
from personae.model import Article
from personae.page.parse.parser import fingerprint, parse

URL = "https://news.example.test/2025/harbour"
MARKS = 'data-personae-snapshot="1" data-personae-selection=""'
# All of it looks like chrome, and the last paragraph breaks off.
MARKED = """
<nav><p>Read all of it for one euro a week. Subscribe now.</p></nav>
<ul><li>First <a href="/pier">of the list</a></li></ul>
<section class="comments"><p>A reader writes that the pier is too lo</p></section>
"""
HEAD = """
<title>Pier vote put off - Ellerby Echo</title>
<meta name="author" content="Odile Marsh"><meta name="description" content="What the page says of itself.">
<meta property="og:image" content="/pier.jpg">
<script type="application/ld+json">
{"@type": "NewsArticle", "headline": "Pier vote put off", "isAccessibleForFree": false, "wordCount": 900}
</script>
"""


def read(body: str, marks: str = MARKS) -> Article:
    return compose(parse(f"<html {marks}><head>{HEAD}</head><body>{body}</body></html>", URL))


def test_all_of_it_is_the_article_in_its_order() -> None:
    assert read(MARKED).text.split("\n\n") == [
        "Read all of it for one euro a week. Subscribe now.",
        "First of the list",
        "A reader writes that the pier is too lo",
    ]


def test_nothing_is_removed_and_it_is_no_preview_of_itself() -> None:
    article = read(MARKED)
    assert article.removed == ()
    assert (article.access, article.access_reason) == ("full", None)


def test_its_structure_stays_and_its_links_are_whole() -> None:
    assert '<li>First <a href="https://news.example.test/pier">of the list</a></li>' in read(MARKED).content


def test_the_page_says_whose_it_is_but_adds_nothing_to_it() -> None:
    article = read(MARKED)
    assert article.title == "Pier vote put off"
    assert article.authors == ("Odile Marsh",)
    assert (article.standfirst, article.lead_image) == (None, None)


def test_one_word_is_enough_and_nothing_is_not() -> None:
    assert read("<p>chairs</p>").text == "chairs"
    with pytest.raises(NoArticle):
        read("<p> </p>")


def test_a_page_that_is_no_snapshot_cannot_call_itself_a_selection() -> None:
    assert not parse(f"<html data-personae-selection><body>{MARKED}</body></html>").selection


def test_a_selection_is_another_page_than_the_same_words_whole() -> None:
    whole, part = (
        parse(f"<html {marks}><body>{MARKED}</body></html>", URL)
        for marks in ('data-personae-snapshot="1"', MARKS)
    )
    assert fingerprint(whole) != fingerprint(part)
