"""Who somebody is, from the sentence after the one that names them: "She is a nurse", "The rugby star said".

Believed only where the sentence before names nobody else of that kind, so that nobody else can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from personae.actors.languages.en.roles.clauses import is_opinion, is_quoted
from personae.actors.languages.en.roles.phrase import noun_phrase
from personae.actors.languages.en.roles.place import Beside, Role, Span
from personae.actors.languages.en.roles.sense import with_sense
from personae.actors.languages.en.words.descriptions import is_head
from personae.actors.languages.en.words.lists import words
from personae.actors.languages.en.words.sentences import sentence_around
from personae.actors.languages.en.words.verbs import verb_forms
from personae.actors.merge.cluster import Cluster
from personae.actors.text.found_names import Name
from personae.actors.text.text_units import Block

_PRONOUN = re.compile(r"(?:He|She) (?:is|was) (?:now |also |currently |still )?(?=an? |the |one of )")
_DEFINITE = re.compile(r"The ((?:[\w’'-]+ ){1,4}[\w’'-]+)(?= |, )")
_OF = re.compile(r"The ([\w-]+) of [\w-]+(?= ([a-z]+))")
# Of these a story has others than the one just named.
_OTHERS = frozenset({"council", "force", "government", "host", "player", "side", "state"})
MAX_GAP = 300  # characters from a name to the end of its sentence


def roles_in_next_sentence(
    blocks: Sequence[Block], cluster: Cluster, names: Mapping[int, Sequence[Name]]
) -> Iterator[Role]:
    """Yield what the next sentences say of the people and bodies that a sentence names alone.

    names: those of each block, in order.
    """
    if cluster.type == "country":
        return
    mine = {(name.block, name.start) for name in cluster.names}
    for name in cluster.names:
        number, block = name.block, blocks[name.block]
        if block.field != "text":
            continue
        first, end = sentence_around(block.text, name.start, name.end)
        others = [n for n in names.get(number, ()) if n.kind == cluster.type and first <= n.start < end]
        if end - name.end > MAX_GAP or any((number, n.start) not in mine for n in others):
            continue
        if end == len(block.text):
            number, end = number + 1, 0
        if number < len(blocks):
            for role in _described(blocks[number], number, end, cluster):
                stop = role.start + len(role.text)
                row = [n for n in names.get(number, ()) if role.start <= n.start < stop]
                whole = with_sense(blocks[number].text, (role.start, stop), person=cluster.type == "person")
                body = cluster.type != "person" and any(n.end >= stop for n in row)
                if whole and not body and not any(n.kind == "person" for n in row):
                    yield role


def _described(block: Block, number: int, start: int, cluster: Cluster) -> Iterator[Role]:
    """Yield what the sentence at `start` says of who was named before."""
    person = cluster.type == "person"
    if person and (match := _PRONOUN.match(block.text, start)):
        pronoun = Name(number, start, match.end(), "", "person")
        span = noun_phrase(Beside(block.text, pronoun, person=True), match.end())
        if span and not is_quoted(block.text, span) and not is_opinion(block.text, span):
            yield Role(block.text[slice(*span)], number, span[0], "pronoun")
    elif described := _definite(block.text, start, person=person):
        yield Role(block.text[slice(*described)], number, described[0], "definite")


def _definite(text: str, start: int, *, person: bool) -> Span | None:
    """Find "The football star" before a verb; a noun alone, "the minister", may be anybody."""
    match = _DEFINITE.match(text, start)
    tokens = match[1].split(" ") if match else []
    for count in range(2, len(tokens) + 1):
        head, rest = tokens[count - 1], tokens[count:]
        phrase = " ".join(["The", *tokens[:count]])
        after = rest[0] if rest else text[start + len(phrase) :].strip().partition(" ")[0]
        if any(w.lower() in words("stops") or w.endswith(("'s", "’s")) for w in tokens[:count]):
            break
        if not person and (head in _OTHERS or any(not w.islower() for w in tokens[:count])):
            continue
        office = all(w[:1].isupper() for w in tokens[:count])  # "The Attorney General" may be another
        if is_head(head, person=person) and _is_verb(after) and not office:
            return start, start + len(phrase)
    of = _OF.match(text, start)
    if of and is_head(of[1], person=person) and _is_verb(of[2]):
        return of.span()
    return None


def _is_verb(word: str) -> bool:
    word = word.rstrip(".,")
    return word in verb_forms() or word.endswith("ed")
