from __future__ import annotations

from typing import Any

import pytest

from personae.actors import analyse
from personae.actors.languages.en.merge.same_body import explained, same_body
from personae.actors.languages.en.merge.same_country import acts
from personae.actors.languages.en.names.find import is_thing
from personae.actors.languages.en.words.countries import countries
from personae.actors.merge.acronyms import is_acronym
from personae.actors.merge.same_person import near_spelling, same_person
from personae.actors.tables.name_words import surname
from personae.actors.text.found_names import Name
from personae.actors.text.text_units import Block


def joined(*people, mentions=()):
    return {short: full for short, (full, _) in same_person(people, [*people, *mentions]).items()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("John Kerry", "Kerry"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Craig Le Clair", "Le Clair"),
        ("Robert Downey Jr.", "Downey"),
        ("Pelé", "Pelé"),
    ],
)
def test_surnames(name, expected):
    assert surname(name) == expected


def test_short_names_join_their_only_full_name():
    assert joined("Xi Jinping", "Xi", "Ursula von der Leyen", "von der Leyen", "Leyen") == {
        "Xi": "Xi Jinping",
        "von der Leyen": "Ursula von der Leyen",
        "Leyen": "Ursula von der Leyen",
    }


def test_initials_and_middle_names():
    assert joined("Donald J. Trump", "Donald Trump", "Trump") == {
        "Donald Trump": "Donald J. Trump",
        "Trump": "Donald J. Trump",
    }


def test_father_and_son_stay_apart():
    assert "Donald Trump" not in joined("Donald Trump Jr.", "Donald Trump").keys() | {
        v for k, v in joined("Donald Trump Jr.", "Donald Trump").items()
    }


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Patrick Carlow Jr.", "Pat Carlow", "Patrick W. Carlow"], {"Pat Carlow", "Patrick W. Carlow"}),
        (["Patrick Carlow Jr.", "Pat Carlow", "Patrick Carlow"], {"Patrick Carlow"}),
        (["William Harker", "Bill Harker"], {"Bill Harker"}),
        (["Robert Lee Harker", "Bob Harker"], {"Bob Harker"}),
        (["William Harker", "Bob Harker"], set()),
        (["William Harker", "Bill Parker"], set()),
        (["Maria Elena Duarte", "Maria Sofia Duarte", "Maria Duarte"], set()),
        (["Gábor Szalai", "Szalai Gábor"], {"Szalai Gábor"}),
        (["Park Min-jun", "Park Min Jun"], {"Park Min Jun"}),
        (["Khaled al-Masri", "Masri"], {"Masri"}),
        (["Faisal bin Turki", "bin Turki"], {"bin Turki"}),
        (["Zoe Hart-Ellis", "Ellis"], set()),
        (["Javier Soto Medina", "Soto"], {"Soto"}),
        (["Gregory Lambert", "Lamberts"], set()),
    ],
)
def test_which_full_names_are_one_person(names, expected):
    assert joined(*names).keys() == expected


def test_a_relative_is_somebody_else():
    names = ["Saif Muammar al-Tarhuni", "Muammar al-Tarhuni"]
    assert same_person(names, names, relatives={"Saif Muammar al-Tarhuni"}) == {}
    senior = ["Thomas Marle Senior", "Thomas Marle"]
    assert same_person(senior, senior, relatives=set(senior)).keys() == {"Thomas Marle"}


def test_a_shared_surname_goes_to_one_and_joins_nobody():
    found = joined("Nawaz Sharif", "Shehbaz Sharif", "Sharif", mentions=["Shehbaz Sharif", "Sharif"])
    assert found == {"Sharif": "Shehbaz Sharif"}


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("Zelenskyy", "Zelensky", True),
        ("Gaddafi", "Gadaffi", False),
        ("Müller", "Muller", True),
        ("Obama", "Osama", False),
        ("Brown", "Browne", False),
    ],
)
def test_one_wrong_letter_in_a_long_name_is_forgiven(a, b, near):
    assert near_spelling(a, b) is near


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("WHO", "World Health Organization", True),
        ("BoC", "Bank of Canada", True),
        ("Sars", "South African Revenue Service", True),
        ("Co", "County Offices", False),
        ("IMF", "World Health Organization", False),
        ("ABC", "Abc", False),
    ],
)
def test_acronyms(short, full, expected):
    assert is_acronym(short, full) is expected


