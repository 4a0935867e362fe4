"""What tells an actor from a namesake in another story."""

from __future__ import annotations

from personae import Actor, find_actors

STORY = """Finance minister Derek Fallow resigned on Monday. Fallow, a former trawlerman, told the Tern Union so.

The Tern Union thanked Derek Fallow and Mayor Ada Lark.

Fallow and the Tern Union had quarrelled for years, said Lark."""


def cast(text: str) -> dict[str, Actor]:
    return {actor.name.removeprefix("the "): actor for actor in find_actors(text, language="en")}


def test_an_actor_carries_every_description_once_and_its_role_first() -> None:
    fallow = cast(STORY)["Derek Fallow"]
    assert fallow.role == "Finance minister"
    assert fallow.identity.roles == ("Finance minister", "a former trawlerman")


def test_the_company_are_those_of_the_same_paragraphs_most_often_first() -> None:
    actors = cast(STORY)
    fallow, union, lark = actors["Derek Fallow"], actors["Tern Union"], actors["Ada Lark"]
    assert fallow.identity.company == (union.id, lark.id)
    assert set(lark.identity.company) == {fallow.id, union.id}


def test_an_actor_keeps_no_company_with_itself_or_where_nobody_else_stands() -> None:
    alone = cast("Derek Fallow resigned on Monday, he said.\n\nAda Lark stayed, she said.")
    assert [actor.identity.company for actor in alone.values()] == [(), ()]


def test_who_is_named_in_full_is_certain() -> None:
    assert cast(STORY)["Derek Fallow"].identity.certainty == 1


def test_a_surname_alone_and_one_that_two_bear_are_less_certain() -> None:
    surname = cast("Senator Fallow resigned on Monday. Fallow said that he was tired.")["Fallow"]
    assert surname.identity.certainty == 0.5
    brothers = cast(
        "Senator Derek Fallow resigned on Monday. Derek Fallow said that he was tired. Fallow left the Senate.\n\n"
        "His brother Paul Fallow, a baker, had asked him to stay. Fallow baked bread on Sunday, said Fallow."
    )
    assert all(0 < one.identity.certainty < 1 or len(one.mentions) < 3 for one in brothers.values())
