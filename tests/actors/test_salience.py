"""How much an actor matters: what raises it, and which actors of a story are key."""

from __future__ import annotations

from personae.actors.languages.en.agency import uses
from personae.actors.languages.en.merge.clusters import Cluster
from personae.actors.languages.en.names.find import Name
from personae.actors.languages.en.salience import features, is_key, salience
from personae.actors.text.text_units import blocks

FILLER = "The rain went on for days and nobody in the valley had slept."


def ranked(paragraphs, *names, quoted=()):
    """Return the salience of each name in a text of these paragraphs."""
    parts = blocks(title="", standfirst="", text="\n\n".join(paragraphs))
    actors = []
    for text in names:
        made = Cluster(text, "person")
        for number, part in enumerate(parts):
            start = part.text.find(text)
            if start >= 0:
                made.add(Name(number, start, start + len(text), text, "person"), "exact")
        actors.append(made)
    used = [uses(parts, made.names) for made in actors]
    said = [*quoted] or [0] * len(actors)
    rows = features(parts, actors, used, [False] * len(actors), said)
    return [salience(row) for row in rows]


def test_who_comes_in_the_lead_matters_more():
    story = [FILLER, "It was Ann Lee who came.", *[FILLER] * 6, "It was Tom Fox who came.", FILLER]
    ann, tom = ranked(story, "Ann Lee", "Tom Fox")
    assert ann > tom


def test_whose_words_fill_the_story_matters_more():
    story = [FILLER, "It was Ann Lee who came.", *[FILLER] * 6]
    (silent,) = ranked(story, "Ann Lee")
    (heard,) = ranked(story, "Ann Lee", quoted=[200])
    assert heard > silent


def test_key_is_who_is_not_far_behind_the_first():
    assert is_key(0.34, first=0.6)
    assert not is_key(0.34, first=0.99)
    assert is_key(0.99, first=0.99)
    assert not is_key(0.2, first=0.2)
