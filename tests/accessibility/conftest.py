"""A demonstration story read by the whole pipeline, a page with everything that a text can hold, and the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.accessibility.stage import Stage, axe_source
from tests.view.browsing import article_of
from tests.view.conftest import Name, build

import personae
from personae.errors import NotHTML, TokenWrong, TookTooLong
from personae.markup.sanitize import clean
from personae.model import Article, LeadImage, StorageStatus
from personae.store.lists import ListedArticle, Lists
from personae.store.records import Entry
from personae.view.exports.formats import EXPORTS
from personae.view.page import home_page, render

DEMO = Path(__file__).parents[1] / "pages" / "demo-story"

BRIEF = """<html lang="en"><title>Ada Lark goes to sea</title><article><h1>Ada Lark goes to sea</h1>
<p>Ada Lark, the chair of the Tern Union, left Oslo harbour on Monday with Bea Quill, said the union in a letter.</p>
<p>“It is late,” Lark said, and the Tern Union agreed with her about the weather and about the long way home.</p>
<aside class="newsletter"><p>Subscribe to our newsletter and get the news in your inbox every morning.</p>
<form><input type="email" name="email" placeholder="Your e-mail"><button>Sign up</button></form></aside>
<p>Quill answered that nobody had asked for more wind, and that Lark knew the sea better than anybody else there.</p>
<p>Norway’s weather service had warned the crews on Sunday. It closed the outer harbour of Oslo for the night.</p>
<p>The two came back on Friday, when the harbour was quiet again and the Tern Union had sent all boats home.</p>
</article></html>"""

RICH = """
<p>The survey took nine years<sup><a href="#note-1">1</a></sup> and <a href="https://atlas.example/">an atlas</a>.</p>
<h2>What was measured</h2>
<ul><li>Depth</li><li>Salt</li></ul>
<figure><img src="https://img.example/ship.jpg" alt="A survey ship in ice" width="1200" height="600">
<figcaption>The ship in March.</figcaption></figure>
<h3>In figures</h3>
<table><caption>Depth by year</caption><thead><tr><th>Year</th><th>Depth</th></tr></thead>
<tbody><tr><td>2019</td><td>410 m</td></tr></tbody></table>
<h2>How</h2>
<pre><code>depth = speed * time / 2  # the way there and back, and the sound's speed at that salt and warmth</code></pre>
<blockquote><p>Nobody had asked the sea.</p></blockquote>
<hr>
<ol><li id="note-1">Eight of them at sea.</li></ol>
"""


NOW = 1_800_000_000.0


def listed(*read: Article) -> Lists:
    """Return lists in which all of these were read, the first is kept, and the last is shared."""
    rows = []
    for number, article in enumerate(read):
        actors = tuple((actor.name, actor.type) for actor in article.actors if actor.key)
        entry = Entry(
            str(number) * 43, "life", article.title, article.site, article.url, article.published,
            article.language, article.direction, article.reading_minutes, actors, NOW - 7200 * number,
        )  # fmt: skip
        share = f"/shared/{'s' * 44}" if article is read[-1] else None
        rows.append(ListedArticle(entry, entry.since, pinned=not number, share=share))
    return Lists(kept=(rows[0],), shared=(rows[-1],), recent=tuple(rows))


def at_home(
    lists: Lists, frame: home_page.Frame, *, extension_seen: float | None = NOW - 60, done: str = ""
) -> str:
    return home_page.home_page(lists, extension_seen=extension_seen, is_firefox=False, done=done, frame=frame)


@pytest.fixture(scope="session")
def demo() -> Article:
    url = json.loads((DEMO / "expected.json").read_text(encoding="utf-8"))["url"]
    return personae.read((DEMO / "source.html").read_text(encoding="utf-8"), url)


@pytest.fixture(scope="session")
def brief() -> Article:
    """A short story with a small cast, whose every state is quick to check."""
    return personae.read(BRIEF, "https://herald.example/sea")


@pytest.fixture(scope="session")
def rich() -> Article:
    return article_of(
        RICH,
        title="Nine years of soundings",
        url="https://atlas.example/a",
        site="The Atlas",
        lead_image=LeadImage(
            "https://img.example/lead.jpg", alt="The sea", width=1200, height=600, caption="At dawn"
        ),
    )


@pytest.fixture(scope="session")
def arabic() -> Article:
    return clean(
        build(
            [
                "قالت ليلى إن النرويج وافقت. " * 9,
                "ثم عادت ليلى إلى بيتها. " * 9,
                "ولم تقل النرويج شيئا. " * 9,
            ],
            [Name("ليلى", role="الوزيرة"), Name("النرويج", "country")],
            title="ليلى في النرويج",
            language="ar",
            direction="rtl",
            url="https://sahifa.example/a",
            site="الصحيفة",
        )
    )


@pytest.fixture(scope="session")
def japanese() -> Article:
    """A story with everything that a text can hold, for vertical lines."""
    story = build(
        ["三浦市長は12日に港で会見し、潮見研究所と結んだ協定を明らかにした。" * 9] * 3,
        [Name("三浦市長", role="市長"), Name("潮見研究所", "organization")],
        title="海の声を聞く町",
        language="ja",
        url="https://shiomi.example/a",
        site="潮見日日新聞",
    )
    return clean(replace(story, content=story.content + RICH))


@pytest.fixture(scope="session")
def mongolian() -> Article:
    return clean(
        build(
            ["ᠪᠠᠲᠤ ᠲᠠᠯᠠ ᠨᠤᠲᠤᠭ ᠲᠤ ᠪᠣᠷᠣᠭᠠ ᠣᠷᠣᠬᠤ ᠶᠢ ᠦᠵᠡᠵᠦ ᠪᠠᠶᠠᠷᠯᠠᠪᠠ᠃"] * 9,
            [Name("ᠪᠠᠲᠤ")],
            title="ᠪᠣᠷᠣᠭᠠ ᠣᠷᠣᠪᠠ",
            language="mn",
            url="https://tal.example/a",
            site="ᠲᠠᠯᠠ",
        )
    )


@pytest.fixture(scope="session")
def preview() -> Article:
    return clean(
        build(
            ["Ada Lark left the harbour. " * 9],
            [Name("Ada Lark")],
            title="Ada Lark leaves",
            url="https://herald.example/a",
            access="preview",
            access_reason="The page held no text of the article.",
        )
    )


@pytest.fixture(scope="session")
def articles(request: pytest.FixtureRequest) -> dict[str, Article]:
    names = ("demo", "brief", "rich", "arabic", "japanese", "mongolian", "preview")
    return {name: request.getfixturevalue(name) for name in names}


@pytest.fixture(scope="session")
def _stage(headless_chromium: Browser, articles: dict[str, Article]) -> Iterator[Stage]:
    def reader(article: Article, path: str, language: str = "en") -> str:
        return render.reader_page(
            article, export_base=path, exports=EXPORTS, storage=StorageStatus(), language=language
        )

    stage = Stage(headless_chromium)
    for name, article in articles.items():
        stage.articles[f"/read/{name}"] = article
        stage.pages[f"/read/{name}"] = reader(article, f"/read/{name}")
    for name in ("brief", "arabic"):
        stage.pages[f"/arabic/{name}"] = reader(articles[name], f"/read/{name}", "ar")
    lists = listed(articles["demo"], articles["arabic"])
    frame = home_page.Frame("en", now=NOW, keeps_for=7 * 86400)
    stage.pages["/"] = at_home(lists, frame)
    stage.pages["/new"] = at_home(Lists(), frame, extension_seen=None, done="forget_everything")
    stage.pages["/arabic"] = at_home(lists, replace(frame, language="ar"))
    stage.pages["/articles/recent"] = home_page.list_page(
        "recent", lists.recent, number=2, pages=3, total=120, frame=frame
    )
    stage.pages["/articles/forget"] = home_page.forget_all_page(lists, frame=frame)
    stage.pages["/try"] = render.try_page()
    stage.pages["/try-again"] = render.try_page(NotHTML())
    stage.pages["/sign-in"] = render.sign_in_page(next_path="/")
    stage.pages["/refused"] = render.sign_in_page(TokenWrong(), next_path="/")
    stage.pages["/problem"] = render.error_page(TookTooLong(), original_url="https://herald.example/a")
    yield stage
    stage.close()


@pytest.fixture
def stage(_stage: Stage) -> Iterator[Stage]:
    """The pages; whatever they complain of fails the test."""
    _stage.complaints.clear()
    yield _stage
    _stage.close()
    assert _stage.complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    return axe_source()
