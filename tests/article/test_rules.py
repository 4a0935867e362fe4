"""What holds for any article, whatever the model thinks of single blocks."""

from __future__ import annotations

import pytest
from lxml import html

from personae.article.rules.case import Case
from personae.article.rules.review import drop
from personae.article.rules.table import RULES, apply_rules, checked, overruled
from personae.article.segment.blocks import normalise_page, segment
from personae.page.metadata.metadata import Metadata

PROSE = "The council met on Tuesday, heard the harbour master for two hours, and put off its vote on the pier until autumn."
OTHER = "Nobody objected, although three members had brought maps of their own and one of them had brought a ferry bell."


def article_of(
    markup: str, metadata: Metadata | None = None, without: tuple[str, ...] = (), **scores: float
) -> list[str]:
    """All blocks are thought to be article, but those whose text starts with a name in `scores`."""
    body = html.document_fromstring(f"<body>{markup}</body>").find("body")
    normalise_page(body)
    blocks = segment(body)
    judged = {
        b.index: next((v for name, v in scores.items() if b.text.startswith(name.replace("_", " "))), 0.9)
        for b in blocks
    }
    chosen = apply_rules(Case(blocks, judged, 0.5, metadata or Metadata()), without)
    return [blocks[i].text for i in sorted(chosen)]


def test_blocks_above_the_threshold_are_chosen():
    assert article_of(f"<p>{PROSE}</p><p>Advert</p><p>{OTHER}</p>", Advert=0.4) == [PROSE, OTHER]


def test_a_form_that_asks_for_an_address_goes_with_the_box_around_it():
    box = "<div><h4>Every Friday</h4><form><input type='email'><p>No spam.</p></form></div>"
    assert article_of(f"<article><p>{PROSE}</p>{box}<p>{OTHER}</p></article>") == [PROSE, OTHER]


def test_an_article_wrapped_in_a_form_stays():
    form = f"<form id='aspnet'><input type='hidden'><p>{PROSE}</p><p>{OTHER}</p></form>"
    assert article_of(form) == [PROSE, OTHER]


def test_a_consent_dialogue_goes_even_when_it_is_longer_than_the_story():
    consent = "".join(f"<p>These cookies are needed for purpose {i}: {PROSE}</p>" for i in range(8))
    assert article_of(f"<div class='cookie-modal'>{consent}</div><main><p>{PROSE}</p></main>") == [PROSE]


def test_a_gateway_goes_and_an_article_in_a_paywall_class_stays():
    gate = "<div class='paywall'><h3>Subscribe to continue</h3><p>Unlimited access from 1 euro.</p></div>"
    story = f"<div class='paywall-content'><p>{PROSE}</p><p>{OTHER}</p></div>"
    assert article_of(story + gate) == [PROSE, OTHER]


def test_headings_after_the_last_paragraph_go():
    assert article_of(f"<p>{PROSE}</p><h2>What next</h2><p>{OTHER}</p><h2>Topics</h2>") == [
        PROSE,
        "What next",
        OTHER,
    ]


def test_the_headline_its_byline_and_date_go_above_the_prose_only():
    data = Metadata(title="Pier vote put off", authors=("Ines Caldwell",))
    head = "<p>Pier vote put off</p><p>By Ines Caldwell</p><p>Updated: March 18, 2025</p>"
    later = "<p>Ines Caldwell wins a prize.</p>"
    assert article_of(f"{head}<p>{PROSE}</p><p>{OTHER}</p>{later}", data) == [
        PROSE,
        OTHER,
        "Ines Caldwell wins a prize.",
    ]


def test_a_standfirst_goes_and_a_first_paragraph_that_is_the_description_stays():
    data = Metadata(standfirst="The vote has to wait until autumn.")
    stand = "<div class='x'><p>The vote has to wait until autumn.</p></div>"
    assert article_of(f"{stand}<div><p>{PROSE}</p><p>{OTHER}</p></div>", data) == [PROSE, OTHER]
    lede = Metadata(standfirst=PROSE)
    assert article_of(f"<div><p>{PROSE}</p><p>{OTHER} {OTHER}</p></div>", lede) == [PROSE, f"{OTHER} {OTHER}"]


