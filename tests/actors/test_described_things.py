"""Things and places that the model takes for people or bodies, by what the story says of them."""

from __future__ import annotations

import pytest
from tests.actors.labelled_names import kinds

from personae.actors.languages.en.names.find import find
from personae.actors.names.recogniser import Entity
from personae.actors.text.text_units import text_blocks


@pytest.mark.parametrize(
    "text",
    [
        "The trawler Mara Flint came in. Mara Flint was late.",
        "They sailed. A cargo vessel called Mara Flint was late.",
        "They bought Mara Flint, a tanker from Malta. Mara Flint was late.",
        "They met the MV Mara Flint. Mara Flint was late.",
        "They said Mara Flint ran aground at night.",
        "The film Mara Flint won a prize. Mara Flint was loved.",
        "They saw “Mara Flint”, a film by Ove Brand.",
        "They fed a dog called Mara Flint. Mara Flint is a spaniel.",
        "They fled Hurricane Mara Flint. Mara Flint weakened at night.",
        "They crossed Mara Flint, an alpine pass. Mara Flint was closed.",
        "They built Mara Flint, a small car from Italy.",
        "They left. Mara Flint is a lake in the north.",
    ],
)
@pytest.mark.parametrize("label", ["PERSON", "LOC"])
def test_a_thing_is_nobody(text, label):
    assert kinds(text, **{label: ["Mara Flint"]})["Mara Flint"] == "nothing"


@pytest.mark.parametrize(
    "text",
    [
        "They met in Mara Flint, a port city. Mara Flint was wet.",
        "Rain fell on the village of Mara Flint. Mara Flint was wet.",
        "They said Mara Flint is a town in the north.",
    ],
)
def test_a_place_is_a_place(text):
    assert kinds(text, PERSON=["Mara Flint"])["Mara Flint"] == "place"


@pytest.mark.parametrize(
    "text",
    [
        "The trawler Mara Flint bought was late. Mara Flint, 41, said so.",
        "They liked the film Mara Flint made. Ms Mara Flint smiled.",
        "In the film, Mara Flint leads a crew.",
        "They met Mara Flint, a film director from Malta.",
        "They met Mara Flint, a mayor of a port city.",
    ],
)
def test_people_have_ships_and_make_films(text):
    assert kinds(text, PERSON=["Mara Flint"])["Mara Flint"] == "person"


def test_a_storm_and_its_first_name():
    assert kinds("They fled Tropical Storm Mara. Now Mara is weak.", PERSON=["Mara"]) == {"Mara": "nothing"}
    text = "They fled Hurricane Mara. Now Mara is weak."
    assert kinds(text, EVENT=["Hurricane Mara"], PERSON=["Mara"]) == dict.fromkeys(
        ["Hurricane Mara", "Mara"], "nothing"
    )
    assert kinds("They met River Flint there.", PERSON=["River Flint"]) == {"River Flint": "person"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They heard Tom Lann, D-Calif., a founder.", "D-Calif."),
        ("They heard Tom Lann, R-Texas, a founder.", "R-Texas"),
        ("They heard Tom Lann (D-N.Y.) there.", "N.Y."),
        ("They heard Tom Lann (R., Tex.) there.", "Tex."),
        ("They heard Tom Lann (Lab) there.", "Lab"),
    ],
)
@pytest.mark.parametrize("label", ["GPE", "ORG", "PERSON"])
def test_a_party_and_a_state_in_brackets_are_nobody(text, found, label):
    labels = {"PERSON": ["Tom Lann"]}
    labels.setdefault(label, []).append(found)
    assert kinds(text, **labels) == {"Tom Lann": "person"}


def test_a_title_is_no_part_of_a_bodys_name():
    text = "On Monday Lumor Founder and CEO Adam Ridge spoke."
    assert kinds(text, ORG=["Lumor Founder"], PERSON=["Adam Ridge"]) == {
        "Lumor": "organization",
        "Adam Ridge": "person",
    }
    text = "On Monday Orbit Travel Marketing Manager Abby Dorn spoke."
    assert kinds(text, ORG=["Orbit Travel Marketing"], PERSON=["Abby Dorn"]) == {
        "Orbit Travel": "organization",
        "Abby Dorn": "person",
    }
    assert kinds("On Monday Orbit Marketing won.", ORG=["Orbit Marketing"]) == {
        "Orbit Marketing": "organization"
    }


@pytest.mark.parametrize(
    "title",
    [
        "District Administrator",
        "Regional Director",
        "Permanent Secretary",
        "Deputy Superintendent of Police",
        "Head of Sales",
    ],
)
def test_a_title_alone_is_no_body(title):
    assert kinds(f"They told the {title} so.", ORG=[title]) == {}


def test_who_is_head_of_something_has_a_name_of_his_own():
    assert kinds("On Monday Head of Sales Tom Hart left.", PERSON=["Sales Tom Hart"]) == {
        "Tom Hart": "person"
    }
    assert kinds("They told the Head of Sales and Customer Services so.") == {}


def test_whose_title_it_is_is_a_body():
    assert (
        kinds("On Monday Lumor CEO Adam Ridge left.", PERSON=["Lumor", "Adam Ridge"])["Lumor"]
        == "organization"
    )


def test_a_number_may_begin_a_bodys_name():
    text = "One Motor sells bikes. Now One Motor is glad."
    assert kinds(text, ORG=["Motor"]) == {"One Motor": "organization"}
    assert "One Motor" not in kinds("One Motor sells bikes. Now Motor is glad.", ORG=["Motor"])


@pytest.mark.parametrize("name", [" of Malta", "—", " ", "of", "’s"])
def test_what_has_no_word_of_a_name_is_none(name):
    blocks = text_blocks(title="", standfirst="", text=f"They met{name} there.")
    at = blocks[0].plain.index(name.replace("’", "'"))
    for label in ("ORG", "PERSON", "GPE", "LAW"):
        assert "" not in {found.text for found in find(blocks, [[Entity(at, at + len(name), label)]]).names}
