from __future__ import annotations

from personae.actors.agency import first_of_series, uses
from personae.actors.blocks import Block
from personae.actors.names import Found, Name


def used(text, name, *others):
    names = [Name(0, text.index(n), text.index(n) + len(n), n, "organization") for n in (name, *others)]
    found = Found(sorted(names, key=lambda n: n.start))
    blocks = [Block("text", text)]
    return uses(blocks, [n for n in names if n.text == name], first_of_series(blocks, found))


def test_what_is_done_to_the_first_of_a_series_is_done_to_all():
    text = "A campaign against the Islamic State group and al-Qaida began."
    assert used(text, "al-Qaida", "Islamic State").dealt_with == 1
    assert used("It met in Kenya and Chad.", "Chad", "Kenya").placed == 1


def test_names_that_only_follow_each_other_are_no_series():
    assert used("A campaign against Kenya began. Chad slept.", "Chad", "Kenya").dealt_with == 0


def test_officials_at_a_body_are_its_own_and_no_place():
    found = used("Officials at the State Department and the Pentagon agreed.", "Pentagon", "State Department")
    assert (found.staff, found.placed) == (1, 0)
    assert used("They met at the Pentagon.", "Pentagon").placed == 1
