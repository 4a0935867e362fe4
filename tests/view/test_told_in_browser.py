"""Links of a card to words of the text, in a real browser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.view.browsing import DESKTOP, PHONE, Build, Open, reader

from personae.markup.sanitize import clean
from personae.model import Article, Quote

HIGHLIGHTED = "[...(CSS.highlights.get('told') ?? [])].map(String)"


@pytest.fixture
def quoting(build_article: Build, named: Any) -> Article:
    """Words that stand twice in the text, after a character beyond the BMP, and across inline tags."""
    paragraphs = [f"Nothing happened on day {i}. " * 12 for i in range(20)]
    said = "It is late"
    paragraphs[12] = f"😀 {said}, nobody thought. “{said},” said Ada Lark, the chair."
    article = build_article([p.strip() for p in paragraphs], [named("Ada Lark", role="the chair")])
    start = article.text.index(f"“{said}") + 1
    actor = replace(article.actors[0], quotes=(Quote(start, start + len(said), said, "said"),))
    content = article.content.replace("“It is", "“It <em>is</em>")
    return clean(replace(article, actors=(actor,), content=content))


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_quotation_leads_to_its_very_words(show: Open, quoting: Article, size: tuple[int, int]) -> None:
    page = show(reader(quoting), size=size)
    page.get_by_role("button", name="1 quotation, 1 mention of Ada Lark").click()
    page.get_by_role("link", name="“It is late”", exact=True).click()
    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate(HIGHLIGHTED) == ["It is late"]
    found = "[...CSS.highlights.get('told')][0]"
    assert page.evaluate(f"{found}.startContainer.data[{found}.startOffset - 1]") == "“"
    top = page.evaluate(f"{found}.getBoundingClientRect().top")
    assert 0 < top < size[1] / 2
    page.keyboard.press("Escape")
    assert page.evaluate(HIGHLIGHTED) == []


def test_by_keyboard_the_focus_goes_along(show: Open, quoting: Article) -> None:
    page = show(reader(quoting))
    page.get_by_role("button", name="1 mention of Ada Lark").press("Enter")
    page.get_by_role("link", name="the chair", exact=True).press("Enter")
    assert page.evaluate(HIGHLIGHTED) == ["the chair"]
    assert page.evaluate("document.activeElement.id") == "p13"


def test_without_scripts_it_leads_to_the_paragraph(show: Open, quoting: Article) -> None:
    page = show(reader(quoting), java_script_enabled=False)
    page.get_by_role("button", name="1 mention of Ada Lark").click()
    page.get_by_role("link", name="“It is late”", exact=True).click()
    assert page.url.endswith("#p13")
