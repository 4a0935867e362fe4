"""The publisher and the agency of a story are no key actors of it; they stay in its cast."""

from __future__ import annotations

from typing import Any

import pytest

from personae.actors import without_key_makers
from personae.model import Actor, ActorType, Article, Mention


def is_key(
    name: str,
    kind: ActorType = "organization",
    aliases: tuple[str, ...] = (),
    mentions: tuple[Mention, ...] = (),
    **fields: Any,
) -> bool:
    given: dict[str, Any] = {"title": "A title", "content": "", "text": "It rained. It stopped.", **fields}
    actor = Actor("a", name, kind, key=True, salience=0.9, aliases=(name, *aliases), mentions=mentions)
    (found,) = without_key_makers(Article(**given), [actor])
    assert (found.name, found.salience) == (name, 0.9)
    return found.key


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("BBC", "BBC News"),
        ("CNN", "CNN.com"),
        ("POLITICO", "Politico"),
        ("The Harbour Ledger", "Harbour Ledger"),
        ("Le Courrier de la Rance", "Le Courrier de la Rance"),
    ],
)
def test_the_publisher_is_no_key_actor_however_it_writes_its_name(name: str, site: str) -> None:
    assert is_key(name)
    assert not is_key(name, site=site)


def test_a_site_without_a_name_is_known_by_its_host() -> None:
    assert not is_key("The Harbour Ledger", url="https://www.harbourledger.example/a")
    assert not is_key("Ledger", url="https://news.ledger.co.example/a")


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "LIMA, May 3 (Tern Press) - It rained."},
        {"text": "LIMA (Tern Press) — It rained."},
        {"text": "(Tern Press) -- It rained."},
        {"text": "It rained.\n\nIt stopped. (Tern Press)"},
        {"authors": ("Ada Lark", "Tern Press")},
    ],
    ids=["dateline with a day", "dateline", "agency alone", "sign-off", "byline"],
)
def test_the_agency_is_no_key_actor(fields: dict[str, Any]) -> None:
    assert not is_key("Tern Press", **fields)
    assert not is_key("Tern Press Agency", aliases=("Tern Press",), **fields)


def test_whom_a_story_only_names_in_brackets_stays_a_key_actor() -> None:
    mentions = (Mention("text", 0, 10, "Tern Union", 0), Mention("text", 12, 14, "TU", 0))
    assert is_key(
        "Tern Union", aliases=("TU",), text="Tern Union (TU) - as it says - left.", mentions=mentions
    )
    assert is_key("Tern Union", text="The harbour master wrote. Then the union (Tern Union) answered.")


def test_a_namesake_of_another_kind_stays_a_key_actor() -> None:
    assert is_key("Ada Lark", "person", authors=("Ada Lark",))
    assert is_key("Norway", "country", site="Norway")
    assert is_key("Sun Microsystems", site="The Sun")
