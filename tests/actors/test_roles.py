from __future__ import annotations

import pytest

from personae import find_actors
from personae.actors.languages.en.roles.beside_name import roles
from personae.actors.languages.en.roles.descriptions import best_role
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
        ("One of the duke’s victims, Ann Lee, agreed.", "One of the duke’s victims"),
        ("Tom Fox’s mother, Ann Lee is said to know.", "Tom Fox’s mother"),
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
        ("Her chief engineer, Ann Lee, agreed.", "chief engineer"),
        ("He named Ann Lee (Ind., Leeds), a former banker, on Monday.", "a former banker"),
        ("President Ann Lee, a former dentist, agreed.", "President"),
        ("Ann Lee was appointed in May as the city’s chief engineer.", "the city’s chief engineer"),
        ("She beat Colombian Ann Lee in two sets.", "Colombian"),
        ("Ann Lee, the U.S. envoy to Chad, agreed.", "the U.S. envoy to Chad"),
        ("Ann Lee, an off-duty U.S. Navy pilot, agreed.", "an off-duty U.S. Navy pilot"),
        ("Ann Lee, an adviser to Sen. Fox, agreed.", "an adviser to Sen. Fox"),
        ("Ann Lee, a trader at Orrin Inc. in Leeds, agreed.", "a trader at Orrin Inc. in Leeds"),
        ("Ann Lee, a former envoy to the U.S. He agreed.", "a former envoy to the U.S."),
        ("Sen. Fox praised Gen. Ann Lee.", "Gen."),
        ("Ann Lee, head of Orrin's port voiced her thanks.", "head of Orrin's port"),
        ("Ann Lee, deputy head of the port died on Monday.", "deputy head of the port"),
        ("Ann Lee, a baker from Leeds who has won twice, agreed.", "a baker from Leeds"),
        ("They quoted Ann Lee, a software designer as saying so.", "a software designer"),
        (
            "Rep. Ann Lee, D-Ohio, a farmer and the founder of a club, agreed.",
            "a farmer and the founder of a club",
        ),
        ("Ann Lee, MD, PhD, a surgeon in Leeds, agreed.", "a surgeon in Leeds"),
        ("Ann Lee, formerly the mayor of Leeds, agreed.", "formerly the mayor of Leeds"),
        ("Ann Lee, now the mayor of Leeds, agreed.", "the mayor of Leeds"),
        ("“No,” the club’s chairman, Ann Lee, said.", "the club’s chairman"),
        ("They ask whether Orrin’s former CEO, Ann Lee, paid.", "Orrin’s former CEO"),
        ("Another nurse, Ann Lee, agreed.", "Another nurse"),
        ("They met one of the nurses, Ann Lee, there.", "one of the nurses"),
        ("The Green candidate, Ann Lee — whose aunt is mayor — won.", "The Green candidate"),
        ("They back Chad’s new president, Ann Lee of the Reform party, as ever.", "Chad’s new president"),
        ("As finance director of Orrin, Ann Lee has a say.", "finance director of Orrin"),
        (
            "It pleased Orrin’s recently appointed chief executive Ann Lee.",
            "Orrin’s recently appointed chief executive",
        ),
        ("“Yes,” minister of roads and ports Ann Lee told them.", "minister of roads and ports"),
        ("Sales Manager at Dorn Travel Ann Lee agreed.", "Sales Manager at Dorn Travel"),
        ("Pakistan’s Chief of Army Staff General Ann Lee flew in.", "Pakistan’s Chief of Army Staff General"),
        ("They thanked Tom Roe, the son of Orrin founder Ann Lee.", "Orrin founder"),
        ("Ann Lee was elected the new head of the port on Monday.", "the new head of the port"),
        ("Ann Lee became chairwoman of the port last year.", "chairwoman of the port"),
        ("The ruling affects actor Ann Lee.", "actor"),
        ("They hope to meet goalkeeper Ann Lee.", "goalkeeper"),
        ("It was put down to goalkeeper Ann Lee.", "goalkeeper"),
        ("The certified trainer Ann Lee agreed.", "certified trainer"),
        ("Its chief executive, Ann Lee, agreed.", "chief executive"),
        ("Ann Lee, 34, from Leeds, agreed.", "from Leeds"),
        ("The city’s Chief Rabbi Ann Lee agreed.", "Chief Rabbi"),
        ("It was meant to blast Green candidate Ann Lee.", "Green candidate"),
        ("It worried B.C.'s chief coroner, Ann Lee, on Monday.", "B.C.'s chief coroner"),
        ("They met chief operating officer Ann Lee.", "chief operating officer"),
        ("Ann Lee, who taught at Leeds University and is an author, agreed.", "taught at Leeds University"),
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
        "They met Tom Roe. Ann Lee agreed.",
        "“Ann Lee is a fine minister,” they said.",
        "Ann Lee is a good player.",
        "Ann Lee was not elected mayor of Leeds.",
        "A cousin of the mayor, Ann Lee, agreed.",
        "According to Ann Lee, director of Orrin of Leeds said no.",
        "Ann Lee, promoting a bill, agreed.",
        "At 5:50 PM Ann Lee left.",
        "She took her brother Ann Lee along.",
        "His former wife, Ann Lee, agreed.",
        "His predecessor, Ann Lee, agreed.",
        "His worried parents, Ann Lee, agreed.",
        "Ann Lee – A Way To Learn That Works",
        "He was adviser to Ann Lee, terms as minister of roads, ports and housing.",
        "That is an amazing singer, Ann Lee.",
        "As Ann Lee, a dentist at Orrin explains, it hurts.",
        "It is a major Ann Lee win.",
        "Ann Lee, a surprise, agreed.",
        "Speaking of the director, Ann Lee said so.",
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


