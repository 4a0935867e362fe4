"""The cast as a reader corrects it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from personae.markup.marks import mark
from personae.model import Actor, Article, Evidence, Identity, Mention, Quote
from personae.service.application.corrections import RULE, Correction, Place, corrected

TEXT = "Ada Lark met Bea Quill. Lark spoke.\n\nQuill left with Lark, and Tern Union stayed."


def actor(identifier: str, *names: str, **fields: Any) -> Actor:
    mentions = []
    for found in re.finditer("|".join(names), TEXT):
        paragraph = TEXT[: found.start()].count("\n\n")
        mentions.append(Mention("text", found.start(), found.end(), found[0], paragraph))
    given: dict[str, Any] = {"type": "person", "key": True, "salience": 0.8, "role": "the chair", **fields}
    return Actor(identifier, names[0], aliases=names, mentions=tuple(mentions), **given)


@pytest.fixture
def article() -> Article:
    content = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))
    cast = [
        actor("ada-lark", "Ada Lark", "Lark", quotes=(Quote(24, 35, "Lark spoke.", "spoke"),)),
        actor("bea-quill", "Bea Quill", "Quill", role=None, salience=0.5),
        actor("tern-union", "Tern Union", type="organization", key=False, salience=0.1, role=None),
    ]
    return mark(Article(title="", content=content, text=TEXT), cast, "found")


def marks(article: Article) -> list[tuple[str, str]]:
    return re.findall(r'data-actor="([^"]+)">([^<]+)</mark>', article.content)


def names(article: Article) -> list[str]:
    return [one.name for one in article.actors]


def test_without_corrections_nothing_changes(article: Article) -> None:
    assert corrected(article, []) == article


def test_a_new_name_leads_the_aliases_and_says_whose_it_is(article: Article) -> None:
    ada = corrected(article, [Correction("rename", "ada-lark", "Ada B. Lark")]).actors[0]
    assert (ada.name, ada.aliases) == ("Ada B. Lark", ("Ada B. Lark", "Ada Lark", "Lark"))
    assert ada.why.aliases["Ada B. Lark"] == RULE


@pytest.mark.parametrize(("given", "role"), [("", None), ("a witness", "a witness")])
def test_a_wrong_role_goes_or_gives_way(article: Article, given: str, role: str | None) -> None:
    assert corrected(article, [Correction("role", "ada-lark", given)]).actors[0].role == role


def test_who_is_no_actor_leaves_the_cast_and_the_text(article: Article) -> None:
    without = corrected(article, [Correction("hide", "tern-union")])
    assert names(without) == ["Ada Lark", "Bea Quill"]
    assert "tern-union" not in without.content
    assert "and Tern Union stayed" in without.content


def test_two_that_are_one_share_mentions_quotes_and_role(article: Article) -> None:
    one = corrected(article, [Correction("merge", "ada-lark", "bea-quill")])
    assert names(one) == ["Bea Quill", "Tern Union"]
    whole = one.actors[0]
    assert whole.aliases == ("Bea Quill", "Quill", "Ada Lark", "Lark")
    assert [m.text for m in whole.mentions] == ["Ada Lark", "Bea Quill", "Lark", "Quill", "Lark"]
    assert (whole.role, whole.salience, len(whole.quotes)) == ("the chair", 0.8, 1)
    assert {identifier for identifier, _ in marks(one)} == {"bea-quill", "tern-union"}


def test_one_that_is_two_comes_apart_at_a_name(article: Article) -> None:
    two = corrected(article, [Correction("split", "ada-lark", "Lark")])
    assert names(two) == ["Ada Lark", "Lark", "Bea Quill", "Tern Union"]
    assert [m.text for m in two.actors[1].mentions] == ["Lark", "Lark"]
    assert two.actors[0].aliases == ("Ada Lark",)
    assert ("ada-lark-2", "Lark") in marks(two)


def test_why_tells_of_each_name_where_it_stands_now(article: Article) -> None:
    ada, *others = article.actors
    found = replace(ada, why=Evidence({"Ada Lark": "full name", "Lark": "surname"}, {"mentions": 1.5}))
    two = corrected(replace(article, actors=(found, *others)), [Correction("split", "ada-lark", "Lark")])
    assert two.actors[0].why == Evidence({"Ada Lark": "full name"}, {"mentions": 1.5})
    assert two.actors[1].why == Evidence({"Lark": RULE})


def test_when_the_name_itself_goes_the_longest_of_the_others_takes_its_place(article: Article) -> None:
    two = corrected(article, [Correction("split", "ada-lark", "Ada Lark")])
    assert names(two)[:2] == ["Lark", "Ada Lark"]


def test_a_later_correction_may_speak_of_what_an_earlier_one_made(article: Article) -> None:
    said = [Correction("split", "ada-lark", "Lark"), Correction("rename", "ada-lark-2", "Cy Lark")]
    assert names(corrected(article, said))[1] == "Cy Lark"


# ---------------------------------------------------------------- whose name it is


def reassign(name: str, alias: str, place: Place | None = None, identifier: str = "ada-lark") -> Correction:
    return Correction("reassign", identifier, name, alias, place)


def test_a_name_that_is_another_actors_goes_there_with_its_mentions_and_the_words_beside_it(
    article: Article,
) -> None:
    other = corrected(article, [reassign("Bea Quill", "Lark")])
    bea, ada, _ = other.actors
    assert (bea.name, [m.text for m in bea.mentions]) == ("Bea Quill", ["Bea Quill", "Lark", "Quill", "Lark"])
    assert (ada.name, ada.aliases, [m.text for m in ada.mentions]) == (
        "Ada Lark",
        ("Ada Lark",),
        ["Ada Lark"],
    )
    assert ([q.text for q in bea.quotes], ada.quotes) == (["Lark spoke."], ())
    assert bea.why.aliases["Lark"] == RULE
    assert ("bea-quill", "Lark") in marks(other)


def test_a_name_can_be_somebody_new(article: Article) -> None:
    new = next(a for a in corrected(article, [reassign("Cy Lark", "Lark")]).actors if a.name == "Cy Lark")
    assert (new.id, new.type, new.aliases, len(new.mentions)) == (
        "ada-lark-2",
        "person",
        ("Cy Lark", "Lark"),
        2,
    )
    assert new.role is None


def test_one_mention_alone_can_be_somebody_else(article: Article) -> None:
    place = Place("text", TEXT.index("Lark,"))
    once = corrected(article, [reassign("Bea Quill", "Lark", place)])
    assert marks(once) == [
        ("ada-lark", "Ada Lark"),
        ("bea-quill", "Bea Quill"),
        ("ada-lark", "Lark"),
        ("bea-quill", "Quill"),
        ("bea-quill", "Lark"),
        ("tern-union", "Tern Union"),
    ]
    ada = next(a for a in once.actors if a.id == "ada-lark")
    assert ada.aliases == ("Ada Lark", "Lark")
    assert [q.text for q in ada.quotes] == ["Lark spoke."]


def test_whoever_gets_most_of_a_key_actors_names_is_key_and_stands_before_it(article: Article) -> None:
    first, second, *_ = corrected(article, [reassign("Cy Lark", "Lark")]).actors
    assert (first.name, first.key) == ("Cy Lark", True)
    assert second.name == "Bea Quill"
    ada = corrected(article, [reassign("Cy Lark", "Lark")]).actors[2]
    assert (ada.name, ada.key) == ("Ada Lark", False)


def test_who_has_no_name_left_leaves_the_cast_and_its_words_go_along(article: Article) -> None:
    said = [reassign("Bea Quill", "Lark"), reassign("Bea Quill", "Ada Lark")]
    whole = corrected(article, said)
    assert names(whole) == ["Bea Quill", "Tern Union"]
    assert len(whole.actors[0].mentions) == 5


@pytest.mark.parametrize(
    "correction",
    [
        reassign("Bea Quill", "Somebody"),
        reassign("", "Lark"),
        reassign("Ada Lark", "Lark"),
        reassign("Bea Quill", "Lark", Place("title", TEXT.index("Lark,"))),
        reassign("Bea Quill", "Lark", Place("text", 10_000)),
        reassign("Bea Quill", "Lark", identifier="nobody"),
        Correction("rename", "nobody", "X"),
        Correction("rename", "ada-lark", ""),
        Correction("merge", "ada-lark", "nobody"),
        Correction("merge", "ada-lark", "ada-lark"),
        Correction("split", "ada-lark", "Somebody"),
        Correction("split", "tern-union", "Tern Union"),
    ],
)
def test_what_speaks_of_nothing_there_changes_nothing(article: Article, correction: Correction) -> None:
    assert corrected(article, [correction]) == article


def test_the_company_and_roles_of_an_identity_follow_the_corrections(article: Article) -> None:
    ada, bea, union = (
        replace(
            one,
            identity=Identity(
                roles=(one.role,) if one.role else (),
                company=tuple(other.id for other in article.actors if other is not one),
            ),
        )
        for one in article.actors
    )
    known = replace(article, actors=(ada, bea, union))
    one = corrected(known, [Correction("merge", "ada-lark", "bea-quill")])
    assert [actor.identity.company for actor in one.actors] == [("tern-union",), ("bea-quill",)]
    assert one.actors[0].identity.roles == ("the chair",)
    hidden = corrected(known, [Correction("hide", "tern-union"), Correction("role", "ada-lark", "a witness")])
    assert [actor.identity.company for actor in hidden.actors] == [("bea-quill",), ("ada-lark",)]
    assert hidden.actors[0].identity.roles == ("a witness",)
