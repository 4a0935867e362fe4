from __future__ import annotations

import pytest

from personae.actors import analyse
from personae.actors.languages.en.speech.quotes import quotes
from personae.actors.merge.cluster import Cluster
from personae.actors.text.found_names import Name
from personae.actors.text.text_units import text_blocks


def said(text, *names, kind="person", roles=()):
    """The quotations of each of the names, in text: paragraphs joined by blank lines."""
    parts = text_blocks(title="", standfirst="", text=text)
    actors = []
    for name in names:
        made = Cluster(name, kind)
        for number, block in enumerate(parts):
            start = block.text.find(name)
            while start >= 0:
                made.add(Name(number, start, start + len(name), name, kind), "exact")
                start = block.text.find(name, start + 1)
        actors.append(made)
    found = quotes(parts, actors, roles)
    assert all(text[q.start : q.end] == q.text for row in found for q in row)
    return [[(q.text, q.cue) for q in row] for row in found]


WORDS = "We will not go there,"


@pytest.mark.parametrize(
    "text",
    [
        "“We will not go there,” Lee said.",
        "“We will not go there,” said Ann Lee, a nurse.",
        '"We will not go there," Lee said on Monday.',
        "“We will not go there,” said Ghana’s health minister, Lee.",
        "“We will not go there,” its chief executive, Lee, said in a video.",
        "“We will not go there,” Lee, 54, who runs a bakery in Leeds, said.",
        "“We will not go there,” Lee later told reporters.",
    ],
)
def test_a_speaker_after_the_words(text):
    ((quote,),) = said(text, "Lee")
    assert quote[0] == WORDS
    assert quote[1] in {"said", "told"}


@pytest.mark.parametrize(
    "text",
    [
        "Lee told reporters: “We will not go.”",
        "Mr. Lee, a nurse from the U.S., told The Post: “We will not go.”",
        "Lee left the room, saying: “We will not go.”",
        "The minister, Lee, has said, “We will not go.”",
    ],
)
def test_a_speaker_before_the_words(text):
    ((quote,),) = said(text, "Lee")
    assert quote[0] == "We will not go."


def test_a_few_words_inside_a_sentence():
    assert said("Lee called it “the first good morning”.", "Lee") == [[("the first good morning", "called")]]


def test_the_same_speaker_goes_on():
    assert said("“We will not go,” Lee said. “It is too late now.”", "Lee") == [
        [("We will not go,", "said"), ("It is too late now.", "said")]
    ]


def test_a_quotation_over_several_paragraphs_is_of_one_speaker():
    text = "Lee said: “We will not go there.\n\n“It is too late now.\n\n“Go home and sleep.”"
    assert [q[0] for q in said(text, "Lee")[0]] == [
        "We will not go there.",
        "It is too late now.",
        "Go home and sleep.",
    ]
    later = "“We will not go there.\n\n“It is too late now,” Lee said."
    assert [q[0] for q in said(later, "Lee")[0]] == ["We will not go there.", "It is too late now,"]


def test_a_paragraph_of_nothing_but_words_goes_on_where_nobody_else_is_named():
    assert len(said("“We will not go,” Lee said.\n\n“It is too late now.”", "Lee")[0]) == 2
    assert said("“We will not go,” Lee told Fox.\n\n“It is too late now.”", "Lee", "Fox")[1] == []
    assert len(said("“We will not go,” Lee told Fox.\n\n“It is too late now.”", "Lee", "Fox")[0]) == 1


def test_she_is_the_only_person_named_just_before():
    assert said("Lee came.\n\n“We will not go there,” she said.", "Lee") == [[(WORDS, "said")]]
    assert said("Lee met Fox.\n\n“We will not go there,” she said.", "Lee", "Fox") == [[], []]
    assert said("“We will not go there,” she said. Lee left.", "Lee") == [[]]


def test_he_is_not_whom_he_speaks_of():
    assert said("Lee came.\n\nHe said Lee was “a liar and a cheat”.", "Lee") == [[]]


