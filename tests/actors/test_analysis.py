"""Whole stories, written for these tests: who is in them, and who is not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from personae.actors import analyse
from personae.errors import LanguageNotSupported

TITLE = "U.S. presses Russia to join new grain accord in Syria"
STANDFIRST = "Lavrov says he needs proof before ships may sail"
TEXT = """MOSCOW — The United States on Monday offered Russia a new agreement on grain shipments to Syria, hoping that a shared fleet could keep supplies from the Islamic State group and al-Qaida – and end months of quarrels. If it holds, the accord would change America’s part in the region.

U.S. Secretary of State Antony Blinken met Russian President Vladimir Putin in the Kremlin on Monday to explain the plan. It is a fleet Moscow long had wanted, but the Biden administration resisted.

“I hope we can move quickly, and that we can trust one another a little more than last year,” Blinken said.

Putin said he was waiting for “real ships.”

Much of Washington is nervous about sailing with Russia. Officers at the Pentagon and the State Department signed a letter against it.

In Washington, White House spokesman Josh Marlow said Russia must keep its ships away from areas held by the Islamic State group, also known as ISIS and ISIL.

The plan has to be accepted by Russian Foreign Minister Sergei Lavrov, 74, who asked the Syrian government for guarantees. Mr. Lavrov told reporters: “I have seen many papers like this one.”"""


@pytest.fixture(scope="module")
def actors():
    return analyse(title=TITLE, standfirst=STANDFIRST, text=TEXT, language="en")


def by_name(actors, name):
    return next(a for a in actors if a.name == name)


def test_the_key_actors_of_a_summit(actors):
    key = {a.name for a in actors if a.key}
    assert {"Russia", "United States", "Antony Blinken", "Vladimir Putin"} <= key
    assert len(key) <= 7


def test_countries_gather_their_names_and_seats(actors):
    assert {"Russia", "Moscow"} <= set(by_name(actors, "Russia").aliases)
    assert {"United States", "U.S.", "America", "Washington"} <= set(by_name(actors, "United States").aliases)


def test_a_dateline_is_no_mention(actors):
    places = {m.start for a in actors for m in a.mentions if m.field == "text" and m.paragraph == 0}
    assert TEXT.index("MOSCOW") not in places


def test_a_seat_is_a_mention_only_where_it_acts(actors):
    starts = {m.start for m in by_name(actors, "United States").mentions if m.text == "Washington"}
    assert starts == {TEXT.index("Washington is nervous")}
    assert TEXT.index("Moscow long had wanted") in {m.start for m in by_name(actors, "Russia").mentions}
    everywhere = {m.start for a in actors for m in a.mentions if m.field == "text"}
    assert TEXT.index("Washington, White House") not in everywhere


def test_people_have_their_surname_title_and_name(actors):
    blinken = by_name(actors, "Antony Blinken")
    assert blinken.id == "antony-blinken"
    assert blinken.type == "person"
    assert set(blinken.aliases) == {"Antony Blinken", "Blinken"}
    assert blinken.role == "U.S. Secretary of State"
    assert by_name(actors, "Vladimir Putin").role == "Russian President"
    assert by_name(actors, "Josh Marlow").role == "White House spokesman"


def test_an_honorific_is_outside_the_mention(actors):
    lavrov = by_name(actors, "Sergei Lavrov")
    assert set(lavrov.aliases) == {"Sergei Lavrov", "Lavrov"}
    assert {m.field for m in lavrov.mentions} == {"standfirst", "text"}


def test_also_known_as(actors):
    state = by_name(actors, "Islamic State")
    assert set(state.aliases) == {"Islamic State", "ISIS", "ISIL"}
    assert state.why.aliases["ISIL"] == "also known as"


def test_the_state_in_a_title_is_no_name(actors):
    assert "State" not in {alias for a in actors for alias in a.aliases}


def test_mentions_are_exact_and_tell_what_the_aliases_are(actors):
    fields = {"title": TITLE, "standfirst": STANDFIRST, "text": TEXT}
    paragraphs = TEXT.split("\n\n")
    taken = []
    for actor in actors:
        assert actor.mentions
        assert actor.name in actor.aliases
        assert set(actor.aliases) == {actor.name, *(m.text for m in actor.mentions)}
        assert set(actor.why.aliases) == set(actor.aliases)
        assert list(actor.mentions) == sorted(
            actor.mentions, key=lambda m: (["title", "standfirst", "text"].index(m.field), m.start)
        )
        for m in actor.mentions:
            assert fields[m.field][m.start : m.end] == m.text
            assert not m.text.endswith(("’s", "'s"))
            if m.field == "text":
                start = sum(len(p) + 2 for p in paragraphs[: m.paragraph])
                assert start <= m.start < m.end <= start + len(paragraphs[m.paragraph])
            else:
                assert m.paragraph is None
            taken.append((m.field, m.start, m.end))
    taken.sort()
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(taken))


def test_order_salience_and_key_agree(actors):
    scores = [a.salience for a in actors]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 1 for s in scores)
    assert [a.key for a in actors] == sorted((a.key for a in actors), reverse=True)
    assert len({a.id for a in actors}) == len(actors)
    assert all(a.why.salience for a in actors)


def test_quotations_have_their_speaker(actors):
    (quote,) = by_name(actors, "Antony Blinken").quotes
    assert TEXT[quote.start : quote.end] == quote.text
    assert quote.text.startswith("I hope we can")
    assert quote.cue == "said"
    (quote,) = by_name(actors, "Sergei Lavrov").quotes
    assert quote.text == "I have seen many papers like this one."
    assert quote.cue == "told"


def test_people_who_share_a_surname_stay_apart():
    text = (
        "Maria Delgado, a baker from Leeds, opened her shop in May. Delgado said her brother helped.\n\n"
        "Her brother, Carlos Delgado, is a plumber. “I only fixed the pipes and the oven,” said Carlos Delgado.\n\n"
        "Maria Delgado sells eighty loaves a day. Delgado plans a second shop."
    )
    actors = analyse(title="A baker's brother helps", standfirst="", text=text, language="en")
    maria, carlos = by_name(actors, "Maria Delgado"), by_name(actors, "Carlos Delgado")
    assert "Delgado" in maria.aliases
    assert "Delgado" not in carlos.aliases
    assert "Maria Delgado" not in carlos.aliases


def test_a_recipe_has_no_key_actor():
    text = (
        "Heat the oven to 180 degrees and butter a tin.\n\nMix the flour with the sugar, add three eggs and stir until "
        "smooth.\n\nBake for forty minutes and let it cool on a rack. Serve with cream."
    )
    assert [
        a for a in analyse(title="A plain sponge", standfirst="", text=text, language="en") if a.key
    ] == []


@pytest.mark.parametrize("text", ["", "\n\n", "…", "A", "\n\n\n\n“”", "1 2 3", "\u202e\ud83d?", "x" * 5000])
def test_texts_without_anybody(text):
    assert analyse(title="", standfirst="", text=text, language="en") == []


def test_offsets_count_code_points():
    text = "😀😀 “Go,” 𝒶𝒷 Angela Merkel said. Merkel left."
    actor = by_name(analyse(title="", standfirst="", text=text, language="en"), "Angela Merkel")
    assert [text[m.start : m.end] for m in actor.mentions] == ["Angela Merkel", "Merkel"]


def test_a_language_without_a_model():
    with pytest.raises(LanguageNotSupported):
        analyse(title="", standfirst="", text="Habari", language="sw")


def test_the_same_text_gives_the_same_actors(actors):
    assert analyse(title=TITLE, standfirst=STANDFIRST, text=TEXT, language="en") == actors
