"""Names repaired and made consistent, whatever a language model says: its labels are given here."""

from __future__ import annotations

import re

import pytest

from personae.actors.languages.en.merge.clusters import clusters
from personae.actors.languages.en.names.find import find
from personae.actors.names.recogniser import Entity
from personae.actors.text.text_units import text_blocks


def found(blocks, **labels):
    """Return the names where a model finds the given strings wherever they stand, with the given labels."""
    label_of = {text: label for label, texts in labels.items() for text in texts}
    strings = "|".join(map(re.escape, sorted(label_of, key=len, reverse=True))) or r"(?!)"
    entities = [
        [Entity(*m.span(), label_of[m[0]]) for m in re.finditer(rf"\b(?:{strings})\b", block.plain)]
        for block in blocks
    ]
    return find(blocks, entities)


def names(text, title="", **labels):
    parts = text_blocks(title=title, standfirst="", text=text)
    return {name.text: name.kind for name in found(parts, **labels).names}


def aliases(text, **labels):
    parts = text_blocks(title="", standfirst="", text=text)
    return {c.name: set(c.rules) for c in clusters(parts, found(parts, **labels))}


def test_a_given_name_alone_is_the_person():
    text = "Minister Fareed Oyelowo spoke on Monday. The list, Fareed said, was wrong."
    assert names(text, PERSON=["Fareed Oyelowo"], ORG=["Fareed"])["Fareed"] == "person"
    text = "Chelsea Novak spoke in London. London was wet."
    assert names(text, PERSON=["Chelsea Novak"], GPE=["London"])["London"] == "place"


def test_where_things_happen_is_no_person():
    text = "Traders in Kintu are glad. The streets of Kintu town are lit, and the rain in Kintu has ended."
    assert names(text, PERSON=["Kintu"])["Kintu"] == "place"
    text = "Faith in Kintu is strong. Mrs. Kintu said she was glad, and Kintu, 54, smiled."
    assert names(text, PERSON=["Kintu"])["Kintu"] == "person"


def test_a_name_that_the_text_writes_small_is_no_place():
    text = "Flykestrel said so. A spokesperson for flykestrel said more."
    assert names(text, GPE=["Flykestrel"])["Flykestrel"] == "organization"
    assert names("Ashby said so. The town of Ashby is wet.", GPE=["Ashby"])["Ashby"] == "place"


def test_bodies_that_the_model_overlooks_are_known_by_their_last_word():
    result = names("On Monday the Harbour Pilots' Union spoke, and people who Ask Why Trees fall did not.")
    assert result == {"Harbour Pilots' Union": "organization"}


def test_the_forces_of_a_state_are_a_body():
    assert names("By evening the Moroccan army had come.") == {"Moroccan army": "organization"}


def test_the_government_of_a_country_that_is_named_is_that_country():
    assert "Moroccan government" not in names("Morocco paid. The Moroccan government said so.")
    assert "Moroccan government" in names("The Moroccan government paid.")


def test_a_conference_or_a_party_letter_is_nobody():
    assert names("Talks at COP30 ended. COP30 said so.", GPE=["COP30"]) == {"COP30": "nothing"}
    assert names("They met Ann Lee (D., Ohio) there.", PERSON=["Ann Lee"], ORG=["D."]) == {
        "Ann Lee": "person"
    }


def test_a_family_is_a_body():
    text = "Ingrid Aasland sold her shares to the Aasland family."
    assert names(text, PERSON=["Ingrid Aasland", "Aasland"])["Aasland family"] == "organization"


def test_a_family_goes_by_the_plural_of_its_name():
    text = "The Aasland family sold the yard. The Aaslands said so on Monday."
    assert aliases(text, PERSON=["Aasland"], ORG=["Aaslands"]) == {
        "Aasland family": {"Aasland family", "Aaslands"}
    }


def test_the_participle_of_a_headline_is_no_given_name():
    text = "They’re Praising Ann Lee for what she did. On Monday the jury heard that Ann Lee smiled at it."
    assert names(text, PERSON=["Praising Ann Lee", "Ann Lee"]) == {"Ann Lee": "person"}


def test_well_known_products_are_nobody():
    assert names("Users of ChatGPT like it.", ORG=["ChatGPT"]) == {"ChatGPT": "nothing"}


