"""Whole news pages as data: each folder of `tests/pages` is one page and what must come out of it.

See `tests/pages/README.md` for the names in `expected.json` and for how to add a page.
"""

from __future__ import annotations

import json
from datetime import datetime
from difflib import ndiff
from typing import Any

import pytest
from lxml import html
from tests.page_store import ARTICLES, NAMES, PageStore, source
from tests.page_store import expectation as expected

import personae
from personae.errors import PersonaeError
from personae.markup.paragraphs import plain_text
from personae.model import Actor, Article

CHECKED = frozenset(
    {
        "url",
        "title",
        "standfirst",
        "authors",
        "published",
        "modified",
        "site",
        "language",
        "direction",
        "access",
    }
    | {"paragraphs", "chrome", "removed_kinds", "images", "images_absent", "content_has"}
    | {"access_reason", "actors", "error"}
)


REFUSED = [name for name in NAMES if "error" in expected(name)]
WITH_ACTORS = [name for name in ARTICLES if "actors" in expected(name)]


def having(*keys: str) -> list[Any]:
    """The articles whose expectation has one of the keys, as (folder, key) pairs."""
    return [pytest.param(n, k, id=f"{n}-{k}") for n in ARTICLES for k in keys if k in expected(n)]


def difference(want: list[str], got: list[str]) -> str:
    """Paragraphs missed (-), extra (+) and, where only words differ, where they differ (?)."""
    return "\n".join(line.rstrip() for line in ndiff(want, got) if not line.startswith("  "))


def as_moment(value: str | None) -> tuple[str, datetime] | None:
    """A date as written to the day, and the moment with its offset: "Z" and "+00:00" are the same."""
    return None if value is None else (value[:10], datetime.fromisoformat(value))


@pytest.mark.parametrize("name", NAMES)
def test_an_expectation_has_only_names_that_are_checked(name: str) -> None:
    assert set(expected(name)) <= CHECKED


@pytest.mark.parametrize("name", ARTICLES)
def test_paragraphs_are_those_of_the_story(name: str, pages: PageStore) -> None:
    want, got = expected(name).get("paragraphs"), pages.page(name).paragraphs
    if want is not None and got != want:
        pytest.fail(f"{name}: (- missed, + extra)\n{difference(want, got)}", pytrace=False)


@pytest.mark.parametrize("name", ARTICLES)
def test_no_chrome_is_left_in_the_text(name: str, pages: PageStore) -> None:
    text = pages.page(name).text
    assert [string for string in expected(name).get("chrome", []) if string in text] == []


@pytest.mark.parametrize(("name", "key"), having("title", "standfirst", "site", "direction", "access"))
def test_what_stands_above_the_story(name: str, key: str, pages: PageStore) -> None:
    assert getattr(pages.page(name), key) == expected(name)[key]


@pytest.mark.parametrize(("name", "key"), having("authors"))
def test_authors(name: str, key: str, pages: PageStore) -> None:
    assert list(pages.page(name).authors) == expected(name)[key]


@pytest.mark.parametrize(("name", "key"), having("published", "modified"))
def test_dates_keep_the_publishers_offset(name: str, key: str, pages: PageStore) -> None:
    got, want = as_moment(getattr(pages.page(name), key)), as_moment(expected(name)[key])
    assert got == want
    assert got is None or want is None or got[1].utcoffset() == want[1].utcoffset()


@pytest.mark.parametrize(("name", "key"), having("language"))
def test_language(name: str, key: str, pages: PageStore) -> None:
    assert (pages.page(name).language or "").split("-")[0] == expected(name)[key]


@pytest.mark.parametrize(("name", "key"), having("removed_kinds"))
def test_removals_say_what_was_taken_out(name: str, key: str, pages: PageStore) -> None:
    assert set(expected(name)[key]) <= {removal.kind for removal in pages.page(name).removed}


