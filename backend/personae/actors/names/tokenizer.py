"""A tokenizer that starts in a moment where spaCy's own takes eight seconds.

spaCy's French keeps compounds ("aujourd'hui", "Saint-Malo") whole by one pattern of 1.4 million characters,
nearly all of it one class of letters, written out again and again. Here that class is "any letter" instead.
A test compares the tokens.

The pipeline is made as the multi-language one, because the module of spaCy's French compiles the pattern as
soon as it is imported. What tells the languages apart is in the model's own files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import registry

# What `load_model_from_path` is told so that it makes this tokenizer.
CONFIG = {"nlp": {"lang": "xx", "tokenizer": {"@tokenizers": "personae.LeanTokenizer.v1"}}}
# A class of all small letters (which no flag of the pattern tells from capitals), perhaps with hyphens before
# them and apostrophes after.
_LETTERS = re.compile(r"\[([-–—‐‑]*)(?:A-Z)?a-z(?:\\.|[^\]\\]){300,}?(['’]*)\]")


class LeanTokenizer(Tokenizer):  # type: ignore[misc]  # spaCy has no types
    """spaCy's tokenizer, its long pattern shortened before it is compiled."""

    def from_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> LeanTokenizer:
        """Read what `Tokenizer.to_disk` wrote."""
        return self.from_bytes(Path(path).read_bytes(), exclude=exclude)

    def from_bytes(self, data: bytes, *, exclude: tuple[str, ...] = ()) -> LeanTokenizer:
        """Read what `Tokenizer.to_bytes` gave."""
        parts = srsly.msgpack_loads(data)
        if parts.get("token_match"):
            parts["token_match"] = _LETTERS.sub(_any_letter, parts["token_match"])
        super().from_bytes(srsly.msgpack_dumps(parts), exclude=exclude)
        return self


def _any_letter(match: re.Match[str]) -> str:
    return rf"(?:(?![\d_])[{match[1]}\w{match[2]}])"


@registry.tokenizers("personae.LeanTokenizer.v1")  # type: ignore[untyped-decorator]
def create_lean_tokenizer() -> Callable[[Language], Any]:
    """Return what makes the tokenizer of a pipeline."""
    return lambda nlp: LeanTokenizer(nlp.vocab)
