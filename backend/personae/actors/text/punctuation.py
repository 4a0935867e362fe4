"""The marks around names, sentences and quotations: once, for every language."""

from __future__ import annotations

# What no name begins or ends with; and what else, where a full stop in a name is looked at beforehand.
EDGES = frozenset(" \t\n\"“”‘'’,;:()[]–—-*•…!?@#|/")
MORE_EDGES = EDGES | frozenset("„‟{}«»‹›.")
SENTENCE_ENDS = ".!?…"
# Stands for each character of a quotation while the words around it are read.
MASK = "\x00"
APOSTROPHES = "['’]"


def typewritten(text: str) -> str:
    """Return a text in lower case with the apostrophe of typewriters, as the tables of words have it."""
    return text.lower().replace("’", "'")
