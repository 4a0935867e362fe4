"""The index of phrases finds what the expressions find."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personae.article.phrases import beginnings, phrases_in

TABLE = tomllib.loads(files("personae.article.data").joinpath("phrases.toml").read_text("utf-8"))
EXPRESSIONS = {
    kind: re.compile(r"(?<!\w)(?:" + "|".join(p for several in table.values() for p in several) + ")")
    for kind, table in TABLE.items()
}
WORDS = sorted(
    {word for table in TABLE.values() for several in table.values() for p in several for word in p.split()}
)
PIECES = st.one_of(
    st.sampled_from(WORDS).map(lambda word: re.sub(r"[\\^$*+?{}\[\]|()]", "", word)),
    st.sampled_from(["the", "Vote", "2026-05-04", "12年3月4日", "(ap)", "©", "…", "—", "«"]),
)


@given(st.lists(PIECES, max_size=12), st.sampled_from([" ", ", ", "", "-", "\n"]))
def test_the_index_finds_what_the_expressions_find(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    assert phrases_in(text) == {kind for kind, found in EXPRESSIONS.items() if found.search(text.lower())}


def test_a_phrase_is_found_at_a_words_beginning_in_any_case() -> None:
    assert "related" in phrases_in("LIRE AUSSI : le quai fermé")
    assert "newsletter" not in phrases_in("a minibriefingnewsletter")


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("newsletter", {"ne"}),
        ("e-?mail", {"e"}),
        ("(dpa|afp)[/,]", {"dp", "af"}),
        (r"\d{4}年", {""}),
        ("sources?:", {"so"}),
        ("(uh )?huh", {""}),
        ("one|two", {""}),
    ],
)
def test_what_a_phrase_can_begin_with(phrase: str, first: set[str]) -> None:
    assert beginnings(phrase) == first