def test_a_title_is_its_only_bearer():
    text = "Lee met Fox. “We will not go there,” the prime minister said."
    assert said(text, "Lee", "Fox", roles=("Prime Minister", "a nurse")) == [[(WORDS, "said")], []]
    assert said(text, "Lee", "Fox", roles=("Prime Minister", "former Prime Minister")) == [[], []]


@pytest.mark.parametrize(
    "text",
    [
        "The “grand old duke” saw Lee.",
        "Lee left. “We will not go there,” said Fox.",
        "“We will not go there,” a spokesman for Lee said.",
        "“We will not go there,” said a friend of Lee.",
        "“We will not go there,” Lee’s mother said.",
        "When Lee was asked, “Will you go there now?”, nobody spoke.",
        "“Will you go there now?” He was asked by Lee.",
        "“We will not go there.” Lee said nothing.",
        "Lee left, and the crowd sang: “We will not go.”",
    ],
)
def test_words_of_somebody_else(text):
    assert said(text, "Lee") == [[]]


def test_an_owner_is_not_the_speaker():
    text = "“We will not go there,” said Rovers’ manager Lee."
    assert said(text, "Rovers", "Lee") == [[], [(WORDS, "said")]]
    text = "Lee, the European Union’s envoy, said they would “never go there again”."
    assert said(text, "Lee", "European Union")[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "Lee said that she would not go there.",
        "Lee, a nurse, said she would not go there.",
        "Lee told the board on Friday that she would not go there.",
        "Lee said by telephone that she would not go there.",
    ],
)
def test_reported_speech(text):
    ((quote,),) = said(text, "Lee")
    assert quote[0] == "she would not go there"


@pytest.mark.parametrize(
    "text",
    [
        "Lee said so on Monday after the vote was over.",
        "If Lee said that she would not go there, it was a lie.",
        "Friends of Lee said that she would not go there.",
        "Lee’s lawyer said that she would not go there.",
        "She said that she would not go there.",
    ],
)
def test_no_reported_speech_of_lee(text):
    assert said(text, "Lee") == [[]]


def test_reported_clauses_that_hold_a_quotation_give_the_quotation_only():
    assert said("Lee said she would “never go there again”.", "Lee") == [[("never go there again", "said")]]


def test_countries_do_not_speak():
    assert said("“We will not go there,” Chad said.", "Chad", kind="country") == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "The house was cold, Lee said. “We will not go there.”",
        "Lee said that the house was cold. “We will not go there.”",
    ],
)
def test_words_that_follow_what_somebody_said(text):
    assert ("We will not go there.", "said") in said(text, "Lee")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Lee said that Fox was cold. “We will not go there.”",
        "The house was cold, Lee said. The sign read: “We will not go there.”",
        "Lee said nothing at all.\n\n“We will not go there.”",
    ],
)
def test_words_that_follow_but_may_be_somebody_elses(text):
    assert "We will not go there." not in [q[0] for row in said(text, "Lee", "Fox") for q in row]


def test_an_aside_in_brackets_is_not_the_speakers():
    text = "“We will not go there,” Lee said. (The firm said, “We have no idea at all.”)"
    assert said(text, "Lee") == [[(WORDS, "said")]]


def test_a_speaker_may_be_of_somewhere():
    assert said("Lee from the press office said, “We will not go.”", "Lee") == [[("We will not go.", "said")]]


def test_as_somebody_put_it():
    assert said("It was, as Lee put it, “giving away good jobs”.", "Lee") == [
        [("giving away good jobs", "put")]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "According to Lee, the bridge will be closed in May.",
        "According to Lee, 54, the bridge will be closed in May.",
        "According to Lee, a nurse, the bridge will be closed in May.",
        "The bridge will be closed in May, according to Lee.",
    ],
)
def test_a_clause_according_to_somebody(text):
    ((quote,),) = said(text, "Lee")
    assert quote[0].lower() == "the bridge will be closed in may"
    assert quote[1] == "according to"


@pytest.mark.parametrize(
    "text",
    [
        "According to Lee’s mother, the bridge will be closed in May.",
        "According to a friend of Lee, the bridge will be closed in May.",
        "All went according to plan, and Lee left the bridge in May.",
    ],
)
def test_a_clause_according_to_somebody_else(text):
    assert said(text, "Lee") == [[]]


