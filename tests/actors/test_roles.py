from __future__ import annotations

import pytest

from personae.actors.aliases import Cluster
from personae.actors.blocks import Block
from personae.actors.names import Name
from personae.actors.roles import best_role, roles


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
        "Ann Lee, Tom Fox and Joe Ray agreed.",
        "When the president left, Ann Lee agreed.",
        "He met the president. Ann Lee agreed.",
        "Ann Lee is a little tired.",
    ],
)
def test_other_words_are_no_description(text):
    assert describe(text, "Ann Lee") is None


def test_bodies_are_described_too():
    assert describe("She left his party, Forward, in May.", "Forward", "organization") == "his party"
    assert (
        describe("The homelessness charity Roofs said so.", "Roofs", "organization") == "homelessness charity"
    )
    assert describe("Roofs, a charity that feeds people, said so.", "Roofs", "organization") == "a charity"
