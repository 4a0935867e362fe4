"""One file that holds the whole reader view and loads nothing."""

from __future__ import annotations

import lxml.html
import pytest

from personae.model import Article, LeadImage
from personae.view import render
from personae.view.sanitize import clean


@pytest.fixture
def page() -> lxml.html.HtmlElement:
    article = Article(
        title="A pier < opens",
        content='<p>First.</p><figure><img src="https://cdn.example/a.jpg" alt="a > b"><figcaption>Seen.</figcaption></figure>'
        '<p>Then <a href="https://other.example/x">more</a>.</p>',
        text="First.\n\nThen more.",
        url="https://herald.example/pier",
        lead_image=LeadImage("https://cdn.example/lead.jpg"),
        language="en",
    )
    return lxml.html.document_fromstring(render.standalone_page(clean(article)))


def test_nothing_is_loaded(page: lxml.html.HtmlElement) -> None:
    assert page.xpath("//img | //script | //link | //iframe | //source") == []
    (style,) = page.xpath("//style")
    assert "url(" not in style.text


def test_the_story_its_caption_and_its_links_are_all_there(page: lxml.html.HtmlElement) -> None:
    (story,) = page.xpath("//div[@class='story']")
    assert story.text_content().split() == ["First.Seen.Then", "more."]
    assert "https://other.example/x" in story.xpath(".//a/@href")
    assert "https://herald.example/pier" in page.xpath("//a/@href")


def test_the_look_came_along(page: lxml.html.HtmlElement) -> None:
    assert ".cast" in page.xpath("string(//style)")
