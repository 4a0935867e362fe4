"""One story, a list of stories, or nothing to read: what tells them apart, and that no story is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import personae
from personae.article.choose.page_kind import judge_page
from personae.article.rules.case import Case
from personae.article.segment.blocks import segment
from personae.errors import NoArticle
from personae.page.metadata.metadata import Metadata
from personae.page.parse.parser import parse

LINE = "The ferry to Norwick will not sail before {} o'clock, the harbour master said on Tuesday."
URL = "https://paper.example/2026/11/the-ferry-to-norwick-is-late"


def verdict(body: str, url: str | None = None, metadata: Metadata | None = None) -> str:
    """Return the kind of a page whose model is sure of every paragraph and of nothing else."""
    root = parse(f"<html><body>{body}</body></html>").tree.find("body")
    assert root is not None
    blocks = segment(root)
    sure = {b.index: 0.9 if b.tag == "p" and b.linked < 0.5 else 0.1 for b in blocks}
    case = Case(blocks, sure, 0.6, metadata or Metadata())
    return judge_page(case, case.above_threshold(), url, threshold=0.6).kind


def teasers(count: int, summary: str = "") -> str:
    """Linked headlines, each with a summary below it, if any."""
    return "".join(
        f'<div><h3><a href="/s/{n}">Bakery number {n} on Mill Street shuts its doors</a></h3>{summary}</div>'
        for n in range(count)
    )


def paragraphs(count: int) -> str:
    return "".join(f"<p>{LINE.format(n)}</p>" for n in range(count))


@pytest.mark.parametrize("wrap", ["{}", "<div>{}</div>", "<div><div><span>{}</span></div></div>"])
def test_three_sure_paragraphs_on_end_are_a_story_whatever_stands_beside_them(wrap: str) -> None:
    story = "".join(wrap.format(f"<p>{LINE.format(n)}</p>") for n in range(3))
    assert verdict(f"{story}{teasers(80)}") == "story"


def test_summaries_below_linked_headlines_are_no_story() -> None:
    assert verdict(teasers(20, f"<p>{LINE.format(7)}</p>"), "https://paper.example/") != "story"


def test_a_short_paragraph_below_the_page_s_headline_is_a_story_beside_many_teasers() -> None:
    metadata = Metadata(title="The ferry is late", page_types=("newsarticle",))
    assert verdict(f"<h1>The ferry is late</h1>{paragraphs(1)}{teasers(40)}", URL, metadata) == "story"


@pytest.mark.parametrize("signed", [Metadata(title="Late"), Metadata(title="Late", published="2026-11-30")])
def test_one_short_sentence_is_a_story_where_the_page_is_signed(signed: Metadata) -> None:
    body = "<h1>Late</h1><p>The ferry to Norwick will not sail before noon today.</p>"
    assert verdict(body, metadata=signed) == ("story" if signed.published else "nothing")


def test_a_date_or_kicker_within_the_headline_leaves_it_the_page_s_title() -> None:
    metadata = Metadata(title="Fewer ferries to Norwick in spring")
    for head in ("<span>27.01.2026</span>", "<i>Harbour</i> ", "Transport: "):
        story = f"<h1>{head}Fewer ferries to Norwick in spring</h1>{paragraphs(1)}{teasers(40)}"
        assert verdict(story, URL, metadata) == "story"
    other = "<h1>Fewer ferries to Norwick in spring, says the harbour master</h1>"
    assert verdict(f"{other}{paragraphs(1)}{teasers(40)}", metadata=metadata) == "nothing"


def test_verse_without_a_full_stop_is_something_to_read() -> None:
    line = "the ferry in the morning<br>the bell across the water<br>and nobody to call"
    verses = "".join(f"<p>{line} for {n}</p>" for n in ("Ada", "Bea", "Cleo", "Dora", "Edda"))
    assert verdict(f"<h1>The bell</h1>{verses}", metadata=Metadata(title="The bell")) == "story"
    assert verdict(f"<p>{line}</p>") == "nothing"


def test_headlines_alone_are_nothing_to_read() -> None:
    assert verdict(teasers(40), "https://paper.example/") == "nothing"


def test_a_list_that_holds_text_is_shown_and_said_to_be_one() -> None:
    long = " ".join(LINE.format(n) for n in range(6))
    assert verdict(teasers(5, f"<p>{long}</p>"), "https://paper.example/") == "list"


def test_the_first_page_of_a_site_is_refused(pytestconfig: pytest.Config) -> None:
    page = Path(pytestconfig.rootpath, "tests/pages/home-page/source.html").read_text("utf-8")
    with pytest.raises(NoArticle):
        personae.read(page, "https://www.paper.example/", actors=False)
