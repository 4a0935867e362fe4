"""Titles before people's names, as the English-language press of many countries writes them."""

from __future__ import annotations

import pytest
from tests.actors.labelled_names import kinds as names

TITLES = (
    "Adv", "Adv.", "Engr.", "Alhaji", "Alhaji Chief", "Det Sgt", "Cpl.", "Hon. Justice", "Prof Dr", "Prof. Dr.", "Datuk Seri",
    "Tan Sri", "Dato'", "Dato’ Sri", "Shri", "Smt.", "Dr. (Mrs.)", "Pst.", "Sheikh", "Grand Ayatollah", "Hojatoleslam", "Msgr.",
    "Rev. Fr.", "Rt Rev", "Most Rev", "Maulana", "Mufti", "Ing.", "Lic.", "Doña", "Herr", "Mme", "Barr.", "Arc.", "Otunba", "H.E.",
    "Col (rtd)", "Col. (Rtd.)", "Maj Gen (retd)", "Lt. Col.", "Sqn Ldr", "Sub-Inspector", "DSP", "DCI", "MK", "Cllr", "Ustaz", "Hajiya",
    "Mallam", "Mzee", "Ato", "Khun", "Encik", "Puan Sri", "Swami", "Thiru", "Atty.", "Cde", "Igwe", "Daw", "Dasho", "Senhor", "Avv.", "P/Lt. Col.",
)  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_no_part_of_a_name(title):
    text = f"The panel heard {title} Ravela Okun. Later {title} Okun left."
    whole = [f"{title} Ravela Okun".replace("’", "'"), f"{title} Okun".replace("’", "'")]
    expected = {"Ravela Okun": "person", "Okun": "person"}
    assert names(text, PERSON=whole) == expected
    assert names(text, PERSON=["Ravela Okun", "Okun"]) == expected


@pytest.mark.parametrize("title", ["Adv", "Engr.", "Alhaji", "Det Sgt", "Datuk Seri", "Smt.", "Cde"])
def test_who_stands_behind_a_title_is_a_person(title):
    text = f"The panel heard {title} Ravela Okun. Later {title} Okun left."
    expected = {"Ravela Okun": "person", "Okun": "person"}
    assert names(text, ORG=[f"{title} Ravela Okun", f"{title} Okun"]) == expected
    assert names(text) == expected


def test_a_body_may_begin_with_a_title():
    for body in (
        "Metropolitan Opera",
        "General Motors",
        "Sister Cities International",
        "Dr Martens Group",
        "Hon Hai",
        "Sheikh Zayd Mosque",
    ):
        assert names(f"They sued the {body} twice.", ORG=[body])[body] == "organization"


def test_some_titles_are_names_as_well():
    assert names("They met Nana Mouskour and Don Drapier.", PERSON=["Nana Mouskour", "Don Drapier"]) == {
        "Nana Mouskour": "person",
        "Don Drapier": "person",
    }
    assert "Don Van Vloot" in names("They met Don Van Vloot.", PERSON=["Don Van Vloot"])
    text = "They met Nana Kofi Ameyaw. Nana Ameyaw was glad."
    assert names(text, PERSON=["Nana Kofi Ameyaw", "Nana Ameyaw"]) == {
        "Kofi Ameyaw": "person",
        "Ameyaw": "person",
    }
    text = "They met SI Ravi Kumaran. SI Kumaran was glad."
    assert names(text, ORG=["SI Ravi Kumaran", "SI Kumaran"]) == {
        "Ravi Kumaran": "person",
        "Kumaran": "person",
    }


def test_royal_titles_stay_before_one_name_and_go_before_two():
    assert "Prince Oskar" in names("They met Prince Oskar there.", PERSON=["Prince Oskar"])
    assert "King Oskar II" in names("They met King Oskar II there.", PERSON=["King Oskar II"])
    text = "They met Prince Khalid bin Saud there."
    assert names(text, PERSON=["Prince Khalid bin Saud"]) == {"Khalid bin Saud": "person"}


def test_a_given_name_may_be_a_word_for_a_relative():
    people = ["Son Ji-hoon", "Son", "Josh Acham"]
    text = "He played with Son Ji-hoon and Josh Acham. Son Ji-hoon scored, and Son was glad."
    assert names(text, PERSON=people) == dict.fromkeys(people, "person")
    assert "Karl Lund" in names("Son Karl Lund was glad.", PERSON=["Son Karl Lund"])


def test_a_given_name_may_be_a_title():
    text = "A jury found Dean Hallow guilty. Dean Hallow, 33, stole a car."
    assert names(text, PERSON=["Dean Hallow"]) == {"Dean Hallow": "person"}
    assert names(text, PERSON=["Hallow"]) == {"Dean Hallow": "person"}
    text = "The faculty met Dean Hallow. The dean was late."
    assert names(text, PERSON=["Dean Hallow"]) == {"Hallow": "person"}
    text = "The hall was full. Dean Hallow spoke, and Alice Hallow left."
    assert names(text, PERSON=["Dean Hallow", "Alice Hallow"]) == {
        "Hallow": "person",
        "Alice Hallow": "person",
    }


def test_a_surname_may_be_a_role():
    assert "Aaron Judge" in names("On Monday Aaron Judge hit two.", PERSON=["Aaron"])
    assert "Aaron Judge" not in names("On Monday Aaron Judge Smith hit two.", PERSON=["Aaron"])


def test_small_words_belong_to_surnames():
    text = "Rhys ap Gwilm spoke, and so did Mohamed Ould Salik. They thanked ap Gwilm and Ould Salik."
    found = names(text, PERSON=["Rhys ap Gwilm", "Mohamed Ould Salik"])
    assert {"ap Gwilm", "Ould Salik"} <= found.keys()
