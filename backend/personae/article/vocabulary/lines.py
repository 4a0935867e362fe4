"""Words that open or close a whole line of chrome (data/lines.toml), for the rules that read them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from personae.markup.word_patterns import alternatives


def line_words(kind: str) -> str:
    """Return an expression for the words of a kind in all languages, in lower case.

    Raises KeyError for an unknown kind.
    """
    return alternatives([word for words in _table()[kind].values() for word in words])


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("personae.article.vocabulary").joinpath("data/lines.toml").read_text("utf-8"))
