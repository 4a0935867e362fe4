from __future__ import annotations

import pytest

from personae.actors import analyse
from personae.actors.languages.en.merge.person_cues import name_cues
from personae.actors.merge.namesakes import NameCues, Use, whose
from personae.actors.merge.nicknames import holds_nickname, nicknames
from personae.actors.merge.same_person import same_person
from personae.actors.text.found_names import Name
from personae.actors.text.text_units import Block


def cast(text, title="News"):
    return analyse(title=title, standfirst="", text=text, language="en")


def actor_at(actors, text, place):
    """The name of the actor who is marked where the words in brackets stand: "Mrs [Vos] told"."""
    before, _, rest = place.partition("[")
    name, _, after = rest.partition("]")
    start = text.index(before + name + after) + len(before)
    return next((a.name for a in actors for m in a.mentions if m.field == "text" and m.start == start), None)


PLACES = [
    # a title tells of a couple who is meant
    (
        (
            "Henrik Vos and his wife, Marta Vos, were charged with fraud on Monday. Mrs Vos told the court that she "
            "had signed nothing. Mr Vos said nothing, and Vos looked away."
        ),
        {"Mrs [Vos] told": "Marta Vos", "Mr [Vos] said": "Henrik Vos"},
    ),
    (
        (
            "President Idris Kamara and first lady Aminata Kamara arrived in Rome. Mrs. Kamara met the pope. "
            "Kamara signed a treaty."
        ),
        {"Mrs. [Kamara] met": "Aminata Kamara", "[Kamara] signed": "Idris Kamara"},
    ),
    (
        (
            "Rep. Nancy Doyle and Sen. Mark Doyle spoke on Monday. Rep. Doyle said the tax was unfair. "
            "Sen. Doyle said it was fair."
        ),
        {"Rep. [Doyle] said": "Nancy Doyle", "Sen. [Doyle] said": "Mark Doyle"},
    ),
    (
        (
            "Judge Harriet Doll asked the witness to leave. The witness, Ivor Doll, refused. Judge Doll fined him. "
            "Mr Doll paid."
        ),
        {"Judge [Doll] fined": "Harriet Doll", "Mr [Doll] paid": "Ivor Doll"},
    ),
    # a relative, before or after the name, does not take the surname
    (
        (
            "Rep. Walter Finch's exit has shaken his party.\n\nA friend of Carla Finch, the congressman's wife, declared "
            "her run on Monday.\n\n“Finch cheated everybody,” said one operative. Finch said he never planned to stay."
        ),
        {"“[Finch] cheated": "Walter Finch", "[Finch] said he": "Walter Finch"},
    ),
    (
        (
            "Congresswoman Teresa Olin won the seat of her late husband, Bernard Olin, on Tuesday.\n\nOlin thanked the "
            "voters. She said that Bernard Olin would be proud."
        ),
        {"[Olin] thanked": "Teresa Olin"},
    ),
    (
        "Grigor Balan, 71, and his sons Mihai Balan and Radu Balan were arrested. Balan denied the charges.",
        {"[Balan] denied": "Grigor Balan"},
    ),
    (
        (
            "North Korean leader Kim Jong Un attended the parade on Friday. His sister, Kim Yo Jong, stood behind "
            "him.\n\nKim said that the army was ready."
        ),
        {"[Kim] said": "Kim Jong Un"},
    ),
    (
        (
            "Singer Lena Marsh won the prize on Sunday. Marsh, 24, is the daughter of the producer Otis Marsh. Marsh "
            "thanked her fans."
        ),
        {"[Marsh] thanked": "Lena Marsh"},
    ),
    # the only bearer, though a relative: the surname is used only after her
    (
        (
            "The sister of a man who died in custody sued the city on Monday.\n\nIlse Drummond, the man's sister, said the "
            "police had lied. Drummond filed the suit in a federal court."
        ),
        {"[Drummond] filed": "Ilse Drummond"},
    ),
    # of whom the text speaks by surname before it names him in full
    (
        "Ferrer beat the champion in two sets. Spain's David Ferrer now meets Tom Lund. Ferrer said he was tired.",
        {"[Ferrer] beat": "David Ferrer", "[Ferrer] said": "David Ferrer"},
    ),
    (
        "President Obama said on Monday that he would sign. Mr. Obama spoke in Ohio. Barack Obama was in good spirits.",
        {"Mr. [Obama] spoke": "Barack Obama"},
    ),
    # a title that only its place beside the full name explains
    (
        "Pte Ewan Gault fell at noon. Pte Gault said it was dark. Gault stood up.",
        {"[Gault] stood": "Ewan Gault"},
    ),
]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_whose_a_surname_is(text, places):
    actors = cast(text)
    assert {place: actor_at(actors, text, place) for place in places} == places


