"""What holds of a story's page holds in every language and script."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import pytest

from personae.article.compose import compose
from personae.errors import NoArticle
from personae.model import Article
from personae.page.parse.parser import parse

STORIES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("stories_in_many_languages.toml").read_text("utf-8")
)
EVERY = pytest.mark.parametrize("language", STORIES)


def having(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("language", [code for code, story in STORIES.items() if name in story])


def read(language: str, body: str, *, title: str | None = None) -> Article:
    """Read a page in a language whose body is between a menu and a footer."""
    title = title or f"{STORIES[language]['headline']} - The Example"
    menu = "".join(
        f"<li><a href='/s/{i}'>{w}</a></li>" for i, w in enumerate(("News", "Sport", "Video", "Jobs"))
    )
    html = (
        f"<!doctype html><html lang='{language}'><head><title>{escape(title)}</title></head><body><nav><ul>{menu}</ul></nav>"
        f"{body}<footer><p>© 2026 The Example</p></footer></body></html>"
    )
    return compose(parse(html, "https://www.example.test/news/2026/story"))


def headline(language: str) -> str:
    return f"<h1>{escape(STORIES[language]['headline'])}</h1>"


def lines(texts: Sequence[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for text in texts)


def read_with(language: str, inserted: str, *, after: int) -> Article:
    """Read a story with some HTML after its first so many paragraphs."""
    texts = STORIES[language]["paragraphs"]
    body = headline(language) + lines(texts[:after]) + inserted + lines(texts[after:])
    return read(language, f"<article>{body}</article>")


def text_of(language: str) -> str:
    return "\n\n".join(STORIES[language]["paragraphs"])


@EVERY
def test_breaks_in_a_font_below_the_headline_part_paragraphs(language: str) -> None:
    inner = "<br><br>".join(escape(text, quote=False) for text in STORIES[language]["paragraphs"])
    cells = f"<td>{headline(language)}<font size='2'>{inner}</font></td><td><a href='/n/1'>Video</a></td>"
    assert read(language, f"<table><tr>{cells}</tr></table>").text == text_of(language)


@EVERY
def test_the_last_of_paragraphs_boxed_one_by_one_stays(language: str) -> None:
    boxes = "".join(
        f"<div class='r{i}'><div><span>{escape(text, quote=False)}</span></div></div>"
        for i, text in enumerate(STORIES[language]["paragraphs"])
    )
    article = read(language, f"<div><div>{headline(language)}<div>{boxes}</div></div></div>")
    assert article.text == text_of(language)


@EVERY
def test_advertisements_between_paragraphs_part_no_story(language: str) -> None:
    advert = "<div class='slot' id='gpt-1'><span>Advertisement</span></div>"
    boxes = advert.join(
        f"<section><p>{escape(text, quote=False)}</p></section>" for text in STORIES[language]["paragraphs"]
    )
    assert read(language, f"<main>{headline(language)}{boxes}</main>").text == text_of(language)


@having("pointer")
def test_lines_that_point_to_other_stories_go_and_the_sentence_after_them_stays(language: str) -> None:
    story = STORIES[language]
    words, others, texts = escape(story["pointer"]), [escape(o) for o in story["others"]], story["paragraphs"]
    body = (
        f"{lines(texts[:2])}<p><strong>{words}</strong><a href='/n/7'>{others[0]}</a></p>"
        f"{lines(texts[2:4])}<p><a href='/n/8'>{words}{others[1]}</a></p>{lines(texts[4:])}"
    )
    article = read(language, f"<article>{headline(language)}{body}</article>")
    assert article.text == text_of(language)
    told = " ".join(removal.text for removal in article.removed)
    assert all(other in told for other in story["others"])


@pytest.mark.parametrize("label", ["READ", "Nachgelesen", "Pour mémoire", "Z archiwum", "Из архива"])
def test_a_label_and_a_link_within_the_site_point_elsewhere_whatever_the_label_says(label: str) -> None:
    texts, other = STORIES["en"]["paragraphs"], STORIES["en"]["others"][0]
    line = f"<p>{label}: <a href='/n/7'>{other}</a></p>"
    assert read("en", f"{headline('en')}{lines(texts[:3])}{line}{lines(texts[3:])}").text == text_of("en")


def test_a_label_and_a_link_to_another_site_stay() -> None:
    texts = STORIES["en"]["paragraphs"]
    line = "<p>The report: <a href='https://county.example.org/r.pdf'>Lamps of the northern parishes</a></p>"
    article = read("en", f"{headline('en')}{lines(texts[:3])}{line}{lines(texts[3:])}")
    assert "Lamps of the northern parishes" in article.text


@having("gateway")
def test_plain_lines_that_offer_a_subscription_end_a_preview(language: str) -> None:
    story = STORIES[language]
    offer, login, price = story["gateway"]
    gate = f"<p>{offer}</p><p><a href='/login'>{login}</a></p><p><a href='/abo'>{price}</a></p>"
    article = read(language, f"<article>{headline(language)}{lines(story['paragraphs'][:3])}{gate}</article>")
    assert (article.text, article.access) == ("\n\n".join(story["paragraphs"][:3]), "preview")


@having("plea")
def test_a_plea_between_paragraphs_goes_and_makes_no_preview(language: str) -> None:
    story = STORIES[language]
    *asks, button = story["plea"]
    plea = f"<div>{lines(asks)}<p><a href='/support'>{button}</a></p></div>"
    article = read_with(language, plea, after=3)
    assert (article.text, article.access) == (text_of(language), "full")


@EVERY
def test_a_list_of_pictures_with_headings_keeps_its_first_and_last_heading(language: str) -> None:
    texts = STORIES[language]["paragraphs"]
    items = "".join(
        f"<h2>{i}. {escape(text.split(' ')[0][:12])}</h2><figure><img src='/i/{i}.jpg' width='800' height='500'>"
        f"<figcaption>No. {i}</figcaption></figure><p>{escape(text, quote=False)}</p>"
        for i, text in enumerate(texts, start=1)
    )
    article = read(language, f"<article>{headline(language)}{items}</article>")
    assert [p for p in article.text.split("\n\n") if p in texts] == texts
    assert article.content.count("<h2>") == len(texts)


@having("pull_quote")
def test_a_quotation_that_is_set_apart_and_said_again_goes_in_every_script(language: str) -> None:
    quote = f"<blockquote><p>{STORIES[language]['pull_quote']}</p></blockquote>"
    assert read_with(language, quote, after=3).text == text_of(language)


@having("advertisement")
def test_a_line_that_announces_advertising_goes(language: str) -> None:
    line = f"<p>- {STORIES[language]['advertisement']} -</p>"
    assert read_with(language, line, after=2).text == text_of(language)


def test_a_box_of_a_label_and_a_link_leads_elsewhere_whatever_it_says() -> None:
    box = "<div><p><strong>Vårt morgonbrev</strong></p><p><a href='/brev'>Sex rader om byn varje dag.</a></p></div>"
    assert read_with("sv", box, after=2).text == text_of("sv")


@EVERY
def test_linked_headlines_with_their_dates_are_no_story(language: str) -> None:
    others = [escape(STORIES[code]["headline"]) for code in (language, "ja", "zh", "ko")]
    items = "".join(
        f"<li><a href='/n/{i}'>{text}</a> <time>12.05.2026</time></li>" for i, text in enumerate(others * 6)
    )
    with pytest.raises(NoArticle):
        read(language, f"<main><h1>2026</h1><ul>{items}</ul></main>", title="The Example")


UNSEEN = "Dieser Absatz ist verborgen und wird von niemandem gelesen."


@pytest.mark.parametrize(
    "markup",
    [
        f"<p class='sr-only'>{UNSEEN}</p>",
        f"<div class='u-visually-hidden'><p>{UNSEEN}</p></div>",
        f"<p class='screen-reader-text'>{UNSEEN}</p>",
        f"<p class='css-1x2-VisuallyHidden e16'>{UNSEEN}</p>",
        f"<p style='position: absolute; left: -9999px'>{UNSEEN}</p>",
        f"<p style='font-size: 0'>{UNSEEN}</p>",
    ],
)
def test_what_only_screen_readers_tell_is_not_shown(markup: str) -> None:
    texts = STORIES["de"]["paragraphs"]
    article = read("de", f"{headline('de')}{lines(texts[:2])}{markup}{lines(texts[2:])}")
    assert article.text == text_of("de")
    assert UNSEEN not in article.content


@pytest.mark.parametrize(
    "markup",
    [
        "<p class='sr-only-parent'>{}</p>",
        "<p style='font-size: 0.9em; left: -12px'>{}</p>",
        "<p class='offscreener'>{}</p>",
    ],
)
def test_names_and_styles_that_only_look_like_hiding_hide_nothing(markup: str) -> None:
    texts = STORIES["de"]["paragraphs"]
    body = lines(texts[:2]) + markup.format(escape(texts[2], quote=False)) + lines(texts[3:])
    assert read("de", f"{headline('de')}{body}").text == text_of("de")


def test_a_headline_for_screen_readers_is_the_pages_title() -> None:
    texts = STORIES["de"]["paragraphs"]
    title = STORIES["de"]["headline"]
    article = read("de", f"<h1 class='visually-hidden'>{title}</h1>{lines(texts)}", title="Beispiel")
    assert article.title == title


def test_the_signs_of_networks_are_no_pictures() -> None:
    signs = "".join(
        f"<a href='https://{n}.example.net/share'><img src='/i/{n}.svg' alt='{n}'></a>"
        for n in ("vk", "tg", "zz")
    )
    body = f"{headline('ru')}<div>{signs}</div>{lines(STORIES['ru']['paragraphs'])}"
    assert "<img" not in read("ru", f"<article>{body}</article>").content
