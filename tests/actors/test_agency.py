from __future__ import annotations

from personae.actors.languages.en.agency import first_of_series, uses
from personae.actors.text.found_names import FoundNames, Name
from personae.actors.text.text_units import Block


def used(text, name, *others):
    names = [Name(0, text.index(n), text.index(n) + len(n), n, "organization") for n in (name, *others)]
    found = FoundNames(sorted(names, key=lambda n: n.start))
    blocks = [Block("text", text)]
    return uses(blocks, [n for n in names if n.text == name], first_of_series(blocks, found))


def test_what_is_done_to_the_first_of_a_series_is_done_to_all():
    text = "A campaign against the Islamic State group and al-Qaida began."
    assert used(text, "al-Qaida", "Islamic State").targeted == 1
    assert used("It met in Kenya and Chad.", "Chad", "Kenya").placed == 1


def test_names_that_only_follow_each_other_are_no_series():
    assert used("A campaign against Kenya began. Chad slept.", "Chad", "Kenya").dealt_with == 0


def test_officials_at_a_body_are_its_own_and_no_place():
    found = used("Officials at the State Department and the Pentagon agreed.", "Pentagon", "State Department")
    assert (found.staff, found.placed) == (1, 0)
    assert used("They met at the Pentagon.", "Pentagon").placed == 1


def test_whoever_is_told_asked_or_attacked_is_a_target():
    assert used("She accused Tern Lines of greed.", "Tern Lines").targeted == 1
    assert used("He called on the Harbour Board to act.", "Harbour Board").targeted == 1
    assert used("A town near the Harbour Board slept.", "Harbour Board").targeted == 0


def test_an_opponent_in_sport_is_no_place():
    assert used("They lost to Rovers on Sunday.", "Rovers").opponent == 1
    assert used("A win over Rovers made them glad.", "Rovers").opponent == 1
    assert used("Rovers 3-2 United, said the board.", "Rovers").opponent == 1
    assert used("They flew over Rovers on Sunday.", "Rovers").opponent == 0


def test_whose_people_are_named_is_a_body_of_the_story():
    assert used("Tern Lines chief executive Ebba Lund smiled.", "Tern Lines").affiliated == 1
    assert used("Lund, the director of Tern Lines, smiled.", "Tern Lines").affiliated == 1
    assert used("Lund works for Tern Lines now.", "Tern Lines").affiliated == 1
    assert used("Tern Lines boats smell of tar.", "Tern Lines").affiliated == 0


def test_what_is_introduced_as_a_thing_is_told_apart():
    assert used("They use a tool called Red Gull now.", "Red Gull").called == 1
    assert used("The drug Calmexa helps.", "Calmexa").called == 1
    assert used("The minister met Calmexa.", "Calmexa").called == 0


def test_what_opens_a_sentence_is_what_the_story_tells_of():
    assert used("It rained. The Harbour Board said no.", "Harbour Board").opens == 1
    assert used("Tern Lines said no.", "Tern Lines").opens == 1
    assert used("They met Tern Lines on Monday.", "Tern Lines").opens == 0


def test_who_is_somebodys_kin_is_told_before_and_after_the_name():
    assert used("He lives with his wife Dora in the hills.", "Dora").kin == 1
    assert used("Dora, the mayor's younger sister, left.", "Dora").kin == 1
    assert used("His wife met Dora in the hills.", "Dora").kin == 0