@pytest.mark.parametrize(
    ("text", "place", "not_of"),
    [
        (
            (
                "President Korbel accepted the resignation of his envoy on Friday.\n\nMr. Korbel said that he was grateful. "
                "Mr. Korbel will name a successor.\n\nOne candidate is his daughter, Jana Korbel, who runs a charity."
            ),
            "Mr. [Korbel] said",
            "Jana Korbel",
        ),
        (
            (
                "Korbel said on Friday that he would not interfere.\n\n“The law is the law,” Korbel said.\n\nPetr Korbel, "
                "the president's son, was arrested on Thursday at the airport."
            ),
            "[Korbel] said on",
            "Petr Korbel",
        ),
        (
            (
                "Mayor Sable died on Monday. Sable had led the town for twenty years.\n\nSable's widow, Irene Sable, thanked "
                "the hospital."
            ),
            "[Sable] had led",
            "Irene Sable",
        ),
        (
            (
                "Finance Minister Oskar Brandt resigned on Monday. Brandt said he had done nothing wrong. Mrs Brandt stood "
                "beside him in the garden."
            ),
            "Mrs [Brandt] stood",
            "Oskar Brandt",
        ),
        (
            (
                "Senator Boyd said on Monday that the bridge was safe. Mr Boyd has seen the report.\n\nKevin Boyd, a baker "
                "from Leeds, said he drives over it every day."
            ),
            "Mr [Boyd] has",
            "Kevin Boyd",
        ),
        (
            (
                "Anna Weiss and Karl Weiss, who are not related, both spoke on Monday. Anna Weiss praised the bill. Karl "
                "Weiss attacked it.\n\nWeiss later left the chamber."
            ),
            "[Weiss] later",
            "Anna Weiss",
        ),
    ],
)
def test_whose_a_surname_is_not(text, place, not_of):
    actors = cast(text)
    assert not_of in {actor.name for actor in actors}
    assert actor_at(actors, text, place) != not_of


def test_who_is_left_has_the_title_that_nobody_else_can_have():
    text = (
        "Judge Ray Frost told Dana Pike that she had lied. Mrs Pike, 52, wept.\n\n"
        "Her husband, Alan Pike, a driver, was cleared. Mr Pike thanked the court."
    )
    found = cast(text)
    assert actor_at(found, text, "Mrs [Pike], 52") == "Dana Pike"
    assert actor_at(found, text, "Mr [Pike] thanked") == "Alan Pike"


def test_lord_and_lady_are_two():
    text = (
        "Sir Colin Trask has defended the gifts. Lady Trask was given dresses. Lady Trask thanked the donor. Lady Trask "
        "wore them. Trask said he would continue."
    )
    actors = cast(text)
    assert actor_at(actors, text, "[Trask] said") == "Colin Trask"
    assert actor_at(actors, text, "[Lady Trask] was") == "Lady Trask"