@pytest.mark.parametrize(
    "above", ["<p>Ada Brook</p>", "<figure><img src=a.jpg></figure>", "<h2 class=x>3 May 2026</h2>"]
)
def test_below_byline_picture_or_date_the_description_is_the_first_paragraph(above):
    data = Metadata(title="Pier vote", standfirst=PROSE, authors=("Ada Brook",))
    lead = f"<div class='lead'>{PROSE}</div>"
    assert article_of(f"<h1>Pier vote</h1>{above}{lead}<p>{OTHER}</p><p>{OTHER}</p>", data)[0] == PROSE
    assert article_of(f"<h1>Pier vote</h1>{lead}{above}<p>{OTHER}</p><p>{OTHER}</p>", data) == [OTHER, OTHER]


@pytest.mark.parametrize("line", ["12 May 2026", "Dienstag, 12. Mai 2026, 10:15 Uhr", "2026年5月12日 10時"])
def test_a_date_in_any_words_above_the_story_is_no_text_of_it(line):
    assert article_of(f"<h1>Pier</h1><p>{line}</p><p>{PROSE}</p><p>{OTHER}</p>", Metadata(title="Pier")) == [
        PROSE,
        OTHER,
    ]


def test_a_pull_quote_goes_and_a_quotation_stays():
    pull = "<aside class='pullquote'><p>one of them had brought a ferry bell</p></aside>"
    quote = "<blockquote><p>We shall never vote before lunch again.</p></blockquote>"
    assert article_of(f"<p>{PROSE}</p>{pull}<p>{OTHER}</p>{quote}") == [
        PROSE,
        OTHER,
        "We shall never vote before lunch again.",
    ]


def test_a_linked_call_to_a_newsletter_goes():
    call = "<p>Enjoying this? <a href='/n'>Get our newsletter</a>.</p>"
    assert article_of(f"<p>{PROSE}</p>{call}<p>{OTHER}</p>") == [PROSE, OTHER]


def test_a_sentence_about_a_newsletter_stays():
    sentence = "The council's newsletter, which nobody reads, had announced the vote for Monday."
    assert article_of(f"<p>{PROSE}</p><p>{sentence}</p>") == [PROSE, sentence]


def test_a_following_story_in_an_article_of_its_own_goes():
    own = f"<article><h1>Pier vote put off</h1><div><p>{PROSE}</p><p>{OTHER}</p><p>{PROSE} Again.</p></div>"
    own += f"<p>{OTHER} Twice.</p></article>"
    second = f"<article><h1>Ferry sold</h1><p>The ferry was sold to a museum. {OTHER}</p></article>"
    texts = article_of(f"<main>{own}{second}</main>", Metadata(title="Pier vote put off"))
    assert texts == [PROSE, OTHER, f"{PROSE} Again.", f"{OTHER} Twice."]


def test_a_doubtful_paragraph_among_its_like_stays_and_an_unlikely_one_goes():
    story = (
        f"<div class='text'><p>{PROSE}</p><p>{OTHER}</p><p>{PROSE} Yes.</p><p>It rained. {OTHER}</p></div>"
    )
    assert article_of(story, It_rained=0.45)[-1] == f"It rained. {OTHER}"
    assert article_of(story, It_rained=0.2)[-1] == f"{PROSE} Yes."


def test_a_fact_box_goes_even_when_it_is_as_long_as_the_story():
    box = f"<div class='story-factbox'><h3>The pier in numbers</h3><p>{OTHER} Since 1871.</p></div>"
    assert article_of(f"<article><p>{PROSE}</p>{box}<p>{OTHER}</p></article>") == [PROSE, OTHER]


def test_a_line_boxed_with_its_picture_is_a_caption_unless_the_story_is_told_in_pictures():
    picture = "<div class='image-box'><img src='/a.jpg'><p>{}</p></div>"
    caption = picture.format("The pier on Tuesday.")
    assert article_of(f"<article><p>{PROSE}</p>{caption}<p>{OTHER}</p></article>") == [PROSE, OTHER]
    gallery = [f"{PROSE} {i}." for i in range(4)]
    assert article_of(f"<article>{''.join(map(picture.format, gallery))}</article>") == gallery


def test_a_list_of_the_story_is_whole_and_keeps_its_heading():
    items = "<h3>Ingredients</h3><ul><li>Plums, halved and stoned</li><li>Flour</li><li>Three eggs</li></ul>"
    texts = article_of(f"<main><p>{PROSE}</p>{items}<p>{OTHER}</p></main>", Ingredients=0.3, Flour=0.25)
    assert texts[1:-1] == ["Ingredients", "Plums, halved and stoned", "Flour", "Three eggs"]