def test_an_abbreviation_in_brackets_is_the_body_before_it():
    text = "Northmoor National University (NorNU) moved. People at NorNU were glad, and NorNU grew."
    result = aliases(text, ORG=["Northmoor National University"], PERSON=["NorNU"])
    assert result == {"Northmoor National University": {"Northmoor National University", "NorNU"}}


def test_an_army_is_the_armed_forces_of_its_country():
    text = "The Morocco Armed Forces moved. The Moroccan military said so."
    result = aliases(text, ORG=["Morocco Armed Forces"])
    assert result["Morocco Armed Forces"] == {"Morocco Armed Forces", "Moroccan military"}


def test_a_sentence_that_is_mostly_names_is_no_headline():
    people = ["Ebba Lund", "Tomas Reyes", "Ida Q. Moss"]
    assert names(
        "Co-authors include Ebba Lund, Tomas Reyes and Ida Q. Moss.", PERSON=people
    ) == dict.fromkeys(people, "person")
    assert names("Ebba Lund Meets Tomas Reyes And Moss", PERSON=people) == {}


def test_a_name_with_a_nickname_ends_before_its_possessive():
    text = "This was Kim “Ferryman” Park’s best year."
    assert names(text, PERSON=["Kim"]) == {"Kim “Ferryman” Park": "person"}


def test_titles_of_several_people_are_no_given_names():
    assert "Ruth Holm" in names(
        "She wrote for Justices Ruth Holm and Ada Berg.", PERSON=["Ruth Holm", "Ada Berg"]
    )


def test_what_sort_of_body_it_is_does_not_belong_to_its_name():
    assert names("They asked the NGO Open Harbours.", ORG=["NGO Open Harbours"]) == {
        "Open Harbours": "organization"
    }
    assert names("He told the Tern Press news agency so.", ORG=["Tern Press news"]) == {
        "Tern Press": "organization"
    }
    assert names("The Ashby sailing club won.", ORG=["Ashby sailing club"]) == {
        "Ashby sailing club": "organization"
    }


def test_a_name_before_a_score_is_a_team():
    assert names("They lost to Corvid 3-2 at home.", LAW=["Corvid 3-2"]) == {"Corvid": "organization"}
    assert names("They lost to Kenya 3-2 at home.", GPE=["Kenya"]) == {"Kenya": "place"}


def test_an_agency_before_the_story_is_no_name_in_it():
    assert names("(TPN) -- Rain fell, and TPN saw it.", ORG=["TPN"]) == {"TPN": "organization"}
    assert names("(TPN) -- Rain fell.", ORG=["TPN"]) == {}
    assert names("(Rovers) won.", ORG=["Rovers"]) == {"Rovers": "organization"}


def test_a_government_by_the_countrys_own_name_is_the_country():
    text = "Kenya agreed. The Kenya government signed, and the Kenyan Government paid."
    result = aliases(text, GPE=["Kenya"], ORG=["Kenyan Government"])
    assert result == {"Kenya": {"Kenya", "Kenya government", "Kenyan Government"}}
    # A longer name of something else stays whole.
    assert "Kenya Government Press" in aliases(
        "Kenya sold the Kenya Government Press.", ORG=["Kenya Government Press"]
    )


SURNAMES = [
    "Hill",
    "Day",
    "Law",
    "Lake",
    "Street",
    "Bay",
    "Forest",
    "Rivers",
    "Bridge",
    "Tower",
    "Bill",
    "Road",
    "War",
    "Act",
]


@pytest.mark.parametrize("last", SURNAMES)
def test_a_surname_may_be_a_word_for_a_thing(last):
    text = f"On Monday Mara {last} spoke. Every day {last} said more, and {last}’s lawyer the law."
    expected = {f"Mara {last}": "person", last: "person"}
    assert names(text, PERSON=[f"Mara {last}"]) == expected
    assert names(text, PERSON=[f"Mara {last}"], ORG=[last]) == expected
    text = f"On Monday Laura {last} spoke. {last} said more. Now {last}, 41, is free."
    for label in ("ORG", "FAC", "GPE"):
        assert names(text, **{label: [f"Laura {last}"]}) == {f"Laura {last}": "person", last: "person"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They passed the Hawley Bill. Critics of the Hawley Bill left.", "Hawley Bill"),
        ("A crash on Oliver Street. They met on Oliver Street.", "Oliver Street"),
        ("Megan's Law was passed.", "Megan's Law"),
        ("They flew to Laura Holm Airport.", "Laura Holm Airport"),
    ],
)
def test_a_thing_is_called_after_people(text, name):
    assert names(text, PERSON=[name])[name] == "nothing"


