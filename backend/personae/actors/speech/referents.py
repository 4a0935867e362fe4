"""Who "she" and "the minister" are, where one person only can be meant."""

from __future__ import annotations

import re

from personae.actors.speech.passage import MASK, Attribution, Named, Passage
from personae.actors.tables import words


def by_pronoun(passage: Passage, pronoun: str, at: int, cue: str) -> Attribution | None:
    """Find who "he" or "she" is, where one person only can be meant."""
    if pronoun not in {"he", "she"}:
        return None

    def fits(actor: int) -> bool:
        return passage.pronouns.get(actor, pronoun) == pronoun

    stop = passage.sentence(at, at)[1]
    # "He said Lee had left": he is not Lee.
    others = {n.actor for n in passage.within(at, stop)}
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
    """Say whether the sentence of a name has the pronoun before it, which then means somebody else."""
    start = max(text.rfind(". ", 0, name.start), text.rfind(MASK, 0, name.start))
    return bool(re.search(rf"\b{pronoun}\b", text[start + 1 : name.start], re.IGNORECASE))


def by_description(passage: Passage, phrase: str, at: int, cue: str) -> Attribution | None:
    """Find who "the minister" is, where the paragraph, or the one before, names one person."""
    head = re.search(
        r"\b[Tt]he ((?:[\w-]+ ){0,2}?(?:[\w-]+))(?: of [\w ]+)?(?: (?:also|then|has|had))?[ ,.]*$", phrase
    )
    if not head or not (
        head[1].rpartition(" ")[2].lower() in words("roles") or re.fullmatch(r"\d\d-year-old", head[1])
    ):
        return None
    title = passage.titles.get(head[1].lower())
    if title is not None:
        return Attribution(title, cue)
    people = {n.actor for n in passage.within(0, at) if n.type == "person"}
    people |= {n.actor for n in passage.before if n.type == "person"}
    return Attribution(people.pop(), cue) if len(people) == 1 else None
