"""The chosen blocks keep their structure, and nothing else of the page comes along."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from personae.article.segment.blocks import normalise_page, segment
from personae.article.segment.formulas import normalise_formulas
from personae.article.write.article_tree import ArticleTree, write_article
from personae.markup.elements import html_of
from personae.model import LeadImage

BASE = "https://news.example.test/story"


def tidied(markup: str, *unwanted: str, lead: LeadImage | None = None) -> ArticleTree:
    """All blocks are chosen but those whose text is named."""
    body = html.document_fromstring(f"<body>{markup}</body>").find("body")
    normalise_formulas(body)
    normalise_page(body)
    blocks = segment(body)
    chosen = frozenset(b.index for b in blocks if b.text not in unwanted)
    return write_article(body, blocks, chosen, BASE, lead)


def content(markup: str, *unwanted: str) -> str:
    return html_of(tidied(markup, *unwanted).content)


def test_divs_and_spans_unwrap_and_h1_becomes_h2():
    assert (
        content("<div><div><h1>One</h1><div><span>two</span></div></div></div>") == "<h2>One</h2><p>two</p>"
    )


def test_lists_keep_their_items_and_lose_the_unwanted():
    assert content("<ol><li>a</li><li>ad</li><li>b</li></ol>", "ad") == "<ol><li>a</li><li>b</li></ol>"


def test_items_of_one_loose_list_stay_together():
    assert content("<div><li>a</li><li>b</li></div>") == "<ul><li>a</li><li>b</li></ul>"


def test_quotes_keep_their_paragraphs():
    assert content("<blockquote><p>a</p><p>b</p></blockquote>") == "<blockquote><p>a</p><p>b</p></blockquote>"


def test_preformatted_text_keeps_its_lines():
    assert content("<pre><code>a\n  b</code></pre>") == "<pre><code>a\n  b</code></pre>"


def test_a_table_of_data_stays_a_table():
    table = "<table><tbody><tr><th>Party</th><th>Seats</th></tr><tr><td>Reeds</td><td>12</td></tr></tbody></table>"
    assert content(table) == (
        "<table><tr><th>Party</th><th>Seats</th></tr><tr><td>Reeds</td><td>12</td></tr></table>"
    )


def test_a_layout_table_goes():
    assert content("<table><tr><td><p>a</p><p>b</p></td></tr></table>") == "<p>a</p><p>b</p>"


def test_inline_marks_stay_and_others_unwrap():
    assert content("<p>H<sub>2</sub>O <font color=red>is</font> <mark>water</mark><ins></ins></p>") == (
        "<p>H<sub>2</sub>O is water</p>"
    )


def test_ruby_and_mathematics_stay():
    assert content("<p><ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby></p>") == (
        "<p><ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby></p>"
    )
    formula = "<math><msup><mi>x</mi><mn>2</mn></msup><annotation>x^2</annotation></math>"
    assert content(f"<p>so {formula}</p>") == "<p>so <math><msup><mi>x</mi><mn>2</mn></msup></math></p>"


def test_footnote_links_and_their_targets_keep_their_names():
    markup = (
        '<p id="top">Text<a href="#n1" id="r1">1</a></p><ol><li id="n1">Note <a href="#r1">back</a></li></ol>'
    )
    assert content(markup) == (
        '<p>Text<a id="r1" href="#n1">1</a></p><ol><li id="n1">Note <a href="#r1">back</a></li></ol>'
    )


def test_a_link_to_nowhere_unwraps():
    assert content('<p><a href="#">top</a> <a href="javascript:x">x</a> <a href="/y">y</a></p>') == (
        '<p>top x <a href="https://news.example.test/y">y</a></p>'
    )


def test_pictures_of_a_teaser_list_stay_out():
    teaser = '<div class="teasers"><a href="/x"><img src="/x.jpg"><h3>Other story</h3></a></div>'
    assert content(f"<div><p>a</p>{teaser}<p>b</p></div>", "Other story") == "<p>a</p><p>b</p>"


def test_the_stated_lead_picture_is_used_when_the_page_shows_none():
    lead = LeadImage(src="https://news.example.test/og.jpg")
    assert tidied("<div><p>a</p><p>b</p></div>", lead=lead).lead_image == lead


def test_the_top_figure_keeps_its_size():
    figure = '<figure><img src="/pier.jpg" width="1200" height="800"><figcaption>Pier</figcaption></figure>'
    lead = tidied(f"<div>{figure}<p>a</p><p>b</p></div>").lead_image
    assert lead is not None
    assert (lead.width, lead.height) == (1200, 800)


def test_the_top_figure_replaces_the_stated_lead_picture():
    lead = LeadImage(src="https://news.example.test/pier-1200x630.jpg")
    done = tidied(
        '<div><figure><img src="/pier.jpg"><figcaption>Pier</figcaption></figure><p>a</p><p>b</p></div>',
        "Pier",
        lead=lead,
    )
    assert done.lead_image is not None
    assert (done.lead_image.src, done.lead_image.caption) == ("https://news.example.test/pier.jpg", "Pier")
    assert html_of(done.content) == "<p>a</p><p>b</p>"


@pytest.mark.parametrize("alt", ["The pier at noon", ""])
def test_the_stated_lead_picture_is_described_as_the_page_describes_it(alt: str) -> None:
    """It stands above the story, outside its container, without a caption."""
    stated = LeadImage(
        src="https://news.example.test/harbour-pier-at-noon-1200x630.jpg", width=1200, height=630
    )
    top = f'<div class="top"><img src="/harbour-pier-at-noon-800x500.jpg" width="800" height="500" alt="{alt}"></div>'
    done = tidied(f"<main><h1>T</h1>{top}<div><p>a</p><p>b</p></div></main>", "T", lead=stated)
    assert done.lead_image == replace(stated, alt=alt)
