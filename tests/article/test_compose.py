"""A page goes in, an article comes out: its text, its order, and what was taken out with reasons."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from personae.article import compose
from personae.article.compose import measure
from personae.errors import NoArticle, PageError
from personae.markup.paragraphs import plain_text
from personae.model import Article
from personae.page.parse.parser import parse

URL = "https://news.example.test/2025/harbour"
OPENING = (
    "The harbour council of Ellerby put off its vote on the new pier on Tuesday, after three hours of talk, "
    "two maps and one fainting fit."
)
MIDDLE = (
    "Supporters say that the pier would bring back the ferry, which last called in 1987. Opponents say that "
    "nobody who remembers the ferry wants it back."
)
CLOSE = (
    "A second meeting is planned for September. The council's clerk, Odile Marsh, asked both sides to bring "
    "their own chairs, because the hall has only forty."
)


def page(body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>Pier vote put off - Ellerby Echo</title>{head}</head>'
        f"<body><header><nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav></header>"
        f"{body}<footer><p>Copyright Ellerby Echo. All rights reserved.</p></footer></body></html>"
    )


def read(body: str, head: str = "") -> Article:
    return compose(parse(page(body, head), URL))


def story(*parts: str) -> str:
    return f'<main><article><h1>Pier vote put off</h1><div class="entry-content">{"".join(parts)}</div></article></main>'


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_paragraphs_in_order_and_nothing_else():
    assert read(story(p(OPENING, MIDDLE, CLOSE))).paragraphs == [OPENING, MIDDLE, CLOSE]


def test_text_is_the_plain_text_of_content():
    article = read(story(p(OPENING), "<h2>What now</h2>", p(MIDDLE), "<ul><li>Maps: two</li></ul>", p(CLOSE)))
    assert plain_text(html.fragment_fromstring(article.content, create_parent="div")) == article.text


def test_newsletter_box_between_paragraphs_goes_with_its_place_and_reason():
    box = (
        '<aside class="signup"><h4>The Tide, every Friday</h4><form><input type="email"><button>Join</button></form>'
        "<p>Get the harbour's news in your inbox.</p></aside>"
    )
    article = read(story(p(OPENING), box, p(MIDDLE, CLOSE)))
    assert article.paragraphs == [OPENING, MIDDLE, CLOSE]
    (removal,) = [r for r in article.removed if r.kind == "newsletter"]
    assert (removal.inside, removal.after) == (True, 0)
    assert removal.reason == "A form that asks for an e-mail address stood between two paragraphs."
    assert "The Tide, every Friday" in removal.html
    assert "<form" not in removal.html


def test_login_form_outside_the_article_is_named_without_html():
    form = "<div><form><p>Log in to your account</p><input type='password'><button>Go</button></form></div>"
    article = read(story(p(OPENING, MIDDLE, CLOSE)) + form)
    (removal,) = [r for r in article.removed if r.kind == "login"]
    assert (removal.inside, removal.html, removal.after) == (False, "", None)


def test_a_thread_that_ends_with_a_login_form_is_comments():
    thread = (
        '<section class="comments"><h2>2 comments</h2><p>My brother was on that ferry.</p><p>So was my goat.</p>'
        '<form action="/login"><p>Log in to comment</p><input name="user"><input type="password"></form></section>'
    )
    article = read(story(p(OPENING, MIDDLE, CLOSE)) + thread)
    assert [r.kind for r in article.removed] == ["comments"]


def test_menu_links_are_not_reported():
    assert [r for r in read(story(p(OPENING, MIDDLE, CLOSE))).removed if "Sport" in r.text] == []


def test_lead_picture_stands_above_with_caption_and_credit_and_not_in_the_content():
    figure = (
        '<figure><img src="data:image/gif;base64,R0" data-src="/pier-800.jpg" alt="A pier"><figcaption>The old pier. '
        '<span class="credit">Ida Brandt</span></figcaption></figure>'
    )
    article = read(story(figure, p(OPENING, MIDDLE, CLOSE)))
    assert article.lead_image is not None
    assert article.lead_image.src == "https://news.example.test/pier-800.jpg"
    assert (article.lead_image.caption, article.lead_image.credit) == ("The old pier.", "Ida Brandt")
    assert "<img" not in article.content


def test_picture_between_paragraphs_keeps_its_place_and_its_widest_source():
    figure = '<figure><img srcset="/s.jpg 320w, /l.jpg 1280w" src="/s.jpg" alt="Maps"><figcaption>Two maps.</figcaption></figure>'
    article = read(story(p(OPENING), figure, p(MIDDLE, CLOSE)))
    tree = html.fragment_fromstring(article.content, create_parent="div")
    assert [e.tag for e in tree] == ["p", "figure", "p", "p"]
    assert tree.find(".//img").get("src") == "https://news.example.test/l.jpg"
    assert tree.findtext(".//figcaption") == "Two maps."
    assert article.paragraphs == [OPENING, MIDDLE, CLOSE]


def test_links_become_absolute_and_scripts_in_links_go():
    linked = MIDDLE.replace("the ferry", '<a href="/ferry" class="x">the ferry</a>', 1)
    active = CLOSE.replace("September", '<a href="javascript:alert(1)">September</a>')
    article = read(story(p(OPENING, linked, active)))
    assert '<a href="https://news.example.test/ferry">the ferry</a>' in article.content
    assert "javascript" not in article.content
    assert article.paragraphs == [OPENING, MIDDLE, CLOSE]


def test_the_pages_own_marks_classes_and_styles_are_gone():
    marked = MIDDLE.replace(
        "the pier", '<mark id="m">the <span class="hl" style="color:red">pier</span></mark>', 1
    )
    content = read(story(p(OPENING, marked, CLOSE))).content
    assert re.findall(r"<mark|class=|style=|<span| id=", content) == []


def test_video_becomes_a_link_card_outside_the_text():
    frame = '<iframe src="https://video.example.test/embed/1" title="The debate in full" allowfullscreen></iframe>'
    article = read(story(p(OPENING), f"<div>{frame}</div>", p(MIDDLE, CLOSE)))
    assert (
        '<figure class="embed"><p><a href="https://video.example.test/embed/1">The debate in full</a></p></figure>'
        in article.content
    )
    assert "The debate in full" not in article.text


def test_words_for_browsers_that_cannot_play_are_not_in_the_text():
    video = f'<video src="/w.mp4" title="Waves"><p>{MIDDLE}</p></video>'
    assert read(story(p(OPENING), video, p(CLOSE, CLOSE[::-1] + "."))).paragraphs[:2] == [OPENING, CLOSE]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<form action='/search'><input name='q'><button>Search</button></form>",
        "<div>"
        + "".join(f"<h3><a href='/{i}'>Ferry timetable changes again in week {i}</a></h3>" for i in range(30))
        + "</div>",
        "<p>Loading</p>",
    ],
)
def test_a_page_without_a_story_is_refused(body):
    with pytest.raises(NoArticle):
        read(body)


def test_a_brief_item_reads():
    assert read(story(p(OPENING, CLOSE))).paragraphs == [OPENING, CLOSE]


def test_measure_counts_words_and_ideographs():
    assert measure("The mayor's car won't start.") == (5, 1)
    assert measure("東京都は" * 500) == (2000, 4)
    assert measure("word " * 460) == (460, 2)


TAGS = [
    "p",
    "div",
    "span",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "br",
    "a",
    "article",
    "section",
    "figure",
    "img",
    "form",
    "h1",
    "h2",
    "b",
]
soup = st.recursive(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from([OPENING, MIDDLE, "Subscribe now", "&amp;", "<", "\u200b", "\n"]),
    ),
    lambda inner: st.builds(
        lambda tag, parts, name: (
            f'<{tag} class="{name}" href="#{name}" src="/{name}.jpg">{"".join(parts)}</{tag}>'
        ),
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
        st.sampled_from(["", "comments", "article-body", "newsletter", "caption"]),
    ),
    max_leaves=25,
)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(soup)
def test_any_soup_reads_or_is_refused_and_no_word_is_made_up(markup):
    try:
        tree = parse(f"<body>{markup}</body>", URL)
        whole = squeezed("".join(tree.tree.itertext()))
        article = compose(tree)
    except PageError:
        return
    assert plain_text(html.fragment_fromstring(article.content, create_parent="div")) == article.text
    position = 0
    for paragraph in article.paragraphs:
        position = whole.find(squeezed(paragraph), position)
        assert position >= 0


class TestStandfirst:
    """What stands between headline and story: shown once, and whole."""

    BODY = f"<article><h1>Pier vote put off</h1>{{}}<p>{OPENING}</p><p>{MIDDLE}</p><p>{CLOSE}</p></article>"

    def article(self, description: str, shown: str = "") -> Article:
        return compose(
            parse(page(self.BODY.format(shown), f'<meta name="description" content="{description}">'), URL)
        )

    def test_that_which_the_page_shows_as_one(self):
        line = "Three hours of talk, and no pier."
        assert self.article(line, f"<p class='standfirst'>{line}</p>").standfirst == line
        assert line not in self.article(line, f"<p class='standfirst'>{line}</p>").text

    def test_that_which_the_page_only_says_of_the_story(self):
        assert (
            self.article("Three hours of talk, and no pier.").standfirst
            == "Three hours of talk, and no pier."
        )

    @pytest.mark.parametrize(
        "copy", [OPENING, OPENING[:90], f"Ellerby: {OPENING}", "Three hours of talk, and no…"]
    )
    def test_no_copy_of_the_story_and_nothing_that_is_cut(self, copy):
        assert self.article(copy).standfirst is None