def test_a_correction_goes_and_a_sentence_about_one_stays():
    note = "<p>Correction, 4 May: the pier is 96 years old.</p>"
    about = "Correction of the map took the surveyors a week, and the council another two to believe it."
    assert article_of(f"<main><p>{PROSE}</p>{note}<p>{about}</p></main>") == [PROSE, about]


def test_the_time_above_an_entry_goes():
    entries = f"<article><p>10:20</p><p>{PROSE}</p></article><article><p>9.05 am</p><p>{OTHER}</p></article>"
    assert article_of(f"<div>{entries}</div>") == [PROSE, OTHER]


def test_what_is_left_of_a_box_among_paragraphs_goes_with_its_chrome():
    box = f"<div><p>{OTHER}</p><{{0}}>Show the map</{{0}}></div>"
    story = (
        f"<article><p>{PROSE}</p><p>{PROSE} Twice.</p><p>{PROSE} Thrice.</p>{box}<p>The end.</p></article>"
    )
    assert OTHER not in article_of(story.format("button"), Show=0.1)
    assert OTHER in article_of(story.format("p"), Show=0.1)


def test_a_listing_beside_its_button_and_the_rest_of_a_table_come_in():
    listing = "<div><button>Copy</button><pre>for boat in harbour:\n    ring(bell)</pre></div>"
    cells = "<tr><th>Boat</th><th>Bells</th></tr><tr><td>Ada</td><td>3</td></tr>"
    chosen = article_of(
        f"<article><p>{PROSE}</p>{listing}<p>{OTHER}</p><table>{cells}</table><p>{PROSE} Again.</p></article>",
        for_boat=0.2, Copy=0.1, Boat=0.1, Bells=0.1, Ada=0.1,
    )  # fmt: skip
    assert chosen == [
        PROSE, "for boat in harbour: ring(bell)", OTHER, "Boat", "Bells", "Ada", "3", f"{PROSE} Again."
    ]  # fmt: skip


def test_a_table_that_lays_out_a_picture_stays_out():
    table = "<table><tr><td><img src='a.jpg'></td></tr><tr><td>The harbour on Tuesday</td></tr></table>"
    page = f"<article><p>{PROSE}</p>{table}<p>{OTHER}</p></article>"
    assert article_of(page, The_harbour=0.1) == [PROSE, OTHER]


def test_notes_come_whole_or_not_at_all():
    marks = "<sup><a href='#n1'>1</a></sup>", "<sup><a href='#n2'>2</a></sup>"
    notes = "<h2>Notes</h2><ol><li id='n1'>Counted twice.</li><li id='n2'>Not counted.</li></ol>"
    page = f"<article><p>{PROSE}{marks[0]}</p><p>{OTHER}{marks[1]}</p>{notes}</article>"
    assert article_of(page, Notes=0.3, Counted=0.6, Not_counted=0.1)[2:] == [
        "Notes",
        "Counted twice.",
        "Not counted.",
    ]
    assert article_of(page, Notes=0.3, Counted=0.3, Not_counted=0.1)[2:] == []


def test_a_doubtful_heading_between_two_paragraphs_comes_in_also_when_it_is_only_bold():
    page = f"<article><p>{PROSE}</p>{{}}<p>{OTHER}</p></article>"
    assert "A bell rings" in article_of(page.format("<h3>A bell rings</h3>"), A_bell=0.4)
    assert "A bell rings" in article_of(page.format("<p><b>A bell rings</b></p>"), A_bell=0.4)
    assert "A bell rings" not in article_of(page.format("<p>A bell rings</p>"), A_bell=0.4)


def test_a_wall_is_told_by_what_it_says_whatever_it_is_called():
    wall = "<div><p>Subscribe to keep reading</p><p>Three months for one pound.</p><p><a href='/s'>Subscribe</a></p></div>"
    assert article_of(f"<article><p>{PROSE}</p><p>{OTHER}</p>{wall}</article>") == [PROSE, OTHER]


def test_the_words_of_an_embedded_post_go_and_a_quotation_of_one_stays():
    post = "<blockquote{}><p>There is a seal on my ferry.</p>— Bea (@bea) <a href='https://n.example/1'>29 July</a></blockquote>"
    page = f"<article><p>{PROSE}</p>{post}<p>{OTHER}</p></article>"
    assert article_of(page.format(" class='bluesky-embed'")) == [PROSE, OTHER]
    said = ["There is a seal on my ferry.", "— Bea (@bea) 29 July"]
    assert article_of(page.format("")) == [PROSE, *said, OTHER]
    assert article_of(page.format("").replace("— ", ""), There=0.2, Bea=0.1)[:2] == [PROSE, said[0]]