def test_reported_speech_of_the_only_person_she_can_be():
    assert said("Lee came.\n\nShe said that the bridge was closed.", "Lee") == [
        [("the bridge was closed", "said")]
    ]
    assert said("Lee met Fox.\n\nShe said that the bridge was closed.", "Lee", "Fox") == [[], []]


def test_she_is_not_whom_she_spoke_of_just_before():
    assert said("In May she accused Fox.\n\n“We will not go there,” she said.", "Fox") == [[]]
    assert said("In May she accused Fox. “We will not go there,” she said.", "Fox") == [[]]


def test_words_that_follow_a_sentence_with_its_speaker_last():
    text = "The house was cold, says Lee. “We will not go there.”"
    assert ("We will not go there.", "says") in said(text, "Lee")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Lee said she left the bridge at noon.",
        "Lee said the bridge closed at noon for repairs.",
        "Lee says it closes too early for most people.",
        "Lee did say the bridge was closed.",
        "Lee alleged that the bridge was sold for nothing.",
        "Lee visited the bridge and said it was closed for good.",
        "Lee left the room, saying the bridge was closed.",
        "“We will not go there,” said Lee, adding that the bridge was closed.",
        "Lee’s report said the bridge was closed.",
    ],
)
def test_reported_speech_with_and_without_that(text):
    assert any(set(quote.split()) & {"bridge", "it", "she"} for quote, _ in said(text, "Lee")[0])


def test_who_is_the_one_named_right_before():
    text = "Lee, who said she would “never go there again”, went home."
    assert said(text, "Lee") == [[("never go there again", "said")]]
    assert said(text.replace("Lee", "A friend of Lee"), "Lee") == [[]]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (
            "Lee said that the bridge was closed, but she later admitted that it was open.",
            "the bridge was closed",
        ),
        ("Lee said the bridge was closed, and blamed the storm for it.", "the bridge was closed"),
        ("Lee said the bridge was closed, adding that it was old.", "the bridge was closed"),
        ("Lee said the bridge was closed, though a photograph shows it open.", "the bridge was closed"),
        ("Lee said the bridge was closed, adding: “We will not go.”", "the bridge was closed"),
    ],
)
def test_reported_speech_ends_where_something_else_is_said(text, clause):
    assert clause in [quote for quote, _ in said(text, "Lee")[0]]


@pytest.mark.parametrize(
    "text",
    [
        "Lee said the word and left the house at noon with nobody.",
        "Lee met Fox, who nodded and said the bridge was closed.",
        "Lee wept and Fox stood up and said the bridge was closed.",
        "Lee’s mother, who said the bridge was closed, left.",
        "Critics of Lee, who said the bridge was closed, left.",
    ],
)
def test_no_clause_or_somebody_elses(text):
    assert said(text, "Lee", "Fox")[0] == []


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("The bridge is closed, Lee said.", "The bridge is closed"),
        ("The bridge is closed, Lee said on Friday.", "The bridge is closed"),
        ("The bridge is closed, Mr. Lee told reporters.", "The bridge is closed"),
        ("The bridge is closed, the mayor, Lee, said.", "The bridge is closed"),
        ("The bridge is closed, the mayor of the town, Lee, told The Post.", "The bridge is closed"),
        ("The bridge is closed, the mayor Lee said.", "The bridge is closed"),
        ("The bridge is closed, said Lee.", "The bridge is closed"),
        ("The bridge is closed, said Lee, a nurse.", "The bridge is closed"),
        ("However, the bridge is closed, Lee said.", "the bridge is closed"),
        ("The bridge is closed, Lee said, which means a long way home.", "The bridge is closed"),
        ("After the long storm, Lee said, the bridge was closed.", "the bridge was closed"),
        ("Lee came.\n\nThe bridge is closed, she said.", "The bridge is closed"),
    ],
)
def test_a_clause_with_its_speaker_after_it(text, clause):
    assert [quote for quote, _ in said(text, "Lee")[0]] == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "As the mayor of the town was told, Lee said.",
        "The bridge, which Lee said was closed, is old.",
        "Lee came.\n\nThe bridge is Lee’s, she said.",
        "The bridge is closed, a friend of Lee said.",
        "The bridge is closed, Lee’s mother said.",
        "Lee came.\n\nThe bridge is closed, said the 40-year-old.",
        "Fox, a nurse at the bridge that closed, said Lee was late again.",
    ],
)
def test_an_aside_of_somebody_else(text):
    assert said(text, "Lee") == [[]]


