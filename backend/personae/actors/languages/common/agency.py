"""Which names act, by the table of the language: who does something, is dealt with, or is described."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personae.actors.languages.common.words import Lexicon
from personae.actors.languages.en.merge.clusters import Cluster
from personae.actors.languages.en.names.find import Name
from personae.actors.text.text_units import Block

_NEXT = re.compile(r"(?: \([^)]{1,30}\))?(?:,[^,.;:]{2,80},)? (n['’]\w+|s['’]\w+|\w+)")
_TURNED = re.compile(r"(?<!\w)([\w'’]+) (?:[Ll][ea]s? |[Ll]['’])?$")


def follows_verb(text: str, end: int, words: Lexicon) -> bool:
    """Say whether a finite verb comes next: what ends at `end` is its subject."""
    match = _NEXT.match(text, end)
    return match is not None and _plain(match[1]) in words.verbs | words.auxiliaries | words.cues


def _before(text: str, start: int) -> str:
    """Return the word before a name and its article."""
    lead = re.sub(r"(?:(?<=\W)|^)(?:[Ll][ea]s? |[Ll]['’])$", "", text[max(0, start - 30) : start])
    match = re.search(r"([\w-]+['’]?) ?$", lead)
    return _plain(match[1]) if match else ""


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def is_subject(block: Block, name: Name, words: Lexicon) -> bool:
    """Say whether a name does something here: a verb follows, and no preposition stands before."""
    return _before(block.text, name.start) not in words.locative and follows_verb(block.text, name.end, words)


def is_dealt_with(block: Block, name: Name, words: Lexicon) -> bool:
    """Say whether something is done with or against whom the name names."""
    return _before(block.text, name.start) in words.dealing


def is_placed(block: Block, name: Name, words: Lexicon) -> bool:
    """Say whether a name tells where something happens or what belongs to it."""
    lead = block.text[max(0, name.start - 12) : name.start].lower()
    return _before(block.text, name.start) in words.locative or lead.endswith((" d'", " d’"))


def acts(blocks: Sequence[Block], made: Cluster, words: Lexicon | None, *, described: bool) -> bool:
    """Say whether a cluster is an actor.

    Without a table a person must have a full name, and the others must open a sentence and stand in the
    headline or twice: there is no telling where things merely happen.
    """
    if made.type == "person":
        return described or " " in made.name or (words is not None and _does(blocks, made, words))
    if words is None:
        opens = any(not blocks[n.block].text[: n.start].strip() for n in made.names)
        return opens and len(made.names) > 1
    if made.type == "country":
        return _does(blocks, made, words)
    return (
        described
        or _does(blocks, made, words)
        or (len(made.names) > 1 and not all(is_placed(blocks[n.block], n, words) for n in made.names))
    )


def _does(blocks: Sequence[Block], made: Cluster, words: Lexicon) -> bool:
    return any(
        is_subject(blocks[n.block], n, words)
        or is_dealt_with(blocks[n.block], n, words)
        or _before(blocks[n.block].text, n.start) in words.sources | words.cues
        for n in made.names
    )