def bodies(*names):
    kinds: dict[str, Any] = dict.fromkeys(names, "organization")
    return {short: full for short, (full, _) in same_body(names, kinds).items()}


def test_bodies_join_by_acronym_part_and_table():
    assert bodies(
        "US Supreme Court", "Supreme Court", "Harbour Trust Ltd", "Harbour Trust", "Republican Party", "GOP"
    ) == {
        "Supreme Court": "US Supreme Court",
        "Harbour Trust": "Harbour Trust Ltd",
        "GOP": "Republican Party",
    }


def test_another_bank_is_another_bank():
    assert bodies("Royal Bank of Canada", "Bank of Canada") == {}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["National Bank of Belmora", "National Bank"], {"National Bank": "National Bank of Belmora"}),
        (["Montana Liberty Caucus", "Liberty Caucus"], {"Liberty Caucus": "Montana Liberty Caucus"}),
        (["House Liberty Caucus", "Liberty Caucus"], {"Liberty Caucus": "House Liberty Caucus"}),
        (["Nordbank AG", "Nordbank", "Nordbank Foundation"], {"Nordbank": "Nordbank AG"}),
        (["Lumora", "Lumora+"], {}),
        (["Harlow Hospital", "Harlow"], {}),
        (
            ["Supreme Court of Sotheby", "United States Supreme Court", "Supreme Court"],
            {"Supreme Court": "United States Supreme Court"},
        ),
    ],
)
def test_short_forms_of_bodies(names, expected):
    assert bodies(*names) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Pan-Arland Workers Congress, or PAWCO, called a strike.", {"PAWCO"}),
        ("The Pan-Arland Workers Congress or the PAWCO said so.", {"PAWCO"}),
        ("The Pan-Arland Workers Congress, or NATO, called a strike.", set()),
    ],
)
def test_an_acronym_after_or(text, expected):
    names = ["Pan-Arland Workers Congress", "PAWCO", "NATO"]
    assert explained([Block("text", text, 0, 0)], names).keys() == expected


def test_what_the_text_explains():
    block = Block(
        "text",
        "The Fishers’ Union (FU), also known as the Old Crew, met the Net Makers, formerly called Knots.",
        0,
        0,
    )
    names = ["Fishers' Union", "FU", "Old Crew", "Net Makers", "Knots"]
    found = {short: full for short, (full, _) in explained([block], names).items()}
    assert found["FU"] == "Fishers' Union"
    assert found["Knots"] == "Net Makers"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow has denied it.", True),
        ("Much of Moscow is wary.", True),
        ("It was a deal that angered Moscow.", False),
        ("He lives in Moscow.", False),
        ("A train from Moscow arrived.", False),
        ("A strike blamed by Moscow on rebels.", True),
        ("They met near Moscow on Friday.", False),
    ],
)
def test_a_capital_is_its_government_only_where_it_acts(text, expected):
    start = text.index("Moscow")
    assert acts(Block("text", text, 0, 0), Name(0, start, start + 6, "Moscow", "place")) is expected


@pytest.mark.parametrize("name", ["Clean Rivers Act", "Baltic Sea", "AI", "Harbour Prize", "King", "Court"])
def test_laws_places_prizes_and_common_words_are_no_actors(name):
    assert is_thing(name)


@pytest.mark.parametrize("name", ["Supreme Court", "King Charles", "Congress", "Sea Shepherd"])
def test_bodies_and_people_are_not_things(name):
    assert not is_thing(name)


def test_the_table_of_countries_has_no_string_of_two_countries():
    table = countries()
    assert len(table.names) > 230
    assert not set(table.names) & set(table.seats)
    assert table.names["U.S."] == table.people["American"] == table.seats["Washington"] == "United States"
    assert table.ambiguous <= set(table.names)


def test_a_government_is_its_country_and_a_people_is_nobody():
    text = (
        "Sweden said on Friday that it would close the port. The Swedish government called the Danish plan unsafe, and "
        "Sweden wants talks. Swedish sailors agreed."
    )
    actors = analyse(title="Sweden closes port", standfirst="", text=text, language="en")
    assert set(actors[0].aliases) == {"Sweden", "Swedish government"}
    assert not any("Swedish sailors" in alias or alias == "Swedish" for a in actors for alias in a.aliases)
