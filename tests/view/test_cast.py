"""What the cast says of each actor: quotations, where the role stands, the encyclopedia's search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import lxml.html
import pytest
from lxml.html import HtmlElement

from personae.markup.sanitize import clean
from personae.model import Article, Quote
from personae.view.i18n.catalogue import catalogue
from personae.view.page import marked_story as body
from personae.view.page import render
from personae.view.page.cast_members import MAX_QUOTATIONS, QUOTATION_LENGTH, lookup
from personae.view.page.places import PagePlace, Places

Build = Callable[..., Article]


def page_of(article: Article) -> HtmlElement:
    return lxml.html.document_fromstring(render.reader_page(clean(article), export_base="/read/abc"))


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def places_of(article: Article) -> Places:
    return Places(article, body.show(clean(article), catalogue("en")).paragraphs)


def quoted(article: Article, *said: tuple[str, str]) -> Article:
    """Let the first actor say these words of the text, each with its cue."""
    quotes = []
    for text, cue in said:
        start = article.text.index(text)
        quotes.append(Quote(start, start + len(text), text, cue))
    first, *others = article.actors
    return replace(article, actors=(replace(first, quotes=tuple(quotes)), *others))


@pytest.fixture
def story(build_article: Build, named: Any) -> Article:
    return quoted(
        build_article(
            [
                "Harbours were shut on Monday.",
                "“It is  late,” said Ada Lark, the chair of the Tern Union.",
                "Lark said that nobody would sail. The chairs were empty.",
            ],
            [named("Ada Lark", aliases=("Lark",), role="the chair"), named("Tern Union", "organization")],
        ),
        ("It is  late,", "said"),
        ("nobody would sail", "said"),
    )


def test_each_paragraph_can_be_linked_to(story: Article) -> None:
    assert [p.get("id") for p in page_of(story).cssselect(".story p")] == ["p1", "p2", "p3"]


def test_a_paragraph_keeps_the_id_that_footnotes_link_to() -> None:
    content = '<p>One<a href="#f">1</a></p><ul><li id="f">note</li><li>two</li></ul>'
    article = clean(Article(title="T", content=content, text="One1\n\nnote\n\ntwo"))
    shown = body.show(article, catalogue("en"))
    assert shown.paragraphs == ("p1", "note-f", "p3")
    assert '<li id="note-f">' in shown.content
    assert '<li id="p3">' in shown.content


def test_text_around_a_block_has_one_element_and_one_id() -> None:
    article = Article(title="T", content="<div>a<p>b</p>c</div>", text="a\n\nb\n\nc")
    assert body.show(article, catalogue("en")).paragraphs == ("p1", "p2", None)


def test_html_that_the_sanitiser_did_not_write_gets_no_ids() -> None:
    article = Article(title="T", content="<p>a</p><p class=x>b</p>", text="a\n\nb")
    assert body.show(article, catalogue("en")).paragraphs == (None, None)


def test_the_card_lists_quotations_with_their_places(story: Article) -> None:
    tree = page_of(story)
    (listed,) = tree.cssselect("#card-1 .quotations")
    links = listed.cssselect("li > a")
    assert [words(a) for a in links] == ["“It is late”", "Lark said that nobody would sail."]
    assert [a.get("href") for a in links] == ["#p2", "#p3"]
    # “ stands before the first words; "Lark said that" before the others: no white space counts
    assert [(a.get("data-skip"), a.get("data-length")) for a in links] == [("1", "9"), ("12", "15")]
    assert words(listed.getprevious()) == "2 quotations"
    assert tree.cssselect("#card-2 .quotations") == []


@pytest.mark.parametrize(
    ("paragraph", "said", "line"),
    [
        ("“We go.” He hoped that it would rain, Mr. Lark said. It did.", "it would rain", "He hoped that it would rain, Mr. Lark said."),
        ("It rained. Lark called it “a wet day”. Nobody sailed.", "a wet day", "Lark called it “a wet day”."),
        ("Lark asked who would go. Bea Quill, said Lark, had asked the U.S. Coast Guard: why?", "had asked the U.S. Coast Guard", "Bea Quill, said Lark, had asked the U.S. Coast Guard: why?"),
        ("Who sails? “It rained on 3.5 days,” Lark said.", "It rained on 3.5 days,", "“It rained on 3.5 days”"),
        ("雨だった。ラークは明日は晴れると述べた。船は出た。", "明日は晴れる", "ラークは明日は晴れると述べた。"),
        ("قالت ليلى إن الوقت متأخر. ثم عادت.", "الوقت متأخر", "قالت ليلى إن الوقت متأخر."),
    ],
)  # fmt: skip
def test_a_quotation_reads_as_a_sentence(
    build_article: Build, named: Any, paragraph: str, said: str, line: str
) -> None:
    article = quoted(build_article(["A first one", paragraph, "The end."], [named("Lark")]), (said, "said"))
    (item,) = page_of(article).cssselect("#card-1 .quotations li")
    assert words(item) == line


def test_of_a_long_sentence_the_card_shows_what_is_around_the_words(build_article: Build, named: Any) -> None:
    paragraph = f"It was {'very ' * 60}late when Lark said that she would sail {'and ' * 60}sail."
    article = quoted(build_article([paragraph], [named("Lark")]), ("she would sail", "said"))
    line = words(page_of(article).cssselect("#card-1 .quotations li")[0])
    assert "late when Lark said that she would sail and" in line
    assert (line[:2], line[-2:]) == ("… ", " …")


def test_the_entry_tells_in_words_how_many_quotations_and_mentions_there_are(story: Article) -> None:
    lark, union = page_of(story).cssselect(".entry .count")
    assert lark.get("aria-label") == "2 quotations, 2 mentions of Ada Lark"
    assert words(lark.cssselect(".in-words")[0]) == "2 quotations, 2 mentions"
    assert union.get("aria-label") == "1 mention of Tern Union"
    assert words(union.cssselect(".in-words")[0]) == "1 mention"


def test_quotations_have_the_articles_language_and_direction(build_article: Build, named: Any) -> None:
    article = build_article(["قالت ليلى: الوقت متأخر."], [named("ليلى")], language="ar", direction="rtl")
    (listed,) = page_of(quoted(article, ("الوقت متأخر", "قالت"))).cssselect(".quotations")
    assert (listed.get("lang"), listed.get("dir")) == ("ar", "rtl")


def test_many_and_long_quotations_are_cut_and_counted(build_article: Build, named: Any) -> None:
    paragraphs = [f"Lark said: {i} {'words ' * 80}" for i in range(8)]
    article = build_article([p.strip() for p in paragraphs], [named("Lark")])
    article = quoted(article, *((p.removeprefix("Lark said: ").strip(), "said") for p in paragraphs))
    tree = page_of(article)
    shown = [words(li) for li in tree.cssselect("#card-1 .quotations li")]
    assert len(shown) == MAX_QUOTATIONS
    assert all(text.endswith(" …") and len(text) < QUOTATION_LENGTH + 20 for text in shown)
    assert words(tree.cssselect("#card-1 .rest")[0]) == f"and {8 - MAX_QUOTATIONS} more in the text"


def test_a_role_links_to_where_the_text_says_it(story: Article) -> None:
    (link,) = page_of(story).cssselect("#card-1 .role a")
    assert (words(link), link.get("href")) == ("the chair", "#p2")
    assert link.get("title") == "The text says so in paragraph 2"


def test_of_several_places_the_one_nearest_to_the_actor_is_told(build_article: Build, named: Any) -> None:
    article = build_article(
        ["The mayor spoke first, he said.", "Later the mayor, Ada Lark, left."],
        [named("Ada Lark", role="the mayor")],
    )
    assert places_of(article).of_role(article.actors[0]) == PagePlace(2, "p2", 5, 8)


def test_no_link_where_the_role_is_part_of_a_word_or_of_the_headline(
    build_article: Build, named: Any
) -> None:
    article = build_article(
        ["Ada Lark sold chairs."], [named("Ada Lark", role="chair")], title="Ada Lark, chair"
    )
    assert places_of(article).of_role(article.actors[0]) is None
    assert [words(p) for p in page_of(article).cssselect("#card-1 .role")] == ["chair"]
    assert page_of(article).cssselect(".role a") == []


@pytest.mark.parametrize(
    ("language", "host"),
    [("en", "en"), ("en-GB", "en"), ("pt-BR", "pt"), ("AR", "ar"), (None, "en"), ("x.example/", "en")],
)
def test_the_encyclopedia_is_asked_in_the_articles_language(language: str | None, host: str) -> None:
    assert lookup("A & B", language) == f"https://{host}.wikipedia.org/w/index.php?search=A+%26+B"


def test_looking_up_is_a_link_that_tells_nothing_of_the_page(story: Article) -> None:
    tree = page_of(story)
    (link,) = tree.cssselect("#card-1 .lookup a")
    assert (link.get("rel"), link.get("target")) == ("noopener noreferrer", "_blank")
    assert [e.get("rel") for e in tree.cssselect("link") if "wikipedia" in (e.get("href") or "")] == []