def test_a_nickname_in_quotation_marks_is_an_alias_and_never_the_name():
    text = (
        "President Anton Merk and his wife Sofia are under house arrest. Sofia left her post last year.\n\nDubbed "
        "“Gucci Sofia” for her shopping, Sofia has few friends. “We are prisoners,” Sofia said."
    )
    actors = {actor.name: actor for actor in cast(text)}
    assert "Gucci Sofia" in actors["Sofia"].aliases
    assert "Gucci Sofia" not in actors


def test_names_that_hold_a_nickname():
    assert holds_nickname("Tom “Tank” Hartley")
    assert not holds_nickname("Tom Hartley")
    block = Block("text", "They call him “Lazy Lou”. Lou said “no”.", 0, 0)
    names = [Name(0, 15, 23, "Lazy Lou", "person"), Name(0, 26, 29, "Lou", "person")]
    assert nicknames([block], names) == {"Lazy Lou": ("Lou", "nickname in quotation marks")}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("and Mrs Vos left.", "Vos", {"gender": "she"}),
        ("Mr and Mrs Vos left.", "Vos", {"gender": None}),
        ("his late wife, Ann Vos, left.", "Ann Vos", {"kin": "wife", "gender": "she"}),
        ("Ann Vos, the mayor's widow, left.", "Ann Vos", {"kin": "widow", "gender": "she"}),
        ("Karl Vos, brother of Ann, left.", "Karl Vos", {"kin": "brother", "gender": "he"}),
        ("Karl Vos, a father of three, left.", "Karl Vos", {"kin": None, "gender": None}),
        ("Karl Vos, his wife, Ann, and two dogs left.", "Karl Vos", {"kin": None, "gender": None}),
        ("Ann Vos (née Lund) left.", "Ann Vos", {"gender": "she"}),
        ("Vos's second wife left.", "Vos", {"owns": "wife", "kin": None}),
        ("Sen. Vos left.", "Vos", {"title": "senator"}),
        ("the senator, Vos, left.", "Vos", {"title": None}),
        ("Lady Vos left.", "Lady Vos", {"surname": "Vos", "gender": "she"}),
        ("Lum Vos said she was tired.", "Lum Vos", {"leaning": "she"}),
        ("She met Lum Vos and said he was tired.", "Lum Vos", {"leaning": None}),
    ],
)
def test_what_stands_beside_a_name(text, name, expected):
    start = text.index(name)
    found = name_cues(text, Name(0, start, start + len(name), name, "person"), 0, len(text))
    assert {key: getattr(found, key) for key in expected} == expected


def uses(*rows):
    """Mentions of people in one paragraph each: a name, and what is told of it."""
    return [
        Use(i, Name(i, 0, len(name), name, "person"), in_text=True, cues=tells)
        for i, (name, tells) in enumerate(rows)
    ]


def bearers_of(*rows):
    found = uses(*rows)
    names = [use.name.text for use in found]
    return {i: root for i, (root, _) in whose(found, same_person(list(dict.fromkeys(names)), names)).items()}


def test_without_any_evidence_the_only_bearer_has_the_surname():
    assert bearers_of(("Lund", NameCues()), ("Ivar Lund", NameCues()), ("Lund", NameCues())) == {
        0: "Ivar Lund",
        2: "Ivar Lund",
    }


def test_of_two_whom_nothing_tells_apart_neither_has_it():
    found = bearers_of(("Ivar Lund", NameCues()), ("Nils Lund", NameCues()), ("Lund", NameCues()))
    assert found[2] not in {"Ivar Lund", "Nils Lund"}


def test_the_first_with_a_title_has_it():
    titled = [("Ivar Lund", NameCues(title="mayor")), ("Nils Lund", NameCues()), ("Lund", NameCues())]
    assert bearers_of(*titled)[2] == "Ivar Lund"


def test_a_slip_of_the_model_bears_no_surname():
    rows = [("Rick Clark", NameCues()), ("Clark", NameCues()), ("WHNS quoted Clark", NameCues())]
    assert bearers_of(*rows)[1] == "Rick Clark"