@pytest.mark.parametrize(("name", "key"), having("images", "images_absent"))
def test_images_of_the_story(name: str, key: str, pages: PageStore) -> None:
    sources = {img.get("src") for img in content_tree(pages.page(name)).iter("img")}
    listed = set(expected(name)[key])
    assert listed & sources == (listed if key == "images" else set())


@pytest.mark.parametrize(("name", "key"), having("access_reason"))
def test_a_preview_says_what_tells_so_and_a_whole_story_nothing(
    name: str, key: str, pages: PageStore
) -> None:
    said, want = pages.page(name).access_reason, expected(name)[key]
    assert said is None if want is None else want in (said or "")


@pytest.mark.parametrize(("name", "key"), having("content_has"))
def test_content_keeps_the_markup_that_carries_meaning(name: str, key: str, pages: PageStore) -> None:
    content = pages.page(name).content
    assert [string for string in expected(name)[key] if string not in content] == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_without_a_story_is_refused(name: str) -> None:
    with pytest.raises(PersonaeError) as caught:
        personae.read(source(name), expected(name).get("url"), actors=False)
    assert caught.value.code == expected(name)["error"]


def content_tree(article: Article) -> html.HtmlElement:
    return html.fragment_fromstring(article.content, create_parent="div")


@pytest.mark.parametrize("name", ARTICLES)
def test_text_is_the_plain_text_of_content(name: str, pages: PageStore) -> None:
    article = pages.page(name)
    assert plain_text(content_tree(article)) == article.text


@pytest.mark.parametrize("name", ARTICLES)
def test_content_holds_nothing_that_runs_styles_or_asks(name: str, pages: PageStore) -> None:
    tree = content_tree(pages.page(name))
    banned = {
        "script",
        "style",
        "link",
        "iframe",
        "object",
        "form",
        "input",
        "button",
        "template",
        "noscript",
    }
    assert {e.tag for e in tree.iter()} & banned == set()
    assert [a for e in tree.iter() for a in e.attrib if a.startswith("on") or a == "style"] == []
    links = [link for _, attribute, link, _ in tree.iterlinks() if attribute in ("href", "src")]
    assert [link for link in links if not link.startswith(("https:", "http:", "mailto:", "tel:", "#"))] == []


@pytest.mark.parametrize("name", ARTICLES)
def test_article_survives_json(name: str, pages: PageStore) -> None:
    article = pages.page(name)
    assert Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article


@pytest.mark.parametrize("name", WITH_ACTORS)
def test_mentions_are_where_they_say(name: str, pages: PageStore) -> None:
    article = pages.page(name)
    for actor in article.actors:
        for mention in actor.mentions:
            held = getattr(article, mention.field)
            assert held[mention.start : mention.end] == mention.text
            if mention.paragraph is not None:
                assert mention.text in article.paragraphs[mention.paragraph]


@pytest.mark.parametrize("name", WITH_ACTORS)
def test_marks_in_content_are_the_mentions_of_the_text(name: str, pages: PageStore) -> None:
    article = pages.page(name)
    marked = {mark.get("data-actor") for mark in content_tree(article).iter("mark")}
    mentioned = {a.id for a in article.actors if any(m.field == "text" for m in a.mentions)}
    assert marked == mentioned


def actor_cases() -> list[Any]:
    return [
        pytest.param(name, want, id=f"{name}-{want['name']}")
        for name in WITH_ACTORS
        for want in expected(name)["actors"]
    ]


@pytest.mark.parametrize(("name", "want"), actor_cases())
def test_actors_of_the_story(name: str, want: dict[str, Any], pages: PageStore) -> None:
    found: dict[str, Actor] = {actor.name: actor for actor in pages.page(name).actors}
    assert want["name"] in found
    actor = found[want["name"]]
    assert actor.type == want["type"]
    assert set(want.get("aliases", [])) <= set(actor.aliases)
    if "key" in want:
        assert actor.key is want["key"]
    if "role" in want:
        assert actor.role == want["role"]