def test_a_paper_is_known_by_whom_it_was_told_to():
    assert names("She told The Hill that she was tired. The Hill said so.")["Hill"] == "organization"


COUNTRIES = [
    "Trinidad and Tobago",
    "Bosnia and Herzegovina",
    "Antigua & Barbuda",
    "St. Vincent and the Grenadines",
    "São Tomé and Príncipe",
]


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_may_have_two_names_in_one(country):
    halves = re.split(" (?:and|&)(?: the)? ", country)
    text = f"They asked Kenya, {country} and Malta. {country} said no."
    expected = {"Kenya": "place", country: "place", "Malta": "place"}
    assert names(text, GPE=[*halves, "Kenya", "Malta"]) == expected
    assert names(text, GPE=[country, "Kenya", "Malta"]) == expected
    assert names(text, PERSON=halves[:1], ORG=halves[1:], GPE=["Kenya", "Malta"]) == expected
    assert names("France and Germany said no.", GPE=["France and Germany"]) == {
        "France": "place",
        "Germany": "place",
    }


def test_two_names_that_only_stand_together_are_one_body():
    text = "They sued Barlow and Finch. On Monday Barlow and Finch lost."
    assert names(text, ORG=["Barlow"], PERSON=["Finch"]) == {"Barlow and Finch": "organization"}
    assert (
        names("The law firm " + text[10:], PERSON=["Barlow", "Finch"])["Barlow and Finch"] == "organization"
    )
    for people in ("They met Ann Barlow. ", "There Barlow slept. "):
        found = names(people + text, ORG=["Barlow"], PERSON=["Ann Barlow", "Finch"])
        assert "Barlow and Finch" not in found


@pytest.mark.parametrize(
    "body",
    [
        "U.S. military", "US Navy", "UK police", "French navy", "Chinese commerce ministry", "China's commerce ministry",
        "Japan’s foreign ministry", "India's external affairs ministry", "Kenya police", "Swedish security service",
        "Turkey’s central bank", "foreign ministry of Nepal", "Capitol police",
    ],
)  # fmt: skip
def test_bodies_of_states_are_called_by_common_nouns(body):
    assert (
        names(f"On Monday the {body} said so.", GPE=["U.S", "US", "Japan", "China"])[body] == "organization"
    )


def test_a_ministry_is_named_without_its_country_later():
    text = "China’s commerce ministry paid. Later the commerce ministry said so."
    assert aliases(text) == {"China’s commerce ministry": {"China’s commerce ministry", "commerce ministry"}}
    assert "commerce ministry" not in names("Later the commerce ministry said so.")


def test_a_number_is_an_office_where_it_speaks_or_has_people():
    text = "Now No 10 said the rules held. Number 10 denied it, and Downing Street declined to comment."
    assert aliases(text, FAC=["Downing Street"]) == {
        "Downing Street": {"No 10", "Number 10", "Downing Street"}
    }
    assert names("An aide at No. 10 left. It upset No. 10 much.") == {"No. 10": "organization"}
    assert (
        names("Ruiz, No 10 in the world, won. The No 10 said so. She wore number 10, and No. 10 is hers.")
        == {}
    )


def test_a_movement_is_not_the_government_that_it_leads():
    text = "Now Hamas said so. The Hamas government paid, and the Starling government did."
    found = names(text, ORG=["Hamas", "Starling"])
    assert found == {"Hamas": "organization", "Starling government": "organization"}


def test_a_single_name_that_is_described_as_a_company_is_a_body():
    text = "Lumora, the maker of kitchen robots, will cut jobs. Lumora said so."
    assert names(text, PERSON=["Lumora"])["Lumora"] == "organization"
    text = "Anna Lumora, the maker of kites, said so. Lumora, the maker of kites, left."
    assert names(text, PERSON=["Anna Lumora", "Lumora"])["Lumora"] == "person"