def test_a_rule_that_overrules_the_model_is_named():
    body = html.document_fromstring(f"<body><p>{PROSE}</p><h2>Read more</h2></body>").find("body")
    normalise_page(body)
    case = Case(segment(body), {0: 0.9, 1: 0.9}, 0.5, Metadata())
    assert apply_rules(case) == {0}
    assert overruled(case) == {1: "loose head"}


def test_a_rule_that_is_passed_over_takes_nothing_and_is_not_named():
    markup = f"<p>{PROSE}</p><p>Enjoying this? <a href='/n'>Get our newsletter</a>.</p><p>{OTHER}</p>"
    assert article_of(markup) == [PROSE, OTHER]
    assert article_of(markup, without=("call",)) == [PROSE, "Enjoying this? Get our newsletter.", OTHER]
    body = html.document_fromstring(f"<body><p>{PROSE}</p><h2>Read more</h2></body>").find("body")
    normalise_page(body)
    case = Case(segment(body), {0: 0.9, 1: 0.9}, 0.5, Metadata())
    assert overruled(case, without={"loose head"}) == {}


def test_without_any_rule_the_scores_decide_alone():
    markup = f"<p>{PROSE}</p><h2>Read more</h2><p>{OTHER}</p><h2>Topics</h2>"
    assert article_of(markup, without=tuple(RULES), Read=0.4) == [PROSE, OTHER, "Topics"]


def test_a_rule_that_there_is_not_is_an_error_that_names_those_there_are():
    with pytest.raises(
        ValueError, match="no such rule: boxes; the rules are other story, teaser, thread, like others,"
    ):
        checked(["call", "boxes"])


def test_nothing_is_dropped_when_it_is_more_than_its_share():
    body = html.document_fromstring(f"<body><p>{PROSE}</p><p>{OTHER}</p><p>Short.</p></body>").find("body")
    normalise_page(body)
    case = Case(segment(body), {}, 0.5, Metadata())
    assert drop(case, {0, 1, 2}, {0}, most=0.2) == {0, 1, 2}
    assert drop(case, {0, 1, 2}, {2}, most=0.2) == {0, 1}


def test_no_rule_takes_the_story():
    """A container named as posts are, one that begins with a sub-heading and ends in links."""
    post = f"<div class='instagram-media post-template'><p>{PROSE}</p><p>{OTHER}</p></div>"
    assert article_of(post) == [PROSE, OTHER]
    links = "".join(f"<h4><a href='/{i}'>Story number {i} of the harbour town</a></h4>" for i in range(4))
    section = f"<div><h2>Read more of the council</h2><p>{PROSE}</p><p>{OTHER}</p>{links}</div>"
    assert article_of(section, Story=0.1)[-2:] == [PROSE, OTHER]


def test_a_rule_that_takes_little_is_followed():
    post = f"<blockquote class='twitter-tweet'><p>{OTHER[:60]}</p></blockquote>"
    assert article_of(f"<main><p>{PROSE}</p>{post}<p>{OTHER}</p></main>") == [PROSE, OTHER]


def test_an_opening_in_a_container_of_its_own_comes_back():
    markup = f"<h1>Pier</h1><div class='opening'><p>{PROSE}</p></div><div><p>{OTHER}</p></div>"
    assert article_of(markup, Pier=0.1, The_council=0.4) == [PROSE, OTHER]


def test_a_caption_above_the_story_does_not_come_back():
    markup = f"<h1>Pier</h1><div class='caption'><p>{PROSE}</p></div><div><p>{OTHER}</p></div>"
    assert article_of(markup, Pier=0.1, The_council=0.3) == [OTHER]


def test_a_summary_above_the_story_goes_and_a_list_within_it_stays():
    points = "<ul><li>The vote was put off.</li><li>The pier stays shut.</li></ul>"
    story = f"<p>{PROSE}</p>{points}<p>{OTHER}</p>"
    box = "<div class='key-points'><ul><li>What the council decided.</li></ul></div>"
    assert article_of(f"<main>{box}{story}</main>") == [
        PROSE,
        "The vote was put off.",
        "The pier stays shut.",
        OTHER,
    ]
