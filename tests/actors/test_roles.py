from __future__ import annotations

import pytest

from personae.actors.languages.en.roles.beside_name import roles
from personae.actors.languages.en.roles.best_role import best_role
from personae.actors.languages.en.roles.roles_in_next_sentence import roles_in_next_sentence
from personae.actors.merge.cluster import Cluster
from personae.actors.text.found_names import Name
from personae.actors.text.text_units import Block, text_blocks


def describe(text, name, kind="person"):
    found = Cluster(name, kind)
    start = text.index(name)
    found.add(Name(0, start, start + len(name), name, "person"), "exact")
    role = best_role(list(roles([Block("text", text, 0, 0)], found)))
    return role and role.text


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Talks with U.S. Secretary of State Ann Lee began.", "U.S. Secretary of State"),
        ("On Monday Kenyan President Ann Lee flew home.", "Kenyan President"),
        ("“No,” said chief product officer Ann Lee.", "chief product officer"),
        ("The former deputy prime minister Ann Lee resigned.", "former deputy prime minister"),
        (
            "Ann Lee, a sociologist at the University of Ghana, agreed.",
            "a sociologist at the University of Ghana",
        ),
        ("Ann Lee, 43, the city’s mayor, agreed.", "the city’s mayor"),
        ("Ann Lee, Albania’s foreign minister, agreed.", "Albania’s foreign minister"),
        ("The city’s mayor, Ann Lee, agreed.", "The city’s mayor"),
        ("It fell, but the city’s mayor, Ann Lee, agreed.", "the city’s mayor"),
        ("He came with the help of his former girlfriend, Ann Lee.", "his former girlfriend"),
        ("One of the duke’s victims, Ann Lee, agreed.", "One of the duke’s victims"),
        ("Tom Fox’s mother, Ann Lee is said to know.", "Tom Fox’s mother"),
        ("He called his sister Ann Lee twice.", "his sister"),
        ("Ann Lee is a retired bus driver.", "a retired bus driver"),
        ("Ann Lee, who runs a bakery in Leeds, agreed.", "runs a bakery in Leeds"),
        ("Ann Lee, 26, who rides for Team Kestrel, agreed.", "rides for Team Kestrel"),
        ("Ann Lee, 71, who has chaired Orrin since 2004, agreed.", "has chaired Orrin since 2004"),
        ("Ann Lee, who is deputy mayor of Leeds, agreed.", "deputy mayor of Leeds"),
        ("They met the law professor Ann Lee there.", "law professor"),
        ("It was founded by US philanthropist Ann Lee.", "US philanthropist"),
        ("The prize-winning novelist Ann Lee agreed.", "prize-winning novelist"),
        ("In 1957 a captain, Ann Lee, took him along.", "a captain"),
        ("Rovers' manager, Ann Lee, agreed.", "Rovers' manager"),
        (
            "After the talks, Regional Commissioner of Leeds, Ann Lee said so.",
            "Regional Commissioner of Leeds",
        ),
        ("Her apprentice, Ann Lee, agreed.", "Her apprentice"),
        ("He named Ann Lee (Ind., Leeds), a former banker, on Monday.", "a former banker"),
        ("President Ann Lee, a former dentist, agreed.", "President"),
        ("Ann Lee was appointed in May as the city’s chief engineer.", "the city’s chief engineer"),
        ("She beat Colombian Ann Lee in two sets.", "Colombian"),
    ],
)
def test_descriptions_are_found(text, role):
    assert describe(text, "Ann Lee") == role
    assert role in text


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee agreed on Monday.",
        "They had to guard Ann Lee.",
        "Ann Lee, a day later, agreed.",
        "Ann Lee, however, agreed.",
        "According to Ann Lee, the minister has left.",
        "According to Ann Lee (Ind.), the mayor is ill.",
        "Ann Lee, Tom Fox and Joe Ray agreed.",
        "When the president left, Ann Lee agreed.",
        "He met the president. Ann Lee agreed.",
        "Ann Lee is a little tired.",
    ],
)
def test_other_words_are_no_description(text):
    assert describe(text, "Ann Lee") is None


