"""The offer to add a language model beside a cast that has none, and the page that says how far it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html

from personae.model import Article
from personae.view.i18n.catalogue import LANGUAGES
from personae.view.page.model_offer import ModelOffer
from personae.view.page.render import adding_page, reader_page

OFFER = ModelOffer("de", "CC BY-SA 4.0", 42, by_button=True)
COMMAND = ModelOffer("de", "CC BY-SA 4.0", 42, by_button=False)
Build = Callable[..., Article]


def page(build_article: Build, offer: ModelOffer | None, language: str = "en") -> html.HtmlElement:
    article = build_article(["x"], actors_status="unsupported-language", language="de")
    return html.fromstring(reader_page(article, export_base="/read/x", language=language, model=offer))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_posts_to_this_backend_and_says_size_and_licence(
    build_article: Build, language: str
) -> None:
    shown = page(build_article, OFFER, language)
    (form,) = shown.cssselect("form.add-model")
    assert (form.get("method"), form.get("action")) == ("post", "/models/de")
    (button,) = form.cssselect("button[type=submit]")
    assert "42" in button.text_content()
    assert "CC BY-SA 4.0" in button.text_content()
    assert form.cssselect(f"#{button.get('aria-describedby')}")[0].text_content().strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_place_of_the_button_stands_the_command(build_article: Build, language: str) -> None:
    shown = page(build_article, COMMAND, language)
    assert shown.cssselect("form") == []
    told = " ".join(one.text_content() for one in shown.cssselect(".cast .none"))
    assert "`personae models add de`" in told
    assert "CC BY-SA 4.0" in told


def test_only_a_page_with_the_button_tells_its_address_to_its_own_site(build_article: Build) -> None:
    policies = [
        page(build_article, offer).cssselect("meta[name=referrer]")[0].get("content")
        for offer in (OFFER, COMMAND, None)
    ]
    assert policies == ["same-origin", "no-referrer", "no-referrer"]


def test_nothing_is_offered_where_there_is_nothing_to_add(build_article: Build) -> None:
    shown = page(build_article, None)
    assert shown.cssselect("form.add-model") == []
    assert "personae models add" not in shown.text_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_that_waits_shows_how_far_it_is_and_the_one_after_it_what_to_do(language: str) -> None:
    size = 40 << 20
    waiting = html.fromstring(adding_page("de", done=size // 4, length=size, over=False, language=language))
    (bar,) = waiting.cssselect("progress")
    assert int(bar.get("value")) * 4 == int(bar.get("max"))
    done = html.fromstring(adding_page("de", done=size, length=size, over=True, language=language))
    assert done.cssselect("progress") == []
    titles = [shown.cssselect("h1")[0].text_content() for shown in (waiting, done)]
    assert len(set(titles)) == 2


def test_without_a_known_length_no_bar_is_shown() -> None:
    shown = html.fromstring(adding_page("de", done=5, length=0, over=False))
    assert shown.cssselect("progress") == []
    assert "German" in shown.cssselect("h1")[0].text_content()
