"""What says nothing of itself goes as a unit: threads, teasers, offers, what stands below a story."""

from __future__ import annotations

import pytest
from lxml import html

from personae.article.rules.case import Case
from personae.article.rules.table import apply_rules
from personae.article.segment.blocks import normalise_page, segment
from personae.page.metadata.metadata import Metadata

STORY = [
    "The council met on Tuesday, heard the harbour master for two hours, and put off its vote on the pier.",
    "Nobody objected, although three members had brought maps of their own, and one of them a ferry bell.",
    "The vote has to wait until autumn, when the divers come back from the northern islands to look again.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)


def chosen_of(markup: str, metadata: Metadata | None = None, /, **scores: float) -> list[str]:
    """All blocks are thought to be article, but those whose text holds a name in `scores`."""
    body = html.document_fromstring(f"<body>{markup}</body>").find("body")
    assert body is not None
    normalise_page(body)
    blocks = segment(body)
    judged = {b.index: next((v for name, v in scores.items() if name in b.text), 0.98) for b in blocks}
    return [blocks[i].text for i in sorted(apply_rules(Case(blocks, judged, 0.6, metadata or Metadata())))]


@pytest.mark.parametrize("stamp", ["Guest, 06.01.12 10:20", "Ана 10:20", "2026年1月6日"])
def test_a_doubtful_thread_below_the_column_goes(stamp: str) -> None:
    answer = (
        f"<div><div>{stamp}</div><div>It was about time, if you ask me, that somebody put it off.</div></div>"
    )
    assert chosen_of(f"<main>{PARAGRAPHS}</main><div>{answer * 3}</div>", time=0.7, Guest=0.3) == STORY


def test_entries_with_times_stay_when_the_model_is_as_sure_of_them_as_of_the_story() -> None:
    entry = "<div><div>10:2{0}</div><div>The harbour master said that the {0}th boat had left the quay.</div></div>"
    entries = "".join(entry.format(n) for n in range(3))
    assert len(chosen_of(f"<main>{PARAGRAPHS}</main><div>{entries}</div>")) > len(STORY)


def test_teasers_go_where_the_headline_and_its_story_stand_apart_of_them() -> None:
    metadata = Metadata(title="Vote on the pier put off")
    own = f"<div><h1>Vote on the pier put off</h1><p>{STORY[0]}</p></div>"
    unit = "<div><h2><a href='/{0}'>Bakery number {0} shuts its doors</a></h2><p>{1}</p></div>"
    teasers = "".join(unit.format(n, STORY[1]) for n in range(5))
    assert chosen_of(teasers + own, metadata) == [STORY[0]]
    assert chosen_of(own + teasers, metadata) == [STORY[0]]


def test_the_items_of_a_list_that_the_story_is_stay_with_their_linked_headlines() -> None:
    unit = "<div><h2><a href='/{0}'>Walk number {0} along the coast</a></h2><p>{1}</p></div>"
    items = "".join(unit.format(n, STORY[1]) for n in range(5))
    page = f"<article><div><h1>Five walks</h1><p>{STORY[0]}</p></div>{items}</article>"
    assert chosen_of(page, Metadata(title="Five walks")).count(STORY[1]) == 5


@pytest.mark.parametrize(
    "offer",
    [
        ("To read the full story, please subscribe to the Courier.", "Subscribe now from one pound a month."),
        ("Pour lire la suite, abonnez-vous au Courrier.", "Déjà abonné ? Connectez-vous."),
        ("Para seguir leyendo, suscríbase a El Heraldo.", "Si ya es suscriptor, inicie sesión."),
    ],
)
def test_an_offer_in_plain_paragraphs_at_the_end_is_no_story(offer: tuple[str, str]) -> None:
    plain = f"<p>{offer[0]}</p><p>Members get every report from the islands, and the crossword.</p><p>{offer[1]}</p>"
    assert chosen_of(PARAGRAPHS + plain) == STORY


def test_one_line_about_subscribers_is_a_sentence_of_the_story() -> None:
    line = "Subscribers of the library pay four pounds a year, and have done so since the war."
    assert chosen_of(f"{PARAGRAPHS}<p>{line}</p>") == [*STORY, line]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2026 The Norwick Courier. All rights reserved.",
        "© Le Courrier de Norwick. Tous droits réservés.",
        "© 2026 Der Kurier. Alle Rechte vorbehalten.",
    ],
)
def test_whose_the_story_is_goes_from_below_it(line: str) -> None:
    assert chosen_of(f"{PARAGRAPHS}<p>{line}</p>") == STORY


