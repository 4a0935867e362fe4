"""Every error tells a program its code and a person the next step, and crosses a process unchanged."""

from __future__ import annotations

import inspect
import pickle

import pytest

from personae import errors
from personae.errors import PersonaeError

ALL = [e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, PersonaeError)]


def test_codes_are_unique() -> None:
    codes = [e.code for e in ALL]
    assert sorted(set(codes)) == sorted(codes)


@pytest.mark.parametrize("error", ALL, ids=lambda e: e.__name__)
def test_each_error_has_a_cause_and_a_next_step(error: type[PersonaeError]) -> None:
    shape = error().to_dict()["error"]
    assert set(shape) == {"code", "message", "hint"}
    assert all(text.strip() for text in shape.values())
    assert 400 <= error.status < 600


@pytest.mark.parametrize("error", ALL, ids=lambda e: e.__name__)
def test_the_tree_in_the_docstring_is_the_tree_of_the_code(error: type[PersonaeError]) -> None:
    tree = errors.__doc__ or ""
    line = next(line for line in tree.splitlines() if f"{error.__name__} " in line)
    assert str(error.status) in line
    assert error.code in line


@pytest.mark.parametrize("error", ALL, ids=lambda e: e.__name__)
def test_an_error_crosses_a_process_with_its_texts(error: type[PersonaeError]) -> None:
    there = error("The cause.", hint="The next step.")
    here = pickle.loads(pickle.dumps(there))  # noqa: S301 - our own bytes
    assert type(here) is error
    assert (here.message, here.hint, str(here)) == ("The cause.", "The next step.", "The cause.")