def names_in(text, *found):
    return [Name(0, text.index(n), text.index(n) + len(n), n, kind) for n, kind in found]


def described(text, *found):
    """Return the role of the first of the names found in the text, the others being known."""
    names = names_in(text, *found)
    made = Cluster(names[0].text, "person")
    made.add(names[0], "exact")
    row = {0: sorted(names, key=lambda name: name.start)}
    role = best_role(list(roles([Block("text", text, 0, 0)], made, row)))
    return role and role.text


def test_a_title_in_the_plural_is_that_of_each():
    text = "Board members Ann Lee and Tom Fox agreed."
    people = [("Ann Lee", "person"), ("Tom Fox", "person")]
    assert described(text, *people) == "Board members"
    assert described(text, *reversed(people)) == "Board members"
    assert described("The members left. Ann Lee and Tom Fox stayed.", *people) is None


def test_who_belongs_to_a_body_is_described_by_it():
    body = ("Brightwater Research", "organization")
    text = "Ann Lee of Brightwater Research agreed."
    assert described(text, ("Ann Lee", "person"), body) == "of Brightwater Research"
    text = "Ann Lee, an economist at Brightwater Research, agreed."
    assert described(text, ("Ann Lee", "person"), body) == "an economist at Brightwater Research"
    text = "Ann Lee visited Brightwater Research."
    assert described(text, ("Ann Lee", "person"), body) is None


def test_the_actor_who_plays_somebody_does_not_describe_them():
    people = [("Gareth", "person"), ("Tom Fox", "person")]
    assert described("The dealer Gareth (a nervous Tom Fox) waits.", *people) == "dealer"
    assert described("The river takes Gareth (a nervous Tom Fox) away.", *people) is None


def test_bodies_are_described_too():
    assert describe("She left his party, Forward, in May.", "Forward", "organization") == "his party"
    assert describe("She left his party, Forward (FWD), in May.", "Forward", "organization") == "his party"
    assert (
        describe("The homelessness charity Roofs said so.", "Roofs", "organization") == "homelessness charity"
    )
    assert describe("Roofs, a charity that feeds people, said so.", "Roofs", "organization") == "a charity"


def afterwards(text, *found, kind="person"):
    """Return the role of the first of these names, with all sentences after it."""
    parts = text_blocks(title="", standfirst="", text=text)
    names = {}
    for number, block in enumerate(parts):
        for found_name in found:
            start = block.text.find(found_name)
            if start >= 0:
                end = start + len(found_name)
                names.setdefault(number, []).append(Name(number, start, end, found_name, kind))
    made = Cluster(found[0], kind)
    for row in names.values():
        for name in row:
            if name.text == found[0]:
                made.add(name, "exact")
    role = best_role([*roles(parts, made, names), *roles_in_next_sentence(parts, made, names)])
    return role and role.text


def test_the_next_sentence_says_who_it_was():
    assert (
        afterwards("Ann Lee came home. She was a nurse in Leeds, she said.", "Ann Lee") == "a nurse in Leeds"
    )
    assert afterwards("They saw Ann Lee.\n\nThe rugby star smiled.", "Ann Lee") == "The rugby star"
    assert afterwards("They saw Ann Lee.\n\nThe mother of three smiled.", "Ann Lee") == "The mother of three"
    text = "They paid Orrin twice. The tax authority said so."
    assert afterwards(text, "Orrin", kind="organization") == "The tax authority"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee met Tom Fox. The rugby star smiled.",
        "Ann Lee met Tom Fox. She was a nurse in Leeds.",
        "Ann Lee came home. The minister smiled.",
        "Ann Lee came home. The team's captain smiled.",
        "Ann Lee came home. She was a little late.",
        "Ann Lee came home. It rained. The rugby star smiled.",
        "Ann Lee came home. The aide to Tom Fox smiled.",
    ],
)
def test_who_else_may_be_meant_is_not_described(text):
    assert afterwards(text, "Ann Lee", "Tom Fox") is None


def test_a_council_or_a_force_may_be_another():
    text = "They paid Orrin twice. The city council said so."
    assert afterwards(text, "Orrin", kind="organization") is None
