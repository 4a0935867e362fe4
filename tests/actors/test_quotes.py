from __future__ import annotations

import pytest

from personae.actors.aliases import Cluster
from personae.actors.blocks import blocks
from personae.actors.names import Name
from personae.actors.quotes import quotes


def said(text, *names, kind="person", roles=()):
    """The quotations of each of the names, in text: paragraphs joined by blank lines."""
    parts = blocks(title="", standfirst="", text=text)
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
    assert said(text, "Lee") == [[("We will not go there.", "says")]]
