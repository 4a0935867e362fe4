"""Who "she" and "the minister" are, where one person only can be meant."""

from __future__ import annotations

import re

from personae.actors.languages.en.speech.passage import Attribution, Named, Passage
from personae.actors.languages.en.words.families import title_genders
from personae.actors.languages.en.words.lists import words
from personae.actors.tables.toml_files import alternatives
from personae.actors.text.punctuation import MASK
from personae.model import ActorType

_TITLE = rf"\b({alternatives(title.capitalize() for title in title_genders())})\.?"
_LONGEST_TITLE = 20  # characters
_TITLE_BEFORE = re.compile(rf"(?<!and ){_TITLE} $")
_TITLE_FIRST = re.compile(rf"{_TITLE} (?=\S)")


def by_pronoun(
    passage: Passage, pronoun: str, at: int, cue: str, *, besides: frozenset[int] = frozenset()
) -> Attribution | None:
    """Find who "he" or "she" is, where one person only can be meant; besides: who is spoken of."""
    if pronoun not in {"he", "she"}:
        return None

    def fits(actor: int) -> bool:
        return passage.pronouns.get(actor, pronoun) == pronoun

    stop = passage.sentence(at, at)[1]
    # "He said Lee had left": he is not Lee.
    others = {n.actor for n in passage.within(at, stop)} | besides
    here = [n for n in passage.within(0, at) if n.type == "person" and fits(n.actor)]
    # "She accused Lee": she is not Lee, nor in the next sentence.
    here = [n for n in here if not _same_pronoun(passage.text, n, pronoun)]
    inside = {n.actor for n in here} - others
    if len(inside) == 1:
        found = inside.pop()
    elif inside:
        return None
    elif passage.spoke is not None and fits(passage.spoke):
        found = passage.spoke
    else:
        people = {n.actor for n in passage.before if n.type == "person" and fits(n.actor)}
        if len(people) != 1 or any(_same_pronoun(passage.previous, n, pronoun) for n in passage.before[:1]):
            return None
        found = people.pop()
    if found in others:
        return None
    passage.pronouns[found] = pronoun
    return Attribution(found, cue)


def _same_pronoun(text: str, name: Named, pronoun: str) -> bool:
    """Return whether the sentence of a name has the pronoun before it, which then means somebody else."""
    start = max(text.rfind(". ", 0, name.start), text.rfind(MASK, 0, name.start))
    return bool(re.search(rf"\b{pronoun}\b", text[start + 1 : name.start], re.IGNORECASE))


def by_description(passage: Passage, phrase: str, at: int, cue: str) -> Attribution | None:
    """Find who "the minister" is, where the paragraph, or the one before, names one person."""
    head = re.search(
        r"\b[Tt]he ((?:[\w-]+ ){0,2}?(?:[\w-]+))(?: of [\w ]+)?(?: (?:also|then|has|had))?[ ,.]*$", phrase
    )
    if not head:
        return None
    noun = head[1].rpartition(" ")[2].lower()
    if noun in words("body_roles"):
        return _only(passage, "organization", at, cue)
    if noun not in words("roles") and not re.fullmatch(r"\d\d-year-old", head[1]):
        return None
    title = passage.titles.get(head[1].lower())
    if title is not None:
        return Attribution(title, cue)
    return None if noun in words("relations") else _only(passage, "person", at, cue)


def _only(passage: Passage, kind: ActorType, at: int, cue: str) -> Attribution | None:
    """Return the only one of its kind whom the paragraph up to `at`, or the one before, names."""
    named = {n.actor for n in (*passage.within(0, at), *passage.before) if n.type == kind}
    return Attribution(named.pop(), cue) if len(named) == 1 else None


def pronoun_of(text: str, name: Named) -> str | None:
    """Return the pronoun that a title tells, before a name or as its first word: "Mr Lee", "Queen Anne"."""
    title = _TITLE_BEFORE.search(text, max(0, name.start - _LONGEST_TITLE), name.start) or _TITLE_FIRST.match(
        text, name.start, name.end
    )
    return None if title is None else title_genders()[title[1].lower()]
