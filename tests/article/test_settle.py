"""What holds for any article, whatever the model thinks of single blocks."""

from __future__ import annotations

from lxml import html

from personae.article.blocks import normalise, segment
from personae.article.settle import settle
from personae.page.metadata import Metadata

PROSE = "The council met on Tuesday, heard the harbour master for two hours, and put off its vote on the pier until autumn."
OTHER = "Nobody objected, although three members had brought maps of their own and one of them had brought a ferry bell."


def settled(markup: str, metadata: Metadata | None = None, **sure: float) -> list[str]:
    """All blocks are thought to be article, but those whose text starts with a name in `sure`."""
    body = html.document_fromstring(f"<body>{markup}</body>").find("body")
    normalise(body)
    blocks = segment(body)
    verdicts = {
        b.index: next((v for name, v in sure.items() if b.text.startswith(name.replace("_", " "))), 0.9)
        for b in blocks
    }
    chosen = settle(blocks, verdicts, 0.5, metadata or Metadata())
    return [blocks[i].text for i in sorted(chosen)]


def test_verdicts_over_the_limit_are_chosen():
    assert settled(f"<p>{PROSE}</p><p>Advert</p><p>{OTHER}</p>", Advert=0.4) == [PROSE, OTHER]


def test_a_form_that_asks_for_an_address_goes_with_the_box_around_it():
    box = "<div><h4>Every Friday</h4><form><input type='email'><p>No spam.</p></form></div>"
    assert settled(f"<article><p>{PROSE}</p>{box}<p>{OTHER}</p></article>") == [PROSE, OTHER]


def test_an_article_wrapped_in_a_form_stays():
    form = f"<form id='aspnet'><input type='hidden'><p>{PROSE}</p><p>{OTHER}</p></form>"
    assert settled(form) == [PROSE, OTHER]


def test_a_consent_dialogue_goes_even_when_it_is_longer_than_the_story():
    consent = "".join(f"<p>These cookies are needed for purpose {i}: {PROSE}</p>" for i in range(8))
    assert settled(f"<div class='cookie-modal'>{consent}</div><main><p>{PROSE}</p></main>") == [PROSE]


def test_a_gateway_goes_and_an_article_in_a_paywall_class_stays():
    gate = "<div class='paywall'><h3>Subscribe to continue</h3><p>Unlimited access from 1 euro.</p></div>"
    story = f"<div class='paywall-content'><p>{PROSE}</p><p>{OTHER}</p></div>"
    assert settled(story + gate) == [PROSE, OTHER]


def test_a_section_of_linked_headlines_below_the_story_goes():
    teasers = "".join(
        f"<article><h3><a href='/{i}'>Story number {i}</a></h3><p>{OTHER}</p></article>" for i in range(3)
    )
    markup = f"<main><div><p>{PROSE}</p></div><section><h2>Also today</h2>{teasers}</section></main>"
    assert settled(markup) == [PROSE]


def test_headings_after_the_last_paragraph_go():
    assert settled(f"<p>{PROSE}</p><h2>What next</h2><p>{OTHER}</p><h2>Topics</h2>") == [
        PROSE,
        "What next",
        OTHER,
    ]


def test_the_headline_its_byline_and_date_go_above_the_prose_only():
    data = Metadata(title="Pier vote put off", authors=("Ines Caldwell",))
    head = "<p>Pier vote put off</p><p>By Ines Caldwell</p><p>Updated: March 18, 2025</p>"
    later = "<p>Ines Caldwell wins a prize.</p>"
    assert settled(f"{head}<p>{PROSE}</p><p>{OTHER}</p>{later}", data) == [
        PROSE,
        OTHER,
        "Ines Caldwell wins a prize.",
    ]


def test_a_standfirst_goes_and_a_first_paragraph_that_is_the_description_stays():
    data = Metadata(standfirst="The vote has to wait until autumn.")
    stand = "<div class='x'><p>The vote has to wait until autumn.</p></div>"
    assert settled(f"{stand}<div><p>{PROSE}</p><p>{OTHER}</p></div>", data) == [PROSE, OTHER]
    lede = Metadata(standfirst=PROSE)
    assert settled(f"<div><p>{PROSE}</p><p>{OTHER} {OTHER}</p></div>", lede) == [PROSE, f"{OTHER} {OTHER}"]


def test_an_opening_in_a_container_of_its_own_comes_back():
    markup = f"<h1>Pier</h1><div class='opening'><p>{PROSE}</p></div><div><p>{OTHER}</p></div>"
    assert settled(markup, Pier=0.1, The_council=0.3) == [PROSE, OTHER]


def test_a_caption_above_the_story_does_not_come_back():
    markup = f"<h1>Pier</h1><div class='caption'><p>{PROSE}</p></div><div><p>{OTHER}</p></div>"
    assert settled(markup, Pier=0.1, The_council=0.3) == [OTHER]


def test_a_pull_quote_goes_and_a_quotation_stays():
    pull = "<aside class='pullquote'><p>one of them had brought a ferry bell</p></aside>"
    quote = "<blockquote><p>We shall never vote before lunch again.</p></blockquote>"
    assert settled(f"<p>{PROSE}</p>{pull}<p>{OTHER}</p>{quote}") == [
        PROSE,
        OTHER,
        "We shall never vote before lunch again.",
    ]


def test_a_linked_call_to_a_newsletter_goes():
    call = "<p>Enjoying this? <a href='/n'>Get our newsletter</a>.</p>"
    assert settled(f"<p>{PROSE}</p>{call}<p>{OTHER}</p>") == [PROSE, OTHER]


def test_a_sentence_about_a_newsletter_stays():
    told = "The council's newsletter, which nobody reads, had announced the vote for Monday."
    assert settled(f"<p>{PROSE}</p><p>{told}</p>") == [PROSE, told]
