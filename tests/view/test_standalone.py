"""One file that holds the whole reader view and loads nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest
from playwright.sync_api import Browser

from personae.markup.sanitize import clean
from personae.model import Article, LeadImage
from personae.view.exports import standalone


@pytest.fixture
def page() -> lxml.html.HtmlElement:
    article = Article(
        title="A pier < opens",
        content='<p>First.</p><figure><img src="https://cdn.example/a.jpg" alt="a > b"><figcaption>Seen.</figcaption></figure>'
        '<p>Then <a href="https://other.example/x">more</a> <img class="formula" src="https://cdn.example/f.png" alt="a &lt; b"></p>',
        text="First.\n\nThen more",
        url="https://herald.example/pier",
        lead_image=LeadImage("https://cdn.example/lead.jpg", caption="Dawn"),
        language="en",
    )
    return lxml.html.document_fromstring(standalone.page(clean(article)))


def test_nothing_is_loaded_and_nothing_leads_to_the_backend(page: lxml.html.HtmlElement) -> None:
    assert page.xpath("//img | //script | //link | //iframe | //source | //form") == []
    (style,) = page.xpath("//style")
    assert "url(" not in style.text
    assert [href for href in page.xpath("//a/@href") if href.startswith("/")] == []


def test_the_story_its_captions_formulas_and_links_are_all_there(page: lxml.html.HtmlElement) -> None:
    (story,) = page.xpath("//div[@class='story']")
    assert story.text_content().split() == ["First.Seen.Then", "more", "a", "<", "b"]
    assert page.xpath("string(//figure[@class='lead'])").strip() == "Dawn"
    assert "https://other.example/x" in story.xpath(".//a/@href")
    assert "https://herald.example/pier" in page.xpath("//a/@href")


def test_the_look_came_along(page: lxml.html.HtmlElement) -> None:
    assert ".cast" in page.xpath("string(//style)")


def test_each_mark_leads_to_its_actor_but_none_within_a_link(build_article: Any, named: Any) -> None:
    article = build_article(["Ada Lark left."], [named("Ada Lark")], title="Ada Lark goes")
    mark = '<mark class="actor" data-actor="actor-0">Ada Lark</mark>'
    within = f'<p>{mark} left. <a href="https://other.example/x">{mark}</a></p>'
    page = lxml.html.document_fromstring(standalone.page(clean(_with(article, within))))
    entry = page.xpath("//li[@data-actor='actor-0']")[0].get("id")
    assert page.xpath("//mark/a/@href") == [f"#{entry}"] * 2
    assert page.xpath("//a//a") == []


def _with(article: Article, content: str) -> Article:
    return Article.from_dict({**article.to_dict(), "content": content})


def test_opened_from_a_disk_it_asks_for_nothing_and_its_cast_works(
    headless_chromium: Browser, tmp_path: Path, story: Article
) -> None:
    file = tmp_path / "story.html"
    file.write_text(standalone.page(story), encoding="utf-8")
    context = headless_chromium.new_context(java_script_enabled=True, color_scheme="dark")
    page = context.new_page()
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.goto(file.as_uri())
    dark = page.evaluate("getComputedStyle(document.body).color")
    page.locator(".story mark a").first.click()
    assert page.url.endswith("#cast-1")
    page.locator(".entry .count").first.click()
    card = page.get_by_role("dialog", name="Ada Lark")
    assert card.get_by_text("the chair").is_visible()
    card.locator(".contexts a").nth(3).click()
    assert page.url.rpartition("#")[2].startswith("m")
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).color") != dark
    assert asked == [file.as_uri()]
    assert told == []
    context.close()


def test_a_mark_of_an_actor_that_is_folded_away_unfolds_it(
    headless_chromium: Browser, tmp_path: Path, story: Article
) -> None:
    file = tmp_path / "story.html"
    file.write_text(standalone.page(story), encoding="utf-8")
    context = headless_chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator(".story mark.organization a").first.click()
    assert page.locator("details.others .entry").first.is_visible()
    context.close()
