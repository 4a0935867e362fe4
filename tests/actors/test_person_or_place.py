from __future__ import annotations

import pytest

from personae.actors import analyse
from personae.actors.languages.en.names.person_or_place import is_given_name, overrules, person_points


def points(text, name):
    start = text.index(name)
    return person_points(text, start, start + len(name))


@pytest.mark.parametrize(
    "text",
    [
        "Denmark’s transport minister, Kralj, has answered.",
        "The transport minister Kralj has answered.",
        "Mrs. Kralj has answered.",
        "Kralj, 54, has answered.",
        "Kralj, a former teacher from Odense, has answered.",
    ],
)
def test_words_that_make_a_person(text):
    assert points(text, "Kralj") >= 2


@pytest.mark.parametrize(
    "text",
    [
        "They met in Kralj on Monday.",
        "Officials said Kralj was flooded.",
        "The hosts, Kralj, lost.",
        "The champion Kralj lost.",
        "Kralj, a city of canals, was flooded.",
        "Kralj, a company from Odense, was sold.",
    ],
)
def test_words_that_make_none(text):
    assert points(text, "Kralj") < 2


def test_given_names():
    assert is_given_name("Daniel Mbeki")
    assert not is_given_name("Daniel")
    assert not is_given_name("Daniel Island")
    assert not is_given_name("Helen County Council")


def test_no_country_is_made_a_person():
    assert not overrules("GPE", "Denmark", 5)
    assert overrules("GPE", "Kralj", 2)
    assert not overrules("ORG", "Kralj", 2)
    assert overrules("ORG", "Sofia Kralj", 2)


def test_a_town_is_an_actor_only_as_a_political_body():
    def names(text):
        return {a.name for a in analyse(title="", standfirst="", text=text, language="en")}

    assert "Bradford" not in names("Bradford is wet. The rain in Bradford fell for days and Bradford slept.")
    assert "Bradford" in names(
        "Bradford council raised the tax. Bradford said the money was needed, and Bradford's mayor agreed."
    )