def test_a_last_paragraph_that_begins_with_words_of_chrome_stays() -> None:
    line = (
        "All rights reserved, the old sheets still say in their corner, and the new ones say nothing at all."
    )
    assert chosen_of(f"{PARAGRAPHS}<p>{line}</p>") == [*STORY, line]


def test_a_line_about_the_author_goes_from_below_the_story_and_not_from_within() -> None:
    line = "Ingrid Halvorsen is the author of two books about the coast."
    metadata = Metadata(authors=("Ingrid Halvorsen",))
    assert chosen_of(f"{PARAGRAPHS}<p>{line}</p>", metadata) == STORY
    assert line in chosen_of(f"<p>{line}</p>{PARAGRAPHS}", metadata)


def test_small_print_in_a_box_below_the_column_goes_whole() -> None:
    small = [
        "Views expressed in articles are those of the persons quoted in them and of nobody else at all.",
        "Certain information has been obtained from third parties, and has not been looked at by anybody.",
    ]
    box = f"<div>{''.join(f'<p>{text}</p>' for text in small)}</div>"
    page = f"<main><article>{PARAGRAPHS}</article>{box}</main>"
    assert chosen_of(page, Views=0.7, Certain=0.8) == STORY
    assert chosen_of(page) == [*STORY, *small]


@pytest.mark.parametrize(
    "line",
    [
        "<a href='/x'>→ Bakery on Mill Street shuts its doors</a>",
        "Also read: <a href='/x'>Bakery shuts its doors</a>",
        "Lesen Sie auch: <a href='/x'>Bäckerei schließt</a>",
        "Lire aussi : <a href='/x'>La boulangerie ferme ses portes</a>",
    ],
)
def test_a_pointer_between_two_paragraphs_goes_and_a_sentence_with_a_link_stays(line: str) -> None:
    assert chosen_of(f"<p>{STORY[0]}</p><p>{line}</p><p>{STORY[1]}</p>") == STORY[:2]
    linked = STORY[2].replace("divers", "<a href='/x'>divers</a>")
    assert chosen_of(f"<p>{STORY[0]}</p><p>{linked}</p><p>{STORY[1]}</p>")[1] == STORY[2]


def test_a_doubtful_entry_and_its_heading_come_in_between_two_like_them() -> None:
    entry = "<li><h2>{0}</h2><time>10:0{1}</time><p>{2}</p></li>"
    entries = "".join(
        entry.format(f"Boat {n} is late", n, STORY[n % 3].replace("The", f"At {n} the")) for n in range(5)
    )
    found = chosen_of(f"<ol>{entries}</ol>", None, late=0.4, **{"10:0": 0.1, "At 2": 0.3})
    assert [text for text in found if text.startswith("Boat")] == [f"Boat {n} is late" for n in range(5)]
    assert any(text.startswith("At 2") for text in found)


@pytest.mark.parametrize(
    "between", ["", "<figure><img src='/a.jpg'><figcaption>The pier</figcaption></figure>"]
)
def test_a_doubtful_heading_right_above_a_paragraph_comes_in_also_below_a_picture(between: str) -> None:
    page = f"<div><p>{STORY[0]}</p>{between}<h2>Who pays</h2><p>{STORY[1]}</p></div>"
    assert "Who pays" in chosen_of(page, Who=0.4)
