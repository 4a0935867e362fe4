"""Clubs that are called after their towns, and towns in which clubs play."""

from __future__ import annotations

import pytest

from personae.actors.languages.en.names.find import find
from personae.actors.names.recogniser import Entity
from personae.actors.text.text_units import text_blocks

SPORT = " The striker left the club before the season, and the fans sang in the stadium."


def kinds(text, **labels):
    blocks = text_blocks(title="", standfirst="", text=text + SPORT)
    plain = blocks[0].plain
    entities = sorted(
        Entity(at, at + len(name), label)
        for label, names in labels.items()
        for name in names
        for at in range(len(plain))
        if plain.startswith(name, at)
    )
    return {name.text: name.kind for name in find(blocks, [entities]).names}


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Ashby beat Corvid 3-1.",
        "The hosts drew 2-2 with Ashby on Monday.",
        "They lost to Ashby 3-1.",
        "He had won 2-0 at Ashby before.",
        "On Monday Ashby striker Ola Bent left.",
        "It was Ashby’s manager who spoke.",
        "On Monday Ola Bent signed for Ashby.",
        "On Monday Ola Bent signed for Corvid from Ashby.",
        "He is on loan from Ashby.",
        "On Monday Ashby have lost again.",
        "The hosts were knocked out by Ashby.",
    ],
)
def test_a_place_that_plays_is_a_club(text):
    assert kinds(text, GPE=["Ashby"], PERSON=["Ola Bent"])["Ashby"] == "organization"


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Ashby striker Ola Bent left.",
        "On Monday Ola Bent signed for Ashby.",
        "On Monday Ashby have lost again.",
    ],
)
def test_a_club_is_no_person(text):
    assert kinds(text, PERSON=["Ashby", "Ola Bent"])["Ashby"] == "organization"


def test_players_play_too():
    found = kinds(
        "Then Ola Bent scored. Ola Bent won 3-1 and beat Ida Moss.", PERSON=["Ola Bent", "Ida Moss"]
    )
    assert found == {"Ola Bent": "person", "Ida Moss": "person"}


def test_a_place_where_clubs_play_is_a_place():
    assert kinds("It rained in Ashby. The streets of Ashby were dark.", GPE=["Ashby"]) == {"Ashby": "place"}
    assert kinds("Then Kenya beat Norway 3-1.", GPE=["Kenya", "Norway"]) == {
        "Kenya": "place",
        "Norway": "place",
    }


def test_a_place_plays_only_in_a_story_about_sport():
    blocks = text_blocks(title="", standfirst="", text="On Monday Ashby have lost again.")
    assert [n.kind for n in find(blocks, [[Entity(10, 15, "GPE")]]).names] == ["place"]


def test_the_whole_name_of_a_club():
    assert kinds("On Monday Real Ashby won.", GPE=["Ashby"]) == {"Real Ashby": "organization"}
    assert kinds("On Monday Ashby Raptors won.", GPE=["Ashby"]) == {"Ashby Raptors": "organization"}
    assert kinds("On Monday Ashby Indians won.", GPE=["Ashby"], NORP=["Indians"]) == {
        "Ashby Indians": "organization"
    }
    assert (
        kinds("On Monday Ashby Forest beat Corvid 3-1.", ORG=["Ashby Forest"])["Ashby Forest"]
        == "organization"
    )
