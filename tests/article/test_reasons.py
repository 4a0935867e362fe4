"""The reasons stand in one place, so that whoever tells them in another language can know all of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from personae.article.account import reasons
from personae.article.account.reasons import Reason, Where

ROOM = Path(reasons.__file__).parent
OTHERS = sorted(path.name for path in ROOM.glob("*.py") if path.name != "reasons.py")


def strings(file: Path) -> Iterator[str]:
    """Yield the strings of a module that are no docstrings, with {} for what is filled in."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            told |= {id(part) for part in node.values}
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
        elif isinstance(node, ast.Expr):
            told.add(id(node.value))  # a docstring
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_module_of_the_room_holds_a_sentence(name: str) -> None:
    assert [s for s in strings(ROOM / name) if re.fullmatch(r"[A-Z][^\n]* [^\n]*\.", s)] == []


def test_every_reason_is_a_sentence_with_its_values_filled_in() -> None:
    told = [reason.sentence(where=Where.ABOVE, words=12, stated=900) for reason in Reason]
    assert len(set(told)) == len(told)
    for sentence in told:
        assert re.fullmatch(r"[A-Z][^{}]+[a-z]\.", sentence)
    assert Reason.DATE.sentence(where=Where.BELOW) == "A line with the date stood below the last paragraph."
    with pytest.raises(KeyError):
        Reason.DATE.sentence()