def test_the_company_is_the_only_one_named():
    text = "Lee closed the bridge.\n\nThe company said it was too old."
    assert said(text, "Lee", kind="organization") == [[("it was too old", "said")]]
    text = "Lee sued Fox.\n\nThe company said it was too old."
    assert said(text, "Lee", "Fox", kind="organization") == [[], []]
    assert said("Lee came.\n\nThe mother said it was too old.", "Lee") == [[]]


def test_a_title_before_a_name_tells_who_she_is():
    text = "Mr Lee met Fox.\n\nShe said that the bridge was closed."
    assert said(text, "Lee", "Fox") == [[], [("the bridge was closed", "said")]]
    text = "Mr and Mrs Lee met Fox.\n\nShe said that the bridge was closed."
    assert said(text, "Lee", "Fox") == [[], []]


def test_she_goes_on_with_what_she_reported():
    text = "Lee came. She said the bridge was closed.\n\nLater, she said it would be sold.\n\nShe said nobody had paid for it."
    assert [quote for quote, _ in said(text, "Lee")[0]] == [
        "the bridge was closed",
        "it would be sold",
        "nobody had paid for it",
    ]


def test_a_body_that_spoke_is_not_she():
    text = "The bridge is closed, Lee said.\n\nShe said that it was old and cold."
    assert said(text, "Lee", kind="organization") == [[("The bridge is closed", "said")]]


@pytest.mark.parametrize(
    "text",
    [
        "Peter Lund, a fisherman, was found. “He is cold but alive,” his wife said.",
        "Peter Lund was found. “He is cold but alive,” said his wife.",
        "The wife of Peter Lund said that he was cold but alive.",
        "Peter Lund's daughter said that he was cold but alive.",
        "“He is cold but alive,” said Peter Lund's wife.",
    ],
)
def test_the_words_of_a_wife_are_not_her_husbands(text):
    assert said(text, "Peter Lund") == [[]]


def test_she_is_nobody_whom_a_title_or_kinship_makes_a_man():
    text = "Lund was found on Monday by a passing ship.\n\n“I never gave up hope,” she said."
    (block, *_) = parts = text_blocks(title="", standfirst="", text=text)
    lund = Cluster("Lund", "person", [Name(0, 0, 4, block.text[:4], "person")], {"Lund": "exact"})
    assert [q.text for q in quotes(parts, [lund])[0]] == ["I never gave up hope,"]
    lund.gender = "he"
    assert quotes(parts, [lund]) == [[]]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            (
                "Henrik Vos and his wife, Marta Vos, were charged.\n\n“I never saw the money,” Mrs Vos said. "
                "“We will fight this,” said Mr Vos."
            ),
            {"Marta Vos": ["I never saw the money,"], "Henrik Vos": ["We will fight this,"]},
        ),
        (
            (
                "Finance Minister Oskar Brandt resigned on Monday. Brandt said he was very tired.\n\n“We will fight "
                "this,” Mrs Brandt said."
            ),
            {"Oskar Brandt": ["he was very tired"]},
        ),
        (
            (
                "Boy of five Thomas Meller survived the strain. Thomas Meller is back at school.\n\n“He could not "
                "move,” said his mother, Mrs Meller."
            ),
            {"Thomas Meller": []},
        ),
    ],
)
def test_two_of_one_surname_speak_for_themselves(text, speakers):
    actors = analyse(title="News", standfirst="", text=text, language="en")
    found = {actor.name: [quote.text for quote in actor.quotes] for actor in actors}
    assert {name: found[name] for name in speakers} == speakers


def test_whom_somebody_told_is_no_part_of_what_was_said():
    text = "Tess Boyle told Safe Wires the fine was late but right."
    assert said(text, "Tess Boyle", "Safe Wires")[0] == [("the fine was late but right", "told")]