def test_a_full_stop_ends_what_describes_somebody():
    people = [("Tom Fox", "person"), ("Ann Lee", "person")]
    assert described("They met Ann Lee. President Tom Fox agreed.", *people) == "President"
    assert described("It was sold by Ann Orr. Chancellor Tom Fox agreed.", people[0]) == "Chancellor"
    assert described("He left Iraq. President Tom Fox agreed.", people[0]) == "President"
    text = "Ann Lee, a clerk in Leeds, Calif. Tom Fox is a baker."
    assert described(text, *reversed(people)) == "a clerk in Leeds"


def test_a_neighbour_in_a_list_is_no_description():
    body = ("National Office of Ports", "organization")
    text = "The National Office of Ports, the Port Authority, Chad and Mali gave."
    assert described(text, body, ("Port Authority", "organization")) is None
    text = "A panel that has the Court House, National Office of Ports, schools and others met."
    assert described(text, body, ("Court House", "organization")) is None
    people = [("Ann Lee", "person"), ("Joe Ray", "person"), ("Tom Fox", "person")]
    text = "According to the analysts Joe Ray and Tom Fox, Ann Lee lost."
    assert described(text, *people) is None
    assert described(text, *reversed(people)) == "analysts"


def test_an_apposition_of_the_name_before_is_not_that_of_the_next():
    found = [("Orrin Maps", "organization"), ("Dorn Travel", "organization")]
    text = "According to Dorn Travel, a company that counts, Orrin Maps has grown."
    names = names_in(text, *found)
    body = Cluster("Orrin Maps", "organization")
    body.add(names[0], "exact")
    assert not list(roles([Block("text", text, 0, 0)], body, {0: sorted(names, key=lambda n: n.start)}))


def test_an_office_in_the_next_sentence_may_be_another_s():
    assert afterwards("The bill was met by Ann Lee. The Attorney General appealed.", "Ann Lee") is None
    assert afterwards("They saw Ann Lee. The Orrin captain smiled.", "Ann Lee") == "The Orrin captain"


def test_a_place_that_goes_on_is_none():
    found = [("Ann Lee", "person"), ("Leeds", "place")]
    assert described("Ann Lee of Leeds agreed.", *found) == "of Leeds"
    assert described("Ann Lee of Leeds's Orrin Hospital agreed.", *found) is None
    assert described("Ann Lee of Leeds Business School agreed.", *found) is None


def test_what_is_said_of_several_describes_each():
    people = [("Ann Lee", "person"), ("Joe Ray", "person")]
    assert described("Fans of the club’s sporting directors, Ann Lee and Joe Ray: sing.", *people) == (
        "the club’s sporting directors"
    )
    text = "Ann Lee and Joe Ray, former owners of the club, agreed."
    assert described(text, *people) == described(text, *reversed(people)) == "former owners of the club"


def test_who_is_removed_from_a_body_is_no_member_of_it():
    found = [("Ann Lee", "person"), ("Order", "organization")]
    assert described("The removal of Ann Lee from the Order was swift.", *found) is None
    assert described("They expelled Ann Lee from the Order.", *found) is None
    assert described("“No,” said Ann Lee from the Order.", *found) == "from the Order"


def test_what_follows_a_body_describes_its_member():
    found = [("Ann Lee", "person"), ("Leeds University", "organization")]
    text = "“No,” said Ann Lee of Leeds University, a scholar of law."
    assert described(text, *found) == "a scholar of law"
    names = names_in(text, *found)
    body = Cluster("Leeds University", "organization")
    body.add(names[1], "exact")
    assert not list(roles([Block("text", text, 0, 0)], body, {0: names}))


def test_bodies_are_described_too():
    text = "She left Dan Moss's party, Forward (FWD), in May."
    assert describe(text, "Forward", "organization") == "Dan Moss's party"
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


def test_a_team_that_is_a_host_describes_nobody():
    text = "Ashbourne Villa host Tern Rovers on Saturday."
    assert describe(text, "Tern Rovers", "organization") is None


@pytest.mark.parametrize(
    ("title", "text", "name", "role"),
    [
        ("Ohio Still Awaits Gov. Fallow's Word", "Gov. John Fallow spoke on Monday.", "John Fallow", "Gov."),
        ("", "Dear President Lark and Governor Quill, please listen. Lark said she would.", "Lark", "President"),
        ("", "His figures are an .872 OPS, a .375 average and 3.4 WAR, said OPS. It agreed, said OPS.", "OPS", None),
        ("", "It comes with Tern Four, a quad-core 1.5 GHz chip, and more. Tern Four said so on Monday.", "Tern Four", None),
    ],
)  # fmt: skip
def test_no_verb_salutation_or_figure_is_part_of_a_role(
    title: str, text: str, name: str, role: str | None
) -> None:
    found = {actor.name: actor.role for actor in find_actors(text, title=title)}
    assert found.get(name) == role
