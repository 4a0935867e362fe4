"""The service with the real pipeline: one story from click to page, and the pages that are meant to break it."""

from __future__ import annotations

import re

import pytest

from personae.view.exports.formats import EXPORTS

PARAGRAPHS = [
    (
        "BERN, Switzerland — Foreign Minister Anna Keller said on Monday that Switzerland would send observers to Norway, "
        "after a week of talks between officials of both countries in the Swiss capital."
    ),
    (
        "Keller told reporters that the agreement had been prepared for months, and that the parliament in Oslo would vote "
        "on it before the end of the year. “We have waited long enough,” she said."
    ),
    (
        "Norway welcomed the decision. Its ambassador, Erik Lund, said that the observers would be free to travel wherever "
        "they wished, and that their report would be published in full."
    ),
    (
        "The opposition in Switzerland was less pleased. Lund answered that nobody had been asked to like it, and that the "
        "agreement spoke for itself once it was read to its last page."
    ),
]
STORY = f"""<!doctype html><html lang="en"><head><title>Switzerland sends observers to Norway</title>
<meta property="og:site_name" content="The Example"></head><body>
<nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>Switzerland sends observers to Norway</h1>
<figure><img src="https://pictures.example/observers.jpg" width="800" height="600" alt="Observers">
<figcaption>Observers at the border.</figcaption></figure>
{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</article>
<section class="comments"><h2>Comments</h2><p>First!</p></section></body></html>"""


@pytest.fixture(scope="module")
def whole(start_shared_service):
    return start_shared_service("personae.workers.steps", read_timeout="20")


def test_a_story_is_read_and_its_actors_are_marked(whole):
    article = whole.read(STORY, url="https://news.example/observers").json
    assert article["title"] == "Switzerland sends observers to Norway"
    assert article["text"] == "\n\n".join(PARAGRAPHS)
    names = {actor["name"]: actor for actor in article["actors"]}
    assert {"Switzerland", "Norway", "Anna Keller", "Erik Lund"} <= set(names)
    assert "Keller" in names["Anna Keller"]["aliases"]
    page = whole.get(article["view"], Accept="text/html")
    assert 'class="actor' in page.text
    assert "First!" not in re.sub(r"(?s)<details.*?</details>", "", page.text)
    assert "img-src 'self' https://pictures.example;" in page.headers["Content-Security-Policy"]


def test_a_reload_with_other_scripts_comes_from_the_cache(whole):
    first = whole.read(
        STORY.replace("</body>", "<script>advert(1)</script></body>"), url="https://news.example/reload"
    )
    again = whole.read(
        STORY.replace("</body>", "<script>advert(2)</script></body>"), url="https://news.example/reload"
    )
    assert (first.json["cache"], again.json["cache"]) == ("miss", "hit")


def test_what_comes_from_the_actors_cache_is_what_was_found(whole):
    first = whole.read(STORY, url="https://news.example/one").json
    second = whole.read(STORY, url="https://news.example/two").json
    assert second["cache"] == "miss"
    assert second["actors"] == first["actors"]
    assert second["content"] == first["content"]


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        ("", {"empty_page"}),
        (" \n\t ", {"empty_page"}),
        ("just text", {"not_html"}),
        ("%PDF-1.7 binary", {"not_html"}),
        ('{"json": true}', {"not_html"}),
        ("<div>" * 100_000 + "deep" + "</div>" * 100_000, {"too_complex"}),
        ("<p " + "a " * 200_000 + ">x", {"too_complex"}),
        ("<div><img src=x></div>" * 8_000, {"no_article", "took_too_long"}),
        ("<form action=/search><input name=q><button>Search</button></form>", {"no_article", "empty_page"}),
        ("<title>Home</title>" + "".join(f"<a href=/{n}>Story {n}</a> " for n in range(40)), {"no_article"}),
    ],
    ids=["empty", "white", "text", "pdf", "json", "nested", "attributes", "images", "form", "home"],
)
def test_a_page_that_cannot_be_read_says_why_and_the_next_one_is_read(whole, page, codes):
    answer = whole.read(page)
    assert answer.status == 422
    assert answer.code in codes
    assert whole.read(STORY).status == 200


def test_control_characters_and_lone_surrogates_do_not_stop_a_story(whole):
    article = whole.read(
        STORY.replace("observers", "obser\x00\x0b\ud800vers"), url="https://news.example/\u00fc"
    )
    assert article.status == 200
    assert whole.get(article.json["view"], Accept="text/html").status == 200


def test_exports_of_a_story_carry_no_remote_image(whole):
    view = whole.read(STORY).json["view"]
    for form in (form for form, export in EXPORTS.items() if export.is_text and form != "json"):
        text = whole.get(f"{view}.{form}").text
        words = " ".join(re.sub(r"<[^>]+>", "", text).split()) if form == "html" else text
        assert PARAGRAPHS[0][:40] in words
        assert "pictures.example" not in text


def test_status_names_the_languages_that_have_a_model(whole):
    assert "en" in whole.get("/api/status").json["languages"]
    assert whole.get("/readyz").json["model"] == "ok"


SWEDISH = "".join(
    f"<p>{text}</p>"
    for text in (
        "Hamnen i den lilla staden har varit stängd i tre veckor, och ingen vet när färjan går igen efter stormen i mars.",
        "I går kväll mötte Zlata Norén de boende i skolans matsal, där över hundra personer ville ställa frågor om kajen.",
        "Norén lovade att arbetet ska vara klart före sommaren, men bad om tålamod eftersom stenen måste fraktas långväga.",
        "Kommunen räknar med att hela kajen kostar nio miljoner kronor, och att staten betalar ungefär hälften av summan.",
    )
)


def test_the_same_text_with_other_people_in_its_structured_data_has_another_cast(whole):
    def cast(*names):
        people = ",".join(f'{{"@type": "Person", "name": "{name}"}}' for name in names)
        data = f'{{"@type": "NewsArticle", "headline": "Kajen ska lagas", "mentions": [{people}]}}'
        page = (
            f'<html lang="sv"><head><title>Kajen ska lagas</title><script type="application/ld+json">{data}</script>'
            f"</head><body><article><h1>Kajen ska lagas</h1>{SWEDISH}</article></body></html>"
        )
        article = whole.read(page, url="https://nyheter.example/kajen").json
        assert article["actors_status"] == "unsupported-language"
        return [(actor["name"], actor["why"]["aliases"]) for actor in article["actors"]]

    rules = {"Zlata Norén": "structured data", "Norén": "surname"}
    assert cast() == []
    assert cast("Zlata Norén") == [("Zlata Norén", rules)]
    assert cast("Ivo Strand") == []
    assert cast("Ivo Strand", "Zlata Norén") == [("Zlata Norén", rules)]
